"""The forms of the ledger of fees. Amounts are typed in đồng; dots and spaces between thousands are understood."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from congvu.dossiers.rules.money import PayWay, PublishedFee
from congvu.dossiers.rules.waivers import GROUNDS, LAW
from congvu.dossiers.web.verb_forms import VerbForm, area
from congvu.foundation.ui import formats
from congvu.foundation.ui.forms import PlainForm, TextField


class DongField(forms.Field):
    """Whole đồng: "150000", "150.000", "150 000 đ"."""

    widget = forms.TextInput
    least = 1

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.widget.attrs.update({"inputmode": "numeric", "autocomplete": "off", "class": "num"})

    def to_python(self, value: Any) -> int | None:
        if value in self.empty_values:
            return None
        typed = str(value).strip().rstrip("đĐ").replace(".", "").replace(" ", "").replace("\u00a0", "")
        if not (typed.isascii() and typed.isdigit()) or len(typed) > 12 or int(typed) < self.least:
            raise ValidationError("Không đọc được số tiền. Viết dạng 150.000.")
        return int(typed)


class ZeroDongField(DongField):
    """An amount that may be nothing."""

    least = 0


def way_field(label: str) -> forms.TypedChoiceField:
    """By which way money comes or goes."""
    return forms.TypedChoiceField(
        label=label, coerce=PayWay, empty_value=PayWay.COUNTER, required=False,
        choices=[(one.value, one.label) for one in (PayWay.COUNTER, PayWay.TRANSFER, PayWay.POST)],
    )  # fmt: skip


class CollectForm(VerbForm):
    amount = DongField(label="Số tiền (đồng)", required=False, help_text="Để trống: thu đủ số còn phải nộp.")
    way = way_field("Hình thức thu")
    receipt = TextField(
        label="Số biên lai giấy, số chuyển khoản", max_length=100, required=False,
        help_text="Biên lai của hệ thống tự có số; chỉ ghi khi dùng biên lai in sẵn hoặc chuyển khoản.",
    )  # fmt: skip


class ChargeForm(VerbForm):
    """What is to be paid: one of the published amounts, or one typed with its source."""

    line = forms.TypedChoiceField(label="Mức công bố", coerce=int, required=False, empty_value=None)
    amount = DongField(label="Số tiền (đồng)", required=False)
    reason = area("Khoản thu và căn cứ", rows=2, required=False)

    def offer_lines(self, lines: Sequence[PublishedFee]) -> None:
        """The published amounts of the dossier's case and channel; no choice when there are none."""
        self.lines = lines
        if not lines:
            del self.fields["line"]
            self.fields["amount"].required = self.fields["reason"].required = True
            return
        choices = [
            (nth, f"{formats.number(one.amount)} đồng, {one.words[:120]}") for nth, one in enumerate(lines)
        ]
        self.fields["line"].choices = [("", "Chọn, hoặc ghi mức khác bên dưới"), *choices]  # type: ignore[attr-defined]
        self.fields["amount"].help_text = "Chỉ ghi khi không chọn mức công bố."

    def clean(self) -> dict[str, Any]:
        """A chosen line says both the amount and its source."""
        data: dict[str, Any] = super().clean() or self.cleaned_data
        if data.get("line") is not None:
            chosen = self.lines[data["line"]]
            if data.get("amount") not in (None, chosen.amount):
                self.add_error(
                    "amount", "Mức công bố đã chọn là số khác. Bỏ trống, hoặc bỏ chọn mức công bố."
                )
            data["amount"], data["reason"] = chosen.amount, data.get("reason") or chosen.words
        elif not self.errors:
            for name, words in (("amount", "Chưa ghi số tiền."), ("reason", "Chưa ghi khoản thu và căn cứ.")):
                if not data.get(name):
                    self.add_error(name, words)
        return data


class CorrectChargeForm(VerbForm):
    amount = ZeroDongField(
        label="Mức đúng phải nộp, tất cả các khoản (đồng)", help_text="Ghi 0 khi không phải nộp."
    )
    reason = area("Vì sao sửa, và văn bản quy định", rows=2)


class WaiveForm(VerbForm):
    ground = forms.ChoiceField(
        label="Diện miễn, giảm",
        choices=[("", "Chọn"), *((one.code, one.label) for one in GROUNDS)],
        help_text=f"{LAW}.",
    )
    percent = forms.IntegerField(
        label="Giảm theo tỷ lệ (%)", required=False, min_value=1, max_value=100,
        help_text="Của số còn phải nộp. Để trống cả tỷ lệ và số tiền: miễn toàn bộ.",
    )  # fmt: skip
    amount = DongField(label="Hoặc giảm số tiền (đồng)", required=False)
    reason = area("Giấy tờ chứng minh và căn cứ miễn, giảm", rows=2)


class RefundForm(VerbForm):
    amount = DongField(label="Số tiền hoàn trả (đồng)")
    reason = area("Lý do hoàn trả, căn cứ", "Lãnh đạo duyệt đọc được.", rows=2)


class CloseDayForm(PlainForm):
    counted = ZeroDongField(label="Tiền mặt đếm được (đồng)")
    note = area("Vì sao lệch", "Chỉ ghi khi số đếm được khác số trong sổ.", required=False, rows=2)


class PaymentForm(VerbForm):
    content = area("Nghĩa vụ tài chính phải nộp", "Khoản, số tiền và căn cứ.")
    amount = DongField(
        label="Số tiền thu tại một cửa (đồng)", required=False,
        help_text="Để trống khi cơ quan khác thu, như thuế nộp kho bạc.",
    )  # fmt: skip
