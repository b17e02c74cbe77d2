"""Writing versions whole, in sets: the one door through which an import, a correction and a draft are stored."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from hashlib import sha256

from congvu.foundation.text import fold
from congvu.procedures.models import (
    CaseChannel,
    CaseFee,
    CasePaper,
    LegalBasis,
    ProcedureCase,
    ProcedureVersion,
    VersionResult,
)
from congvu.procedures.rules.content import CaseContent, Content, digest
from congvu.procedures.rules.words import VersionState


@dataclass(frozen=True, slots=True)
class NewVersion:
    """A version to be written: of which procedure, its number, what it says, from which day (None for a draft)."""

    procedure_id: int
    number: int
    content: Content
    valid_from: date | None = None
    corrects_id: int | None = None


def write_versions(items: Sequence[NewVersion], state: VersionState) -> list[ProcedureVersion]:
    """Write versions with all their parts, in the order given. At most 7 statements for any number of versions.

    `state` is DRAFT, or LOADING for what `publish_written` publishes in the same transaction.
    """
    versions = ProcedureVersion.objects.bulk_create([_version(item, state) for item in items])
    cases = ProcedureCase.objects.bulk_create(
        ProcedureCase(version=version, stable_key=case.stable_key, name=case.name, order=order)
        for version, item in zip(versions, items, strict=True)
        for order, case in enumerate(item.content.cases, start=1)
    )
    said = [case for item in items for case in item.content.cases]
    _write_channels(list(zip(cases, said, strict=True)))
    CasePaper.objects.bulk_create(
        CasePaper(
            case=row,
            stable_key=paper.stable_key or _key(paper.group_name, paper.name, str(order)),
            order=order,
            group_name=paper.group_name,
            name=paper.name,
            originals=paper.originals,
            copies=paper.copies,
            required=paper.required,
            form_code=paper.form_code,
        )
        for row, case in zip(cases, said, strict=True)
        for order, paper in enumerate(case.papers, start=1)
    )
    pairs = list(zip(versions, (item.content for item in items), strict=True))
    VersionResult.objects.bulk_create(
        VersionResult(
            version=version,
            stable_key=result.stable_key or _key(result.name, str(order)),
            order=order,
            code=result.code,
            name=result.name,
        )
        for version, content in pairs
        for order, result in enumerate(content.results, start=1)
    )
    LegalBasis.objects.bulk_create(
        LegalBasis(
            version=version,
            order=order,
            number=basis.number[:120],
            title=basis.title,
            issued_on=basis.issued_on,
            by=basis.by[:200],
        )
        for version, content in pairs
        for order, basis in enumerate(content.bases, start=1)
    )
    return versions


def publish_written(versions: Sequence[ProcedureVersion], *, at: datetime) -> None:
    """Close what is in force of the same procedures on each version's first day, then publish. 1 statement a day + 1.

    The caller holds the procedures and has refused first days before those of the versions to be closed.
    """
    for day in sorted({version.valid_from for version in versions if version.valid_from is not None}):
        procedures = [version.procedure_id for version in versions if version.valid_from == day]
        ProcedureVersion.objects.filter(
            procedure_id__in=procedures, state=VersionState.PUBLISHED.value, valid_to__isnull=True
        ).update(valid_to=day)
    ProcedureVersion.objects.filter(pk__in=[version.pk for version in versions]).update(
        state=VersionState.PUBLISHED.value, published_at=at
    )


def _version(item: NewVersion, state: VersionState) -> ProcedureVersion:
    content = item.content
    return ProcedureVersion(
        procedure_id=item.procedure_id,
        number=item.number,
        state=state.value,
        valid_from=item.valid_from,
        corrects_id=item.corrects_id,
        name=content.name,
        tiers=list(content.tiers),
        level_of_service=content.level_of_service,
        authority_text=content.authority_text,
        handler_text=content.handler_text,
        cooperating_text=content.cooperating_text,
        place_text=content.place_text,
        sequence_text=content.sequence_text,
        conditions_text=content.conditions_text,
        subjects=list(content.subjects),
        decision_text=content.decision_text,
        source_url=content.source_url,
        original=content.source,
        source_sha256=content.source_sha256,
        content_sha256=digest(content),
    )


def _write_channels(cases: list[tuple[ProcedureCase, CaseContent]]) -> None:
    channels = CaseChannel.objects.bulk_create(
        CaseChannel(
            case=row,
            channel=line.channel,
            term_n=line.term_n,
            term_unit=line.term_unit,
            term_text=line.term_text,
            note=line.note,
        )
        for row, case in cases
        for line in case.channels
    )
    lines = [line for _, case in cases for line in case.channels]
    CaseFee.objects.bulk_create(
        CaseFee(
            channel=row,
            order=order,
            kind=fee.kind,
            amount=fee.amount,
            per_text=fee.per_text[:200],
            text=fee.text,
        )
        for row, line in zip(channels, lines, strict=True)
        for order, fee in enumerate(line.fees, start=1)
    )


def _key(*words: str) -> str:
    return sha256(fold(" ".join(words)).encode()).hexdigest()[:16]
