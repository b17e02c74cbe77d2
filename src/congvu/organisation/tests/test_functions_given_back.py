"""A transfer of functions recorded wrongly is undone by a correcting event: whoever held them holds them again."""

from datetime import date, datetime
from typing import Any

import pytest

from congvu.foundation.audit.models import AuditEntry
from congvu.foundation.clock import LEGAL_ZONE
from congvu.foundation.identity.actor import SYSTEM
from congvu.foundation.refusal import Refused
from congvu.organisation.actions.end_entries import end_entries
from congvu.organisation.actions.merge import merge
from congvu.organisation.actions.recording import Decision
from congvu.organisation.actions.transfer_function import transfer_function
from congvu.organisation.actions.undo_event import undo_event
from congvu.organisation.models import Unit, UnitEvent, UnitEventPart, UnitFunctionVersion
from congvu.organisation.queries.registers import in_force
from congvu.organisation.tests.test_functions import FAITH, a_function, offices  # noqa: F401

DAY = date(2025, 3, 1)
PAPER = Decision("45/NQ-HĐND", date(2025, 2, 20), "HĐND tỉnh")


def at(day: int, hour: int = 9) -> datetime:
    return datetime(2026, 11, day, hour, tzinfo=LEGAL_ZONE)


def facts() -> list[tuple[Any, ...]]:
    rows = UnitFunctionVersion.objects.filter(superseded_at=None).order_by("function", "valid_from")
    return list(rows.values_list("function", "unit", "text", "valid_from", "valid_to", "ending", "opened_by"))


def transferred(giver: Unit, taker: Unit, day: int = 21) -> UnitEvent:
    said: Any = {"effective": DAY, "decision": PAPER, "by": SYSTEM}
    return transfer_function(FAITH, giver.pk, taker.pk, at=at(day), **said)


def test_functions_go_back_by_a_correcting_event_and_both_stay_in_the_history(offices: Any) -> None:  # noqa: F811
    _, home, faith = offices
    a_function(home)
    a_function(home, "Quản lý hội", "Hội")
    before = facts()
    event = transferred(home, faith)
    assert facts() != before
    new = undo_event(event.pk, why="QĐ bị bãi bỏ.", by=SYSTEM, at=at(22))
    assert facts() == before, "as was believed, to the last word"
    assert (new.kind, new.corrects_id) == ("HOAN_TAC", event.pk)
    assert set(UnitEventPart.objects.filter(event=new).values_list("unit", flat=True)) == {home.pk, faith.pk}
    verbs = AuditEntry.objects.filter(at__gte=at(22)).values_list("verb", flat=True)
    assert set(verbs) == {"organisation.undo_event", "organisation.give_back_functions"}
    known_then = in_force(UnitFunctionVersion, DAY, at(21, 12)).filter(text=FAITH, unit=faith)
    assert known_then.exists(), "what was known on a day stays what was known"
    transferred(home, faith, 23)
    assert in_force(UnitFunctionVersion, DAY).get(text=FAITH).unit_id == faith.pk


def test_what_was_changed_since_is_undone_first(offices: Any) -> None:  # noqa: F811
    _, home, faith = offices
    a_function(home)
    event = transferred(home, faith)
    row = in_force(UnitFunctionVersion, DAY).get(text=FAITH)
    end_entries("chuc-nang", [row.pk], on=date(2026, 1, 1), decision=PAPER, why="Hết", by=SYSTEM, at=at(22))
    held = facts()
    with pytest.raises(Refused, match="còn có thay đổi ghi sau"):
        undo_event(event.pk, why="Nhầm.", by=SYSTEM, at=at(23))
    assert facts() == held


def test_a_function_does_not_go_back_to_a_unit_that_is_no_more(offices: Any) -> None:  # noqa: F811
    _, home, faith = offices
    a_function(home)
    event = transferred(home, faith)
    merge([home.pk], faith.pk, effective=date(2026, 11, 1), decision=PAPER, by=SYSTEM, at=at(22))
    with pytest.raises(Refused, match="đã chấm dứt"):
        undo_event(event.pk, why="Nhầm.", by=SYSTEM, at=at(23))
