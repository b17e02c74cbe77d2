"""The demo's province as it comes through the actions: the same doors a real one uses."""

from datetime import date, datetime
from fractions import Fraction

import pytest

from congvu.demo.units import load_units
from congvu.foundation.clock import LEGAL_ZONE
from congvu.organisation import queries
from congvu.organisation.rules.soundness import problems


@pytest.mark.django_db
def test_the_demo_province_has_a_past() -> None:
    codes = load_units()
    assert load_units() == codes, "loading again changes nothing"
    picture = queries.picture()
    assert problems(picture) == []
    now = picture.tree(date(2026, 11, 20))
    assert [node.name for node in now if node.depth == 0] == ["Ủy ban nhân dân tỉnh Bình Giang"]
    assert sum(node.tier == "XA" and node.depth == 1 for node in now) == 60
    assert sum(node.kind == "TRUNG_TAM_PVHCC" for node in now) == 61
    then = [node for node in picture.tree(date(2015, 12, 31)) if node.tier in ("TINH", "HUYEN")]
    assert sum(node.kind not in ("UBND", "PHONG") for node in then) == 60, (
        "agencies, bodies, branches, districts"
    )
    before = picture.tree(date(2025, 6, 30))
    assert sum(node.kind == "HUYEN" for node in before) == 8
    (divided,) = (unit for unit in picture.unit_ids if picture.of(unit)[0].name == "UBND xã Sông Đôi")
    shares = {heir.share for heir in queries.successors(divided, date(2026, 11, 20))}
    assert shares == {Fraction(3, 5), Fraction(2, 5)}
    wrong = datetime(2026, 3, 14, tzinfo=LEGAL_ZONE)
    room = codes["H99.07.03"]
    assert queries.picture_as_known(wrong).name(room, date(2026, 4, 1)) == "Phòng Chuyển đối số"
    assert picture.name(room, date(2026, 4, 1)) == "Phòng Chuyển đổi số"
