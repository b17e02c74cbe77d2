"""The demo province has a conference of its own, told from its records; a home of conferences alone is no province."""

from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from congvu.config.cli.conference import entries, told
from congvu.demo.build import built, ensure
from congvu.demo.conference import ensure_conference
from congvu.demo.conferences import text_of
from congvu.foundation.identity.models import Account
from congvu.foundation.refusal import Refused

pytestmark = pytest.mark.django_db
MOST = 8  # statements of a page


def test_the_province_tells_its_conference_from_its_own_records(frozen_clock: Any) -> None:
    ensure("desk", at=frozen_clock.now)
    found = {one["code"]: one for one in entries(*told("binh-giang-2026"))}
    assert 0 < found["bg26.mot-cua-hien-dai"]["value"] < 100
    assert found["bg26.mot-cua-hien-dai"]["records"] > 3
    assert found["bg26.bien-che"]["value"] > 1000
    assert found["bg26.cat-giam"]["value"] > 0
    assert found["bg26.tinh-gian"]["value"] == 4
    assert found["bg26.bang-khen"]["records"] == 5
    assert found["bg26.hai-long"]["flag"] == "approximate"
    client = Client()
    client.force_login(Account.objects.get(username="lanh-dao"))
    for path in ("", "so-lieu/bg26.bien-che/", "so-lieu/bg26.iso/?mo=mau", "so-lieu/bg26.bang-khen/"):
        client.get(f"/hoi-nghi/binh-giang-2026/{path}")
        with CaptureQueriesContext(connection) as asked:
            assert client.get(f"/hoi-nghi/binh-giang-2026/{path}").status_code == 200
        assert len(asked) <= MOST, (path, [one["sql"][:90] for one in asked])


def test_a_home_of_conferences_has_people_who_may_look_and_takes_no_province(frozen_clock: Any) -> None:
    ensure_conference(text_of("son-la-2016"), at=frozen_clock.now)
    ensure_conference(text_of("hung-yen-2018"), at=frozen_clock.now)
    assert ensure_conference(text_of("son-la-2016"), at=frozen_clock.now).again
    assert Account.objects.filter(username="lanh-dao").count() == 1
    assert (built() or {})["size"] == "hoi-nghi"
    with pytest.raises(Refused, match="hoi-nghi"):
        ensure("desk", at=frozen_clock.now)
