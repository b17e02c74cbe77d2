"""Verbs done to many dossiers at once: which, what they ask, and what does them."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django import forms

from congvu.dossiers.actions.assign import assign_step, take_step
from congvu.dossiers.actions.complete_step import complete_step
from congvu.dossiers.actions.extend import extend
from congvu.dossiers.actions.finish import finish
from congvu.dossiers.actions.hand_over import hand_over
from congvu.dossiers.actions.outcome import Outcome
from congvu.dossiers.actions.receive_registered import receive_registered
from congvu.dossiers.actions.refuse import refuse
from congvu.dossiers.actions.remind_collect import remind_collect
from congvu.dossiers.actions.request_supplement import request_supplement
from congvu.dossiers.actions.resume import resume
from congvu.dossiers.actions.return_result import return_result
from congvu.dossiers.actions.send_back import send_back
from congvu.dossiers.actions.submit_draft import DraftIn, submit_draft
from congvu.dossiers.queries.staff import staff
from congvu.dossiers.rules.status import Delivery
from congvu.dossiers.web.signing import SignFields, sign_dossiers
from congvu.foundation.identity.actor import Actor
from congvu.foundation.identity.roles import CLERK, LEADER, SPECIALIST
from congvu.foundation.ui.forms import DayField, PlainForm, TextField
from congvu.organisation.queries import picture

HANDLERS = (CLERK, SPECIALIST, LEADER)
Run = Callable[[list[int], Mapping[str, Any], dict[str, Any]], Outcome]


def _area(label: str, *, required: bool = True, help_text: str = "") -> forms.CharField:
    widget = forms.Textarea(attrs={"rows": 3})
    return forms.CharField(
        label=label, required=required, max_length=4000, help_text=help_text, widget=widget
    )


class BulkNote(PlainForm):
    note = _area("Ghi chú chung", required=False)


class BulkBare(PlainForm):
    """Nothing is asked."""


class BulkReason(PlainForm):
    reason = _area("Lý do", help_text="Gửi nguyên văn cho từng người nộp.")


class BulkContent(PlainForm):
    content = _area("Giấy tờ cần bổ sung", help_text="Ghi đầy đủ, một lần.")


class BulkAssign(PlainForm):
    officer = forms.TypedChoiceField(label="Giao cho", coerce=int)
    reason = _area("Ghi chú", required=False)
    away = forms.BooleanField(label="Người đang giữ vắng, sẽ nhận lại khi về", required=False)


class BulkDraft(PlainForm):
    name = TextField(label="Tên kết quả", max_length=500, help_text="Ví dụ: Chấp thuận cho hoạt động.")
    text = _area("Nội dung trả lời", required=False)
    note = _area("Ghi chú cho người ký", required=False)


class BulkSendBack(PlainForm):
    reason = _area("Điều cần sửa")


class BulkExtend(PlainForm):
    new_due = DayField(label="Ngày hẹn mới")
    reason = _area("Lý do chậm")


class BulkReturn(PlainForm):
    received_by = TextField(
        label="Người nhận", required=False, max_length=300, help_text="Để trống khi mỗi người nhận phần mình."
    )
    method = forms.TypedChoiceField(
        label="Hình thức trả",
        coerce=int,
        choices=[(d.value, d.label) for d in (Delivery.HANDED_OVER, Delivery.ONLINE)],
        help_text="Gửi bưu chính thì ghi số hiệu ở trang «Chờ gửi bưu chính».",
    )


@dataclass(frozen=True, slots=True)
class BulkVerb:
    """`name` is the verb of `web.may`; `run(ids, data, how)` answers a line per dossier."""

    slug: str
    name: str
    label: str
    icon: str
    roles: tuple[str, ...]
    form: type[PlainForm]
    run: Run
    intro: str = ""
    key: str = ""
    door: bool = False  # offered at the door (online requests), not on "my work"
    inline: int = 50  # a larger set becomes a batch with a page of its own
    offer: Callable[[PlainForm, Actor, date], None] | None = None  # fills the choices that hang on the reader
    share: int = 250  # how many dossiers of a batch are done at once


def _offer_people(form: PlainForm, actor: Actor, today: date) -> None:
    """The officers of the reader's units and those below. 2 statements at most."""
    units = picture().subtree(actor.units(LEADER), today)
    people = {one.account_id: one.words for one in staff(units, today)}
    form.fields["officer"].choices = [("", "Chọn người"), *people.items()]  # type: ignore[attr-defined]


def _submit_drafts(ids: list[int], data: Mapping[str, Any], how: dict[str, Any]) -> Outcome:
    draft = DraftIn(data["name"], data["text"])
    return submit_draft(dict.fromkeys(ids, draft), data["note"], **how)


_ALL = (
    BulkVerb(
        "chuyen-buoc",
        "complete_step",
        "Chuyển bước",
        "send",
        (SPECIALIST, LEADER),
        BulkNote,
        lambda ids, data, how: complete_step(ids, data["note"], **how),
        "Bước của bạn xong, bước sau mở với hạn riêng.",
        "T",
    ),
    BulkVerb(
        "chuyen-ho-so",
        "hand_over",
        "Chuyển hồ sơ",
        "arrow-left-right",
        (CLERK,),
        BulkNote,
        lambda ids, data, how: hand_over(ids, data["note"], **how),
        "Chuyển đến cơ quan giải quyết.",
        "C",
    ),
    BulkVerb(
        "hoan-thanh",
        "finish",
        "Ký, hoàn thành",
        "clipboard-check",
        (SPECIALIST, LEADER),
        BulkNote,
        lambda ids, data, how: finish(ids, None, data["note"], **how),
        "Ghi từng kết quả có số, ký hiệu ở trang của hồ sơ.",
        "H",
    ),
    BulkVerb(
        "ky-so",
        "sign_result",
        "Ký số",
        "pencil-square",
        (LEADER,),
        SignFields,
        lambda ids, data, how: sign_dossiers(ids, data, **how),
        "Mỗi hồ sơ một thông báo kết quả có chữ ký số của bạn và của cơ quan; văn bản riêng thì ký ở trang của hồ sơ."
        " Nhiều hồ sơ thì ký dần, có trang theo dõi.",
        "K",
        inline=10,  # each takes about a tenth of a second
        share=10,
    ),
    BulkVerb(
        "nhan-viec",
        "take_step",
        "Nhận việc",
        "person-fill",
        HANDLERS,
        BulkNote,
        lambda ids, data, how: take_step(ids, **how),
        "Những việc này về tay bạn.",
    ),
    BulkVerb(
        "phan-cong",
        "assign_step",
        "Phân công",
        "people",
        (LEADER,),
        BulkAssign,
        lambda ids, data, how: assign_step(ids, data["officer"], data["reason"], away=data["away"], **how),
        "Mỗi bước đang mở về tay người bạn chọn, nếu người ấy thuộc đơn vị của bước.",
        offer=_offer_people,
    ),
    BulkVerb(
        "trinh-ky",
        "submit_draft",
        "Trình ký",
        "file-earmark-text",
        (SPECIALIST,),
        BulkDraft,
        _submit_drafts,
        "Mỗi hồ sơ một dự thảo thông báo kết quả cùng nội dung; văn bản riêng thì trình ở trang của hồ sơ.",
    ),
    BulkVerb(
        "tra-lai",
        "send_back",
        "Trả lại dự thảo",
        "arrow-counterclockwise",
        (LEADER,),
        BulkSendBack,
        lambda ids, data, how: send_back(ids, data["reason"], **how),
        "Mỗi hồ sơ trở lại người đã trình, với cùng lý do.",
    ),
    BulkVerb(
        "xin-loi-hen-lai",
        "extend",
        "Xin lỗi, hẹn lại",
        "calendar3",
        (SPECIALIST, LEADER),
        BulkExtend,
        lambda ids, data, how: extend(ids, data["new_due"], data["reason"], **how),
        "Chỉ hẹn lại một lần, chậm nhất một ngày làm việc trước ngày hẹn cũ (NĐ 61/2018, Điều 19.9).",
    ),
    BulkVerb(
        "tiep-tuc",
        "resume",
        "Tiếp tục",
        "play-fill",
        HANDLERS,
        BulkNote,
        lambda ids, data, how: resume(ids, data["note"], **how),
        "Hạn của từng hồ sơ tính lại từ lúc này.",
    ),
    BulkVerb(
        "tra-ket-qua",
        "return_result",
        "Trả kết quả",
        "box-arrow-right",
        (CLERK,),
        BulkReturn,
        lambda ids, data, how: return_result(
            ids, data["received_by"], method=Delivery(data["method"]), **how
        ),
    ),
    BulkVerb(
        "nhac-nhan",
        "remind_collect",
        "Nhắc nhận kết quả",
        "bell",
        (CLERK,),
        BulkBare,
        lambda ids, data, how: remind_collect(ids, **how),
        "Mỗi người nộp nhận một tin theo cách đã chọn (SMS, thư điện tử) rằng kết quả đang chờ.",
    ),
    BulkVerb(
        "tiep-nhan",
        "receive_registered",
        "Tiếp nhận",
        "check-lg",
        (CLERK,),
        BulkNote,
        lambda ids, data, how: receive_registered(ids, **how),
        "Cấp mã và bắt đầu tính hạn từ lúc này.",
        "T",
        door=True,
    ),
    BulkVerb(
        "yeu-cau-bo-sung",
        "request_supplement",
        "Yêu cầu bổ sung",
        "file-earmark-text",
        (CLERK,),
        BulkContent,
        lambda ids, data, how: request_supplement(ids, data["content"], **how),
        "Một thông báo, đầy đủ một lần.",
        door=True,
    ),
    BulkVerb(
        "tu-choi",
        "refuse",
        "Từ chối",
        "x-lg",
        (CLERK,),
        BulkReason,
        lambda ids, data, how: refuse(ids, data["reason"], **how),
        "Lý do in vào Mẫu 03.",
        door=True,
    ),
)
ALL_BULK = {verb.slug: verb for verb in _ALL}
BULK_VERBS = {verb.slug: verb for verb in _ALL if not verb.door}
DOOR_VERBS = {verb.slug: verb for verb in _ALL if verb.door}


def how(by: Any, at: datetime, seen: Mapping[int, int]) -> dict[str, Any]:
    """What every set verb takes beside its words."""
    return {"by": by, "at": at, "seen": seen}
