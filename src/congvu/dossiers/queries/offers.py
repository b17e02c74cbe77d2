"""What a published version promises, and the steps of a process: both frozen, so kept in memory once read."""

from dataclasses import dataclass
from functools import lru_cache

from congvu.dossiers.rules.money import FeeIn, PublishedFee, due_at_reception
from congvu.dossiers.rules.steps import LEAD, RECEIVE, RETURN, Road
from congvu.foundation.refusal import Refused
from congvu.procedures.models import CaseChannel, CaseFee, ProcedureCase, ProcedureVersion
from congvu.procedures.queries.graphs import stored_process
from congvu.procedures.rules.process.graph import Agency, Step, sequence
from congvu.procedures.rules.words import AgencyKind


@dataclass(frozen=True, slots=True)
class Promise:
    """Term and charge of a case through a channel. `term_n` None: no day is promised. `fees`: what a reception charges, of
    `lines`, all that is published."""

    term_n: int | None
    term_unit: str
    chargeable: bool
    fees: tuple[FeeIn, ...] = ()
    lines: tuple[PublishedFee, ...] = ()


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


@lru_cache(maxsize=4096)
def offer(version_id: int) -> Offer:
    """A published version. 3 statements the first time, none after: published versions are frozen."""
    version = (
        ProcedureVersion.objects.select_related("procedure").filter(pk=version_id, state="PUBLISHED").first()
    )
    if version is None:
        raise Refused("Thủ tục chưa được công bố.", where="version", do="Chọn thủ tục đang công khai.")
    channels = CaseChannel.objects.filter(case__version=version).prefetch_related("fees")
    promises = {(one.case_id, one.channel): _promise(one, version) for one in channels}
    cases = ProcedureCase.objects.filter(version=version).order_by("order", "id").values_list("id", flat=True)
    return Offer(
        version.pk, version.procedure_id, version.procedure.field_id, version.name, cases.first(), promises
    )


def _promise(channel: CaseChannel, version: ProcedureVersion) -> Promise:
    source = f"mức công bố của thủ tục {version.procedure.code}"
    if version.decision_text:
        source += f", {version.decision_text}"
    lines = [
        PublishedFee(fee.kind, fee.amount, "; ".join(filter(None, (_named(fee), source))))
        for fee in sorted(channel.fees.all(), key=lambda fee: (fee.order, fee.pk))
        if fee.amount
    ]
    return Promise(
        channel.term_n, channel.term_unit or "", bool(lines), due_at_reception(lines), tuple(lines)
    )


def _named(fee: CaseFee) -> str:
    """What a published line is for: "Lệ phí: cấp giấy chứng nhận (theo hồ sơ)"."""
    text = " ".join(fee.text.split())[:300]
    return f"{fee.get_kind_display()}{f': {text}' if text else ''}{f' (theo {fee.per_text})' if fee.per_text else ''}"


@lru_cache(maxsize=4096)
def road(process_id: int | None) -> Road:
    """The road of a published process. 3 statements the first time, none after.

    A procedure without a published process (None) has the plain one: received, handled by the competent unit, returned.
    """
    return _PLAIN if process_id is None else Road(stored_process(process_id).graph)


_PLAIN = Road(
    sequence(
        (
            Step("nhan", "Tiếp nhận, số hóa, chuyển hồ sơ", Agency(AgencyKind.RECEIVER.value), RECEIVE),
            Step("giai-quyet", "Giải quyết", Agency(AgencyKind.COMPETENT.value), LEAD),
            Step("tra", "Trả kết quả", Agency(AgencyKind.RECEIVER.value), RETURN),
        )
    )
)
