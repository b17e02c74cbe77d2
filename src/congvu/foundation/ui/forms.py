"""The base of our forms: our words for errors, ties between a control and its help, refusals beside their field."""

from datetime import date, datetime
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.forms import BoundField
from django.http import HttpRequest

from congvu.foundation.refusal import Refused
from congvu.foundation.text import composed
from congvu.foundation.text.days import read_day as read_day

FORM_STATUS = 422  # a form shown again with errors


class PlainForm(forms.Form):
    """Errors in our words and never the browser's; keeps what was typed; takes a rule's refusal beside its field."""

    use_required_attribute = False  # the browser would speak its own language and show one error at a time
    is_filter = False  # filters are all optional and need not say so
    refusal: Refused | None = None

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("label_suffix", "")
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            if isinstance(field.widget, (forms.RadioSelect, forms.CheckboxSelectMultiple)):
                field.widget.attrs.setdefault("class", "form-check-input")

    def full_clean(self) -> None:
        """Fields that came after the form was made speak our words too."""
        for field in self.fields.values():
            _in_our_words(field)
        super().full_clean()

    def refuse(self, refusal: Refused) -> None:
        """Show a rule's refusal: under its field when `where` names one, in the box above in any case."""
        self.refusal = refusal
        if refusal.where in self.fields:
            self.add_error(refusal.where, refusal.told())
        else:
            self.add_error(None, refusal.what)


def _in_our_words(field: forms.Field) -> None:
    """What the framework says of a field in words translated one by one, or not at all, said plainly."""
    said = field.error_messages
    label = (str(field.label) if field.label else "mục này").lower()
    if said.get("required") == forms.Field.default_error_messages["required"]:
        verb = "Chưa chọn" if isinstance(field, (forms.ChoiceField, forms.FileField)) else "Chưa nhập"
        said["required"] = f"{verb} {label}."
    if said.get("invalid") == forms.IntegerField.default_error_messages["invalid"]:
        said["invalid"] = "Không đọc được số. Ghi một số nguyên."
    if isinstance(field, forms.SlugField):
        said.setdefault("invalid", "Chỉ ghi chữ không dấu, số và gạch nối.")
    said.setdefault("min_value", "Ghi số từ %(limit_value)s trở lên.")
    said.setdefault("max_value", "Ghi số không quá %(limit_value)s.")
    said.setdefault("max_length", "Dài quá: tối đa %(limit_value)d ký tự, đang có %(show_value)d.")


class TextField(forms.CharField):
    """Typed text in composed Unicode with single spaces."""

    def clean(self, value: Any) -> Any:
        return super().clean(composed(value) if isinstance(value, str) else value)


class DayField(forms.Field):
    """A day typed as dd/mm/yyyy (1/2/26 and 2026-02-01 are understood). The same on every browser and without JS."""

    widget = forms.TextInput

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.widget.attrs.setdefault("placeholder", "dd/mm/yyyy")
        self.widget.attrs.setdefault("inputmode", "numeric")
        self.widget.attrs.setdefault("autocomplete", "off")
        self.widget.attrs.setdefault("class", "num")

    def to_python(self, value: Any) -> date | None:
        if value in self.empty_values:
            return None
        if isinstance(value, datetime):
            return value.date()
        if isinstance(value, date):
            return value
        found = read_day(str(value))
        if found is None:
            raise ValidationError("Không đọc được ngày. Viết dạng 20/11/2026.")
        return found

    def prepare_value(self, value: Any) -> Any:
        return f"{value:%d/%m/%Y}" if isinstance(value, date) else value


def read_number(text: str) -> int:
    """The number of a row in what was typed or sent; 0, which no row has, when it is none or too long for one."""
    return int(text) if text.isascii() and text.isdigit() and len(text) < 18 else 0


def day_asked(request: HttpRequest, name: str) -> date | None:
    """The day the address names by `name`, None when it names none. Refuses what is no day."""
    text = request.GET.get(name, "").strip()
    if not text:
        return None
    day = read_day(text)
    if day is None:
        raise Refused(f"Không đọc được ngày «{text[:30]}».", where=name, do="Viết dạng 20/11/2026.")
    return day


def field_attributes(bound: BoundField) -> dict[str, Any]:
    """The classes and aria attributes of a control."""
    widget = bound.field.widget
    kind = getattr(widget, "input_type", "")
    base = {"checkbox": "form-check-input", "radio": "form-check-input", "select": "form-select"}.get(
        kind, "form-control"
    )
    own = str(widget.attrs.get("class", ""))
    classes = [base, *([own] if own else []), *(["is-invalid"] if bound.errors else [])]
    attributes: dict[str, Any] = {"class": " ".join(classes)}
    described = [f"{bound.id_for_label}-giup"] if bound.help_text else []
    if bound.errors:
        attributes["aria-invalid"] = "true"
        described.append(f"{bound.id_for_label}-loi")
    if described:
        attributes["aria-describedby"] = " ".join(described)
    if bound.field.required and kind not in ("checkbox", "radio", "hidden"):
        attributes["aria-required"] = "true"
    return attributes
