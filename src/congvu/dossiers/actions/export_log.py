"""Write the history of dossiers as an event log for analysts (xuất nhật ký sự kiện): XES or OCEL 2.0, streamed.

Persons and dossiers appear under pseudonyms keyed with the installation's secret, the same in every export; with real
names only for a stated reason. Each export is in the audit log, whoever asked.
"""

import gzip
import os
import tempfile
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import date, datetime
from hashlib import sha256
from pathlib import Path
from typing import IO, cast

from django.conf import settings

from congvu.dossiers.access import Visible, visible_to
from congvu.dossiers.queries.log_out import LogAsked, citizens, event_types, one_picture, told
from congvu.dossiers.rules.eventlog_out.ocel import SINCE_EVER, Act, Thing, act_of, dossier_things, unit_ref
from congvu.dossiers.rules.eventlog_out.ocel_files import WRITERS
from congvu.dossiers.rules.eventlog_out.told import Names, Told, entries
from congvu.dossiers.rules.eventlog_out.xes import xes
from congvu.foundation.audit.actions import record
from congvu.foundation.identity.actor import Actor
from congvu.foundation.identity.models import Account
from congvu.foundation.refusal import Refused
from congvu.organisation.queries import picture
from congvu.organisation.rules.picture import Picture
from congvu.procedures.models import Procedure

XES, OCEL = "xes", "ocel"
_ONE_LOG = 0  # an export is about no single row


@dataclass(slots=True)
class Tally:
    """What an export wrote so far."""

    dossiers: int = 0
    events: int = 0
    units: set[int] = field(default_factory=set)
    officers: set[int] = field(default_factory=set)  # bounded by the staff, as units are by the organisation


def export_log(
    path: Path, kind: str, asked: LogAsked, *, named: bool = False, reason: str = "", by: Actor, at: datetime
) -> Tally:
    """Write the dossiers `by` may see to `path` (".gz" packs it), whole or not at all. Constant memory.

    XES: 4 statements with the audit row; OCEL: 9. Refuses: a suffix that names no form, a folder that is not there, a
    period that ends before it begins, a procedure nobody knows of, and real names without a reason.
    """
    suffix = suffix_of(path, kind)
    if not path.parent.is_dir():
        raise Refused(
            "Không có thư mục này.", where=str(path.parent), do="Tạo thư mục trước, hoặc ghi nơi khác."
        )
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.", suffix=".part")  # mode 0600
    try:
        with os.fdopen(handle, "wb") as raw, _text(raw, packed=path.suffix == ".gz") as out:
            tally = Tally()
            for piece in pieces(kind, suffix, asked, tally=tally, named=named, reason=reason, by=by, at=at):
                out.write(piece)
        Path(name).replace(path)
    except BaseException:
        with suppress(FileNotFoundError):
            Path(name).unlink()
        raise
    return tally


def suffix_of(path: Path, kind: str) -> str:
    """The suffix that names the form of the file, without ".gz". Refuses one the kind does not have."""
    plain = path.with_suffix("") if path.suffix == ".gz" else path
    known = (".xes",) if kind == XES else tuple(WRITERS)
    if plain.suffix.lower() not in known:
        raise Refused(
            f"Đuôi tệp «{plain.suffix}» không cho biết dạng ghi.", where=path.name,
            do=f"Đặt tên tệp với đuôi {', '.join(known)} (thêm .gz để nén).",
        )  # fmt: skip
    return plain.suffix.lower()


def pieces(
    kind: str,
    suffix: str,
    asked: LogAsked,
    *,
    tally: Tally | None = None,
    named: bool = False,
    reason: str = "",
    by: Actor,
    at: datetime,
) -> Iterator[str]:
    """The text of the log, piece by piece, in one transaction that also holds the audit row, written last with what was
    counted. One that its reader breaks off is recorded on its own, for a part of the log has gone out."""
    _check(asked, named=named, reason=reason)
    tally = Tally() if tally is None else tally
    names = Names(None if named else key())
    sight, known = visible_to(by, at.date()), picture()

    def note(*, whole: bool) -> None:
        record(
            "export_log", "event_log", _ONE_LOG, by=by, at=at, why=reason,
            after={
                "kind": kind, "from": asked.first.isoformat() if asked.first else None,
                "to": asked.last.isoformat() if asked.last else None, "procedure": asked.procedure, "named": named,
                "dossiers": tally.dossiers, "events": tally.events, "whole": whole,
            },
        )  # fmt: skip

    try:
        with one_picture():
            yield from (
                xes(_counted(told(sight, asked), tally), names, lambda unit: _name(known, unit, at.date()))
                if kind == XES
                else _ocel(suffix, sight, asked, names, known, tally, at.date())
            )
            note(whole=True)
    except GeneratorExit:
        note(whole=False)
        raise


def key() -> bytes:
    """What pseudonyms are made with: this installation's, and no use for anything else."""
    return sha256(f"dossiers.export_log:{settings.SECRET_KEY}".encode()).digest()


def _check(asked: LogAsked, *, named: bool, reason: str) -> None:
    if named and not reason.strip():
        raise Refused(
            "Xuất kèm tên thật phải nêu lý do.", where="reason",
            do="Ghi lý do; lý do được lưu trong nhật ký. Không có thì xuất với mã thay tên.",
        )  # fmt: skip
    if asked.first and asked.last and asked.first > asked.last:
        raise Refused("Ngày cuối kỳ trước ngày đầu kỳ.", where="to", do="Đổi lại hai ngày.")
    if asked.procedure and not Procedure.objects.filter(code=asked.procedure).exists():
        raise Refused(
            f"Không có thủ tục mã «{asked.procedure}».", where="procedure", do="Kiểm tra lại mã thủ tục."
        )


def _text(raw: IO[bytes], *, packed: bool) -> IO[str]:
    if packed:
        return cast("IO[str]", gzip.open(raw, "wt", encoding="utf-8", newline="\n"))
    return open(raw.fileno(), "w", encoding="utf-8", newline="\n", closefd=False)


def _counted(rows: Iterator[Told], tally: Tally) -> Iterator[Told]:
    for one in rows:
        tally.dossiers += 1
        tally.events += len(one.happened) + sum(
            (step.opened_at is not None) + (step.done_at is not None) for step in one.steps
        )
        yield one


def _ocel(
    suffix: str, sight: Visible, asked: LogAsked, names: Names, known: Picture, tally: Tally, on: date
) -> Iterator[str]:
    def things() -> Iterator[Thing]:
        for one in _counted(told(sight, asked), tally):
            _remember(one, tally)
            yield from dossier_things(one, names)
        yield from _units(tally, known, on)
        yield from _officers(tally, names)
        for number, name in citizens(sight, asked):
            attributes = (("name", SINCE_EVER, name),) if names.named else ()
            yield Thing(names.citizen(number, name), "citizen", attributes)

    def acts() -> Iterator[Act]:
        for one in told(sight, asked):
            for entry in entries(one, names):
                yield act_of(one, entry, names)

    return WRITERS[suffix](event_types(sight, asked), things(), acts())


def _remember(one: Told, tally: Tally) -> None:
    tally.units |= {one.receiving_unit_id, one.competent_unit_id, *(step.unit_id for step in one.steps)}
    tally.units |= {event.unit_id for event in one.happened if event.unit_id is not None}
    tally.officers |= {event.actor_id for event in one.happened if event.actor_id is not None}
    tally.officers |= {step.officer_id for step in one.steps if step.officer_id is not None}


def _units(tally: Tally, known: Picture, on: date) -> Iterator[Thing]:
    for unit_id in sorted(tally.units):
        span = known.nearest(unit_id, on)
        code, name = (span.code, span.name) if span else ("", "")
        yield Thing(unit_ref(unit_id), "unit", (("code", SINCE_EVER, code), ("name", SINCE_EVER, name)))


def _officers(tally: Tally, names: Names) -> Iterator[Thing]:
    called: dict[int, str] = {}
    if names.named:
        called = dict(Account.objects.filter(pk__in=tally.officers).values_list("pk", "name"))
    for officer in sorted(tally.officers):
        attributes = (("name", SINCE_EVER, called[officer]),) if officer in called else ()
        yield Thing(names.officer(officer), "officer", attributes)


def _name(known: Picture, unit_id: int, on: date) -> str:
    return known.name(unit_id, on) or unit_ref(unit_id)
