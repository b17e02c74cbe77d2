"""The forms of the ledger of fees. Amounts are typed in đồng; dots and spaces between thousands are understood."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from congvu.dossiers.rules.money import PayWay
from congvu.dossiers.web.verb_forms import VerbForm, area
from congvu.foundation.ui.forms import TextField


class DongField(forms.Field):
    """Whole đồng: "150000", "150.000", "150 000 đ"."""

    widget = forms.TextInput

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.widget.attrs.update({"inputmode": "numeric", "autocomplete": "off", "class": "num"})

    def to_python(self, value: Any) -> int | None:
        if value in self.empty_values:
            return None
        typed = str(value).strip().rstrip("đĐ").replace(".", "").replace(" ", "").replace("\u00a0", "")
        if not (typed.isascii() and typed.isdigit()) or len(typed) > 12 or int(typed) == 0:
            raise ValidationError("Không đọc được số tiền. Viết dạng 150.000.")
        return int(typed)


def _way(label: str) -> forms.TypedChoiceField:
    return forms.TypedChoiceField(
        label=label, coerce=PayWay, empty_value=PayWay.COUNTER, required=False,
        choices=[(one.value, one.label) for one in (PayWay.COUNTER, PayWay.TRANSFER)],
    )  # fmt: skip


class CollectForm(VerbForm):
    amount = DongField(label="Số tiền (đồng)", required=False, help_text="Để trống: thu đủ số còn phải nộp.")
    way = _way("Hình thức thu")
    receipt = TextField(
        label="Số biên lai giấy, số chuyển khoản", max_length=100, required=False,
        help_text="Biên lai của hệ thống tự có số; chỉ ghi khi dùng biên lai in sẵn hoặc chuyển khoản.",
    )  # fmt: skip


class ChargeForm(VerbForm):
    amount = DongField(label="Số tiền (đồng)")
    reason = area("Khoản thu và căn cứ", rows=2)


class WaiveForm(VerbForm):
    amount = DongField(
        label="Số tiền (đồng)", required=False, help_text="Để trống: miễn toàn bộ số còn phải nộp."
    )
    reason = area("Lý do, đối tượng và căn cứ miễn, giảm", rows=2)


class RefundForm(VerbForm):
    amount = DongField(label="Số tiền hoàn trả (đồng)")
    way = _way("Hình thức hoàn trả")
    reason = area("Lý do hoàn trả", rows=2)


class PaymentForm(VerbForm):
    content = area("Nghĩa vụ tài chính phải nộp", "Khoản, số tiền và căn cứ.")
    amount = DongField(
        label="Số tiền thu tại một cửa (đồng)", required=False,
        help_text="Để trống khi cơ quan khác thu, như thuế nộp kho bạc.",
    )  # fmt: skip
