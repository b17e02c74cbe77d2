"""Outlines of communes: what a file gives, whom an outline belongs to, and until when."""

import json
from datetime import date, datetime
from typing import Any

import pytest

from congvu.foundation.clock import LEGAL_ZONE
from congvu.foundation.identity.actor import SYSTEM, Actor
from congvu.foundation.refusal import Refused
from congvu.organisation.actions.import_boundaries import import_boundaries
from congvu.organisation.actions.merge import merge
from congvu.organisation.actions.recording import Decision
from congvu.organisation.actions.rename import rename
from congvu.organisation.models import Boundary, Locality
from congvu.organisation.queries import picture
from congvu.organisation.queries.boundaries import boundaries, communes
from congvu.organisation.rules.boundaries import read_boundaries
from congvu.organisation.tests.make import a_unit

AT, TODAY = datetime(2026, 11, 20, 9, tzinfo=LEGAL_ZONE), date(2026, 11, 20)
SQUARE = [[105.0, 21.0], [105.1, 21.0], [105.1, 21.1], [105.0, 21.1], [105.0, 21.0]]


def a_feature(code: Any, ring: Any = SQUARE, *, name: str = "code", kind: str = "Polygon") -> dict[str, Any]:
    return {"type": "Feature", "properties": {name: code}, "geometry": {"type": kind, "coordinates": [ring]}}


def a_file(*features: Any) -> bytes:
    return json.dumps({"type": "FeatureCollection", "features": features}).encode()


def test_coordinates_are_rounded_and_points_that_fall_together_are_one() -> None:
    ring = [[105.00001, 21.0], [105.00002, 21.0], *SQUARE[1:-1], [105.00001, 21.0]]
    (outline,) = read_boundaries(a_file(a_feature("h99.31", ring))).outlines
    assert outline.code == "H99.31" and outline.rings[0] == tuple((x, y) for x, y in SQUARE)


@pytest.mark.parametrize(
    ("feature", "why"),
    [
        (a_feature("", SQUARE), "không có thuộc tính mã xã"),
        (a_feature("X", SQUARE[:3]), "ít hơn 4 điểm"),
        (a_feature("X", [*SQUARE[:-1], [104.0, 21.0]]), "không khép kín"),
        (a_feature("X", [["a", 21.0]] * 5), "không phải kinh độ"),
        (a_feature("X", [[590000, 2320000]] * 5), "VN-2000"),
        (a_feature("X", SQUARE, kind="Point"), "hình kiểu Point"),
        ({"type": "Feature", "properties": {"code": "X"}, "geometry": None}, "không rõ"),
        ("không phải đối tượng", "không có thuộc tính mã xã"),
    ],
)
def test_a_feature_that_cannot_be_taken_is_told_with_its_reason(feature: Any, why: str) -> None:
    read = read_boundaries(a_file(feature, a_feature("H99.31")))
    assert [one.code for one in read.outlines] == ["H99.31"]
    assert why in read.rejected[0][1]


@pytest.mark.parametrize("content", [b"\xff\xfe", b"[1]", b'{"type":"Feature"}', b"[" * 100_000])
def test_a_file_that_is_no_collection_of_features_is_refused(content: bytes) -> None:
    with pytest.raises(Refused, match="Tệp không phải"):
        read_boundaries(content)


@pytest.fixture
def province(db: None) -> list[Any]:
    root = a_unit("H99", "UBND tỉnh Bình Giang", kind="UBND")
    return [
        a_unit(f"H99.3{n}", name, root, kind="XA", tier="XA")
        for n, name in ((1, "UBND xã Hòa Bình"), (2, "UBND xã Sơn Đông"), (3, "UBND phường Tam Thanh"))
    ]


def test_an_outline_is_kept_by_code_of_the_unit_or_official_code_and_once(province: list[Any]) -> None:
    Locality.objects.create(
        code="05986", level="XA", name="Phường Tam Thanh", path="Phường Tam Thanh", path_folded="", source="t",
        recorded_at=AT,
    )  # fmt: skip
    file = a_file(a_feature("H99.31"), a_feature("05986"), a_feature("99999"), a_feature("H99.31"))
    done = import_boundaries("a.geojson", file, on=TODAY, by=SYSTEM, at=AT)
    assert (done.read, done.stored, done.missing) == (3, 2, ["H99.32"])
    assert dict(done.rejected).keys() == {"99999", "H99.31"}
    again = import_boundaries("a.geojson", file, on=TODAY, by=SYSTEM, at=AT)
    assert (again.stored, again.unchanged, Boundary.objects.count()) == (0, 2, 2)
    with pytest.raises(Refused, match="Chỉ quản trị"):
        import_boundaries("a.geojson", file, on=TODAY, by=Actor(), at=AT)


def test_an_outline_holds_while_the_area_is_the_same(
    province: list[Any], django_assert_num_queries: Any
) -> None:
    one, other, _ = (unit.pk for unit in province)
    import_boundaries("a.geojson", a_file(a_feature("H99.31")), on=TODAY, by=SYSTEM, at=AT)
    decision = Decision("1/NQ")
    rename(one, "UBND xã Hòa Bình Mới", effective=date(2026, 12, 1), decision=decision, by=SYSTEM, at=AT)
    merge([other], one, effective=date(2027, 1, 1), decision=decision, by=SYSTEM, at=AT)
    known = picture()
    for day, drawn in ((date(2021, 1, 1), True), (date(2026, 12, 31), True), (date(2027, 1, 1), False)):
        units = [node.unit_id for node in communes(known, day)]
        with django_assert_num_queries(1):
            assert (one in boundaries(known, units, day)) is drawn
