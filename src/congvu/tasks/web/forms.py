"""The forms of plans."""

from collections.abc import Sequence
from typing import Any

from django import forms

from congvu.foundation.ui.forms import DayField, PlainForm, TextField
from congvu.tasks.rules.kinds import CLASSES, LEVELS, ROLES, SUBJECTS, TERMS
from congvu.tasks.rules.spans import FIRST_YEAR, LAST_YEAR

Choices = Sequence[tuple[Any, Any]]
HALF, WHOLE = "col-md-6", "col-12"


def words(
    label: str, longest: int, *, rows: int = 3, required: bool = True, help_text: str = ""
) -> TextField:
    widget = forms.Textarea(attrs={"rows": rows})
    return TextField(label=label, max_length=longest, widget=widget, required=required, help_text=help_text)


def year(label: str, *, required: bool = True, help_text: str = "") -> forms.IntegerField:
    return forms.IntegerField(
        label=label, min_value=FIRST_YEAR, max_value=LAST_YEAR, required=required, help_text=help_text
    )


def one_of(
    label: str, choices: Choices, *, blank: str, required: bool = True, help_text: str = ""
) -> forms.Field:
    """A choice of one row, as its id (None when left blank)."""
    return forms.TypedChoiceField(
        label=label,
        choices=[("", blank), *choices],
        coerce=int,
        empty_value=None,
        required=required,
        help_text=help_text,
    )


class Wide(PlainForm):
    """Two fields a line; long texts and the fields named `wide` take a whole one."""

    wide: Sequence[str] = ()

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.settle()

    def settle(self) -> None:
        for name, one in self.fields.items():
            area = isinstance(one.widget, (forms.Textarea, forms.CheckboxSelectMultiple))
            one.column = WHOLE if area or name in self.wide else HALF  # type: ignore[attr-defined]


class ProgrammeForm(Wide):
    wide = ("name",)
    name = TextField(label="Tên chương trình", max_length=300)
    code = TextField(label="Mã", max_length=40, help_text="Ngắn, không trùng, ví dụ CCHC-2021-2030")
    level = forms.ChoiceField(label="Cấp ban hành", choices=tuple(LEVELS.items()))
    number = TextField(label="Số, ký hiệu văn bản", max_length=100)
    signed_on = DayField(label="Ngày ký", required=False)
    issuer = TextField(label="Cơ quan ban hành", max_length=200, required=False)
    first_year = year("Năm đầu")
    last_year = year("Năm cuối")
    note = words("Ghi chú", 1000, rows=2, required=False)


class DutyForm(Wide):
    subject = forms.ChoiceField(label="Loại kế hoạch", choices=tuple(SUBJECTS.items()))
    term = forms.ChoiceField(label="Kỳ", choices=tuple(TERMS.items()), initial="YEAR")
    first_year = year("Năm, hoặc năm đầu giai đoạn")
    last_year = year("Năm cuối giai đoạn", required=False, help_text="Để trống khi là kế hoạch năm")
    classes = forms.MultipleChoiceField(
        label="Nhóm đơn vị phải lập", choices=tuple(CLASSES.items()), widget=forms.CheckboxSelectMultiple
    )
    due_on = DayField(label="Hạn ban hành", required=False)
    number = TextField(label="Văn bản giao", max_length=100, required=False)


class LetOffForm(Wide):
    why = TextField(label="Lý do", max_length=300)


class FocalForm(Wide):
    name = TextField(label="Họ tên cán bộ đầu mối", max_length=200)
    email = TextField(label="Thư điện tử", max_length=200, required=False)
    valid_from = DayField(label="Từ ngày")


class PlanForm(Wide):
    wide = ("name", "motto")
    subject = forms.ChoiceField(label="Loại kế hoạch", choices=tuple(SUBJECTS.items()))
    term = forms.ChoiceField(label="Kỳ", choices=tuple(TERMS.items()), initial="YEAR")
    first_year = year("Năm, hoặc năm đầu giai đoạn")
    last_year = year("Năm cuối giai đoạn", required=False, help_text="Để trống khi là kế hoạch năm")
    name = TextField(
        label="Tên kế hoạch", max_length=300, required=False, help_text="Để trống: tên theo loại và kỳ"
    )
    motto = TextField(label="Phương châm hành động", max_length=300, required=False)
    note = words("Ghi chú", 1000, rows=2, required=False)


class ChangeForm(Wide):
    wide = ("name", "motto")
    name = TextField(label="Tên kế hoạch", max_length=300, required=False)
    motto = TextField(label="Phương châm hành động", max_length=300, required=False)
    note = words("Ghi chú", 1000, rows=2, required=False)


class IssueForm(Wide):
    number = TextField(label="Số, ký hiệu", max_length=100)
    issued_on = DayField(label="Ngày ban hành")
    signer = TextField(label="Người ký", max_length=200, required=False)
    file = forms.FileField(label="Tệp văn bản", required=False)


class CorrectForm(Wide):
    wide = ("why",)
    number = TextField(label="Số, ký hiệu", max_length=100)
    issued_on = DayField(label="Ngày ban hành")
    signer = TextField(label="Người ký", max_length=200, required=False)
    why = TextField(label="Đã ghi sai ở đâu", max_length=300)


class ItemForm(Wide):
    wide = ("helpers",)
    text = words("Nội dung nhiệm vụ", 1000)
    product = TextField(label="Sản phẩm", max_length=500, required=False)
    due = DayField(label="Thời hạn", required=False)
    officer = TextField(label="Người phụ trách", max_length=200, required=False)
    priority = forms.BooleanField(label="Trọng tâm", required=False)


class ChangeItemForm(Wide):
    due = DayField(label="Thời hạn", required=False)
    officer = TextField(label="Người phụ trách", max_length=200, required=False)
    product = TextField(label="Sản phẩm", max_length=500, required=False)
    why = TextField(label="Lý do sửa", max_length=300)


class ReportForm(Wide):
    wide = ("evidence",)
    how = forms.ChoiceField(label="Kết quả", choices=(("xong", "Hoàn thành"), ("rut", "Rút khỏi kế hoạch")))
    on = DayField(label="Ngày của văn bản", help_text="Ngày hoàn thành là ngày văn bản, không phải ngày nhập")
    evidence = TextField(label="Văn bản, sản phẩm chứng minh", max_length=300)
    file = forms.FileField(label="Tệp", required=False)


class WhyForm(Wide):
    why = TextField(label="Ghi sai ở đâu", max_length=300)


class SheetForm(Wide):
    file = forms.FileField(label="Tệp Excel (.xlsx) hoặc CSV (UTF-8)")


class CommitteeForm(Wide):
    wide = ("name",)
    name = TextField(label="Tên Ban Chỉ đạo", max_length=300)
    number = TextField(label="Quyết định thành lập", max_length=100)
    signed_on = DayField(label="Ngày ký", required=False)
    valid_from = DayField(label="Từ ngày")


class SeatForm(Wide):
    wide = ("post",)
    name = TextField(label="Họ và tên", max_length=200)
    staff_number = TextField(
        label="Số hiệu cán bộ", max_length=20, required=False, help_text="Khi có trong sổ cán bộ, công chức"
    )
    post = TextField(label="Chức vụ tại cơ quan", max_length=300, help_text="Vào thời điểm tham gia")
    role = forms.ChoiceField(label="Vai trò trong Ban", choices=tuple(ROLES.items()))
    valid_from = DayField(label="Từ ngày")
    valid_to = DayField(label="Đến hết ngày", required=False)
    number = TextField(label="Quyết định", max_length=100, required=False)


class LeaveForm(Wide):
    on = DayField(label="Thôi từ ngày")
    number = TextField(label="Quyết định", max_length=100, required=False)


class ConclusionForm(Wide):
    number = TextField(label="Số văn bản", max_length=100)
    decided_on = DayField(label="Ngày")
    text = words("Nội dung", 1000)


class InspectionForm(Wide):
    wide = ("name", "units")
    name = TextField(label="Tên cuộc kiểm tra", max_length=300)
    number = TextField(label="Quyết định, kế hoạch kiểm tra", max_length=100)
    signed_on = DayField(label="Ngày ký")
    head = TextField(label="Trưởng đoàn", max_length=200, required=False)
    first_day = DayField(label="Từ ngày")
    last_day = DayField(label="Đến ngày")


class HeldForm(Wide):
    held_on = DayField(label="Ngày kiểm tra")
    minutes = TextField(label="Biên bản, kết luận", max_length=200)


class FindingForm(Wide):
    text = words("Tồn tại, hạn chế", 1000)
    remedy = words("Yêu cầu khắc phục", 1000, rows=2)
    due = DayField(label="Hạn khắc phục", required=False)


class RemedyForm(Wide):
    on = DayField(label="Ngày của văn bản")
    evidence = TextField(label="Văn bản báo cáo khắc phục", max_length=300)
