"""The forms of the accounts screen."""

from datetime import date
from typing import Any

from django import forms

from congvu.foundation.identity.roles import CITIZEN, OFFICIAL_ROLES, ROLE_WORDS
from congvu.foundation.ui.forms import DayField, PlainForm, TextField


class NewAccountForm(PlainForm):
    username = TextField(
        label="Tên đăng nhập",
        max_length=64,
        help_text="Chữ không dấu, ví dụ hanh.nguyen.",
        widget=forms.TextInput({"autocapitalize": "none", "autocomplete": "off", "spellcheck": "false"}),
    )
    name = TextField(label="Họ và tên", max_length=200)
    citizen_number = TextField(
        label="Số căn cước", required=False, widget=forms.TextInput({"class": "num", "inputmode": "numeric"})
    )


class GrantForm(PlainForm):
    role = forms.ChoiceField(
        label="Vai trò",
        choices=[("", "Chọn vai trò"), *((role, ROLE_WORDS[role]) for role in (*OFFICIAL_ROLES, CITIZEN))],
    )
    unit = forms.TypedChoiceField(
        label="Đơn vị",
        coerce=int,
        empty_value=None,
        required=False,
        help_text="Bắt buộc với vai trò công vụ; người dân không gắn đơn vị.",
    )
    valid_from = DayField(label="Từ ngày")
    valid_to = DayField(label="Đến hết ngày", required=False, help_text="Để trống nếu chưa biết ngày thôi.")

    def __init__(self, *args: Any, units: list[tuple[int, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["unit"].choices = [("", "Chọn đơn vị"), *units]  # type: ignore[attr-defined]


class EndGrantForm(PlainForm):
    grant = forms.IntegerField(widget=forms.HiddenInput)
    last_day = DayField(label="Ngày cuối giữ vai trò")


class DelegateForm(PlainForm):
    acting = forms.TypedChoiceField(label="Người làm thay", coerce=int)
    since = DayField(label="Từ ngày")
    until = DayField(label="Đến hết ngày")
    reason = TextField(label="Lý do, số quyết định", max_length=500)

    def __init__(self, *args: Any, people: list[tuple[int, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["acting"].choices = [("", "Chọn người"), *people]  # type: ignore[attr-defined]


class WhyForm(PlainForm):
    why = TextField(label="Lý do", max_length=500)


def first_day(today: date) -> dict[str, date]:
    """What a new grant begins with."""
    return {"valid_from": today}
