"""Writing aftermaths down as COPY rows, table by table, a batch at a time."""

import json
from collections.abc import Iterable, Mapping
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from typing import Any

from django.db import connection
from psycopg import Connection

from congvu.demo.aftermath import Aftermath, Event, OpinionRow, StepRow, result_row, search_words
from congvu.demo.living import mail_of, tracking_of
from congvu.demo.plans import Act, Service, unit_of
from congvu.dossiers.bulk.copying import NULL, cell, copy_in, line, take_ids, text
from congvu.dossiers.rules import clock
from congvu.dossiers.rules.money import FeeIn, FeeKind
from congvu.dossiers.rules.post import DEFAULT_CARRIER
from congvu.foundation.identity.actor import Actor
from congvu.foundation.sql import raw_connection


def _names(text: str) -> tuple[str, ...]:
    return tuple(text.split())


# Of a dossier and a step, what its service alone decides comes first: that part is written once and kept.
_COLUMNS: Mapping[str, tuple[str, ...]] = {
    "dossiers_dossier": _names(
        "procedure_id procedure_version_id case_id field_id tier receiving_unit_id competent_unit_id summary"
        " process_id start_policy pause_policy term_n term_unit channel id intake_key code return_method subject_kind owner_name"
        " owner_number owner_phone owner_email owner_address owner_account_id search_text opened_at received_at received_on"
        " due_first due_on due_at calendar_version ended_at ended_on returned_at supplements extensions status money"
        " delivery version last_event_at"
    ),
    "dossiers_step": _names(
        "position name unit_id role note dossier_id round state branch facts opened_at due_on due_at done_at done_by"
    ),
    "dossiers_reach": _names("unit_id opened_at dossier_id"),
    "dossiers_event": _names(
        "dossier_id at verb status_from status_to due_on ended_on step actor_id office_id reason"
    ),
    "dossiers_paper": _names(
        "case_paper_id order name received originals certified copies digitised file_id file_name dossier_id added_at"
        " added_by"
    ),
    "dossiers_pause": _names("dossier_id kind policy started_at ended_at reason citation asked_by"),
    "dossiers_opinion": _names(
        "dossier_id step receiving_unit_id asking_unit_id asked_unit_id content due_on asked_at asked_by answered_at"
        " answered_on answered_by answer file_name withdrawn_why"
    ),
    "dossiers_posting": _names("dossier_id carrier number posted_at posted_by"),
    "dossiers_extension": _names("dossier_id at due_before due_after reason approved_by"),
    "dossiers_result": _names(
        "dossier_id name number signed_on signer file_name added_at added_by received_by"
    ),
    "audit_auditentry": _names(
        "at actor_id actor_name office_id verb object_kind object_id why before after"
    ),
}
TABLES = tuple(_COLUMNS)
# The ledger of fees waits in a table of its own: receipts are numbered in the order of payment, and entries never change.
_FEES = _names("dossier_id kind amount way unit_id for_unit_id reason reference ground payer at day actor_id")
_STAGE = """
CREATE TEMP TABLE demo_fee AS
SELECT dossier_id, kind, amount, way, unit_id, for_unit_id, reason, reference, ground, payer, at, day, actor_id
  FROM dossiers_fee WHERE false;
ALTER TABLE demo_fee ADD COLUMN nth bigint GENERATED ALWAYS AS IDENTITY
"""
_ENTER = """
INSERT INTO dossiers_fee (dossier_id, kind, amount, way, unit_id, for_unit_id, reason, reference, ground, payer, at, day,
                          actor_id, receipt_year, receipt_no)
SELECT dossier_id, kind, amount, way, unit_id, for_unit_id, reason, reference, ground, payer, at, day, actor_id,
       CASE WHEN kind = 'paid' THEN extract(year FROM day) END,
       CASE WHEN kind = 'paid'
            THEN row_number() OVER (PARTITION BY unit_id, kind, extract(year FROM day) ORDER BY at, nth) END
  FROM demo_fee ORDER BY at, nth;
DROP TABLE demo_fee;
INSERT INTO numbering_series (key, last)
SELECT 'receipt:' || unit_id || ':' || receipt_year, max(receipt_no) FROM dossiers_fee WHERE kind = 'paid'
 GROUP BY unit_id, receipt_year;
ANALYZE dossiers_fee
"""
BATCH = 2_000


class Ink:
    """Holds the rows of up to BATCH dossiers, then copies them in. `tiers`: by competent unit.

    A second thread does the copying while the next batch is worked out, so the database and we work at once. Between
    `write` and `flush` nobody else may use the connection.
    """

    def __init__(self, tiers: Mapping[int, str]) -> None:
        self._tiers = tiers
        self._lines: dict[str, list[str]] = _empty()
        self._ids: list[int] = []
        self._forms: dict[tuple[int, int], _Form] = {}
        self._people: dict[int, _Who] = {}
        self._on = raw_connection()
        self._hand = ThreadPoolExecutor(1, thread_name_prefix="copy")
        self._under_way: Future[None] | None = None
        self.written = 0
        with connection.cursor() as cursor:
            cursor.execute(_STAGE)

    def write(self, left: Aftermath, code: str | None) -> None:
        """Take the rows of one dossier; `code` None while it is not received."""
        if not self._ids:
            self._send()
        dossier = self._ids.pop()
        into, plan = self._lines, left.plan
        form = self._form(plan.service, plan.channel)
        opened = left.opened_at.isoformat()
        into["dossiers_dossier"].append(f"{form.dossier}\t{dossier}\t{_dossier(left, code)}")
        reach = form.reach + tuple({o.of_unit for o in left.opinions}.difference(form.reach))
        into["dossiers_reach"] += [f"{unit}\t{opened}\t{dossier}\n" for unit in reach]
        into["dossiers_step"] += [
            f"{form.steps[s.spec.position]}\t{dossier}\t{s.round}\t{s.state}\t{cell(s.branch)}\t{_facts(s)}"
            f"\t{s.opened_at.isoformat()}\t{cell(s.due_on)}\t{cell(s.due_at)}\t{cell(s.done_at)}\t{cell(s.done_by)}\n"
            for s in left.steps
        ]
        by = cell(plan.acts[0].by.account_id)
        into["dossiers_paper"] += [f"{fixed}\t{dossier}\t{opened}\t{by}\n" for fixed in form.papers]
        events, audits = into["dossiers_event"], into["audit_auditentry"]
        for event in left.events:
            who = self._known(event.act.by)
            told, audited = _tell(dossier, event, code, who)
            events.append(told)
            audits.append(audited)
        self._rare(dossier, left)
        self.written += 1

    def flush(self) -> None:
        """Copy in what is held, and wait for all that is under way."""
        self._settle()
        _copy(self._lines, self._on)
        self._lines = _empty()
        self._hand.shutdown()

    def _send(self) -> None:
        """Ids for the next batch, then the full one goes its way."""
        self._settle()
        self._ids = take_ids("dossiers_dossier_id_seq", BATCH, on=self._on)[::-1]
        full, self._lines = self._lines, _empty()
        self._under_way = self._hand.submit(_copy, full, self._on)

    def _settle(self) -> None:
        """Wait for the batch under way; its failure is ours."""
        if self._under_way is not None:
            self._under_way.result()
            self._under_way = None

    def _rare(self, dossier: int, left: Aftermath) -> None:
        into = self._lines
        for act, kind, citation, ended_at in left.pauses:
            pause = (
                dossier,
                kind,
                clock.PAUSE_POLICY,
                act.at,
                ended_at,
                act.words,
                citation,
                act.by.account_id,
            )
            into["dossiers_pause"].append(line(pause))
        service = left.plan.service
        into["demo_fee"] += [_fee(dossier, left, act, fee) for act, fee in left.fees]
        into["dossiers_opinion"] += [_opinion(dossier, service, one) for one in left.opinions]
        if left.posted is not None:
            parcel = (DEFAULT_CARRIER, tracking_of(left.plan), left.posted.at, left.posted.by.account_id)
            into["dossiers_posting"].append(line((dossier, *parcel)))
        if left.extension is not None:
            act, before = left.extension
            extension = (dossier, act.at, before, act.day, act.words, act.by.account_id)
            into["dossiers_extension"].append(line(extension))
        result = result_row(left)
        if result is not None:
            name, number, signed, signer, at, by, taken_by = result
            into["dossiers_result"].append(
                line((dossier, name, number, signed, signer, "", at, by, taken_by))
            )

    def _known(self, actor: Actor) -> "_Who":
        found = self._people.get(id(actor))
        if found is None:
            found = _Who(actor, cell(actor.account_id), cell(actor.office_id), text(actor.name))
            self._people[id(actor)] = found
        return found

    def _form(self, service: Service, channel: int) -> "_Form":
        found = self._forms.get((id(service), channel))
        if found is None:
            found = self._forms[id(service), channel] = _form(
                service, channel, self._tiers[service.competent]
            )
        return found


def _copy(lines: Mapping[str, list[str]], on: Connection[tuple[Any, ...]]) -> None:
    """A statement a table, 12 at most."""
    for table, rows in lines.items():
        copy_in(table, _COLUMNS.get(table, _FEES), rows, on=on)


def _empty() -> dict[str, list[str]]:
    return {table: [] for table in (*_COLUMNS, "demo_fee")}


def enter_fees() -> None:
    """The entries held back, in the order of time, each payment with its receipt. 4 statements, when all is flushed."""
    with connection.cursor() as cursor:
        cursor.execute(_ENTER)


@dataclass(frozen=True, slots=True)
class _Form:
    """What all dossiers of a service and channel have in common, ready as the beginnings of rows."""

    service: Service  # kept alive: its id is the key
    dossier: str
    steps: Mapping[int, str]  # by position
    papers: tuple[str, ...]
    reach: tuple[int, ...]


def _form(service: Service, channel: int, tier: str) -> _Form:
    offer, promise = service.offer, service.offer.promise(None, channel)
    units = [unit_of(spec, service) for spec in service.steps]
    head = (
        offer.procedure_id, offer.version_id, offer.first_case, offer.field_id, tier, service.receiving,
        service.competent, offer.name[:1000], service.process, clock.START_POLICY, clock.PAUSE_POLICY, promise.term_n,
        promise.term_unit, channel,
    )  # fmt: skip
    steps = {
        s.position: _start((s.position, s.name, unit, s.role, ""))
        for s, unit in zip(service.steps, units, strict=True)
    }
    digitised = 1 if channel == 2 else 0
    papers = (
        (paper, order, name, True, 1, 0, 0, digitised, None, "")
        for order, (paper, name) in enumerate(service.papers, 1)
    )
    reach = tuple(sorted({service.receiving, service.competent, *units}))
    return _Form(service, _start(head), steps, tuple(map(_start, papers)), reach)


def _start(values: Iterable[object]) -> str:
    return line(values).rstrip("\n")


def _facts(step: StepRow) -> str:
    return text(json.dumps(dict(step.facts), ensure_ascii=False)) if step.facts else NULL


def _fee(dossier: int, left: Aftermath, act: Act, fee: FeeIn) -> str:
    service, payer = left.plan.service, left.plan.citizen.name if fee.kind == FeeKind.PAID else ""
    return line((
        dossier, fee.kind.value, fee.amount, fee.way, service.receiving, service.competent, fee.reason, fee.reference,
        fee.ground, payer, act.at, act.at.date(), act.by.account_id,
    ))  # fmt: skip


def _opinion(dossier: int, service: Service, one: OpinionRow) -> str:
    asked, told = one.asked, one.answered
    ended = (told.at, told.at.date(), told.by.account_id, told.words) if told else (None, None, None, "")
    return line((
        dossier, asked.position, service.receiving, one.by_unit, one.of_unit, asked.words, asked.day, asked.at,
        asked.by.account_id, *ended, "", "",
    ))  # fmt: skip


def _dossier(left: Aftermath, code: str | None) -> str:
    plan, who = left.plan, left.plan.citizen
    return line((
        plan.key, code, plan.return_method, who.kind, who.name, who.number, who.phone, mail_of(plan), who.address,
        plan.owner_account,
        search_words(plan), left.opened_at, left.received_at, left.received_at.date() if left.received_at else None,
        left.due_first, left.due_on, left.due_at, left.calendar_version, left.ended_at, left.ended_on, left.returned_at,
        left.supplements, int(left.extension is not None), left.status, left.money, left.delivery, len(plan.acts),
        plan.acts[-1].at,
    ))  # fmt: skip


@dataclass(frozen=True, slots=True)
class _Who:
    """An actor as cells: id, office, name."""

    actor: Actor  # kept alive: its id is the key
    account: str
    office: str
    name: str


def _tell(dossier: int, event: Event, code: str | None, who: _Who) -> tuple[str, str]:
    """The event row and the audit row of one act."""
    at, due, ended = event.act.at.isoformat(), event.due_on, event.ended_on
    due_text = due.isoformat() if due else None
    reason = text(event.reason)
    before = NULL if event.status_from is None else f'{{"status": {event.status_from}}}'
    step = "null" if event.step is None else event.step
    due_json = f'"{due_text}"' if due_text else "null"
    if event.codes:
        said = f'"{code}"' if code is not None and event.verb == "receive" else "null"
        after = f'{{"code": {said}, "status": {event.status_to}, "due_on": {due_json}}}'
    else:
        ended_json = f'"{ended.isoformat()}"' if ended else "null"
        after = (
            f'{{"status": {event.status_to}, "due_on": {due_json}, "ended_on": {ended_json}, "step": {step}}}'
        )
    told = (
        f"{dossier}\t{at}\t{event.verb}\t{cell(event.status_from)}\t{event.status_to}\t{due_text or NULL}"
        f"\t{cell(ended)}\t{cell(event.step)}\t{who.account}\t{who.office}\t{reason}\n"
    )
    doer = f"{who.account}\t{who.name}\t{who.office}"
    audited = f"{at}\t{doer}\t{event.verb}\tdossier\t{dossier}\t{reason}\t{before}\t{after}\n"
    return told, audited
