"""Fields of the event forms: units to choose from, and what is common to all events."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from django import forms

from congvu.foundation.ui.forms import DayField, PlainForm, TextField
from congvu.organisation.actions.recording import Decision
from congvu.organisation.queries.following import choices_of
from congvu.organisation.rules.kinds import TIERS, UNIT_KINDS
from congvu.organisation.rules.picture import Picture

Choices = list[tuple[Any, Any]]
INDENT = "\u2003"


def unit_choices(picture: Picture, today: date) -> Choices:
    """Every unit: those standing in tree order, then those gone or yet to come, for decisions of other days."""
    nodes = picture.tree(today)
    standing = {node.unit_id for node in nodes}
    others = [picture.of(unit)[-1] for unit in picture.unit_ids if unit not in standing]
    rest = [
        (span.unit_id, f"{span.name} ({span.code}), {span.valid_from:%d/%m/%Y} – {_until(span.valid_to)}")
        for span in sorted(others, key=lambda span: span.sort_key)
    ]
    now = [(node.unit_id, f"{INDENT * node.depth}{node.name} ({node.code})") for node in nodes]
    return [("Đang hoạt động", now), *([("Đã chấm dứt hoặc chưa hoạt động", rest)] if rest else [])]


def _until(day: date | None) -> str:
    return f"{day:%d/%m/%Y}" if day else "nay"


def one_unit(
    label: str, choices: Choices, *, required: bool = True, blank: str = "Chọn đơn vị", **more: Any
) -> forms.Field:
    """A choice of one unit, as its id (None when left blank)."""
    return forms.TypedChoiceField(
        label=label, choices=[("", blank), *choices], coerce=int, empty_value=None, required=required, **more
    )


def several_units(label: str, choices: Choices, **more: Any) -> forms.Field:
    """A choice of units, as their ids."""
    return forms.TypedMultipleChoiceField(
        label=label, choices=choices, coerce=int, widget=forms.SelectMultiple(attrs={"size": 10}), **more
    )


def several_parcels(unit_id: int | None, label: str) -> forms.Field | None:
    """A choice of what of a unit's open work goes to another, by the codes its areas gave; None when it has none."""
    offered = choices_of(unit_id) if unit_id is not None else []
    if not offered:
        return None
    return forms.MultipleChoiceField(
        label=label,
        choices=[(one.code, f"{one.words}: {one.count} hồ sơ") for one in offered],
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text="Nơi trả kết quả không đổi; hạn và người đang giữ bước vẫn như cũ.",
    )


def of_kind(initial: str = "") -> forms.Field:
    return forms.ChoiceField(label="Loại đơn vị", choices=list(UNIT_KINDS.items()), initial=initial)


def of_tier(*, required: bool = True, blank: str = "") -> forms.Field:
    choices = list(TIERS.items())
    return forms.ChoiceField(
        label="Cấp", choices=[("", blank), *choices] if blank else choices, required=required
    )


class EventForm(PlainForm):
    """What every event has: the day and the decision. `SHOWN` lists a kind's own fields, in order."""

    effective = DayField(label="Ngày hiệu lực")
    decision = TextField(label="Số, ký hiệu quyết định", max_length=100)
    signed_on = DayField(label="Ngày ký", required=False)
    decided_by = TextField(label="Cơ quan ban hành", max_length=200, required=False)
    note = TextField(
        label="Ghi chú", max_length=1000, required=False, widget=forms.Textarea(attrs={"rows": 2})
    )

    def __init__(
        self, data: Any, *, picture: Picture, today: date, initial: dict[str, Any] | None = None
    ) -> None:
        self.picture, self.units = picture, unit_choices(picture, today)
        self.data, self.initial = data or {}, initial or {}
        self.base_fields = {**self.base_fields, **self.own_fields()}  # type: ignore[misc]  # the form's own copy
        super().__init__(data, initial=initial)

    def own_fields(self) -> dict[str, forms.Field]:
        """The fields of the kind of event."""
        return {}

    @property
    def own(self) -> Iterable[Any]:
        """Bound fields of the kind, for the template."""
        common = set(EventForm.base_fields)
        return [self[name] for name in self.fields if name not in common]

    def common(self) -> dict[str, Any]:
        """The arguments every action takes, out of clean data."""
        data = self.cleaned_data
        return {
            "effective": data["effective"],
            "decision": Decision(data["decision"], data["signed_on"], data["decided_by"]),
        }

    def typed_day(self) -> date | None:
        """The effective day as typed, before validation; None when unreadable."""
        field: Any = EventForm.base_fields["effective"]
        try:
            found: date | None = field.to_python(self.data.get("effective", ""))
        except forms.ValidationError:
            return None
        return found

    def typed_unit(self, name: str) -> int | None:
        """A unit as typed, before validation."""
        text = str(self.data.get(name, self.initial.get(name, "")) or "")
        return int(text) if text.isdigit() and self.picture.of(int(text)) else None
