"""Receive dossiers at the counter (tiếp nhận, form 01; NĐ 61/2018 art. 17): code, due day, steps, papers."""

import json
from collections.abc import Sequence
from contextlib import nullcontext
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from typing import Any

from django.db import IntegrityError, connection, transaction

from congvu.dossiers.actions.dossier_set import plain
from congvu.dossiers.actions.intake import Intake, PaperIn, Received, checked, search_text
from congvu.dossiers.actions.keep_papers import keep_papers, note_events
from congvu.dossiers.actions.one_dossier import SIDE_BY_SIDE, opening_values, openings
from congvu.dossiers.actions.steps import first_steps
from congvu.dossiers.models import Dossier
from congvu.dossiers.queries.calendars import Calendars
from congvu.dossiers.queries.compose import BULK
from congvu.dossiers.queries.offers import offer, road
from congvu.dossiers.rules import clock
from congvu.dossiers.rules.codes import series_key
from congvu.dossiers.rules.status import Money, Status
from congvu.foundation.identity.actor import Actor
from congvu.foundation.identity.roles import CLERK
from congvu.foundation.refusal import Refused
from congvu.foundation.sql import Statement, statement
from congvu.foundation.text import composed


@dataclass(frozen=True, slots=True)
class Desk:
    """What is in force at the moment of an intake: processes, unit codes and tiers, calendars."""

    at: datetime
    process_of: dict[int, int | None]  # version -> process
    code_of: dict[int, str]
    tier_of: dict[int, str]
    calendars: Calendars
    start_policy: str
    pause_policy: str


def receive(intakes: Sequence[Intake], *, by: Actor, at: datetime) -> tuple[Received, ...]:
    """Receive a set, in order; each gets its code and due day. 2 statements for any size (more the first time a
    process of the server sees a version).

    All or none. An `intake_key` seen before answers with the dossier it made then, marked `repeated`.
    """
    if not (by.system or by.has(CLERK)):
        raise Refused("Chỉ công chức một cửa tiếp nhận hồ sơ.", do="Đăng nhập bằng tài khoản của quầy.")
    for intake in intakes:
        if not by.system and intake.receiving_unit_id not in by.units(CLERK):
            raise Refused(
                "Bạn không tiếp nhận cho đơn vị này.", where="receiving_unit", do="Chọn đơn vị của bạn."
            )
    return take_in("receive", intakes, Status.RECEIVED, by=by, at=at)


def take_in(
    verb: str, intakes: Sequence[Intake], status: Status, *, by: Actor, at: datetime, reason: str = ""
) -> tuple[Received, ...]:
    """Write new dossiers in `status`: RECEIVED takes numbers and starts clocks, the others do neither. 2 statements; 5
    more, in a transaction, when originals are taken in or stored results used again, or an event is told of."""
    wanted = [checked(intake) for intake in intakes]
    if not wanted:
        return ()
    if not any(intake.event_on or any(p.kept or p.reuse_of for p in intake.papers) for intake in wanted):
        return _taken(verb, wanted, status, by=by, at=at, reason=reason)
    with transaction.atomic():
        made = _taken(verb, wanted, status, by=by, at=at, reason=reason)
        keep_papers(wanted, made, by=by, at=at)
        note_events(wanted, made, at=at)
    return made


def _taken(
    verb: str, wanted: Sequence[Intake], status: Status, *, by: Actor, at: datetime, reason: str
) -> tuple[Received, ...]:
    """What `take_in` writes of the dossiers themselves."""
    desk = desk_for(wanted, at)
    kinds = _Kinds(desk, received=status == Status.RECEIVED)
    rows = [_row(nth, intake, kinds.of(intake)) for nth, intake in enumerate(wanted)]
    papers = [_paper(nth, place, one) for nth, i in enumerate(wanted) for place, one in enumerate(i.papers)]
    params = {
        "fees": json.dumps(kinds.fees) if kinds.fees else "", "papers": json.dumps(papers) if papers else "",
        "at": at, "verb": verb, "reason": reason, "status": status.value,
        "received_on": at.date() if kinds.received else None, "start_policy": desk.start_policy,
        "pause_policy": desk.pause_policy, "calendar_version": desk.calendars.number, "actor": by.account_id,
        "actor_name": by.name, "office": by.office_id,
    }  # fmt: skip
    alone = len(rows) == 1 and kinds.received and len(kinds.steps) <= SIDE_BY_SIDE
    if alone:
        params |= rows[0] | kinds.rows[0]
        for n, one in enumerate(kinds.steps):
            params |= opening_values(
                n, one["position"], 1, one["name"], one["unit"], one["role"], one["due_on"], one["due_at"], None, None
            )  # fmt: skip
    else:
        params |= {
            "rows": json.dumps(rows), "kinds": json.dumps(kinds.rows, default=plain),
            "steps": json.dumps(kinds.steps, default=plain), "keys": [one.intake_key for one in wanted],
        }  # fmt: skip
    within = (
        transaction.atomic() if connection.in_atomic_block else nullcontext()
    )  # what else is written stays
    try:
        with within:
            made = _receiving(len(kinds.steps) if alone else None, bool(papers), bool(kinds.fees)).rows(
                params
            )
    except (
        IntegrityError
    ) as problem:  # the same form, sent twice at the same instant: the other one was first
        if "intake_key" not in str(problem):
            raise
        made = []
    if not made:
        return _repeated(wanted)
    by_key = {row[1]: Received(row[0], row[2], row[3], row[1]) for row in made}
    return tuple(by_key[intake.intake_key] for intake in wanted)


@cache
def _receiving(first_steps: int | None, papers: bool, fees: bool) -> Statement:
    """bulk/receive_one.sql for one received with so many first steps, else (None) bulk/receive.sql, with the parts that have
    something to write."""
    if first_steps is None:
        found = statement(BULK, "receive")
        for mark in ("want", "steps"):
            found = found.with_part(mark, statement(BULK, f"receive_{mark}").text)
    else:
        found = statement(BULK, "receive_one").with_part("steps", openings(first_steps))
    for mark, is_in in (("papers", papers), ("fees", fees)):
        found = found.with_part(mark, statement(BULK, f"receive_{mark}").text if is_in else "")
    return found


def _repeated(wanted: Sequence[Intake]) -> tuple[Received, ...]:
    """The dossiers of forms sent before. A set that mixes old and new keys is refused whole. 1 statement."""
    keys = [intake.intake_key for intake in wanted]
    known = {one.intake_key: one for one in Dossier.objects.filter(intake_key__in=keys)}
    if len(known) < len(set(keys)) or len(set(keys)) < len(keys):
        raise Refused("Có phiếu đã được nhận trước đó trong lô này.", do="Bỏ các phiếu đã nhận rồi gửi lại.")
    return tuple(Received(known[k].pk, known[k].code, known[k].due_on, k, repeated=True) for k in keys)


def desk_for(wanted: Sequence[Intake], at: datetime) -> Desk:
    """What is in force for these intakes. 1 statement."""
    units = {u for i in wanted for u in (i.receiving_unit_id, i.competent_unit_id or i.receiving_unit_id)}
    params = {"on": at.date(), "versions": list({i.version_id for i in wanted}), "units": list(units)}
    versions, known, number, policies = statement(BULK, "intake_now").rows(params)[0]
    if policies is None or len(policies) < 2:
        raise Refused(
            f"Chưa có quy định về tính thời hạn cho ngày {at:%d/%m/%Y}.",
            do="Quản trị viên kiểm tra trang Quy định.",
        )
    return Desk(
        at,
        {version: process for version, _, _, process in versions or ()},
        {unit: code for unit, code, _ in known or ()},
        {unit: tier for unit, _, tier in known or ()},
        Calendars(number or 0),
        policies["dossier.start_policy"],
        policies["dossier.pause_policy"],
    )


class _Kinds:
    """The kinds of intake of a set. What depends on version, case, channel and units alone (term, due day, steps, who is
    concerned) is worked out, sent and read once, however many people ask for it."""

    def __init__(self, desk: Desk, *, received: bool) -> None:
        self.desk, self.received = desk, received
        self.rows: list[dict[str, Any]] = []
        self.steps: list[dict[str, Any]] = []
        self.fees: list[dict[str, Any]] = []
        self._found: dict[tuple[Any, ...], tuple[int, str]] = {}

    def of(self, intake: Intake) -> tuple[int, str]:
        """The number of the intake's kind, and the name of its procedure."""
        key = (
            intake.version_id, intake.case_id, intake.channel, intake.receiving_unit_id, intake.competent_unit_id,
            intake.help_unit_id, intake.corrects is not None,
        )  # fmt: skip
        found = self._found.get(key)
        if found is None:
            found = self._found[key] = len(self.rows), self._add(intake)
        return found

    def _add(self, intake: Intake) -> str:
        desk, terms = self.desk, offer(intake.version_id)
        competent = intake.competent_unit_id or intake.receiving_unit_id
        tier = desk.tier_of.get(competent)
        if tier is None or intake.receiving_unit_id not in desk.code_of:
            raise Refused(
                "Đơn vị không tồn tại vào ngày tiếp nhận.", where="unit", do="Chọn đơn vị đang hoạt động."
            )
        promise = terms.promise(intake.case_id, intake.channel)
        fees = () if intake.corrects else promise.fees  # the agency bears it: NĐ 61/2018, Điều 21
        due_on, due_at = (
            clock.first_due(
                desk.at, promise.term_n, promise.term_unit, desk.calendars.of(competent), desk.start_policy
            )
            if self.received
            else (None, None)
        )
        process = desk.process_of.get(intake.version_id)
        steps = road(process)
        code, day, kind = desk.code_of[intake.receiving_unit_id], desk.at.date(), len(self.rows)
        units = {
            intake.receiving_unit_id,
            competent,
            *(spec.unit(intake.receiving_unit_id, competent) for spec in steps.specs.values()),
            *_some(intake.help_unit_id),
        }
        if self.received:
            opening = first_steps(steps, intake.receiving_unit_id, competent, desk.calendars, desk.at)
            self.steps += [{"kind": kind, **step} for step in opening]
            self.fees += [{"kind": kind, "amount": fee.amount, "reason": fee.reason} for fee in fees]
        self.rows.append({
            "kind": kind, "series": series_key(code, day) if self.received else None,
            "code_prefix": f"{code}-{day:%y%m%d}-", "procedure": terms.procedure_id,
            "procedure_version": intake.version_id, "process": process, "case": intake.case_id or terms.first_case,
            "field": terms.field_id, "tier": tier, "receiving_unit": intake.receiving_unit_id, "competent_unit": competent,
            "help_unit": intake.help_unit_id, "channel": intake.channel, "term_n": promise.term_n,
            "term_unit": promise.term_unit, "due_on": due_on, "due_at": due_at,
            "money": Money.OWED if promise.chargeable and not intake.corrects else Money.NONE, "reach": sorted(units),
        })  # fmt: skip
        return terms.name


def _row(nth: int, intake: Intake, kind: tuple[int, str]) -> dict[str, Any]:
    """One row of bulk/receive.sql: what is one person's own."""
    number, name = kind
    summary = composed(intake.summary) or name[:1000]
    owner, submitter = intake.owner, intake.submitter
    return {
        "ord": nth, "kind": number, "intake_key": str(intake.intake_key), "summary": summary, "copies": intake.copies,
        "return_method": intake.return_method, "told_by": intake.told_by,
        "subject_kind": intake.subject_kind, "owner_name": composed(owner.name),
        "owner_number": composed(owner.number), "owner_phone": composed(owner.phone),
        "owner_email": composed(owner.email), "owner_address": composed(owner.address),
        "submitter_name": composed(submitter.name) if submitter else "",
        "submitter_number": composed(submitter.number) if submitter else "", "owner_account": intake.owner_account_id,
        "search_text": search_text(intake, summary), "corrects": intake.corrects,
    }  # fmt: skip


def _some(unit: int | None) -> tuple[int, ...]:
    return () if unit is None else (unit,)


def _paper(nth: int, place: int, paper: PaperIn) -> dict[str, Any]:
    return {
        "ord": nth, "case_paper": paper.case_paper_id, "order": paper.order or place + 1, "name": composed(paper.name)[:2000],
        "received": paper.received, "originals": paper.originals, "certified": paper.certified, "copies": paper.copies,
        "digitised": paper.digitised, "file": paper.file_id, "file_name": paper.file_name[:255],
    }  # fmt: skip
