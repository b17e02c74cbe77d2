"""A group is published sound, frozen, and closes the one before; a rule of notification is set on its page."""

from datetime import date
from typing import Any

import pytest
from django.db import DatabaseError, transaction

from congvu.foundation.refusal import Refused
from congvu.procedures.rules.groups import GroupContent, MemberLine, PaperUse, before, refuse_unsound

TWO = {"g1": "Tờ khai", "g2": "Giấy khai sinh"}
PAPERS = {"A": TWO, "B": TWO, "C": {"g1": "Tờ khai"}}


def content(*members: MemberLine, **more: Any) -> GroupContent:
    values: dict[str, Any] = {
        "code": "LT.01", "name": "Nhóm", "basis": "Nghị định", "evidence": "MEM", "decision_number": "1/QĐ",
        "decision_issuer": "UBND tỉnh", "decided_on": date(2026, 1, 1), **more,
    }  # fmt: skip
    return GroupContent(members=members, **values)


@pytest.mark.parametrize(
    ("members", "words"),
    [
        ((MemberLine("A"),), "ít nhất hai"),
        ((MemberLine("A"), MemberLine("A")), "đứng hai lần"),
        ((MemberLine("A"), MemberLine("B", (3,))), "không có trong nhóm"),
        ((MemberLine("A", (1,)), MemberLine("B")), "không có trong nhóm"),
        ((MemberLine("A", (2,)), MemberLine("B", (1,))), "chờ lẫn nhau"),
        ((MemberLine("A"), MemberLine("B", papers=(PaperUse("g9", share="x"),))), "không có giấy tờ này"),
        ((MemberLine("A"), MemberLine("B", papers=(PaperUse("g2", result_of=1),))), "không chờ nó"),
        ((MemberLine("A"), MemberLine("B", (1,), papers=(PaperUse("g2", "x", 1),))), "hoặc dùng chung"),
        ((MemberLine("A"), MemberLine("B", (1,), papers=(PaperUse("g2"),))), "hoặc dùng chung"),
    ],
)
def test_a_group_nobody_could_hand_in_is_refused_with_its_line(
    members: tuple[MemberLine, ...], words: str
) -> None:
    with pytest.raises(Refused, match=words):
        refuse_unsound(content(*members), PAPERS)


def test_a_result_may_come_from_any_that_ended_before() -> None:
    chain = (
        MemberLine("A"),
        MemberLine("B", (1,)),
        MemberLine("C", (2,), papers=(PaperUse("g1", result_of=1),)),
    )
    refuse_unsound(content(*chain), PAPERS)
    assert before(chain, 3) == {1, 2}


@pytest.mark.parametrize("missing", ["basis", "decision_number", "name"])
def test_a_group_names_its_decision_and_its_basis(missing: str) -> None:
    with pytest.raises(Refused):
        refuse_unsound(content(MemberLine("A"), MemberLine("B"), **{missing: " "}), PAPERS)


@pytest.mark.django_db
def test_a_published_group_is_frozen_and_a_new_one_closes_it(make_person: Any, visit: Any) -> None:
    from congvu.dossiers.tests.make_group import a_content, a_group
    from congvu.foundation.clock import now
    from congvu.foundation.identity.actor import SYSTEM
    from congvu.procedures.actions.publish_group import publish_group
    from congvu.procedures.models import GroupMember, ProcedureGroup
    from congvu.procedures.queries.groups import group_by_code

    group = a_group()
    for change in (
        lambda: ProcedureGroup.objects.filter(pk=group.pk).update(name="Khác"),
        lambda: GroupMember.objects.filter(group=group).update(position=9),
        lambda: GroupMember.objects.filter(group=group).delete(),
    ):
        with pytest.raises(DatabaseError), transaction.atomic():
            change()
    waiting = (PaperUse("g1", share="to-khai"), PaperUse("g2", result_of=1))
    newer = publish_group(a_content(waiting, chain=True), date(2026, 6, 1), by=SYSTEM, at=now())
    old, new = group_by_code("LT.01", date(2026, 5, 31)), group_by_code("LT.01", date(2026, 6, 1))
    assert old is not None
    assert new is not None
    assert (old.id, new.id, newer.number) == (group.pk, newer.pk, 2)
    with pytest.raises(Refused, match="có hiệu lực từ"):
        publish_group(a_content(waiting), date(2026, 3, 1), by=SYSTEM, at=now())
