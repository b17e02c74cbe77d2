"""The forms of the calendar page: a day by decision, a swap, taking one back."""

from django import forms

from congvu.foundation.ui.forms import DayField, PlainForm, TextField
from congvu.foundation.workdays.actions.edit_calendar import NewEdit, swap_edits
from congvu.foundation.workdays.rules.kinds import DayKind

KINDS = [
    (kind.value, kind.label) for kind in (DayKind.LE, DayKind.NGHI_BU, DayKind.LAM_VIEC, DayKind.NGHI_TUAN)
]


class Decided(PlainForm):
    """What every change of the calendar must state."""

    decision_number = TextField(label="Số văn bản", max_length=100, help_text="Ví dụ: 12729/VPCP-KGVX")
    decision_date = DayField(label="Ngày văn bản", required=False)


class OneDay(Decided):
    """A day that is not what the computed calendar says."""

    date = DayField(label="Ngày")
    kind = forms.ChoiceField(label="Là", choices=KINDS)
    reason = TextField(label="Lý do", max_length=300)
    field_order = ("date", "kind", "reason", "decision_number", "decision_date")

    def edits(self) -> tuple[NewEdit, ...]:
        said = self.cleaned_data
        return (
            NewEdit(
                said["date"],
                DayKind(said["kind"]),
                said["reason"],
                said["decision_number"],
                said["decision_date"],
            ),
        )


class OneSwap(Decided):
    """A working day off, a week-end day worked for it."""

    off = DayField(label="Nghỉ ngày")
    work = DayField(label="Làm bù ngày")
    field_order = ("off", "work", "decision_number", "decision_date")

    def edits(self) -> tuple[NewEdit, ...]:
        said = self.cleaned_data
        return swap_edits(
            said["off"],
            said["work"],
            decision_number=said["decision_number"],
            decision_date=said["decision_date"],
        )


class Revoke(PlainForm):
    """Taking an edit back."""

    edit = forms.IntegerField(widget=forms.HiddenInput)
    why = TextField(label="Lý do bãi bỏ", max_length=300)


class Telling(PlainForm):
    """Whether the applicants whose promised day moves are told of it."""

    silent = forms.BooleanField(label="Không báo cho người nộp", required=False)
    untold = TextField(
        label="Lý do không báo",
        max_length=300,
        required=False,
        help_text="Chỉ ghi khi không báo. Lưu vào nhật ký.",
    )

    def clean(self) -> dict[str, object]:
        said: dict[str, object] = super().clean() or {}
        if said.get("silent") and not said.get("untold"):
            self.add_error("untold", "Chưa ghi lý do không báo.")
        return said

    @property
    def why(self) -> str:
        return str(self.cleaned_data["untold"]) if self.cleaned_data["silent"] else ""


FORMS: dict[str, type[OneDay | OneSwap]] = {"ngay": OneDay, "hoan-doi": OneSwap}
