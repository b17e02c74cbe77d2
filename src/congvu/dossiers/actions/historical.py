"""What past cases hang on: the offices, fields and the procedure of an event log, made once and closed at once.

They are history: offices are established and dissolved, the procedure is out of force, so none of them can be chosen
at the counter; statistics still name them.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime

from congvu.foundation.audit.actions import record
from congvu.foundation.identity.actor import Actor
from congvu.foundation.refusal import Refused
from congvu.foundation.text import fold
from congvu.organisation.actions.dissolve import dissolve
from congvu.organisation.actions.establish import establish
from congvu.organisation.actions.recording import Decision
from congvu.organisation.models import Unit
from congvu.organisation.rules.changes import NewUnit
from congvu.procedures.models import Field, Procedure, ProcedureCase, ProcedureVersion
from congvu.procedures.rules.words import ProcedureKind, ProcedureStatus, VersionState

LONG_AGO = date(1900, 1, 1)  # a log does not say since when its offices exist
MOST_LABELS = 500
_NO_FIELD = "Hồ sơ lịch sử"


@dataclass(slots=True)
class Holders:
    """The offices and fields of one log, by the label the log gives them ("" for the log's own)."""

    name: str
    code: str
    tier: str
    by: Actor
    at: datetime
    units: dict[str, int] = field(default_factory=dict)
    fields: dict[str, int] = field(default_factory=dict)

    def prepare(self, unit_labels: Iterable[str], field_labels: Iterable[str]) -> None:
        """See to it that every label has its row. No statement when all are known, else some 13 and 2."""
        new_units = [label for label in dict.fromkeys(["", *unit_labels]) if label not in self.units]
        new_fields = [label for label in dict.fromkeys(field_labels) if label not in self.fields]
        if max(len(self.units) + len(new_units), len(self.fields) + len(new_fields)) > MOST_LABELS:
            raise Refused(
                f"Nhật ký nêu hơn {MOST_LABELS} đơn vị hoặc lĩnh vực khác nhau.",
                do="Có thể chọn sai cột; dùng --map unit=… hoặc --map field=… (để trống nếu không có).",
            )
        if new_units:
            self._establish(new_units)
        if new_fields:
            self._make_fields(new_fields)

    def close(self) -> None:
        """Dissolve the offices as of the day of the import. 12 statements an office."""
        for unit_id in reversed(list(self.units.values())):
            dissolve(
                unit_id, under={}, effective=self.at.date(), decision=self._decision(), by=self.by, at=self.at,
                note="Đơn vị chỉ có trong nhật ký lịch sử.",
            )  # fmt: skip

    def _establish(self, labels: list[str]) -> None:
        wanted = [
            NewUnit(
                code=f"{self.code}{len(self.units) + place:03d}",
                name=(f"{label} (lịch sử: {self.name})" if label else f"Đơn vị lịch sử: {self.name}")[:300],
                kind="KHAC",
                tier=self.tier,
                parent_id=None,
            )
            for place, label in enumerate(labels)
        ]
        establish(wanted, effective=LONG_AGO, decision=self._decision(), by=self.by, at=self.at)
        made = dict(Unit.objects.filter(code__in=[one.code for one in wanted]).values_list("code", "id"))
        self.units.update((label, made[one.code]) for label, one in zip(labels, wanted, strict=True))

    def _make_fields(self, labels: list[str]) -> None:
        names = {label: (label or _NO_FIELD)[:300] for label in labels}
        folded = {label: fold(name) or "khac" for label, name in names.items()}
        Field.objects.bulk_create(
            (
                Field(code=f"LS-{folded[label]}"[:120], name=names[label], name_folded=folded[label])
                for label in labels
            ),
            ignore_conflicts=True,
        )
        known = dict(
            Field.objects.filter(name_folded__in=set(folded.values())).values_list("name_folded", "id")
        )
        self.fields.update((label, known[folded[label]]) for label in labels)

    def _decision(self) -> Decision:
        return Decision(number=f"Nhật ký lịch sử {self.code}", signed_on=self.at.date())


def procedure_of(holders: Holders) -> tuple[int, int]:
    """(procedure, published version) that stand for what the log's cases asked. 7 statements."""
    procedure = Procedure.objects.create(
        code=f"LS-{holders.code}",
        name=f"Hồ sơ lịch sử: {holders.name}",
        name_folded=fold(f"Hồ sơ lịch sử {holders.name}"),
        field_id=holders.fields[""],
        kind=ProcedureKind.LICH_SU,
        status=ProcedureStatus.EXPIRED,
    )
    version = ProcedureVersion.objects.create(
        procedure=procedure, number=1, name=procedure.name, tiers=[holders.tier], state=VersionState.DRAFT
    )
    ProcedureCase.objects.create(version=version, stable_key="lich-su", name="Theo nhật ký")
    version.state, version.published_at = VersionState.PUBLISHED, holders.at
    version.valid_from, version.valid_to = LONG_AGO, holders.at.date()
    version.save(update_fields=["state", "published_at", "valid_from", "valid_to"])
    after = {"code": procedure.code, "version": version.id}
    record(
        "procedure.publish_historical", "procedure", procedure.id, by=holders.by, at=holders.at, after=after
    )
    return procedure.id, version.id
