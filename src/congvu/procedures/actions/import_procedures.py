"""Bring in published catalogues: JSON lines, one procedure a line. No row is dropped, nothing is guessed silently."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from hashlib import sha256
from pathlib import Path
from typing import Any

from django.db import connection, transaction

from congvu.foundation.audit.actions import record, record_many
from congvu.foundation.identity.actor import Actor
from congvu.foundation.refusal import Refused
from congvu.foundation.text import fold
from congvu.procedures.actions.import_doubts import decided, remembered_by, retire_doubts, write_doubts
from congvu.procedures.actions.import_files import Rejected, Row, read_files
from congvu.procedures.actions.keep_decisions import keep_decisions
from congvu.procedures.actions.write_versions import NewVersion, publish_written, write_versions
from congvu.procedures.models import Field, ImportBatch, Procedure, ProcedureVersion, RejectedRow
from congvu.procedures.rules.content import Content
from congvu.procedures.rules.doubts import DoubtKind
from congvu.procedures.rules.words import ProcedureKind, ProcedureStatus, VersionState

LOCK = 0x7474_6863  # "tthc": one import at a time


@dataclass(frozen=True, slots=True)
class ImportReport:
    """`stored`: rows now represented in the catalogue = new + changed + unchanged. Doubts are counted as read."""

    read: int
    stored: int
    new: int
    changed: int
    unchanged: int
    doubts: dict[str, int]
    rejected: tuple[Rejected, ...]
    files: tuple[dict[str, Any], ...] = field(default=())

    def as_json(self) -> dict[str, Any]:
        return {
            "read": self.read,
            "stored": self.stored,
            "new": self.new,
            "changed": self.changed,
            "unchanged": self.unchanged,
            "doubts": self.doubts,
            "rejected": [{"where": one.row_ref, "why": one.why} for one in self.rejected],
            "files": list(self.files),
        }


@dataclass(frozen=True, slots=True)
class _Known:
    procedure_id: int
    version_id: int | None
    number: int
    valid_from: date | None
    source_sha256: str


def import_procedures(
    files: Sequence[Path], *, by: Actor, at: datetime, valid_from: date | None = None
) -> ImportReport:
    """Import files. Idempotent: equal rows change nothing; a changed row makes a new version and closes the old one.

    New versions are in force from `valid_from` (the day of `at` by default; the source names no day). At most 32 SQL
    statements, whatever the number of rows. Refuses: a missing or empty file, a wrong encoding (names byte and line).
    Decisions people made on the same doubt of the same procedure earlier are applied again to a changed row.
    """
    rows, rejected, facts = read_files(files)
    first_day = valid_from or at.date()
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [LOCK])
        unique, doubles = _unique(rows)
        known = _known([row.read.code for row in unique])
        new = [row for row in unique if row.read.code not in known]
        changed = [
            row
            for row in unique
            if row.read.code in known and known[row.read.code].source_sha256 != row.read.content.source_sha256
        ]
        _refuse_backwards(changed, known, first_day)
        fresh_rejected = _not_kept_yet(rejected)
        if new or changed or fresh_rejected:
            counts = {"read": len(rows) + len(rejected), "new": len(new), "changed": len(changed)}
            batch = ImportBatch.objects.create(
                kind="procedures", at=at, by_account=by.account_id, files=facts, counts=counts
            )
            _store(batch, new, changed, doubles, known, first_day, by=by, at=at)
            RejectedRow.objects.bulk_create(
                RejectedRow(batch=batch, row_ref=one.row_ref, text=one.text, why=one.why, sha256=_digest(one))
                for one in fresh_rejected
            )
            record("import_procedures", "procedures.import", batch.pk, by=by, at=at, after=counts)
    doubts = Counter(one.kind.value for row in rows for one in row.read.found)
    if doubles:
        doubts[DoubtKind.DUPLICATE_CODE.value] += len(doubles)
    return ImportReport(
        read=len(rows) + len(rejected),
        stored=len(unique) + len(doubles),
        new=len(new),
        changed=len(changed),
        unchanged=len(unique) - len(new) - len(changed),
        doubts=dict(sorted(doubts.items(), key=lambda pair: (-pair[1], pair[0]))),
        rejected=tuple(rejected),
        files=tuple(facts),
    )


def _unique(rows: list[Row]) -> tuple[list[Row], list[Row]]:
    """(first row of each code, later rows of a code that say something else)."""
    first: dict[str, Row] = {}
    doubles = []
    for row in rows:
        kept = first.setdefault(row.read.code, row)
        if kept is not row and kept.read.content.source_sha256 != row.read.content.source_sha256:
            doubles.append(row)
    return list(first.values()), doubles


def _known(codes: list[str]) -> dict[str, _Known]:
    """What the catalogue has of these codes: the latest published version each. 1 statement."""
    found = (
        ProcedureVersion.objects.filter(procedure__code__in=codes, state=VersionState.PUBLISHED.value)
        .order_by("procedure_id", "-number")
        .distinct("procedure_id")
        .values_list("procedure__code", "procedure_id", "id", "number", "valid_from", "source_sha256")
    )
    known = {
        code: _Known(procedure, version, number, day, sha)
        for code, procedure, version, number, day, sha in found
    }
    drafts = ProcedureVersion.objects.filter(procedure__code__in=codes, state=VersionState.DRAFT.value)
    highest = dict(drafts.values_list("procedure__code", "number"))
    for code, procedure_id in Procedure.objects.filter(code__in=codes).values_list("code", "id"):
        held = known.get(code, _Known(procedure_id, None, 0, None, ""))
        known[code] = _Known(
            procedure_id,
            held.version_id,
            max(held.number, highest.get(code, 0)),
            held.valid_from,
            held.source_sha256,
        )
    return known


def _refuse_backwards(changed: list[Row], known: Mapping[str, _Known], first_day: date) -> None:
    for row in changed:
        since = known[row.read.code].valid_from
        if since is not None and since > first_day:
            raise Refused(
                f"Thủ tục {row.read.code} đã có bản từ {since:%d/%m/%Y}, sau ngày hiệu lực {first_day:%d/%m/%Y}.",
                where=row.ref,
                do="Chọn ngày hiệu lực muộn hơn, hoặc sửa bản hiện hành bằng quyết định.",
            )


def _store(
    batch: ImportBatch,
    new: list[Row],
    changed: list[Row],
    doubles: list[Row],
    known: Mapping[str, _Known],
    first_day: date,
    *,
    by: Actor,
    at: datetime,
) -> None:
    """New procedures, new versions, their decisions and doubts. A fixed number of statements."""
    fields = _fields({row.read.field_name for row in (*new, *changed)})
    made = Procedure.objects.bulk_create(
        Procedure(
            code=row.read.code,
            name=row.read.content.name,
            name_folded=fold(row.read.content.name),
            field_id=fields[fold(row.read.field_name)],
            kind=ProcedureKind.TTHC.value,
            status=ProcedureStatus.PUBLIC.value,
        )
        for row in new
    )
    ids = {one.code: one.pk for one in made} | {code: one.procedure_id for code, one in known.items()}
    remembered = remembered_by([known[row.read.code].procedure_id for row in changed])
    rows = [*new, *changed]
    contents = [decided(row.read, remembered.get(ids[row.read.code], {})) for row in rows]
    versions = write_versions(_numbered(rows, contents, known, ids, first_day), VersionState.LOADING)
    publish_written(versions, at=at)
    _rename(changed, ids, fields)
    keep_decisions(
        [(row.read.content.decision_text, version) for row, version in zip(rows, versions, strict=True)]
    )
    retire_doubts([ids[row.read.code] for row in changed], at=at)
    version_of = {version.procedure_id: version.pk for version in versions}
    write_doubts(batch, rows, doubles, ids, version_of, remembered, at=at)
    record_many(
        "import_version",
        "procedures.procedure",
        [
            (version.procedure_id, None, {"version": version.pk, "number": version.number})
            for version in versions
        ],
        by=by,
        at=at,
        why=f"nhập lô {batch.pk}",
    )


def _numbered(
    rows: list[Row],
    contents: list[Content],
    known: Mapping[str, _Known],
    ids: Mapping[str, int],
    first_day: date,
) -> list[NewVersion]:
    return [
        NewVersion(
            procedure_id=ids[row.read.code],
            number=known[row.read.code].number + 1 if row.read.code in known else 1,
            content=content,
            valid_from=first_day,
        )
        for row, content in zip(rows, contents, strict=True)
    ]


def _fields(names: set[str]) -> dict[str, int]:
    """Ids of fields by folded name; missing ones are made. 2 statements."""
    by_folded = {fold(name): name for name in sorted(names)}
    Field.objects.bulk_create(
        (
            Field(code=folded.replace(" ", "-")[:120], name=name[:300], name_folded=folded[:300])
            for folded, name in by_folded.items()
        ),
        ignore_conflicts=True,
    )
    return dict(Field.objects.filter(name_folded__in=by_folded).values_list("name_folded", "id"))


def _rename(changed: list[Row], ids: Mapping[str, int], fields: Mapping[str, int]) -> None:
    renamed = [
        Procedure(
            pk=ids[row.read.code],
            name=row.read.content.name,
            name_folded=fold(row.read.content.name),
            field_id=fields[fold(row.read.field_name)],
            status=ProcedureStatus.PUBLIC.value,
        )
        for row in changed
    ]
    if renamed:
        Procedure.objects.bulk_update(renamed, ["name", "name_folded", "field", "status"])


def _not_kept_yet(rejected: list[Rejected]) -> list[Rejected]:
    if not rejected:
        return []
    digests = {_digest(one): one for one in rejected}
    kept = set(RejectedRow.objects.filter(sha256__in=digests).values_list("sha256", flat=True))
    return [one for digest, one in digests.items() if digest not in kept]


def _digest(one: Rejected) -> str:
    return sha256(f"{one.row_ref}\n{one.text}".encode("utf-8", "replace")).hexdigest()
