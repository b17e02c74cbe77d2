"""Lập Ban Chỉ đạo; cử, thôi thành viên; ghi kết luận, quyết định của Ban."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction

from congvu.foundation.audit.actions import record, record_many
from congvu.foundation.identity.actor import Actor
from congvu.foundation.refusal import Refused
from congvu.foundation.text import composed, fold
from congvu.people.models import Person
from congvu.tasks.access import refuse_unless_keeps
from congvu.tasks.actions.saying import past, said
from congvu.tasks.models import Committee, CommitteeDecision, CommitteeMember
from congvu.tasks.rules.kinds import ROLES


@dataclass(frozen=True, slots=True)
class NewSeat:
    """Someone on a committee. `person` is the number in the register of people, when there. `valid_to` not included."""

    name: str
    post: str
    role: str
    valid_from: date
    valid_to: date | None = None
    person: str = ""
    number: str = ""


@transaction.atomic
def keep_committee(
    name: str, number: str, valid_from: date, signed_on: date | None = None, *, by: Actor, at: datetime
) -> Committee:
    """A committee set up by a decision. 2 statements."""
    refuse_unless_keeps(by)
    row = Committee.objects.create(
        name=said(name, "name", "Tên Ban Chỉ đạo", 300), number=said(number, "number", "Số quyết định", 100),
        signed_on=signed_on, valid_from=valid_from, recorded_at=at, recorded_by=by.name[:200],
    )  # fmt: skip
    record("tasks.keep_committee", "committee", row.pk, by=by, at=at, after={"name": row.name})
    return row


@transaction.atomic
def seat_members(
    committee_id: int, wanted: Sequence[NewSeat], *, by: Actor, at: datetime
) -> list[CommitteeMember]:
    """People take their seats. 5 statements, however many. One person may sit on several committees, and be several things
    elsewhere; on one committee a person holds one seat at a time. Refuses a number nobody has in the register."""
    refuse_unless_keeps(by)
    committee = _held(committee_id)
    numbers = {composed(one.person).upper() for one in wanted if one.person.strip()}
    people = {one.number: one for one in Person.objects.filter(number__in=numbers)}
    seats = list(CommitteeMember.objects.filter(committee=committee))
    rows: list[CommitteeMember] = []
    for one in wanted:
        number = composed(one.person).upper()
        if number and number not in people:
            raise Refused(f"Không có số hiệu cán bộ {number}.", where="staff_number", do="Tra ở sổ cán bộ.")
        if one.role not in ROLES:
            raise Refused("Chưa chọn vai trò.", where="role", do="Chọn trong danh sách.")
        if one.valid_to is not None and one.valid_to <= one.valid_from:
            raise Refused("Ngày thôi phải sau ngày tham gia.", where="valid_to", do="Kiểm tra hai ngày.")
        row = CommitteeMember(
            committee=committee, person=people.get(number), name=said(one.name, "name", "Họ tên", 200),
            name_folded=fold(one.name), post=said(one.post, "post", "Chức vụ", 300), role=one.role,
            number=composed(one.number)[:100], valid_from=one.valid_from, valid_to=one.valid_to, recorded_at=at,
            recorded_by=by.name[:200],
        )  # fmt: skip
        if any(_same(row, other) for other in [*seats, *rows]):
            raise Refused(
                f"{row.name} đã là thành viên Ban này.", where="name", do="Cho thôi vai trò cũ trước."
            )
        rows.append(row)
    CommitteeMember.objects.bulk_create(rows)
    after = [(row.pk, None, {"name": row.name, "role": row.role, "post": row.post}) for row in rows]
    record_many("tasks.seat_members", "committeemember", after, by=by, at=at)
    return rows


def _same(one: CommitteeMember, other: CommitteeMember) -> bool:
    """Whether it is one person on the committee at one time."""
    person = (
        one.person_id == other.person_id if one.person_id and other.person_id
        else (one.name_folded, one.post) == (other.name_folded, other.post)
    )  # fmt: skip
    before = other.valid_to is not None and other.valid_to <= one.valid_from
    after = one.valid_to is not None and one.valid_to <= other.valid_from
    return person and not before and not after


@transaction.atomic
def leave_seats(member_ids: Sequence[int], on: date, number: str, *, by: Actor, at: datetime) -> int:
    """Members leave from a day on. 4 statements. Refuses a day before they came, a seat already left."""
    refuse_unless_keeps(by)
    rows = list(
        CommitteeMember.objects.select_for_update(of=("self",)).filter(pk__in=member_ids, valid_to=None)
    )
    if len(rows) < len(set(member_ids)):
        raise Refused("Thành viên này đã thôi tham gia.", do="Mở lại trang Ban Chỉ đạo.")
    for row in rows:
        if on <= row.valid_from:
            raise Refused("Ngày thôi phải sau ngày tham gia.", where="on", do="Kiểm tra hai ngày.")
        row.valid_to = on
    CommitteeMember.objects.bulk_update(rows, ["valid_to"])
    record_many(
        "tasks.leave_seats", "committeemember", [(row.pk, None, {"valid_to": str(on)}) for row in rows], by=by, at=at,
        why=composed(number)[:100],
    )  # fmt: skip
    return len(rows)


@transaction.atomic
def record_conclusion(
    committee_id: int, number: str, decided_on: date, text: str, *, by: Actor, at: datetime
) -> CommitteeDecision:
    """What a committee concluded or decided. 4 statements."""
    refuse_unless_keeps(by)
    row = CommitteeDecision.objects.create(
        committee=_held(committee_id), number=said(number, "number", "Số văn bản", 100),
        decided_on=past(decided_on, at, "decided_on", "Ngày"), text=said(text, "text", "Nội dung", 1000),
        recorded_at=at, recorded_by=by.name[:200],
    )  # fmt: skip
    after = {"number": row.number, "text": row.text[:200]}
    record("tasks.record_conclusion", "committeedecision", row.pk, by=by, at=at, after=after)
    return row


@transaction.atomic
def turn_into_item(decision_id: int, item_id: int, *, by: Actor, at: datetime) -> None:
    """A conclusion became a piece of a plan. 3 statements. Refuses one that did already."""
    refuse_unless_keeps(by)
    row = CommitteeDecision.objects.select_for_update(of=("self",)).filter(pk=decision_id, item=None).first()
    if row is None:
        raise Refused("Kết luận này đã thành nhiệm vụ.", do="Mở lại trang Ban Chỉ đạo.")
    row.item_id = item_id
    row.save(update_fields=["item"])
    record("tasks.turn_into_item", "committeedecision", row.pk, by=by, at=at, after={"item": item_id})


def _held(committee_id: int) -> Committee:
    row = Committee.objects.select_for_update().filter(pk=committee_id).first()
    if row is None:
        raise Refused("Không có Ban Chỉ đạo này.", do="Mở lại danh sách.")
    return row
