"""The forms of what agencies do for one another: opinions, visits, guidance."""

from django import forms

from congvu.dossiers.rules.handling import GuidanceWay
from congvu.dossiers.web.verb_forms import VerbForm, WhichStepForm, area
from congvu.foundation.ui.forms import DayField, PlainForm, TextField


class FromStepForm(WhichStepForm):
    """A verb done from an open step."""

    position = forms.TypedChoiceField(label="Từ bước", coerce=int, required=False, empty_value=None)


class OpinionForm(FromStepForm):
    units = forms.TypedMultipleChoiceField(
        label="Cơ quan được hỏi", coerce=int, widget=forms.CheckboxSelectMultiple
    )
    content = area("Nội dung xin ý kiến", "Ghi rõ điều cần trả lời; các cơ quan được hỏi cùng đọc.", rows=4)
    due_on = DayField(label="Trả lời chậm nhất ngày")

    def offer_units(self, units: list[tuple[int, str]]) -> None:
        """The agencies that may be asked."""
        self.fields["units"].choices = units  # type: ignore[attr-defined]


class VisitForm(FromStepForm):
    visited_on = DayField(label="Ngày thẩm tra, xác minh")
    place = TextField(label="Nơi thẩm tra", max_length=500)
    people = area("Thành phần tham gia", "Họ tên, chức danh, cơ quan của từng người.", rows=2)
    findings = area("Nội dung và kết quả", rows=4)


class GuidanceForm(VerbForm):
    told_to = TextField(label="Người được hướng dẫn", max_length=300)
    way = forms.TypedChoiceField(
        label="Hình thức", coerce=GuidanceWay, choices=[(one.value, one.label) for one in GuidanceWay]
    )
    content = area("Nội dung đã hướng dẫn")


class AnswerForm(PlainForm):
    answer = area("Ý kiến trả lời", "Ghi cả khi thống nhất hoàn toàn.", rows=4)


class WithdrawOpinionForm(PlainForm):
    why = area("Lý do rút yêu cầu", rows=2)
