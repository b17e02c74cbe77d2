"""Recording a change of the organisation: the writers' lock, the rows, the audit, the happening. Used by every verb.

Statements do not grow with the size of the change: lock 1, picture 2, events 1, parts 1, superseded 1, versions 1,
audit 1, happening 1; verbs that establish units or move grants say what they add.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from fractions import Fraction

from django.db import IntegrityError, connection, transaction

from congvu.foundation.audit.actions import record, record_many
from congvu.foundation.happenings.actions import emit
from congvu.foundation.identity.actor import Actor
from congvu.foundation.refusal import Refused
from congvu.foundation.text import composed, fold
from congvu.organisation import queries
from congvu.organisation.access import refuse_unless_may_change
from congvu.organisation.models import Handover, Unit, UnitEvent, UnitEventPart, UnitVersion
from congvu.organisation.rules.changes import NewUnit
from congvu.organisation.rules.draft import Draft, Outcome
from congvu.organisation.rules.following import Parcel
from congvu.organisation.rules.kinds import FROM, TO
from congvu.organisation.rules.picture import Span

EVENTS_RECORDED = "organisation.events_recorded"
_LOCK = """
INSERT INTO organisation_state AS s (id, token, recorded_at) VALUES (1, gen_random_uuid(), %s)
ON CONFLICT (id) DO UPDATE SET token = gen_random_uuid(),
    recorded_at = greatest(excluded.recorded_at, s.recorded_at + interval '1 microsecond')
RETURNING recorded_at
"""


@dataclass(frozen=True, slots=True)
class Decision:
    """The paper a change rests on."""

    number: str
    signed_on: date | None = None
    by: str = ""


@dataclass(slots=True)
class Sides:
    """Who gives and who receives in an event, with shares (None: not known)."""

    sources: list[tuple[int, Fraction | None]] = field(default_factory=list)
    targets: list[tuple[int, Fraction | None]] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Recording:
    """An open change: the moment it is recorded at, who records it, and the organisation before it."""

    at: datetime
    by: Actor
    draft: Draft


def begin(*, by: Actor, at: datetime) -> Recording:
    """Take the writers' lock and read the organisation. Must run in a transaction. 3 statements.

    Recording time never runs backwards: of two changes the later one is recorded later, so that the organisation
    "as known at" any moment stays what it was.
    """
    refuse_unless_may_change(by)
    with connection.cursor() as cursor:
        cursor.execute(_LOCK, [at])
        recorded_at: datetime = cursor.fetchone()[0]
    return Recording(recorded_at, by, Draft(queries.picture_now()))


def new_units(recording: Recording, wanted: Iterable[NewUnit]) -> list[int]:
    """Rows for units about to be established, in order. 1 statement. Refuses a code used before."""
    units = [Unit(code=new.code, kind=new.kind, recorded_at=recording.at) for new in wanted]
    codes = [unit.code for unit in units]
    taken = next((code for code in codes if recording.draft.has_code(code) or codes.count(code) > 1), None)
    if taken is None:
        try:
            with transaction.atomic():
                return [unit.id for unit in Unit.objects.bulk_create(units)]
        except (
            IntegrityError
        ):  # of a unit whose establishing was undone: no picture shows it, its code stays used
            taken = next(iter(Unit.objects.filter(code__in=codes).values_list("code", flat=True)), codes[0])
    raise Refused(
        f"Mã {taken} đã cấp cho một đơn vị; mã không dùng lại.",
        where="code",
        do="Cấp mã mới.",
        article="QĐ 20/2020/QĐ-TTg",
    )


@dataclass(frozen=True, slots=True)
class Happened:
    """An event to be written: what kind, who gave and received, and a note. `heirs`: who takes over from each unit that ends;
    `parcels`: what was chosen to go from units that go on, or to others than the heir."""

    kind: str
    sides: Sides
    note: str = ""
    heirs: Mapping[int, int] = field(default_factory=dict)
    parcels: Sequence[Parcel] = ()


def keep(
    recording: Recording,
    kind: str,
    decision: Decision,
    effective: date,
    sides: Sides,
    *,
    note: str = "",
    heirs: Mapping[int, int] | None = None,
    parcels: Sequence[Parcel] = (),
) -> UnitEvent:
    """Write one event and what the draft changed, with audit and happening. 6 statements, 4 when no version changed, 1 more
    for the records of handing over when a unit ends to an heir."""
    return keep_all(recording, [Happened(kind, sides, note, heirs or {}, parcels)], decision, effective)[0]


def keep_all(
    recording: Recording, happened: Sequence[Happened], decision: Decision, effective: date
) -> list[UnitEvent]:
    """Write the events of one decision, in the order drafted (marks 0, -1…). Statements as `keep`, for any number."""
    rows = [
        UnitEvent(
            kind=one.kind,
            decision_number=decision_number(decision),
            decision_date=decision.signed_on,
            decided_by=composed(decision.by)[:200],
            effective=effective,
            note=composed(one.note),
            recorded_at=recording.at,
            recorded_by=recording.by.name,
        )
        for one in happened
    ]
    events = UnitEvent.objects.bulk_create(rows)
    write_parts(list(zip(events, (one.sides for one in happened), strict=True)))
    _plan_handovers(recording, list(zip(events, happened, strict=True)))
    outcome = recording.draft.outcome()
    write_versions(recording, outcome, {-place: event.id for place, event in enumerate(events)})
    _record_audit(recording, events, outcome)
    _emit(recording, list(zip(events, happened, strict=True)), outcome)
    return events


def _plan_handovers(recording: Recording, written: Sequence[tuple[UnitEvent, Happened]]) -> None:
    """The records of handing over, to be moved on their day. 1 statement, none when nobody takes over from anybody."""
    planned: list[tuple[UnitEvent, int, int, list[str] | None]] = []
    for event, one in written:  # what was chosen goes first, the heir takes the rest
        planned += [(event, part.from_id, part.to_id, list(part.chosen)) for part in _checked(one)]
        planned += [(event, unit, heir, None) for unit, heir in one.heirs.items()]
    rows = [
        Handover(
            event=event,
            from_unit_id=unit,
            to_unit_id=to,
            effective=event.effective,
            chosen=chosen,
            recorded_at=recording.at,
            recorded_by=recording.by.name[:200],
        )
        for event, unit, to, chosen in planned
    ]
    if rows:
        Handover.objects.bulk_create(rows)


def _checked(one: Happened) -> list[Parcel]:
    """The parcels that say something. Refuses what was chosen for two receivers; the heir gets all of it anyway."""
    found = [part for part in one.parcels if part.chosen and one.heirs.get(part.from_id) != part.to_id]
    said: set[tuple[int, str]] = set()
    for part in found:
        of = {(part.from_id, code) for code in part.chosen}
        if of & said:
            raise Refused(
                "Cùng một thủ tục hoặc lĩnh vực được chọn cho hai đơn vị nhận.",
                where="chosen",
                do="Bỏ chọn ở một đơn vị nhận.",
            )
        said |= of
    return found


def _emit(recording: Recording, written: Sequence[tuple[UnitEvent, Happened]], outcome: Outcome) -> None:
    payload = {
        "effective": written[0][0].effective.isoformat(),
        "events": [
            {
                "event": event.id,
                "kind": one.kind,
                "from": [unit for unit, _ in one.sides.sources],
                "to": [unit for unit, _ in one.sides.targets],
            }
            for event, one in written
        ],
        "closed": sorted(_closed(recording, outcome)),
    }
    emit(EVENTS_RECORDED, payload, at=recording.at)


def write_parts(written: Iterable[tuple[UnitEvent, Sides]]) -> None:
    """The units of events. 1 statement."""
    UnitEventPart.objects.bulk_create(
        UnitEventPart(
            event=event,
            unit_id=unit_id,
            side=side,
            share_numerator=share.numerator if share is not None else None,
            share_denominator=share.denominator if share is not None else None,
        )
        for event, sides in written
        for side, units in ((FROM, sides.sources), (TO, sides.targets))
        for unit_id, share in units
    )


def write_versions(recording: Recording, outcome: Outcome, events: Mapping[int, int]) -> None:
    """Supersede what is no longer believed, write what now is. `events`: row ids by their marks. 2 statements."""
    gone = [span.id for span in outcome.gone if span.id is not None]
    changed = UnitVersion.objects.filter(id__in=gone, superseded_at=None).update(superseded_at=recording.at)
    if changed != len(gone):
        raise Refused("Tổ chức vừa được người khác sửa.", do="Tải lại trang rồi làm lại.")
    UnitVersion.objects.bulk_create(_row(span, recording.at, events) for span in outcome.new)


def _row(span: Span, recorded_at: datetime, events: Mapping[int, int]) -> UnitVersion:
    opened, closed = span.opened_by, span.closed_by
    return UnitVersion(
        unit_id=span.unit_id,
        name=span.name,
        name_folded=fold(span.name),
        short_name=span.short_name,
        parent_id=span.parent_id,
        tier=span.tier,
        kind=span.kind,
        sort_key=span.sort_key,
        valid_from=span.valid_from,
        valid_to=span.valid_to,
        opened_by_id=events.get(opened, opened) if opened is not None else None,
        closed_by_id=events.get(closed, closed) if closed is not None else None,
        recorded_at=recorded_at,
    )


def decision_number(decision: Decision) -> str:
    """The decision's number and symbol, cleaned. Refuses an empty or over-long one."""
    number = composed(decision.number)
    if not number or len(number) > 100 or "\x00" in number:
        raise Refused(
            "Thiếu số, ký hiệu quyết định (tối đa 100 ký tự).", where="decision", do="Ghi số quyết định."
        )
    return number


def _closed(recording: Recording, outcome: Outcome) -> set[int]:
    """Units that had an open end and now have none."""
    before, after = recording.draft.before, recording.draft
    return {
        unit
        for unit in outcome.touched
        if before.of(unit)
        and before.of(unit)[-1].valid_to is None
        and after.of(unit)[-1].valid_to is not None
    }


def facts(spans: Iterable[Span]) -> list[dict[str, object]]:
    """Spans as the audit log keeps them."""
    return [
        {
            "name": span.name,
            "parent": span.parent_id,
            "tier": span.tier,
            "kind": span.kind,
            "from": span.valid_from.isoformat(),
            "to": span.valid_to.isoformat() if span.valid_to else None,
        }
        for span in spans
    ]


def _record_audit(recording: Recording, events: Sequence[UnitEvent], outcome: Outcome) -> None:
    first, more = events[0], f" và {len(events) - 1} sự kiện cùng quyết định" if len(events) > 1 else ""
    verb, why = (
        f"organisation.{first.kind.lower()}",
        f"{first.decision_number}, hiệu lực {first.effective:%d/%m/%Y}",
    )
    if not outcome.touched:
        record(verb, "unit_event", first.id, by=recording.by, at=recording.at, why=why)
        return
    units = [
        (
            unit_id,
            {"versions": facts(recording.draft.before.of(unit_id))},
            {"versions": facts(recording.draft.of(unit_id)), "event": first.id},
        )
        for unit_id in outcome.touched
    ]
    record_many(verb, "unit", units, by=recording.by, at=recording.at, why=why + more)
