"""Events in the database: one transaction, a constant number of statements, audited; the past as it was known."""

import threading
from collections.abc import Callable, Iterator
from datetime import date, datetime
from fractions import Fraction
from typing import Any

import pytest
from django.db import Error, connection, transaction
from django.test.utils import CaptureQueriesContext

from congvu.foundation.audit.models import AuditEntry
from congvu.foundation.clock import LEGAL_ZONE
from congvu.foundation.happenings.models import Happening
from congvu.foundation.identity.actor import Actor, Held
from congvu.foundation.identity.models import Account, Grant
from congvu.foundation.refusal import Refused
from congvu.organisation import queries
from congvu.organisation.access import scope_of
from congvu.organisation.actions.correct import correct_event, correct_version
from congvu.organisation.actions.dissolve import dissolve
from congvu.organisation.actions.establish import establish
from congvu.organisation.actions.merge import Merging, merge, merge_all
from congvu.organisation.actions.move import move
from congvu.organisation.actions.recording import EVENTS_RECORDED, Decision
from congvu.organisation.actions.rename import rename
from congvu.organisation.actions.split import Receiver, split
from congvu.organisation.actions.transfer_function import transfer_function
from congvu.organisation.models import Unit, UnitEvent, UnitVersion
from congvu.organisation.rules.changes import NewUnit
from congvu.organisation.rules.kinds import TINH
from congvu.organisation.tests.make import a_unit

JULY_2025, TODAY = date(2025, 7, 1), date(2026, 11, 20)
NOW = datetime(2026, 11, 20, 9, tzinfo=LEGAL_ZONE)
ADMIN = Actor(account_id=None, name="Quản trị Nguyễn An", held=(Held("admin", 1),))
ACT: dict[str, Any] = {
    "effective": JULY_2025,
    "decision": Decision("12/QĐ-UBND", JULY_2025),
    "by": ADMIN,
    "at": NOW,
}

pytestmark = pytest.mark.django_db


@pytest.fixture
def units() -> dict[str, int]:
    root = a_unit("H99", "UBND tỉnh", kind="UBND")
    home, labour = a_unit("H99.08", "Sở Nội vụ", root), a_unit("H99.09", "Sở Lao động", root)
    room = a_unit("H99.09.01", "Phòng Việc làm", labour, "PHONG")
    return {"root": root.id, "home": home.id, "labour": labour.id, "room": room.id}


@pytest.fixture
def counted() -> Iterator[Callable[[], int]]:
    """How many statements ran, savepoints of nested transactions not counted."""
    with CaptureQueriesContext(connection) as captured:
        yield lambda: sum("SAVEPOINT" not in query["sql"] for query in captured.captured_queries)


def some(number: int, parent: int) -> list[NewUnit]:
    return [NewUnit(f"H99.1.{n}", f"Phòng {n}", "PHONG", TINH, parent) for n in range(number)]


@pytest.mark.parametrize("size", [1, 40])
def test_establishing_a_set_takes_as_many_statements_as_one(
    units: dict[str, int], counted: Callable[[], int], size: int
) -> None:
    event = establish(some(size, units["root"]), **ACT)
    assert counted() == 9
    assert event.parts.count() == size
    assert len(queries.tree(TODAY)) == 4 + size


@pytest.mark.parametrize("size", [2, 20])
def test_a_resolution_of_many_mergers_takes_as_many_statements_as_one(
    units: dict[str, int], counted: Callable[[], int], size: int
) -> None:
    establish(some(size, units["root"]), **{**ACT, "effective": date(2024, 1, 1)})
    ids = list(Unit.objects.filter(code__startswith="H99.1.").order_by("id").values_list("id", flat=True))
    before = counted()
    merge_all(
        [
            Merging((unit,), NewUnit(f"H99.2.{unit}", f"Phòng mới {unit}", "PHONG", TINH, units["root"]))
            for unit in ids
        ],
        **ACT,
    )
    assert counted() - before == 12
    assert UnitEvent.objects.filter(kind="HOP_NHAT").count() == size
    closed = UnitVersion.objects.filter(superseded_at=None, unit_id__in=ids)
    assert {version.closed_by.kind for version in closed} == {"HOP_NHAT"}
    assert len({version.closed_by_id for version in closed}) == size


def test_other_verbs_keep_to_their_stated_number_of_statements(
    units: dict[str, int], counted: Callable[[], int]
) -> None:
    for stated, verb in (
        (9, lambda: rename(units["home"], "Sở Nội vụ tỉnh", **ACT)),
        (9, lambda: move(units["room"], units["home"], **ACT)),
        (8, lambda: transfer_function("Quản lý hội", units["home"], units["labour"], **ACT)),
        (10, lambda: dissolve(units["room"], under={}, **{**ACT, "effective": TODAY})),
    ):
        before = counted()
        verb()
        assert counted() - before == stated


def test_a_merge_is_audited_announced_and_leaves_the_old_name_readable(units: dict[str, int]) -> None:
    event = merge([units["labour"]], units["home"], **ACT)
    assert queries.unit_name(units["labour"], TODAY) == "Sở Lao động"
    assert queries.successors(units["labour"], TODAY)[0].unit_id == units["home"]
    assert queries.subtree_ids([units["home"]], TODAY) == {units["home"], units["room"]}
    rows = AuditEntry.objects.filter(verb="organisation.sap_nhap")
    assert {row.object_id for row in rows} == {units["labour"], units["room"]}
    row = rows.get(object_id=units["labour"])
    assert row.actor_name == ADMIN.name
    assert row.why == "12/QĐ-UBND, hiệu lực 01/07/2025"
    assert row.before["versions"][0]["to"] is None
    assert row.after["versions"][0]["to"] == "2025-07-01"
    told = Happening.objects.get(kind=EVENTS_RECORDED).payload
    assert told["closed"] == [units["labour"]]
    assert told["events"] == [
        {"event": event.id, "kind": "SAP_NHAP", "from": [units["labour"]], "to": [units["home"]]}
    ]


def test_the_heir_s_leader_sees_the_work_of_a_unit_that_went_whole_but_not_of_one_divided(
    units: dict[str, int],
) -> None:
    leader = Actor(account_id=1, held=(Held("leader", units["home"]),))
    merge([units["labour"]], units["home"], **ACT)
    assert units["labour"] in scope_of(leader, TODAY).unit_ids
    assert units["labour"] not in scope_of(leader, date(2025, 6, 30)).unit_ids
    other = a_unit("H99.30", "Sở Ba", units["root"]).id
    divided = a_unit("H99.31", "Sở Bốn", units["root"]).id
    split(divided, [Receiver(units["home"]), Receiver(other)], ceases=True, under={}, **ACT)
    assert divided not in scope_of(leader, TODAY).unit_ids


def test_roles_go_with_a_merge_and_end_with_a_dissolution(units: dict[str, int]) -> None:
    someone = Account.objects.create(username="an", name="An", created_at=NOW)
    both = Account.objects.create(username="binh", name="Bình", created_at=NOW)
    for account, unit, start, end in (
        (someone, "labour", date(2024, 1, 1), None),
        (both, "labour", date(2024, 1, 1), date(2026, 1, 31)),
        (both, "home", date(2025, 9, 1), date(2025, 12, 31)),
        (someone, "room", date(2027, 1, 1), None),
    ):
        Grant.objects.create(
            account=account, role="specialist", unit_id=units[unit], valid_from=start, valid_to=end
        )
    merge([units["labour"]], units["home"], **ACT)
    held = list(
        Grant.objects.order_by("account_id", "valid_from").values_list(
            "account__username", "unit_id", "valid_to"
        )
    )
    assert ("an", units["labour"], date(2025, 6, 30)) in held
    assert ("an", units["home"], None) in held
    assert [row[2] for row in held if row[0] == "binh"] == [
        date(2025, 6, 30),
        date(2025, 8, 31),
        date(2025, 12, 31),
        date(2026, 1, 31),
    ]
    dissolve(units["room"], under={}, **{**ACT, "effective": TODAY})
    assert not Grant.objects.filter(unit_id=units["room"]).exists(), (
        "a role that would begin after the end is gone"
    )
    assert AuditEntry.objects.filter(verb="organisation.hand_over_grant").count() == 3


def test_a_correction_shows_now_what_was_right_and_then_what_was_believed(units: dict[str, int]) -> None:
    event = merge([units["labour"]], units["home"], **ACT)
    later = datetime(2026, 11, 21, 9, tzinfo=LEGAL_ZONE)
    new = correct_event(event.id, effective=date(2025, 3, 1), why="Nghị quyết ghi 01/3", by=ADMIN, at=later)
    april = date(2025, 4, 1)
    assert units["labour"] not in {node.unit_id for node in queries.tree(april)}
    assert units["labour"] in {node.unit_id for node in queries.tree(april, known_at=NOW)}
    assert (new.corrects_id, new.effective) == (event.id, date(2025, 3, 1))
    assert UnitEvent.objects.get(id=event.id).superseded_at == later
    assert queries.successors(units["labour"], april)[0].unit_id == units["home"]
    with pytest.raises(Refused, match="đã được đính chính"):
        correct_event(event.id, effective=JULY_2025, why="lần nữa", by=ADMIN, at=later)


def test_a_shift_that_would_pass_another_change_is_refused(units: dict[str, int]) -> None:
    first = rename(units["room"], "Phòng Một", **{**ACT, "effective": date(2024, 1, 1)})
    rename(units["room"], "Phòng Hai", **ACT)
    with pytest.raises(Refused, match=r"cùng hiệu lực|không sau ngày bắt đầu"):
        correct_event(first.id, effective=TODAY, why="nhầm năm", by=ADMIN, at=NOW)
    assert queries.unit_name(units["room"], date(2024, 6, 1)) == "Phòng Một", "a refusal changes nothing"


def test_a_correction_needs_a_reason_a_change_and_a_version_still_believed(units: dict[str, int]) -> None:
    version = queries.picture().of(units["room"])[0].id or 0
    for changes, why, words in (
        ({"name": "Phòng Khác"}, " ", "lý do"),
        ({"name": "Phòng Việc làm"}, "x", "Không có gì khác"),
        ({"code": "H1"}, "x", "Không đính chính được"),
        ({"parent_id": units["room"]}, "x", "chính nó"),
        ({"kind": "VUONG_QUOC"}, "x", "Không có giá trị"),
    ):
        with pytest.raises(Refused, match=words):
            correct_version(version, changes, why=why, by=ADMIN, at=NOW)
    (right,) = correct_version(
        version, {"name": "Phòng Việc làm và An toàn"}, why="Thiếu tên", by=ADMIN, at=NOW
    )
    assert right.name_folded == "phong viec lam va an toan"
    with pytest.raises(Refused, match="đã được thay"):
        correct_version(version, {"name": "Nữa"}, why="x", by=ADMIN, at=NOW)


def test_only_an_admin_records_and_every_event_cites_a_decision(units: dict[str, int]) -> None:
    leader = Actor(account_id=1, held=(Held("leader", units["root"]),))
    with pytest.raises(Refused, match="Chỉ quản trị viên"):
        rename(units["home"], "X", **{**ACT, "by": leader})
    with pytest.raises(Refused, match="số, ký hiệu quyết định"):
        rename(units["home"], "X", **{**ACT, "decision": Decision("  ")})
    with pytest.raises(Refused, match="Chưa có đơn vị nào"):
        establish([], **ACT)
    with pytest.raises(Refused, match="không dùng lại"):
        establish([NewUnit("H99.08", "Sở khác", "SO", TINH, units["root"])], **ACT)
    assert UnitEvent.objects.count() == 0


def test_a_name_with_markup_or_decomposed_letters_is_kept_as_text(units: dict[str, int]) -> None:
    rename(units["home"], "So\u031b\u0309  Nội vụ <script>'; DROP TABLE x;--", **ACT)
    assert queries.unit_name(units["home"], TODAY) == "Sở Nội vụ <script>'; DROP TABLE x;--"


def test_the_database_itself_refuses_an_overlap_and_an_edit_of_history(units: dict[str, int]) -> None:
    with pytest.raises(Error, match="unit_one_version_at_a_time"), transaction.atomic():
        version = UnitVersion.objects.get(unit_id=units["home"])
        version.id = None
        version.save(force_insert=True)
    with pytest.raises(Error, match="không được sửa"), transaction.atomic():
        UnitVersion.objects.filter(unit_id=units["home"]).update(name="Khác")
    with pytest.raises(Error, match="không được sửa"), transaction.atomic():
        UnitVersion.objects.filter(unit_id=units["home"]).delete()


def test_history_tells_versions_and_events_with_shares(units: dict[str, int]) -> None:
    new = NewUnit("H99.22", "Sở Dân tộc và Tôn giáo", "SO", TINH, units["root"])
    split(units["labour"], [Receiver(new, Fraction(1, 3))], ceases=False, under={units["room"]: 0}, **ACT)
    history = queries.history(units["room"])
    assert [version.superseded_at is None for version in history.versions].count(True) == 2
    (event,) = queries.history(units["labour"]).events
    assert (event.kind_name, event.late, event.targets[0][1]) == ("Tách ra đơn vị mới", True, "1/3")
    assert queries.events(limit=10)[0].id == event.id
    assert queries.events(before=(event.effective, event.id)) == []


@pytest.mark.django_db(transaction=True)
def test_another_process_sees_a_change_at_once_and_never_a_roll_back() -> None:
    root = a_unit("H99", "UBND tỉnh", kind="UBND").id
    assert queries.unit_name(root, TODAY) == "UBND tỉnh"

    def elsewhere() -> None:
        rename(root, "UBND tỉnh Bình Giang", **ACT)
        connection.close()

    thread = threading.Thread(target=elsewhere)  # its own connection, as another process would have
    thread.start()
    thread.join()
    assert queries.unit_name(root, TODAY) == "UBND tỉnh Bình Giang"
    with pytest.raises(RuntimeError), transaction.atomic():
        rename(root, "Không bao giờ", **{**ACT, "effective": date(2026, 1, 1)})
        assert queries.unit_name(root, TODAY) == "Không bao giờ"
        raise RuntimeError
    assert queries.unit_name(root, TODAY) == "UBND tỉnh Bình Giang"


@pytest.mark.django_db(transaction=True)
def test_two_writers_at_once_are_both_recorded_in_turn() -> None:
    root = a_unit("H99", "UBND tỉnh", kind="UBND").id
    failures: list[BaseException] = []

    def one(number: int) -> None:
        try:
            establish([NewUnit(f"H99.{number}", f"Sở {number}", "SO", TINH, root)], **ACT)
        except BaseException as problem:
            failures.append(problem)
        finally:
            connection.close()

    threads = [threading.Thread(target=one, args=(number,)) for number in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert failures == []
    assert len(queries.tree(TODAY)) == 9
    moments = list(UnitEvent.objects.values_list("recorded_at", flat=True))
    assert len(set(moments)) == 8, "recording times are all different, so a moment between two has one answer"
