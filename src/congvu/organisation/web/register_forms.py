"""The forms of the registers: each entry rests on a text and holds for a period."""

from collections.abc import Sequence
from typing import Any

from django import forms

from congvu.foundation.ui.forms import DayField, PlainForm, TextField
from congvu.foundation.workdays.days import next_day
from congvu.organisation.actions.entries import Period
from congvu.organisation.actions.recording import Decision
from congvu.organisation.rules.autonomy import GROUPS
from congvu.organisation.rules.delegation import FORMS
from congvu.organisation.rules.facilities import COUNTED, LEVELS, PRESENT
from congvu.organisation.rules.kinds import TIERS, TINH, XA
from congvu.organisation.rules.quality import AUDIT_KINDS, KNOWN_STANDARDS
from congvu.organisation.web.fields import Choices, one_unit

HALF, THIRD, WHOLE = "col-md-6", "col-md-4", "col-12"


def _field(longest: int = 120) -> TextField:
    return TextField(label="Lĩnh vực", max_length=longest, widget=forms.TextInput(attrs={"list": "linh-vuc"}))


def _words(
    label: str, longest: int, *, rows: int = 3, required: bool = True, help_text: str = ""
) -> TextField:
    widget = forms.Textarea(attrs={"rows": rows})
    return TextField(label=label, max_length=longest, widget=widget, required=required, help_text=help_text)


def _count(label: str, most: int = 10**6) -> forms.IntegerField:
    return forms.IntegerField(label=label, min_value=0, max_value=most, initial=0)


class EntryForm(PlainForm):
    """What every entry has, after the fields of its own kind."""

    wide: Sequence[str] = ()

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        units: Choices = kwargs.pop("units", [])
        super().__init__(*args, **kwargs)
        for name, label in self.unit_fields().items():
            self.fields[name] = one_unit(label, units)
            self.fields[name].error_messages["required"] = f"Chưa chọn {label.lower()}."
        self.order_fields([*self.unit_fields(), *self.fields])
        for name, one in self.fields.items():
            area = isinstance(one.widget, forms.Textarea)
            one.column = WHOLE if area or name in self.wide else HALF  # type: ignore[attr-defined]

    def unit_fields(self) -> dict[str, str]:
        """Names and labels of the units asked for."""
        return {"unit": "Đơn vị"}


class PaperForm(EntryForm):
    """An entry that rests on a text and holds from a day, to the end of another when one was said."""

    decision = TextField(label="Số, ký hiệu văn bản", max_length=100)
    signed_on = DayField(label="Ngày ký", required=False)
    decided_by = TextField(label="Cơ quan ban hành", max_length=200, required=False)
    valid_from = DayField(label="Có hiệu lực từ ngày")
    valid_to = DayField(label="Đến hết ngày", required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        paper = list(PaperForm.base_fields)
        self.order_fields([name for name in self.fields if name not in paper] + paper)

    def period(self) -> Period:
        until = self.cleaned_data["valid_to"]
        return Period(self.cleaned_data["valid_from"], next_day(until) if until else None)

    def paper(self) -> Decision:
        data = self.cleaned_data
        return Decision(data["decision"], data["signed_on"], data["decided_by"])


class FunctionForm(PaperForm):
    wide = ("unit",)
    field = _field()
    legal_basis = TextField(label="Căn cứ pháp lý", max_length=300)
    text = _words("Chức năng, nhiệm vụ", 1000)


class AssignedForm(PaperForm):
    tier = forms.ChoiceField(label="Cấp", choices=[(one, TIERS[one]) for one in (TINH, XA)])
    field = _field()
    text = _words("Chức năng, nhiệm vụ", 1000)
    legal_basis = TextField(label="Căn cứ (điều, khoản)", max_length=300)

    def unit_fields(self) -> dict[str, str]:
        return {}


class AssignedSheetForm(PaperForm):
    file = forms.FileField(
        label="Tệp Excel (.xlsx)",
        help_text="Các cột: Lĩnh vực; Chức năng, nhiệm vụ; Cấp (tỉnh hoặc xã); Căn cứ.",
    )

    def unit_fields(self) -> dict[str, str]:
        return {}


class DelegationForm(PaperForm):
    wide = ("what",)
    form = forms.ChoiceField(label="Hình thức", choices=tuple(FORMS.items()))
    field = _field()
    what = _words("Nội dung giao", 1000)
    legal_basis = TextField(label="Căn cứ pháp lý", max_length=300, required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        units = kwargs.get("units", [])
        super().__init__(*args, **kwargs)
        receiver = one_unit("Bên nhận", units, required=False, blank="Tất cả xã, phường")
        receiver.column = HALF  # type: ignore[attr-defined]
        self.fields["receiver"] = receiver
        self.order_fields(["form", "field", "giver", "receiver"])

    def unit_fields(self) -> dict[str, str]:
        return {"giver": "Bên giao"}


class FacilityForm(PaperForm):
    level = forms.ChoiceField(label="Mô hình", choices=tuple(LEVELS.items()))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, label in COUNTED.items():
            self.fields[name] = _count(label)
        for name, label in PRESENT.items():
            self.fields[name] = forms.BooleanField(label=label, required=False)
        for name in (*COUNTED, *PRESENT):
            self.fields[name].column = THIRD  # type: ignore[attr-defined]
        self.order_fields(["unit", "level", *COUNTED, *PRESENT])


class QualityForm(PaperForm):
    standard = TextField(
        label="Tiêu chuẩn, phiên bản", max_length=60, initial=KNOWN_STANDARDS[0],
        help_text=f"Ví dụ {', '.join(KNOWN_STANDARDS)}.",
    )  # fmt: skip
    procedures = _count("Số thủ tục trong phạm vi")
    scope = _words("Phạm vi áp dụng", 1000)


class AuditForm(EntryForm):
    kind = forms.ChoiceField(label="Loại", choices=tuple(AUDIT_KINDS.items()))
    held_on = DayField(label="Ngày đánh giá")
    auditor = TextField(label="Người, tổ chức đánh giá", max_length=200)
    nonconformities = _count("Số điểm không phù hợp")
    findings = _words("Kết quả, việc phải khắc phục", 2000, required=False)


class CorrectAuditForm(PlainForm):
    kind = forms.ChoiceField(label="Loại", choices=tuple(AUDIT_KINDS.items()))
    held_on = DayField(label="Ngày đánh giá")
    auditor = TextField(label="Người, tổ chức đánh giá", max_length=200)
    nonconformities = _count("Số điểm không phù hợp")
    findings = _words("Kết quả, việc phải khắc phục", 2000, required=False)
    never = forms.BooleanField(label="Không có lần đánh giá này (hủy dòng)", required=False)
    why = TextField(label="Ghi sai ở đâu", max_length=200)


class AutonomyForm(PaperForm):
    revenue = _count("A: nguồn thu (đồng/năm)", 10**15)
    spending = _count("B: chi thường xuyên (đồng/năm)", 10**15)
    covers_investment = forms.BooleanField(label="Tự bảo đảm cả chi đầu tư", required=False)
    group = forms.ChoiceField(
        label="Nhóm theo quyết định",
        choices=[("", "Theo cách tính"), *GROUPS.items()],
        required=False,
        help_text="Nhóm được tính từ A/B; chỉ chọn khi quyết định ghi khác.",
    )


class EndForm(PlainForm):
    on = DayField(label="Hết hiệu lực từ ngày")
    decision = TextField(label="Số, ký hiệu văn bản", max_length=100)
    why = TextField(label="Lý do", max_length=200)


class WithdrawForm(PlainForm):
    why = TextField(label="Ghi sai ở đâu", max_length=200)
