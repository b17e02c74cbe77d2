"""What a published version promises, and the steps of a process: both frozen, so kept in memory once read."""

from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache

from congvu.dossiers.rules.steps import LEAD, RECEIVE, RETURN, Way
from congvu.foundation.refusal import Refused
from congvu.procedures.models import CaseChannel, ProcedureCase, ProcedureVersion, ProcessStep, StepLink


@dataclass(frozen=True, slots=True)
class Promise:
    """Term and charge of a case through a channel. `term_n` None: no day is promised."""

    term_n: int | None
    term_unit: str
    chargeable: bool


@dataclass(frozen=True, slots=True)
class Offer:
    """A published version as the counter needs it. `promises` by (case, channel)."""

    version_id: int
    procedure_id: int
    field_id: int
    name: str
    first_case: int | None
    promises: dict[tuple[int, int], Promise]

    def promise(self, case_id: int | None, channel: int) -> Promise:
        """The promise for a channel; a channel the version does not name has the promise of the counter."""
        chosen = case_id if case_id is not None else self.first_case
        if chosen is None:
            return Promise(None, "", False)
        for way in (channel, 1, 2, 3):
            found = self.promises.get((chosen, way))
            if found is not None:
                return found
        if not any(case == chosen for case, _ in self.promises):
            raise Refused("Trường hợp không thuộc thủ tục này.", where="case", do="Chọn lại trường hợp.")
        return Promise(None, "", False)


@dataclass(frozen=True, slots=True)
class StepSpec:
    """A step of a published process."""

    position: int
    name: str
    agency_kind: str
    unit_id: int | None
    role: str
    term_n: Decimal | None
    term_unit: str
    leads_to: tuple[int, ...]

    def unit(self, receiving: int, competent: int) -> int:
        """The unit that does the step for a dossier of these units."""
        return {"RECEIVER": receiving, "COMPETENT": competent}.get(
            self.agency_kind, self.unit_id
        ) or competent


@lru_cache(maxsize=4096)
def offer(version_id: int) -> Offer:
    """A published version. 3 statements the first time, none after: published versions are frozen."""
    version = (
        ProcedureVersion.objects.select_related("procedure").filter(pk=version_id, state="PUBLISHED").first()
    )
    if version is None:
        raise Refused("Thủ tục chưa được công bố.", where="version", do="Chọn thủ tục đang công khai.")
    channels = CaseChannel.objects.filter(case__version=version).prefetch_related("fees")
    promises = {
        (one.case_id, one.channel): Promise(
            one.term_n, one.term_unit or "", any(fee.amount for fee in one.fees.all())
        )
        for one in channels
    }
    cases = ProcedureCase.objects.filter(version=version).order_by("order", "id").values_list("id", flat=True)
    return Offer(
        version.pk, version.procedure_id, version.procedure.field_id, version.name, cases.first(), promises
    )


_PLAIN = Way((
    StepSpec(1, "Tiếp nhận, số hóa, chuyển hồ sơ", "RECEIVER", None, RECEIVE, None, "", (2,)),
    StepSpec(2, "Giải quyết", "COMPETENT", None, LEAD, None, "", (3,)),
    StepSpec(3, "Trả kết quả", "RECEIVER", None, RETURN, None, "", ()),
))  # fmt: skip


@lru_cache(maxsize=4096)
def way(process_id: int | None) -> Way[StepSpec]:
    """The steps of a published process. 2 statements the first time, none after.

    A procedure without a published process (None) has the plain one: received, handled by the competent unit, returned.
    """
    if process_id is None:
        return _PLAIN
    steps = list(ProcessStep.objects.filter(process_version_id=process_id).order_by("position"))
    position = {step.pk: step.position for step in steps}
    links = [
        (position[a], position[b])
        for a, b in StepLink.objects.filter(from_step__process_version_id=process_id).values_list(
            "from_step", "to_step"
        )
    ]
    return Way(
        StepSpec(
            step.position, step.name, step.agency_kind, step.unit_id, step.role, step.term_n,
            step.term_unit or "", tuple(sorted(b for a, b in links if a == step.position)),
        )
        for step in steps
    )  # fmt: skip
