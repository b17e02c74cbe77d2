"""Whose work an actor sees: the predicate every list of dossiers is built on."""

from datetime import date

import pytest
from django.test.utils import CaptureQueriesContext

from congvu.foundation.identity.actor import STRANGER, SYSTEM, Actor, Held
from congvu.foundation.refusal import Refused
from congvu.organisation import queries
from congvu.organisation.access import EVERYTHING, NOTHING, led_by, scope_of, scopes_of
from congvu.organisation.tests.make import a_unit

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 20)


@pytest.fixture
def province() -> dict[str, int]:
    root = a_unit("H99", "UBND tỉnh Bình Giang", kind="UBND")
    so = a_unit("H99.08", "Sở Nội vụ", root)
    phong = a_unit("H99.08.01", "Phòng Cải cách hành chính", so, "PHONG")
    xa = a_unit("H99.31", "UBND xã Đồng Mỏ", root, "XA", tier="XA")
    return {"root": root.id, "so": so.id, "phong": phong.id, "xa": xa.id}


def someone(role: str, *units: int) -> Actor:
    return Actor(account_id=1, held=tuple(Held(role, unit) for unit in units))


@pytest.mark.parametrize(
    ("role", "where", "seen"),
    [
        ("clerk", ["so"], {"so"}),
        ("specialist", ["so", "xa"], {"so", "xa"}),
        ("leader", ["so"], {"so", "phong"}),
        ("auditor", ["so"], {"so", "phong"}),
        ("leader", ["xa"], {"xa"}),
        ("admin", ["root"], set()),
        ("citizen", [], set()),
    ],
)
def test_a_role_sees_its_units(province: dict[str, int], role: str, where: list[str], seen: set[str]) -> None:
    scope = scope_of(someone(role, *(province[unit] for unit in where)), TODAY)
    assert not scope.all
    assert set(scope.unit_ids) == {province[unit] for unit in seen}


def test_the_province_and_the_system_see_all_and_a_stranger_nothing(province: dict[str, int]) -> None:
    assert scope_of(someone("leader", province["root"]), TODAY) == EVERYTHING
    assert scope_of(someone("auditor", province["root"]), TODAY) == EVERYTHING
    assert scope_of(SYSTEM, TODAY) == EVERYTHING
    assert scope_of(STRANGER, TODAY) == NOTHING
    assert scope_of(someone("specialist", province["root"]), TODAY).unit_ids == (province["root"],)


def test_to_sign_for_an_agency_or_to_audit_it_is_not_to_lead_it(province: dict[str, int]) -> None:
    so, root, xa = province["so"], province["root"], province["xa"]
    signer = Actor(1, held=(Held("leader", so), Held("signer", root)))
    sees, leads = scopes_of(signer, TODAY)
    assert root in sees and set(leads.unit_ids) == {so, province["phong"]}
    auditor = Actor(1, held=(Held("auditor", root), Held("leader", xa)))
    sees, leads = scopes_of(auditor, TODAY)
    assert sees == EVERYTHING and leads.unit_ids == (xa,)
    assert led_by(someone("leader", root), TODAY) == EVERYTHING
    assert scopes_of(someone("auditor", root), TODAY) == (EVERYTHING, NOTHING)
    assert scopes_of(SYSTEM, TODAY) == (EVERYTHING, EVERYTHING)


def test_a_leader_of_a_closed_unit_keeps_only_what_is_named_in_the_grant() -> None:
    gone = a_unit("H99.77", "Phòng đã giải thể", kind="PHONG", until=date(2025, 7, 1))
    assert scope_of(someone("leader", gone.id), TODAY).unit_ids == (gone.id,)


def test_a_known_organisation_costs_one_statement_and_a_change_is_seen_at_once(
    province: dict[str, int], django_assert_num_queries: CaptureQueriesContext
) -> None:
    queries.picture()
    with django_assert_num_queries(1):
        assert queries.unit_name(province["so"], TODAY) == "Sở Nội vụ"
    with django_assert_num_queries(1):
        names = queries.names_on(list(province.values()) * 50, TODAY)
    assert names[province["xa"]] == "UBND xã Đồng Mỏ"
    new = a_unit("H99.09", "Sở Tài chính", province["root"])
    assert new.id in queries.subtree_ids([province["root"]], TODAY)


def test_the_tree_is_in_the_order_of_codes_and_knows_its_depths(province: dict[str, int]) -> None:
    a_unit("H99.8", "Đứng trước H99.31", province["root"])
    found = [(node.code, node.depth, node.below) for node in queries.tree(TODAY)]
    assert found == [("H99", 0, 4), ("H99.08", 1, 1), ("H99.08.01", 2, 0), ("H99.8", 1, 0), ("H99.31", 1, 0)]
    assert queries.tree(date(2019, 12, 31)) == []


def test_a_unit_is_found_by_its_code_in_either_spelling(province: dict[str, int]) -> None:
    assert queries.unit_by_code(" h99.08 ").id == province["so"]
    assert queries.unit_by_code("000.00.31.H99").id == province["xa"]
    with pytest.raises(Refused, match="không phải mã định danh"):
        queries.unit_by_code("99.H08")
    with pytest.raises(Refused, match=r"Không có đơn vị mã H99\.55"):
        queries.unit_by_code("H99.55")
