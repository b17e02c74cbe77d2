"""The forms of the verbs. Each field says what is wrong and what to do; `seen` is the version the reader had."""

from collections.abc import Iterable
from typing import Any

from django import forms

from congvu.dossiers.rules.post import DEFAULT_CARRIER, plain_tracking, wrong_tracking
from congvu.dossiers.rules.status import Delivery, Verdict
from congvu.dossiers.rules.steps import Asked
from congvu.dossiers.web.signing import SignFields
from congvu.foundation.ui.forms import DayField, PlainForm, TextField


def area(label: str, help_text: str = "", *, required: bool = True, rows: int = 3) -> forms.CharField:
    """A paragraph: line breaks stay, Unicode is composed by the action."""
    return forms.CharField(
        label=label,
        required=required,
        help_text=help_text,
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": rows}),
    )


class VerbForm(PlainForm):
    """What every verb carries."""

    seen = forms.IntegerField(widget=forms.HiddenInput, required=False)


FACT = "dk-"  # before the name of a fact, so that none is taken for another field
OTHER = "khác"


class FactsForm(VerbForm):
    """A verb that closes a step, and so may have to say by what the process branches."""

    def ask_facts(self, asked: Iterable[Asked], *, required: bool) -> None:
        """Ask for each fact, after the fields there are."""
        for one in asked:
            said: dict[str, Any] = {"label": one.label, "required": required}
            said["help_text"] = f"Quyết định bước sau: {one.ways}."
            values = [*one.values, *([OTHER] if one.others and OTHER not in one.values else [])]
            self.fields[FACT + one.fact] = (
                forms.ChoiceField(choices=[("", "Chọn"), *((value, value) for value in values)], **said)
                if one.values
                else TextField(max_length=100, **said)
            )

    @property
    def facts(self) -> dict[str, str]:
        """What was said, by fact. Of a valid form."""
        given = self.cleaned_data.items()
        return {name[len(FACT) :]: said for name, said in given if name.startswith(FACT) and said}


class NoteForm(VerbForm):
    note = area("Ghi chú", "Người xử lý bước sau đọc được.", required=False)


class WhichStepForm(VerbForm):
    """A verb about an open step; `position` is asked only when several of the reader's steps are open."""

    position = forms.TypedChoiceField(label="Bước", coerce=int, required=False, empty_value=None)

    def offer_steps(self, steps: list[tuple[int, str]]) -> None:
        """Ask which step, or do not ask when there is only one."""
        if len(steps) > 1:
            self.fields["position"].choices = steps  # type: ignore[attr-defined]
        else:
            del self.fields["position"]


class StepForm(WhichStepForm, NoteForm, FactsForm):
    """Completing a step."""


class DraftForm(StepForm):
    """The result a specialist proposes: named, and either written here or brought as a PDF."""

    name = TextField(
        label="Tên kết quả", max_length=500, help_text="Ví dụ: Quyết định cho phép thành lập hội."
    )
    text = area(
        "Nội dung trả lời",
        "Hệ thống lập thông báo kết quả từ nội dung này, nếu không chọn tệp PDF.",
        required=False,
    )
    field_order = ("name", "text", "note", "position")


class TakeForm(WhichStepForm):
    """Taking a step asks nothing more."""


class AssignForm(WhichStepForm):
    officer = forms.TypedChoiceField(label="Giao cho", coerce=int)
    reason = area("Ghi chú", required=False, rows=2)
    away = forms.BooleanField(
        label="Người đang giữ vắng, sẽ nhận lại khi về",
        required=False,
        help_text="Việc đứng tên người giữ thay; khi người kia về, trả lại ở trang «Phân công».",
    )

    field_order = ("position", "officer", "reason", "away")

    def offer_people(self, people: list[tuple[int, str]]) -> None:
        """The officers of the units of the open steps."""
        self.fields["officer"].choices = [("", "Chọn người"), *people]  # type: ignore[attr-defined]


class SendBackForm(VerbForm):
    reason = area("Điều cần sửa", "Người soạn thảo đọc được; hồ sơ trở lại tay người ấy.")


class ReasonForm(VerbForm):
    reason = area("Lý do")


class CompetentForm(VerbForm):
    """Another competent unit, of those that exist today."""

    unit = forms.TypedChoiceField(label="Cơ quan giải quyết đúng", coerce=int)
    reason = area("Lý do", "Vì sao cơ quan cũ không đúng thẩm quyền, và căn cứ.")

    def offer_units(self, units: list[tuple[int, str]]) -> None:
        """The units to choose from: all of the day, so that a stale form is told that it is stale."""
        self.fields["unit"].choices = [("", "Chọn cơ quan"), *units]  # type: ignore[attr-defined]


class SupplementForm(VerbForm):
    content = area(
        "Giấy tờ cần bổ sung, hoàn thiện", "Ghi đầy đủ, một lần; in nguyên văn vào Mẫu 02.", rows=5
    )
    second_reason = area(
        "Lý do phải yêu cầu lần nữa", "Chỉ ghi khi hồ sơ đã được yêu cầu bổ sung một lần.", required=False
    )


class ExtendForm(VerbForm):
    new_due = DayField(label="Ngày hẹn mới")
    reason = area("Lý do chậm", "In nguyên văn vào văn bản xin lỗi (Mẫu 04).")


class FinishForm(FactsForm):
    name = TextField(
        label="Tên kết quả", max_length=500, help_text="Ví dụ: Quyết định cho phép thành lập hội."
    )
    number = TextField(label="Số, ký hiệu", max_length=100, required=False)
    signed_on = DayField(label="Ngày ký", required=False)
    signer = TextField(label="Người ký", max_length=200, required=False)
    valid_until = DayField(
        label="Có giá trị đến hết ngày",
        required=False,
        help_text="Để trống khi kết quả không có ngày hết hạn.",
    )
    verdict = forms.TypedChoiceField(
        label="Kết luận", coerce=int, required=False, empty_value="0", initial=0,
        choices=[(one.value, one.label) for one in (Verdict.GRANTED, Verdict.REFUSED)],
    )  # fmt: skip
    note = area(
        "Ghi chú", "Không giải quyết thì ghi lý do ở đây (NĐ 61/2018, Điều 19.8).", required=False, rows=2
    )


class OriginalsForm(VerbForm):
    returned_to = TextField(
        label="Trả cho", max_length=300, required=False, help_text="Họ tên người ký nhận bản chính."
    )
    kept_why = area(
        "Hoặc còn giữ, vì", "Lý do theo pháp luật chuyên ngành; có lý do thì hồ sơ mới kết thúc được.", required=False,
        rows=2,
    )  # fmt: skip


class ReturnForm(VerbForm):
    received_by = TextField(
        label="Người nhận kết quả", max_length=300, required=False, help_text="Họ tên người ký nhận tại quầy."
    )
    method = forms.TypedChoiceField(
        label="Hình thức trả",
        coerce=int,
        choices=[(d.value, d.label) for d in (Delivery.HANDED_OVER, Delivery.POSTED, Delivery.ONLINE)],
    )
    tracking = TextField(
        label="Số hiệu bưu gửi", max_length=60, required=False, help_text="Chỉ ghi khi gửi bưu chính."
    )
    carrier = TextField(label="Đơn vị chuyển phát", max_length=100, required=False, initial=DEFAULT_CARRIER)

    def clean(self) -> dict[str, Any]:
        said: dict[str, Any] = super().clean() or {}
        if said.get("method") == Delivery.POSTED:
            wrong = wrong_tracking(plain_tracking(said.get("tracking") or ""))
            if wrong:
                self.add_error("tracking", wrong)
        elif not said.get("received_by"):
            self.add_error("received_by", "Chưa nhập người nhận kết quả.")
        return said


class CollectParcelForm(VerbForm):
    received_by = TextField(
        label="Người nhận kết quả", max_length=300, help_text="Họ tên người ký nhận tại quầy."
    )


class AttachForm(VerbForm):
    name = TextField(label="Tên giấy tờ", max_length=2000)
    originals = forms.IntegerField(label="Bản chính", min_value=0, max_value=99, required=False)
    certified = forms.IntegerField(label="Bản chứng thực", min_value=0, max_value=99, required=False)
    copies = forms.IntegerField(label="Bản chụp", min_value=0, max_value=99, required=False)


class BareForm(VerbForm):
    """A verb that needs nothing but the yes."""


class SignForm(SignFields, VerbForm):
    """Signing one result: the number the paper carries, and the paper itself when there is one."""

    number = TextField(label="Số, ký hiệu", max_length=100, required=False)
    field_order = ("name", "number", "text", "secret")
