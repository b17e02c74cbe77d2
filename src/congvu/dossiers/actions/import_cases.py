"""Take in an event log of past cases as historical dossiers (nạp hồ sơ lịch sử), all or nothing, in bounded memory.

The same content again, packed or not, changes nothing. Rows go in by COPY, a batch at a time; batches hold some
thousand cases, whatever the size of the log.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from itertools import islice
from pathlib import Path
from typing import Any
from uuid import UUID

from django.conf import settings
from django.db import connection, transaction
from psycopg.errors import UniqueViolation

from congvu.dossiers.actions.historical import Holders, procedure_of
from congvu.dossiers.bulk.copying import cell, copy_in, line, take_ids, text
from congvu.dossiers.models import CaseImport
from congvu.dossiers.rules import eventlog
from congvu.dossiers.rules.eventlog import BadLog, Outcome, PastCase, Tally
from congvu.dossiers.rules.eventlog.reading import Watcher
from congvu.dossiers.rules.past import channel_of, history, legal_wall, status_of
from congvu.dossiers.rules.status import Delivery, Status
from congvu.foundation.audit.actions import record
from congvu.foundation.identity.actor import Actor
from congvu.foundation.refusal import Refused
from congvu.foundation.text import fold
from congvu.organisation.rules.kinds import TIERS, TINH

BATCH_CASES, BATCH_EVENTS = 2_000, 50_000
MOST_REJECTED = 100  # named in the summary; more are only counted
MANY = BATCH_CASES  # from here on the tables are analyzed
LONGEST_REF = 200

_DOSSIER = (
    "id", "intake_key", "code", "procedure_id", "procedure_version_id", "field_id", "tier", "receiving_unit_id",
    "competent_unit_id", "channel", "summary", "owner_name", "search_text", "opened_at", "received_at", "received_on",
    "due_first", "due_on", "ended_at", "ended_on", "returned_at", "status", "delivery", "last_event_at", "flagged",
    "imported_id", "external_ref",
)  # fmt: skip
_REACH = ("unit_id", "opened_at", "dossier_id")
_EVENT = ("dossier_id", "at", "verb", "status_from", "status_to", "due_on", "ended_on", "reason")


@dataclass(frozen=True, slots=True)
class Imported:
    """What an import did. `summary` is kept with it and is the same when asked again; `new` counts this time."""

    import_id: int
    new: int
    summary: dict[str, Any]


def import_cases(
    path: Path,
    *,
    overrides: Mapping[str, str] | None = None,
    tier: str = TINH,
    watch: Watcher | None = None,
    by: Actor,
    at: datetime,
) -> Imported:
    """Import the log at `path`. About 30 statements, and 4 for every batch of 2,000 cases.

    Refuses (BadLog, nothing written): what `eventlog.survey` refuses, references over 200 characters, and a log in
    which more than 500 offices or fields are named. Cases that nothing dates are left out and named in the summary.
    """
    if tier not in TIERS:
        raise Refused(f"Không có cấp «{tier}».", where="tier", do=f"Chọn một trong: {', '.join(TIERS)}.")
    log = eventlog.survey(path, overrides, watch)
    with transaction.atomic():
        _one_at_a_time(log.sha256)
        known = CaseImport.objects.filter(sha256=log.sha256).first()
        if known is not None:
            return Imported(known.pk, 0, known.summary)
        kept = CaseImport.objects.create(
            sha256=log.sha256, file_name=path.name[:300], at=at, by=by.account_id
        )
        holders = Holders(path.name[:120], f"Z99{log.sha256[:10].upper()}", tier, by, at)
        tally, rejected = CaseWriter(kept.pk, log.sha256, holders).write(
            eventlog.cases(log, salt=_salt(), watch=watch)
        )
        holders.close()
        if tally.cases >= MANY:
            _analyze()
        kept.summary = summary_of(log, tally, rejected)
        kept.save(update_fields=["summary"])
        record("dossier.import_cases", "case_import", kept.pk, by=by, at=at, after=kept.summary)
    return Imported(kept.pk, tally.cases, kept.summary)


def summary_of(log: eventlog.Log, tally: Tally, rejected: list[str]) -> dict[str, Any]:
    """The counts of an import. on_time + late + open + flagged = cases: `flagged` are those for which the log cannot
    say whether they were on time (ended without a due date, or before they began). `doubts` counts every
    doubt, these and others, a case as often as it has some. `form_06` is what form 06 makes of the same cases: there
    a case without a due date is on time.
    """
    return {
        **counts_of(tally, rejected),
        "format": "+".join(part for part in (log.kind.form, log.kind.container) if part),
        "mapping": log.mapping.chosen(),
        "remarks": list(log.remarks),
        "sha256": log.sha256,
    }


def counts_of(tally: Tally, rejected: list[str]) -> dict[str, Any]:
    """The part of `summary_of` that counts cases, whatever they were read from."""
    return {
        "cases": tally.cases,
        "events": tally.events,
        "on_time": tally.outcomes[Outcome.ON_TIME],
        "late": tally.outcomes[Outcome.LATE],
        "open": tally.outcomes[Outcome.OPEN],
        "flagged": tally.outcomes[Outcome.UNCLEAR],
        "form_06": {one.value: tally.form_06[one] for one in (Outcome.ON_TIME, Outcome.LATE, Outcome.OPEN)},
        "doubts": {doubt.value: count for doubt, count in sorted(tally.doubts.items())},
        "rejected": rejected,
    }


class CaseWriter:
    """Writes the cases of one import, batch by batch. Labels that `holders` knows already are units that stand or stood."""

    def __init__(self, import_id: int, sha256_hex: str, holders: Holders) -> None:
        self._import, self._sha256, self._holders = import_id, sha256_hex, holders
        self._number = 0
        self._procedure = (0, 0)

    def write(self, cases: Iterator[PastCase]) -> tuple[Tally, list[str]]:
        tally, rejected = Tally(), []
        self._holders.prepare([""], [""])
        self._procedure = procedure_of(self._holders)
        while batch := _batch(cases):
            dated = [case for case in batch if case.opened_at is not None]
            rejected += [
                f"{case.ref}: không có ngày nào đọc được" for case in batch if case.opened_at is None
            ]
            for case in dated:
                tally.add(case)
            self._copy(dated)
        if len(rejected) > MOST_REJECTED:
            rejected[MOST_REJECTED:] = [f"… và {len(rejected) - MOST_REJECTED} vụ việc khác"]
        return tally, rejected

    def _copy(self, cases: list[PastCase]) -> None:
        self._holders.prepare((case.unit_label for case in cases), (case.field_label for case in cases))
        dossiers: list[str] = []
        reach: list[str] = []
        events: list[str] = []
        for dossier_id, case in zip(take_ids("dossiers_dossier_id_seq", len(cases)), cases, strict=True):
            unit = self._holders.units[case.unit_label]
            own = self._holders.units[""]
            opened = legal_wall(case.opened_at) if case.opened_at else None
            moments = list(history(case))
            dossiers.append(self._dossier(dossier_id, case, unit, moments[-1].at))
            reach += [line((one, opened, dossier_id)) for one in dict.fromkeys((unit, own))]
            due = cell(case.due_on)
            events += [
                f"{dossier_id}\t{m.at.isoformat()}\t{m.verb}\t{cell(m.status_from)}\t{m.status_to:d}\t{due}"
                f"\t{cell(m.ended_on)}\t{text(m.reason)}\n"
                for m in moments
            ]
        try:
            copy_in("dossiers_dossier", _DOSSIER, dossiers)
        except UniqueViolation as twice:
            told = twice.diag.message_detail or ""
            ref = next((case.ref for case in cases if str(self._key(case.ref)) in told), "")
            raise BadLog(
                f"Hai vụ việc có cùng mã «{ref}».",
                do="Sửa mã cho khác nhau, hoặc chọn cột khác bằng --map case=….",
            ) from None
        copy_in("dossiers_reach", _REACH, reach)
        copy_in("dossiers_event", _EVENT, events)

    def _key(self, ref: str) -> UUID:
        """The intake key of a case: the same for the same content and reference."""
        return UUID(bytes=sha256(f"{self._sha256}:{ref}".encode()).digest()[:16], version=4)

    def _dossier(self, dossier_id: int, case: PastCase, unit: int, last: datetime) -> str:
        if len(case.ref) > LONGEST_REF:
            raise BadLog(
                f"Mã vụ việc dài quá {LONGEST_REF} ký tự: «{case.ref[:40]}…».",
                do="Có thể chọn sai cột; dùng --map case=….",
            )
        self._number += 1
        status, ended = status_of(case), legal_wall(case.ended_at) if case.ended_at else None
        opened = legal_wall(case.opened_at) if case.opened_at else None
        return line((
            dossier_id, self._key(case.ref), f"LS{self._import}-{self._number:06d}", *self._procedure,
            self._holders.fields[case.field_label], self._holders.tier, unit, unit, int(channel_of(case.channel)),
            f"Hồ sơ lịch sử {case.ref}" + (f": {case.field_label}" if case.field_label else ""), "(không nêu tên)",
            fold(f"{case.ref} {case.field_label} {case.unit_label}"), opened, opened, opened.date() if opened else None,
            case.due_on, case.due_on, ended, ended.date() if ended else None, ended, int(status),
            int(Delivery.HANDED_OVER if status is Status.RETURNED else Delivery.NOT_READY), last, bool(case.doubts),
            self._import, case.ref,
        ))  # fmt: skip


def _batch(cases: Iterator[PastCase]) -> list[PastCase]:
    batch: list[PastCase] = []
    events = 0
    for case in islice(cases, BATCH_CASES):
        batch.append(case)
        events += len(case.events)
        if events >= BATCH_EVENTS:
            break
    return batch


def _analyze() -> None:
    """What was copied in is measured before anyone asks: plans made for empty tables read it whole. 1 statement."""
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE dossiers_dossier, dossiers_reach, dossiers_event")


def _one_at_a_time(content: str) -> None:
    """Two imports of one content wait for each other. 2 statements."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", [f"dossiers.import:{content}"]
        )


def _salt() -> bytes:
    """Pseudonyms of this installation; without its secret nobody can recompute them."""
    return sha256(f"dossiers.import_cases:{settings.SECRET_KEY}".encode()).digest()
