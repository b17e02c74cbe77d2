"""Ask other agencies for their opinion (lấy ý kiến; NĐ 61/2018, art. 19.5)."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime

from django.db import transaction

from congvu.dossiers.actions.beside import Beside
from congvu.dossiers.actions.door import Office, perform
from congvu.dossiers.actions.now import Change, DossierNow
from congvu.dossiers.actions.outcome import Outcome
from congvu.dossiers.actions.steps import step_of
from congvu.dossiers.models import OpinionRequest
from congvu.dossiers.queries.compose import BULK
from congvu.dossiers.rules import clock
from congvu.dossiers.rules.handling import OPINION
from congvu.dossiers.rules.status import Status
from congvu.foundation.identity.actor import Actor
from congvu.foundation.refusal import Refused
from congvu.foundation.sql import statement
from congvu.organisation.queries import picture

MOST_UNITS = 20


def ask_opinion(
    ids: Iterable[int],
    units: Sequence[int],
    content: str,
    due_on: date,
    *,
    position: int | None = None,
    by: Actor,
    at: datetime,
    seen: Mapping[int, int] | None = None,
) -> Outcome:
    """Ask `units` for their opinion on each dossier of a set, by `due_on`. 5 statements for any size, in a transaction.

    Asked from an open step of the actor (`position` when there are several). The units asked see the dossier from now
    on. Refuses: no unit, no content, a day past or not worked, a unit that has a request open, the asking unit itself.
    """
    wanted = tuple(dict.fromkeys(units))
    asked, known = list(dict.fromkeys(ids)), picture()
    _checked(wanted, content, due_on, at)
    names = {unit: known.name(unit, at.date()) for unit in wanted}
    for unit in wanted:
        if known.at(unit, at.date()) is None:
            raise Refused("Cơ quan được hỏi nay không hoạt động.", where="units", do="Chọn cơ quan khác.")
    waiting: Beside[frozenset[int]] = Beside(asked, lambda rows: _open_units(rows, wanted), frozenset())
    steps: dict[int, tuple[int, int]] = {}

    def decide(now: DossierNow, office: Office) -> Change:
        if now.status != Status.HANDLING:
            raise Refused(
                f"Hồ sơ đang ở trạng thái «{now.status.label}», chưa lấy ý kiến được.", where=now.label
            )
        step = step_of(now, office, position)
        _refuse_units(now, step.unit_id, waiting.of(now), names)
        if not clock.is_working(due_on, office.calendars.of(wanted[0])):
            raise Refused(f"{due_on:%d/%m/%Y} là ngày nghỉ.", where="due_on", do="Chọn một ngày làm việc.")
        change = Change.of(
            now, now.status, reason=f"{', '.join(names.values())}; trả lời trước hết {due_on:%d/%m/%Y}: {content.strip()}"
        )  # fmt: skip
        change.step, steps[now.id] = step.position, (step.position, step.unit_id)
        return change

    with transaction.atomic():
        outcome = perform("ask_opinion", asked, decide, by=by, at=at, seen=seen)
        done = [one.dossier_id for one in outcome.done]
        if done:
            statement(BULK, "ask_opinion").run({
                "ids": done, "steps": [steps[one][0] for one in done], "askers": [steps[one][1] for one in done],
                "units": list(wanted), "content": content.strip(), "due_on": due_on, "at": at, "actor": by.account_id,
            })  # fmt: skip
    return outcome


def _checked(units: Sequence[int], content: str, due_on: date, at: datetime) -> None:
    if not units:
        raise Refused(
            "Chưa chọn cơ quan được hỏi.", where="units", do="Chọn một hoặc nhiều cơ quan.", article=OPINION
        )
    if len(units) > MOST_UNITS:
        raise Refused(
            f"Mỗi lần hỏi nhiều nhất {MOST_UNITS} cơ quan.", where="units", do="Bớt cơ quan được hỏi."
        )
    if not content.strip():
        raise Refused(
            "Chưa ghi nội dung xin ý kiến.",
            where="content",
            do="Ghi rõ nội dung cần trả lời.",
            article=OPINION,
        )
    if due_on < at.date():
        raise Refused(
            f"Hạn trả lời {due_on:%d/%m/%Y} đã qua.",
            where="due_on",
            do="Chọn từ hôm nay trở đi.",
            article=OPINION,
        )


def _refuse_units(now: DossierNow, asking: int, waiting: frozenset[int], names: Mapping[int, str]) -> None:
    if asking in names:
        raise Refused(
            "Không xin ý kiến của chính đơn vị đang xử lý.", where="units", do=f"Bỏ chọn {names[asking]}."
        )
    for unit in names.keys() & waiting:
        raise Refused(
            f"{names[unit]} đang có một yêu cầu chưa trả lời ở hồ sơ này.",
            where=now.label,
            do="Chờ trả lời, hoặc rút yêu cầu cũ rồi hỏi lại.",
        )


def _open_units(ids: list[int], units: Sequence[int]) -> dict[int, frozenset[int]]:
    rows = OpinionRequest.objects.filter(
        dossier_id__in=ids, asked_unit_id__in=units, answered_at=None, withdrawn_at=None
    )
    found: dict[int, set[int]] = {}
    for dossier, unit in rows.values_list("dossier_id", "asked_unit_id"):
        found.setdefault(dossier, set()).add(unit)
    return {dossier: frozenset(of) for dossier, of in found.items()}
