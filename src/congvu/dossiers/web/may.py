"""What the reader may do with a dossier now, and why not otherwise: the same rules as the verbs, asked beforehand.

The page shows a verb that the reader may not do as disabled, with the reason the verb itself would give.
"""

from collections.abc import Callable
from dataclasses import dataclass

from congvu.dossiers.actions.assign import may_assign, may_take
from congvu.dossiers.actions.change_competent import MOVABLE, why_not_theirs
from congvu.dossiers.actions.door import APART, Office, apart
from congvu.dossiers.actions.money import NOT_CHARGED
from congvu.dossiers.actions.now import DossierNow
from congvu.dossiers.actions.send_back import to_sign
from congvu.dossiers.actions.steps import step_of
from congvu.dossiers.actions.submit_draft import leads_to_signature
from congvu.dossiers.models import Tie
from congvu.dossiers.rules import clock
from congvu.dossiers.rules.contact import OVER
from congvu.dossiers.rules.status import ENDED, PAUSED, Delivery, Money, Status, may_become
from congvu.foundation.identity.roles import CLERK, LEADER, SIGNER, SPECIALIST
from congvu.foundation.refusal import Refused

HANDLERS = (CLERK, SPECIALIST, LEADER)


@dataclass(frozen=True, slots=True)
class May:
    """One verb on one dossier. `legal`: the status machine allows it; `why` is "" when the reader may do it now."""

    verb: str
    legal: bool
    why: str

    @property
    def now(self) -> bool:
        return self.legal and not self.why


def all_verbs(now: DossierNow, office: Office) -> dict[str, May]:
    """Every verb of a dossier for one reader. No statement."""
    found = {}
    for verb, (target, ask) in _VERBS.items():
        legal = _legal(verb, now, target)
        why = "" if legal else f"Hồ sơ đang ở trạng thái «{now.status.label}»."
        if legal:
            why = _not_theirs(office) or (APART if target and apart(now) else "") or ask(now, office)
        found[verb] = May(verb, legal, why)
    return found


# verbs beside the handling: nothing of the status machine moves
_BESIDE: dict[str, Callable[[DossierNow], bool]] = {
    "ask_opinion": lambda now: now.status == Status.HANDLING,
    "record_visit": lambda now: now.status == Status.HANDLING,
    "record_guidance": lambda now: now.status not in (Status.REFUSED, Status.WITHDRAWN, Status.RETURNED),
    "give_back_originals": lambda now: bool(now.ties & Tie.ORIGINALS),
    "change_contact": lambda now: now.status not in OVER or now.delivery == Delivery.CAME_BACK,
    "parcel_back": lambda now: now.delivery == Delivery.POSTED,
    "collect_parcel": lambda now: now.delivery == Delivery.CAME_BACK,
    "record_incident": lambda now: now.received_at is not None,
    "remind_collect": lambda now: now.status == Status.FINISHED,
    "charge_fee": lambda now: now.status not in NOT_CHARGED,
    "correct_charge": lambda now: (
        now.money != Money.NONE and now.status not in (Status.REGISTERED, Status.REFUSED)
    ),
    "waive_fee": lambda now: (
        now.money == Money.OWED and now.status not in (Status.REGISTERED, Status.PAYMENT)
    ),
    "ask_refund": lambda now: now.money in (Money.PAID, Money.OWED) and now.received_at is not None,
}


def _legal(verb: str, now: DossierNow, target: Status | None) -> bool:
    if verb in ("take_step", "assign_step"):
        return bool(now.open_steps) and now.status not in ENDED
    if verb in ("complete_step", "submit_draft", "send_back"):
        return now.status == Status.HANDLING
    if verb == "collect_fee":
        return now.money == Money.OWED and now.status not in (
            Status.REGISTERED,
            Status.REFUSED,
            Status.PAYMENT,
        )
    if verb in _BESIDE:
        return _BESIDE[verb](now)
    if verb == "extend":
        return now.status in (Status.RECEIVED, Status.HANDLING)
    if verb == "change_competent":
        return now.status in MOVABLE
    if verb == "correct":
        return now.status == Status.RETURNED
    if verb == "attach":
        return now.status not in ENDED and now.status != Status.REFUSED
    if verb == "receive_registered":
        return now.received_at is None and now.status in (Status.REGISTERED, Status.SUPPLEMENT)
    if verb == "hand_over":
        return now.status == Status.RECEIVED
    if verb == "resume":
        return now.received_at is not None and now.status in PAUSED
    return target is not None and may_become(now.status, target)


def _not_theirs(office: Office) -> str:
    """An auditor reads; a citizen asks. Only those who handle dossiers act on them."""
    if office.by.system or office.by.has(*HANDLERS):
        return ""
    return "Vai trò của bạn chỉ được xem hồ sơ."


def _nothing(now: DossierNow, office: Office) -> str:
    return ""


def _step(now: DossierNow, office: Office) -> str:
    try:
        step_of(now, office)
    except Refused as why:
        return why.what
    return ""


def _any_step(now: DossierNow, office: Office) -> str:
    """Like `_step`, where the form asks which of several open steps is meant."""
    why = _step(now, office)
    return "" if "nhiều bước" in why else why


def _complete(now: DossierNow, office: Office) -> str:
    try:
        step = step_of(now, office)
    except Refused as why:
        return "" if len(now.open_steps) > 1 and "nhiều bước" in why.what else why.what
    onward = now.road.outcomes(now.trail, step.position)
    last = all(one.only_return_is_left for one in onward)
    return "Đây là bước giải quyết cuối cùng: dùng «Hoàn thành»." if last else ""


def _finish(now: DossierNow, office: Office) -> str:
    if not now.steps:
        return ""
    try:
        step = step_of(now, office)
    except Refused as why:
        return why.what
    onward = now.road.outcomes(now.trail, step.position)
    return "" if any(one.only_return_is_left for one in onward) else "Còn bước của đơn vị khác chưa xong."


def _sign(now: DossierNow, office: Office) -> str:
    if not (office.by.system or office.by.has(LEADER, SIGNER)):
        return "Việc của người có thẩm quyền ký."
    return _finish(now, office)


def _submit(now: DossierNow, office: Office) -> str:
    why = _complete(now, office)
    if why:
        return why
    try:
        step = step_of(now, office)
    except Refused:
        return ""  # several are open: the form asks which
    return "" if leads_to_signature(now, step.position) else "Sau bước này không phải bước ký."


def _send_back(now: DossierNow, office: Office) -> str:
    try:
        to_sign(now, office)
    except Refused as why:
        return why.what
    return ""


def _extend(now: DossierNow, office: Office) -> str:
    if now.due_on is None:
        return "Hồ sơ không có ngày hẹn."
    if now.extensions:
        return "Hồ sơ đã hẹn lại một lần (NĐ 61/2018, Điều 19.9)."
    latest = clock.latest_apology(now.due_on, office.calendars.of(now.competent_unit_id))
    if office.at.date() > latest:
        return f"Đã quá ngày cuối để xin lỗi và hẹn lại ({latest:%d/%m/%Y})."
    return ""


def _counter(now: DossierNow, office: Office) -> str:
    if office.by.system or now.receiving_unit_id in office.by.units(CLERK):
        return ""
    return "Việc của bộ phận một cửa nơi tiếp nhận."


def _collect(now: DossierNow, office: Office) -> str:
    return (
        ""
        if office.by.system or office.by.has(CLERK, LEADER)
        else "Phí, lệ phí được thu tại bộ phận một cửa."
    )


def _return_originals(now: DossierNow, office: Office) -> str:
    return (
        "" if office.by.system or office.by.has(CLERK, LEADER) else "Bản chính được trả tại bộ phận một cửa."
    )


def _contact(now: DossierNow, office: Office) -> str:
    return (
        ""
        if office.by.system or office.by.has(CLERK, LEADER)
        else "Thông tin liên hệ được đổi tại bộ phận một cửa."
    )


def _return(now: DossierNow, office: Office) -> str:
    if not (office.by.system or office.by.has(CLERK, LEADER)):
        return "Kết quả được trả tại bộ phận một cửa."
    return "Người nộp chưa hoàn thành nghĩa vụ tài chính." if now.money == Money.OWED else ""


def _remind(now: DossierNow, office: Office) -> str:
    return "" if office.by.system or office.by.has(CLERK, LEADER) else "Việc của bộ phận một cửa."


def _change_competent(now: DossierNow, office: Office) -> str:
    return why_not_theirs(now, office.by)


Ask = Callable[[DossierNow, Office], str]
_VERBS: dict[str, tuple[Status | None, Ask]] = {
    "receive_registered": (Status.RECEIVED, _counter),
    "refuse": (Status.REFUSED, _counter),
    "hand_over": (Status.HANDLING, _step),
    "complete_step": (None, _complete),
    "take_step": (None, may_take),
    "assign_step": (None, may_assign),
    "submit_draft": (None, _submit),
    "finish": (Status.FINISHED, _finish),
    "sign_result": (Status.FINISHED, _sign),
    "send_back": (None, _send_back),
    "return_result": (Status.RETURNED, _return),
    "remind_collect": (None, _remind),
    "resume": (Status.HANDLING, _nothing),
    "request_supplement": (Status.SUPPLEMENT, _nothing),
    "request_payment": (Status.PAYMENT, _nothing),
    "collect_fee": (None, _collect),
    "charge_fee": (None, _collect),
    "correct_charge": (None, _collect),
    "waive_fee": (None, _collect),
    "ask_refund": (None, _collect),
    "give_back_originals": (None, _return_originals),
    "ask_opinion": (None, _any_step),
    "record_visit": (None, _any_step),
    "record_guidance": (None, _nothing),
    "record_incident": (None, _nothing),
    "extend": (None, _extend),
    "attach": (None, _nothing),
    "change_contact": (None, _contact),
    "parcel_back": (None, _remind),
    "collect_parcel": (None, _remind),
    "stop": (Status.STOPPED, _nothing),
    "withdraw": (Status.WITHDRAWN, _nothing),
    "change_competent": (None, _change_competent),
    "correct": (None, _counter),
}
