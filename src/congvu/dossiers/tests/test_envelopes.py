"""An envelope of a group: received with one code, its members one after the other, given back as one."""

from typing import Any

import pytest

from congvu.dossiers.access import Visible
from congvu.dossiers.actions.envelope_rows import ReceivedEnvelope
from congvu.dossiers.actions.finish import ResultIn, finish
from congvu.dossiers.actions.hand_over import hand_over
from congvu.dossiers.actions.receive_envelope import receive_envelope
from congvu.dossiers.actions.return_result import return_result
from congvu.dossiers.actions.stop import stop
from congvu.dossiers.actions.withdraw import withdraw
from congvu.dossiers.models import Dossier, DossierPaper, Envelope, EnvelopeMember, Tie
from congvu.dossiers.models.papers import Digitised
from congvu.dossiers.queries.calendars import Calendars
from congvu.dossiers.queries.envelopes import EnvelopeFound, envelope_by_code, envelope_of
from congvu.dossiers.rules.envelopes import EnvelopeState, MemberState
from congvu.dossiers.rules.status import Status, Verdict
from congvu.dossiers.tests.make import Place, a_place, at
from congvu.dossiers.tests.make_group import a_group, an_envelope
from congvu.foundation.audit.models import AuditEntry
from congvu.foundation.numbering.models import Series
from congvu.foundation.refusal import Refused
from congvu.procedures.models import ProcedureGroup

ALL = Visible(True, (), None)
RECEIVED, DONE, LATER = at("2026-11-20 09:00"), at("2026-11-23 10:00"), at("2026-11-25 10:00")


@pytest.fixture
def place(db: None) -> Place:
    return a_place()


@pytest.fixture
def group(place: Place) -> ProcedureGroup:
    return a_group()


def taken(place: Place, group: ProcedureGroup, **more: Any) -> ReceivedEnvelope:
    return receive_envelope(an_envelope(place, group, **more), by=place.clerk, at=RECEIVED)


def now(made: ReceivedEnvelope) -> EnvelopeFound:
    return envelope_by_code(ALL, made.code or "")


def member(made: ReceivedEnvelope, position: int) -> int:
    return EnvelopeMember.objects.get(envelope=made.id, position=position).dossier_id or 0


def born(place: Place, made: ReceivedEnvelope, verdict: Verdict = Verdict.GRANTED) -> None:
    first = member(made, 1)
    hand_over([first], by=place.clerk, at=RECEIVED).only()
    result = ResultIn("Giấy khai sinh", "12/2026", DONE.date(), "Chủ tịch", verdict=verdict)
    finish([first], result, "Không đủ điều kiện", by=place.specialist, at=DONE).only()


def test_one_form_is_one_envelope_with_its_own_code_and_the_first_procedure_as_a_dossier(
    place: Place, group: ProcedureGroup
) -> None:
    made = taken(place, group)
    assert made.code == "H99.01-LT-261120-0001"
    assert [one.code for one in made.members] == ["H99.01-261120-0001"]
    found = now(made)
    assert [one.state for one in found.members] == [
        MemberState.HANDLING,
        MemberState.WAITING,
        MemberState.WAITING,
    ]
    assert found.state is EnvelopeState.HANDLING


def test_the_promised_day_counts_the_waits(place: Place, group: ProcedureGroup) -> None:
    # 20/11 is a Friday: the first ends on Monday the 23rd; the 24th is a day off, so three days from there are the 27th
    made = taken(place, group)
    assert made.due_on is not None
    assert made.due_on.isoformat() == "2026-11-27"
    days = now(made).days(Calendars(0), "reception_day", RECEIVED)
    assert [str(days[position]) for position in (1, 2, 3)] == ["2026-11-23", "2026-11-27", "2026-11-26"]


def test_when_the_first_ends_the_others_open_with_its_result_as_a_paper_and_go_straight_on(
    place: Place, group: ProcedureGroup
) -> None:
    made = taken(place, group)
    born(place, made)
    found = now(made)
    assert [one.status for one in found.members] == [Status.FINISHED, Status.HANDLING, Status.HANDLING]
    assert [one.code for one in found.members] == [
        f"H99.01-26112{day}-000{n}" for day, n in ((0, 1), (3, 1), (3, 2))
    ]
    assert found.state is EnvelopeState.PARTLY
    papers = DossierPaper.objects.filter(dossier=member(made, 2)).order_by("order")
    assert [(one.name, one.digitised) for one in papers] == [
        ("Tờ khai", Digitised.NOT_YET),
        ("Giấy khai sinh", Digitised.REUSED_RESULT),
    ]
    assert str(found.members[1].due_on) == "2026-11-27"  # its own clock, from the day it opened


def test_given_back_in_parts_and_then_whole(place: Place, group: ProcedureGroup) -> None:
    made = taken(place, group)
    born(place, made)
    return_result([member(made, 1)], "Nguyễn Thị Mẫu", by=place.clerk, at=DONE).only()
    assert now(made).state is EnvelopeState.PARTLY
    rest = [member(made, 2), member(made, 3)]
    finish(rest, ResultIn("Kết quả"), by=place.specialist, at=LATER)
    assert now(made).state is EnvelopeState.READY
    assert len(return_result(rest, "Nguyễn Thị Mẫu", by=place.clerk, at=LATER).done) == 2
    assert now(made).state is EnvelopeState.RETURNED


@pytest.mark.parametrize("way", ["refused", "withdrawn", "stopped"])
def test_a_first_that_ends_without_a_result_closes_those_that_wait_and_says_why(
    place: Place, way: str
) -> None:
    made = taken(place, a_group(chain=True))
    if way == "refused":
        born(place, made, Verdict.REFUSED)
    else:
        hand_over([member(made, 1)], by=place.clerk, at=RECEIVED).only()
        if way == "withdrawn":
            withdraw([member(made, 1)], "Không cần nữa", by=place.clerk, at=DONE).only()
        else:
            stop([member(made, 1)], "Có tranh chấp", by=place.specialist, at=DONE).only()
            assert now(made).state is EnvelopeState.STOPPED
            return_result([member(made, 1)], by=place.clerk, at=LATER).only()
    found = now(made)
    assert [one.state for one in found.members[1:]] == [MemberState.CLOSED, MemberState.CLOSED]
    assert "«Đăng ký khai sinh» kết thúc mà không có kết quả" in found.members[1].closed_why
    assert found.state is {
        "refused": EnvelopeState.READY, "withdrawn": EnvelopeState.WITHDRAWN, "stopped": EnvelopeState.IN_PART
    }[way]  # fmt: skip


def test_the_same_form_twice_is_one_envelope_and_burns_no_number(place: Place, group: ProcedureGroup) -> None:
    wanted = an_envelope(place, group)
    first = receive_envelope(wanted, by=place.clerk, at=RECEIVED)
    again = receive_envelope(wanted, by=place.clerk, at=RECEIVED)
    assert (again.id, again.code, again.repeated) == (first.id, first.code, True)
    assert {one.key: one.last for one in Series.objects.all()} == {
        "envelope:H99.01:261120": 1,
        "dossier:H99.01:261120": 1,
    }


def test_an_envelope_refused_leaves_no_number_behind(place: Place, group: ProcedureGroup) -> None:
    with pytest.raises(Refused, match="Chưa chọn cơ quan giải quyết"):
        taken(place, group, deciders={1: place.home_affairs.pk})
    assert not Series.objects.exists()
    assert not Envelope.objects.exists()
    assert taken(place, group).code == "H99.01-LT-261120-0001"


def test_reception_and_what_follows_are_audited(place: Place, group: ProcedureGroup) -> None:
    made = taken(place, group)
    born(place, made)
    entry = AuditEntry.objects.get(verb="receive_envelope")
    assert (entry.object_kind, entry.object_id, entry.actor_name) == ("envelope", made.id, "Trần Một Cửa")
    opened = AuditEntry.objects.filter(verb="receive", object_kind="dossier", object_id=member(made, 2)).get()
    assert "liên thông" in opened.why


def test_only_the_counter_of_the_unit_receives(place: Place, group: ProcedureGroup) -> None:
    with pytest.raises(Refused, match="không tiếp nhận cho đơn vị này"):
        receive_envelope(an_envelope(place, group), by=place.stranger_clerk, at=RECEIVED)


def test_a_dossier_alone_is_tied_to_nothing_and_its_end_asks_nothing_more(
    place: Place, django_assert_num_queries: Any
) -> None:
    done = place.received("2026-11-20 09:00")
    assert Dossier.objects.get(pk=done.id).ties == 0
    hand_over([done.id], by=place.clerk, at=RECEIVED).only()
    with django_assert_num_queries(2):
        withdraw([done.id], "Không cần nữa", by=place.clerk, at=DONE).only()


def test_a_member_finds_its_envelope_and_is_tied_to_it(place: Place, group: ProcedureGroup) -> None:
    made = taken(place, group)
    found = envelope_of(ALL, member(made, 1))
    assert found is not None
    assert found.code == made.code
    assert Dossier.objects.get(pk=member(made, 1)).ties == Tie.ENVELOPE
    assert envelope_of(Visible(False, (place.police.pk,), None), member(made, 1)) is None
