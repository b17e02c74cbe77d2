"""The way of a dossier through the agencies, as the track draws it."""

from dataclasses import replace
from datetime import date, datetime

from congvu.dossiers.models import NOT_COUNTED, StepState
from congvu.dossiers.queries.detail import Detail, Step
from congvu.dossiers.queries.offers import road
from congvu.dossiers.rules import clock
from congvu.dossiers.rules.steps import Road
from congvu.dossiers.web.words import ROLES
from congvu.foundation.clock import LEGAL_ZONE, legal
from congvu.foundation.ui.track import DONE, NOW, PAUSED, WAITING, Lane, Track, TrackStep
from congvu.foundation.workdays.days import each_day
from congvu.foundation.workdays.rules.calendar import Calendar
from congvu.organisation.rules.picture import Picture

_STATES = {StepState.DONE: DONE, StepState.OPEN: NOW, StepState.PLANNED: WAITING}
_LONGEST_SHORT = 22  # letters a lane's name has room for


def track_of(
    found: Detail, known: Picture, calendar: Calendar, today: date, *, facts: bool = False
) -> Track | None:
    """The track; None when the dossier was never received or has no steps (an imported past case). No statement.

    `facts`: with what each step established, which is for officials only.
    """
    steps = [step for step in found.steps if step.state not in NOT_COUNTED]
    if not steps or found.received_at is None:
        return None
    lanes: dict[int, Lane] = {}
    duties: dict[int, list[str]] = {}
    for step in steps:
        duties.setdefault(step.unit_id, []).append(ROLES.get(step.role, ""))
    for step in steps:
        duty = ", ".join(dict.fromkeys(word for word in duties[step.unit_id] if word))
        lanes.setdefault(step.unit_id, Lane(str(step.unit_id), _short(known, step.unit_id, today), duty))
    planned = _planned(steps, calendar, today)
    drawn = tuple(_drawn(step, steps, found, planned, known, today) for step in steps)
    dates = [today, found.received_on or today, *(d for s in drawn for d in (s.start, s.end, s.due) if d)]
    dates += [found.due_on] if found.due_on else []
    return Track(
        lanes=tuple(lanes.values()),
        steps=_with_facts(drawn, steps, road(found.process_id)) if facts else drawn,
        received=found.received_on or legal(found.received_at).date(),
        due=found.due_on,
        today=min(today, max(dates[1:], default=today)) if found.ended else today,
        off_days=_off_days(calendar, min(dates), max(dates)),
    )


def _with_facts(drawn: tuple[TrackStep, ...], steps: list[Step], ways: Road) -> tuple[TrackStep, ...]:
    return tuple(
        replace(one, facts=ways.told_facts(step.position, step.facts))
        for one, step in zip(drawn, steps, strict=True)
    )


def _drawn(
    step: Step,
    steps: list[Step],
    found: Detail,
    planned: dict[int, tuple[date, date]],
    known: Picture,
    today: date,
) -> TrackStep:
    state = _STATES[step.state]
    if state == NOW and found.paused:
        state = PAUSED
    start, end = planned.get(step.position, (None, None))
    if step.opened_at is not None:
        start = legal(step.opened_at).date()
    if step.done_at is not None:
        end = legal(step.done_at).date()
    numbers = {one.position: n for n, one in enumerate(steps, start=1)}
    return TrackStep(
        name=step.name if step.round == 1 else f"{step.name} (lần {step.round})",
        agency=str(step.unit_id),
        state=state,
        start=start,
        end=end if state != NOW else None,
        due=step.due_on if state in (DONE, NOW) else None,
        agency_name=known.name(step.unit_id, today),
        duty=ROLES.get(step.role, ""),
        waits_for=tuple(numbers[one.position] for one in steps if step.position in one.leads_to),
    )


def _planned(steps: list[Step], calendar: Calendar, today: date) -> dict[int, tuple[date, date]]:
    """When the steps still to come would run if each before them took its own term. A plan, not a promise."""
    ends: dict[int, date] = {}
    for step in steps:
        if step.state == StepState.DONE and step.done_at is not None:
            ends[step.position] = legal(step.done_at).date()
        elif step.state == StepState.OPEN:
            ends[step.position] = max(step.due_on or today, today)
    found: dict[int, tuple[date, date]] = {}
    for step in steps:
        if step.state != StepState.PLANNED:
            continue
        before = [
            ends[one.position] for one in steps if step.position in one.leads_to and one.position in ends
        ]
        start = max(before, default=today)
        end = start
        if step.term_n is not None and step.term_n > 0:
            moment = _morning(start)
            due_on, _ = clock.step_due(moment, step.term_n, step.term_unit, calendar)
            end = due_on or start
        ends[step.position] = end
        found[step.position] = (start, end)
    return found


def _morning(day: date) -> datetime:
    """Eight in the morning of a day, in the legal zone: when a step planned for that day would begin."""
    return datetime(day.year, day.month, day.day, 8, tzinfo=LEGAL_ZONE)


def _short(known: Picture, unit_id: int, on: date) -> str:
    span = known.at(unit_id, on)
    if span is not None and span.short_name:
        return span.short_name
    name = known.name(unit_id, on)
    for long, brief in _BRIEF:
        name = name.replace(long, brief)
    return name if len(name) <= _LONGEST_SHORT else name[: _LONGEST_SHORT - 1].rstrip() + "…"


_BRIEF = (
    ("Trung tâm Phục vụ hành chính công", "TT PVHCC"),
    ("Ủy ban nhân dân", "UBND"),
    ("Nông nghiệp và Môi trường", "NN và MT"),
    ("Văn hóa, Thể thao và Du lịch", "VHTT và DL"),
)


def _off_days(calendar: Calendar, first: date, last: date) -> dict[date, str]:
    return {day: calendar.day(day).kind.value for day in each_day(first, last) if not calendar.works(day)}
