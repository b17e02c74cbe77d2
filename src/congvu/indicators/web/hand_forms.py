"""The forms of numbers people enter and of figures offices define."""

from typing import Any

from django import forms

from congvu.foundation.ui.forms import DayField, PlainForm, TextField
from congvu.indicators.rules.definitions import ENTERED_FLAGS, Figure, Flag, Measure
from congvu.indicators.rules.entering import Typed, number_of

Choices = list[tuple[int, str]]
HALF, THIRD, WHOLE = "col-md-6", "col-md-4", "col-12"


def placed(form: forms.Form, **wide: str) -> None:
    for name, field in form.fields.items():
        field.column = wide.get(name, WHOLE)  # type: ignore[attr-defined]


def offer(field: forms.Field, choices: list[tuple[str, str]]) -> None:
    assert isinstance(field, forms.ChoiceField)
    field.choices = choices


class EnterForm(PlainForm):
    """A number of a period. The units offered are those the person may enter for; empty stands for the province."""

    figure = forms.ChoiceField(label="Số liệu")
    unit = forms.ChoiceField(label="Đơn vị", required=False)
    first = DayField(label="Từ ngày")
    last = DayField(label="Đến ngày")
    flag = forms.ChoiceField(label="Loại", choices=[(one.value, one.words) for one in ENTERED_FLAGS])
    numerator = TextField(
        label="Tử số (hoặc số đếm)", max_length=30, required=False, help_text="Ví dụ 1.783.174"
    )
    denominator = TextField(
        label="Mẫu số", max_length=30, required=False, help_text="Để trống nếu là số đếm."
    )
    rate = TextField(
        label="Tỷ lệ (%)",
        max_length=12,
        required=False,
        help_text="Chỉ khi giấy tờ không cho hai số. Ví dụ 88,3",
    )
    words = TextField(
        label="Nguyên văn",
        max_length=200,
        required=False,
        help_text="Đúng như giấy tờ in: «gần 95%», «một số sở».",
    )
    paper = TextField(
        label="Lấy từ giấy tờ nào", max_length=300, help_text="Số, ký hiệu, ngày, cơ quan ban hành."
    )
    reason = TextField(label="Vì sao nhập tay", max_length=500)

    def __init__(
        self, *args: Any, figures: list[Figure], units: Choices, province: bool, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        named = [(one.code, f"{one.name} ({one.measure.value})") for one in figures]
        offer(self.fields["figure"], [("", "Chọn số liệu"), *named])
        empty = ("", "Toàn tỉnh" if province else "Chọn đơn vị")
        offer(self.fields["unit"], [empty, *((str(pk), words) for pk, words in units)])
        placed(
            self, first=HALF, last=HALF, figure=HALF, unit=HALF, flag=THIRD, numerator=THIRD, denominator=THIRD, rate=HALF,
            words=HALF,
        )  # fmt: skip

    def typed(self, replaces: int | None = None) -> Typed:
        """Refuses numbers that cannot be read."""
        data = self.cleaned_data
        numerator, denominator, rate = (
            number_of(data[one], one) for one in ("numerator", "denominator", "rate")
        )
        return Typed(
            data["figure"], int(data["unit"]) if data["unit"] else None, data["first"], data["last"], Flag(data["flag"]),
            data["paper"], data["reason"], numerator, denominator, rate, data["words"], replaces,
        )  # fmt: skip


class DefineForm(PlainForm):
    """A figure an office defines; the conditions are asked by the page, for they differ by population."""

    code = TextField(label="Mã", max_length=60, help_text="Chữ thường không dấu: van-ban.ban-hanh")
    name = TextField(label="Tên", max_length=200)
    name_en = TextField(label="Tên tiếng Anh", max_length=200, required=False)
    measure = forms.ChoiceField(label="Đơn vị tính", choices=[(one.value, one.value) for one in Measure])
    share = forms.BooleanField(label="Là tỷ lệ (có tử số và mẫu số)", required=False)
    of_day = forms.BooleanField(label="Tính tại một ngày, không theo kỳ", required=False)
    words = TextField(
        label="Cách tính bằng lời", max_length=500, required=False,
        help_text="Tỷ lệ viết «tử số chia cho mẫu số». Để trống thì lấy từ điều kiện.",
    )  # fmt: skip
    source = TextField(label="Nguồn, căn cứ", max_length=300, help_text="Văn bản nào yêu cầu số liệu này.")
    overlaps = TextField(
        label="Lưu ý trùng lặp", max_length=300, required=False,
        help_text="Ghi nếu các nhóm có thể trùng nhau và không được cộng (16, 5 và 198 nhiệm vụ).",
    )  # fmt: skip

    def __init__(self, *args: Any, by_hand: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not by_hand:
            for name in ("measure", "of_day"):
                del self.fields[name]
        placed(self, code=HALF, name=HALF, name_en=HALF, measure=HALF, share=HALF, of_day=HALF)


class ImportForm(PlainForm):
    file = forms.FileField(
        label="Tệp XLSX hoặc CSV", help_text="Trang tính đầu tiên, dòng đầu là tên cột như bảng mẫu."
    )


class WhyForm(PlainForm):
    why = TextField(label="Lý do", max_length=300)
