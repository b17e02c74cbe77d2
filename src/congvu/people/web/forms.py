"""The forms of personnel work."""

from typing import Any

from django import forms

from congvu.foundation.ui.forms import DayField, PlainForm, TextField
from congvu.organisation.rules.picture import Picture
from congvu.people.access import Sight
from congvu.people.actions.recording import Decision
from congvu.people.rules.codes import (
    CIVIL,
    CONCURRENT,
    ENDINGS,
    ETHNICITIES,
    FOLLOWED,
    FULL,
    LEAVING,
    PART,
    POLITICS,
    POOLS,
    POST_KINDS,
    QUALIFICATIONS,
    SEXES,
)


def unit_field(known: Picture, sight: Sight, label: str = "Đơn vị") -> forms.TypedChoiceField:
    """The units of today whose people the reader keeps, as a tree."""
    choices = [
        (node.unit_id, "\u2003" * node.depth + f"{node.name} ({node.code})")
        for node in known.tree(sight.today)
        if node.unit_id in sight.keeps
    ]
    return forms.TypedChoiceField(
        label=label, choices=[("", "Chọn đơn vị"), *choices], coerce=int, empty_value=None
    )


class DecisionForm(PlainForm):
    """A form whose change rests on a decision."""

    decision = TextField(label="Số, ký hiệu quyết định", max_length=100)
    signed_on = DayField(label="Ngày ký", required=False)
    decided_by = TextField(label="Cơ quan ban hành", max_length=200, required=False)

    @property
    def paper(self) -> Decision:
        data = self.cleaned_data
        return Decision(data["decision"], data["signed_on"], data["decided_by"])


class PersonForm(DecisionForm):
    """Who a person is, and the first post."""

    name = TextField(label="Họ và tên khai sinh", max_length=120)
    number = TextField(
        label="Số hiệu hồ sơ", max_length=20, required=False, help_text="Để trống: hệ thống cấp số."
    )
    birth = DayField(label="Ngày sinh")
    sex = forms.ChoiceField(label="Giới tính", choices=(("", "Chọn"), *SEXES.items()))
    ethnicity = forms.ChoiceField(
        label="Dân tộc", choices=[(one, one) for one in ETHNICITIES], initial="Kinh"
    )
    citizen_number = TextField(label="Số định danh cá nhân", max_length=14, required=False)
    hired_on = DayField(label="Ngày tuyển dụng", required=False)
    qualification = forms.ChoiceField(
        label="Trình độ chuyên môn", choices=QUALIFICATIONS.items(), required=False
    )
    politics = forms.ChoiceField(label="Lý luận chính trị", choices=POLITICS.items(), required=False)
    position = TextField(label="Chức vụ, chức danh", max_length=120)
    pool = forms.ChoiceField(label="Nhóm biên chế", choices=POOLS.items(), initial=CIVIL)
    kind = forms.ChoiceField(
        label="Loại bố trí", choices=[(one, POST_KINDS[one]) for one in (FULL, PART)], initial=FULL
    )
    since = DayField(label="Nhận vị trí từ ngày")
    ABOUT = (
        "name", "number", "birth", "sex", "ethnicity", "citizen_number", "hired_on", "qualification", "politics",
    )  # fmt: skip
    POST = ("unit_id", "position", "pool", "kind", "since")
    PAPER = ("decision", "signed_on", "decided_by")

    def __init__(self, *args: Any, known: Picture, sight: Sight, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["unit_id"] = unit_field(known, sight)


class MoveForm(DecisionForm):
    """Điều động: the full post held ends, another begins the same day."""

    since = DayField(label="Từ ngày")
    position = TextField(label="Chức vụ, chức danh mới", max_length=120)
    pool = forms.ChoiceField(label="Nhóm biên chế", choices=POOLS.items())
    kind = FULL
    ORDER: tuple[str, ...] = (
        "unit_id", "position", "pool", "since", "decision", "signed_on", "decided_by",
    )  # fmt: skip

    def __init__(self, *args: Any, known: Picture, sight: Sight, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["unit_id"] = unit_field(known, sight, "Đến đơn vị")
        self.order_fields(self.ORDER)


class AddForm(MoveForm):
    """Another post beside those held: concurrent, part of the time, or a first full one."""

    kind = forms.ChoiceField(  # type: ignore[assignment]
        label="Loại bố trí",
        choices=[(one, POST_KINDS[one]) for one in (CONCURRENT, PART, FULL)],
        initial=CONCURRENT,
    )
    until = DayField(label="Đến hết ngày", required=False)
    ORDER = (
        "unit_id", "position", "pool", "kind", "since", "until", "decision", "signed_on", "decided_by",
    )  # fmt: skip


class SecondForm(MoveForm):
    """Biệt phái: sent to work elsewhere for a time; the full post stays."""

    until = DayField(label="Đến hết ngày")
    ORDER = ("unit_id", "position", "pool", "since", "until", "decision", "signed_on", "decided_by")


class EndForm(DecisionForm):
    """Thôi giữ: one of the posts held ends."""

    since = DayField(label="Thôi giữ từ ngày")
    ending = forms.ChoiceField(
        label="Lý do",
        choices=[
            ("", "Chọn lý do"),
            *((k, v) for k, v in ENDINGS.items() if k not in (*LEAVING, FOLLOWED)),
        ],
    )
    ORDER = ("post", "since", "ending", "decision", "signed_on", "decided_by")

    def __init__(self, *args: Any, posts: list[tuple[int, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["post"] = forms.TypedChoiceField(
            label="Vị trí", choices=[("", "Chọn vị trí"), *posts], coerce=int, empty_value=None
        )
        self.order_fields(self.ORDER)


class LeaveForm(DecisionForm):
    """Nghỉ hưu, thôi việc, chuyển ra: every post held ends."""

    since = DayField(label="Nghỉ từ ngày")
    ending = forms.ChoiceField(
        label="Lý do", choices=[("", "Chọn lý do"), *((k, ENDINGS[k]) for k in LEAVING)]
    )
    ORDER = ("since", "ending", "decision", "signed_on", "decided_by")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.order_fields(self.ORDER)
