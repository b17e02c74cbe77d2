"""The public page: where an old commune lies today."""

import re
from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from congvu.organisation.models import Locality
from congvu.organisation.tests.test_localities import MAP_ROWS, NEW, OLD, load

pytestmark = pytest.mark.django_db


@pytest.fixture
def stranger(visit: Callable[[Any], Any], actors: Any) -> Any:
    load(OLD)
    load(NEW)
    load(MAP_ROWS)
    return visit(actors.stranger)


def text_of(answer: Any) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", answer.content.decode()))


def old(code: str) -> int:
    return Locality.objects.get(level="XA", code=code, valid_to__isnull=False).id


def test_a_whole_commune_is_answered_at_once(stranger: Any) -> None:
    assert "Phường Hoàng Văn Thụ, Thành phố Lạng Sơn, Tỉnh Lạng Sơn" in text_of(
        stranger.get("/dia-ban/tra-cuu/?q=hoang van thu")
    )
    with CaptureQueriesContext(connection) as captured:
        answer = text_of(stranger.get(f"/dia-ban/tra-cuu/?chon={old('05971')}"))
    assert "Nay thuộc Phường Kỳ Lừa, Tỉnh Lạng Sơn" in answer
    assert len(captured) <= 8


def test_a_divided_commune_asks_and_takes_the_reader_s_word(stranger: Any) -> None:
    url = f"/dia-ban/tra-cuu/?chon={old('06079')}"
    asked = text_of(stranger.get(url))
    assert "Xã này đã bị chia. Nơi bạn cần nay thuộc đâu?" in asked
    assert "Nay thuộc" not in asked
    choice = Locality.objects.get(code="06187", valid_to=None).id
    assert "Nay thuộc Phường Kỳ Lừa, Tỉnh Lạng Sơn" in text_of(stranger.get(f"{url}&thuoc={choice}"))
    stranger_to_it = Locality.objects.get(code="05986", valid_to=None).id
    assert "Nơi bạn cần nay thuộc đâu?" in text_of(stranger.get(f"{url}&thuoc={stranger_to_it}"))


def test_what_is_not_known_is_said(stranger: Any) -> None:
    assert "Chưa có bảng chuyển đổi" in text_of(stranger.get(f"/dia-ban/tra-cuu/?chon={old('05987')}"))
    assert "Không có địa bàn nào khớp" in text_of(stranger.get("/dia-ban/tra-cuu/", {"q": "<b>'; --"}))
    for bad in ("0", "99999999999999999999", "a", "-1"):
        assert stranger.get(f"/dia-ban/tra-cuu/?chon={bad}").status_code == 404
