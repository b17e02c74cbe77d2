"""What some verbs decide of a dossier: shared by the verb and by what follows of itself when another dossier moves."""

from collections.abc import Iterable, Mapping

from congvu.dossiers.actions.beside import Beside
from congvu.dossiers.actions.door import Decide, Office, step_to
from congvu.dossiers.actions.now import Change, DossierNow, StepNow
from congvu.dossiers.actions.steps import cancel_rest, close, step_of
from congvu.dossiers.models import SubDossier
from congvu.dossiers.rules.status import OPEN as OPEN_STATUSES
from congvu.dossiers.rules.status import Status
from congvu.foundation.refusal import Refused


def handing_over(note: str = "") -> Decide:
    """Close the reception step; the dossier is then being handled."""

    def decide(now: DossierNow, office: Office) -> Change:
        change = step_to(now, Status.HANDLING, reason=note, only_from=(Status.RECEIVED,))
        close(change, step_of(now, office), office, note)
        return change

    return decide


def completing(
    ids: Iterable[int], note: str = "", facts: Mapping[str, str] | None = None, position: int | None = None
) -> Decide:
    """Close an agency's open step. Refuses a paused dossier, a step whose sub-dossier is open, and the last step."""
    children = open_children(ids)

    def decide(now: DossierNow, office: Office) -> Change:
        if now.status != Status.HANDLING:
            raise Refused(
                f"Hồ sơ đang ở trạng thái «{now.status.label}», chưa chuyển bước được.",
                where=now.label,
                do="Tiếp tục giải quyết hồ sơ trước khi chuyển bước.",
            )
        step = step_of(now, office, position)
        refuse_while_waiting(now, step, children)
        change = Change.of(now, now.status, reason=note)
        if close(change, step, office, note, facts).only_return_is_left:
            raise Refused(
                "Đây là bước giải quyết cuối cùng.",
                where=now.label,
                do="Dùng «Hoàn thành» để ghi kết quả giải quyết.",
            )
        return change

    return decide


def withdrawing(reason: str) -> Decide:
    """End the dossier at the applicant's request."""

    def decide(now: DossierNow, office: Office) -> Change:
        change = step_to(now, Status.WITHDRAWN, reason=reason)
        change.ended_at, change.ended_on = office.at, office.at.date()
        cancel_rest(change)
        return change

    return decide


def open_children(ids: Iterable[int]) -> Beside[dict[int, str]]:
    """The codes of the open sub-dossiers by position of the waiting step: 1 statement, when a step that waits is closed."""

    def read(parents: list[int]) -> dict[int, dict[int, str]]:
        found: dict[int, dict[int, str]] = {}
        rows = SubDossier.objects.filter(parent__in=parents, dossier__status__in=OPEN_STATUSES)
        for parent, position, code in rows.values_list("parent_id", "position", "dossier__code"):
            found.setdefault(parent, {})[position] = str(code)
        return found

    return Beside(ids, read, {})


def refuse_while_waiting(now: DossierNow, step: StepNow, children: Beside[dict[int, str]]) -> None:
    """Refuse to close a step whose sub-dossier is still open."""
    if not now.road.specs[step.position].sub_procedure:
        return
    code = children.of(now).get(step.position)
    if code:
        raise Refused(
            f"Bước này chờ hồ sơ con {code} kết thúc.",
            where=now.label,
            do=f"Giải quyết hồ sơ {code}, hoặc rút, dừng hồ sơ ấy; bước này tự chuyển khi có kết quả.",
            article="NĐ 61/2018, Điều 19.6",
        )
