"""What is pressed on the page of an envelope: its forms, and the actions behind them."""

from datetime import datetime
from typing import Any

from django import forms
from django.http import HttpRequest, QueryDict
from django.urls import reverse

from congvu.dossiers.actions.choose_agency import choose_agency
from congvu.dossiers.actions.envelope_door import ask_envelope, receive_registered_envelope, refuse_envelope
from congvu.dossiers.actions.envelope_rows import living
from congvu.dossiers.actions.return_result import return_result
from congvu.dossiers.actions.withdraw_envelope import withdraw_envelope
from congvu.dossiers.queries.envelopes import EnvelopeFound, Member
from congvu.dossiers.rules.envelopes import EnvelopeState, MemberState
from congvu.dossiers.rules.status import Delivery, Status
from congvu.dossiers.web.bulk import read_seen
from congvu.dossiers.web.verb_forms import area
from congvu.foundation import clock
from congvu.foundation.identity.actor import Actor
from congvu.foundation.identity.roles import CLERK
from congvu.foundation.refusal import Refused
from congvu.foundation.ui import formats
from congvu.foundation.ui.forms import PlainForm, TextField
from congvu.organisation.queries import unit_choices
from congvu.organisation.rules.picture import Picture


class GiveBackForm(PlainForm):
    """Who takes the results."""

    received_by = TextField(label="Người nhận kết quả", max_length=300)
    method = forms.TypedChoiceField(
        label="Cách trả", coerce=int,
        choices=[(d.value, d.label) for d in (Delivery.HANDED_OVER, Delivery.ONLINE)],
    )  # fmt: skip


class WithdrawForm(PlainForm):
    """Why the applicant withdraws."""

    reason = TextField(label="Lý do rút, theo đơn của người nộp", max_length=2000)


class ReceiveForm(PlainForm):
    """Receiving asks for nothing but the yes."""


class AskForm(PlainForm):
    """What is missing, all of it at once."""

    content = area("Giấy tờ cần bổ sung, hoàn thiện", "Ghi đầy đủ, một lần; gửi nguyên văn cho người nộp.")


class RefuseForm(PlainForm):
    """Why it is not received."""

    reason = area("Lý do và căn cứ từ chối", "Gửi nguyên văn cho người nộp (Mẫu 03).")


class AgencyForm(PlainForm):
    """Another agency for a member that waits."""

    position = forms.IntegerField(widget=forms.HiddenInput)
    unit = forms.TypedChoiceField(label="Cơ quan giải quyết", coerce=int)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["unit"].choices = [("", "Chọn cơ quan"), *unit_choices(clock.today())]  # type: ignore[attr-defined]


FORMS: dict[str, type[PlainForm]] = {
    "tra": GiveBackForm, "rut": WithdrawForm, "nhan": ReceiveForm, "bo-sung": AskForm, "tu-choi": RefuseForm,
    "co-quan": AgencyForm,
}  # fmt: skip
NAMES = {
    "tra": "back",
    "rut": "gone",
    "nhan": "receive",
    "bo-sung": "ask",
    "tu-choi": "no",
    "co-quan": "agency",
}


def gone_agency(found: EnvelopeFound, known: Picture) -> Member | None:
    """The first member that waits for an agency nobody stands for: somebody must choose another."""
    today = clock.today()
    waiting = (one for one in found.members if one.state is MemberState.WAITING)
    return next((one for one in waiting if living(known, one.competent_unit_id, today) is None), None)


def acts_for(found: EnvelopeFound, actor: Actor) -> set[str]:
    """What the reader may press on an envelope: only the counter that receives it acts on the whole."""
    if found.receiving_unit_id not in actor.units(CLERK):
        return set()
    return _acts(found) | (
        {"co-quan"} if any(one.state is MemberState.WAITING for one in found.members) else set()
    )


def _acts(found: EnvelopeFound) -> set[str]:
    state = found.state
    if found.received_at is None:
        if state is EnvelopeState.REGISTERED:
            return {"nhan", "bo-sung", "tu-choi"}
        asked = any(one.status == Status.SUPPLEMENT for one in found.members)
        return {"nhan", "rut"} if asked else set()
    may = {"tra"} if found.ready else set()
    return may | (set() if state.ended or state is EnvelopeState.READY else {"rut"})


def blank_forms(found: EnvelopeFound) -> dict[str, PlainForm]:
    """Every form of the page, nothing typed yet, by what is pressed."""
    made = {press: form() for press, form in FORMS.items() if press != "co-quan"}  # made where one is gone
    made["tra"] = GiveBackForm(initial={"received_by": found.submitter_name or found.owner_name})
    return made


def act(
    request: HttpRequest, found: EnvelopeFound, press: str, data: dict[str, Any], now: datetime
) -> tuple[str, str]:
    """Run what was pressed; returns what to say and the page to open next."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    here = request.path
    if press == "tra":
        return _give_back(request, found, data, actor, now), here
    if press == "co-quan":
        choose_agency(found.id, data["position"], data["unit"], by=actor, at=now)
        return "Đã đổi cơ quan giải quyết.", here
    if press == "rut":
        withdraw_envelope(found.id, data["reason"], by=actor, at=now)
        return "Đã rút các thủ tục còn mở.", here
    seen = read_seen(request.POST.getlist("thay"))
    if press == "nhan":
        done = receive_registered_envelope(found.id, by=actor, at=now, seen=seen)
        said = (
            "Hồ sơ này đã được tiếp nhận trước đó."
            if done.repeated
            else "Đã tiếp nhận cả bộ, mã và ngày hẹn đã cấp."
        )
        return said, reverse("envelope-slip", args=[done.code])
    if press == "bo-sung":
        ask_envelope(found.id, data["content"], by=actor, at=now, seen=seen)
        return "Đã yêu cầu bổ sung.", here
    refuse_envelope(found.id, data["reason"], by=actor, at=now, seen=seen)
    return "Đã từ chối tiếp nhận.", here


def form_pressed(press: str, data: QueryDict) -> PlainForm:
    """The form of what was pressed; refuses what no page of ours has."""
    if press not in FORMS:
        raise Refused("Không có việc này.", where=press[:40], do="Tải lại trang rồi chọn lại.")
    return FORMS[press](data)


def _give_back(
    request: HttpRequest, found: EnvelopeFound, data: dict[str, Any], actor: Actor, now: datetime
) -> str:
    seen = read_seen(request.POST.getlist("chon"))
    mine = {one.dossier_id for one in found.members}
    if not seen or not set(seen) <= mine:
        raise Refused("Chưa chọn kết quả để trả.", where="chon", do="Đánh dấu ít nhất một kết quả.")
    outcome = return_result(
        seen, data["received_by"], method=Delivery(data["method"]), by=actor, at=now, seen=seen
    )
    return f"Đã trả {formats.number(len(outcome.all().done))} kết quả."
