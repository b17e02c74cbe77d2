"""Tags and filters of every template (a builtin library: no `{% load %}`). `docs/how-to/add-a-screen.md` lists them."""

from collections.abc import Iterable
from fractions import Fraction
from typing import Any

from django import template
from django.forms import BaseForm, BoundField, CheckboxSelectMultiple
from django.templatetags.static import do_static
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from congvu.foundation.ui import formats
from congvu.foundation.ui.forms import field_attributes
from congvu.foundation.ui.icons import icon as icon_svg
from congvu.foundation.ui.pager import Page
from congvu.foundation.ui.templatetags import pictures

LONG = 12  # choices that fit a form as they are; more scroll in a box of their own

register = template.Library()
register.tag("static", do_static)
register.tags.update(pictures.register.tags)

STATE_ICONS = {
    "late": "exclamation-triangle-fill",
    "soon": "hourglass-split",
    "ok": "check-circle-fill",
    "pause": "pause-circle-fill",
    "now": "play-circle-fill",
    "idle": "circle",
}
EVIDENCE = {  # the tags of foundation.lawtable -> (state, icon, words)
    "MEM": ("soon", "exclamation-triangle-fill", "chưa đối chiếu"),
    "SEC": ("idle", "info-circle", "theo trích dẫn"),
    "IMPL": ("idle", "info-circle", "theo thực tế triển khai"),
}

register.filter("vnnum", formats.number)
register.filter("vndate", formats.day)
register.filter("vnday", formats.day_month)
register.filter("vndatetime", formats.moment)
register.filter("vnhour", formats.hour)
register.filter("weekday", formats.weekday)
register.filter("weekday_short", formats.weekday_short)
register.filter("listing", formats.listing)


@register.simple_tag
def percent(part: int | Fraction | None, whole: int | Fraction | None, places: int = 1) -> str:
    """{% percent 394667 398214 %} -> 99,1%"""
    return formats.percent(part, whole, places)


@register.simple_tag
def icon(name: str, extra: str = "") -> SafeString:
    """{% icon "printer" %}"""
    return icon_svg(name, extra)


@register.simple_tag
def chip(state: str, words: Any, icon: str = "") -> SafeString:
    """{% chip "late" "Quá 3 ngày" %}: icon and word, always both. States: late soon ok pause now idle."""
    return format_html(
        '<span class="chip {}">{}{}</span>', state, icon_svg(icon or STATE_ICONS[state]), str(words)
    )


@register.simple_tag
def evidence(tag: str) -> SafeString:
    """{% evidence row.evidence %}: how sure we are of a rule. MEM: amber "chưa đối chiếu"; a text read: nothing."""
    if tag not in EVIDENCE:
        return SafeString("")
    state, name, words = EVIDENCE[tag]
    return chip(state, words, name)


@register.simple_tag
def number(value: int | Fraction | None, url: str = "", current: bool = False) -> SafeString:
    """{% number 1906 url %}: a counted number that opens its records. Zero and nothing are plain text."""
    text = formats.number(value)
    if not url or not value:
        return format_html('<span class="num">{}</span>', text)
    mark = SafeString(' aria-current="true"') if current else ""
    return format_html('<a class="q" href="{}"{}>{}</a>', url, mark, text)


@register.simple_tag
def key(*names: str) -> SafeString:
    """{% key "Alt" "1" %}: the shortcut shown on the control it presses (hidden on phones and from screen readers)."""
    return format_html_join(
        " ", '<kbd class="hide-s" aria-hidden="true">{}</kbd>', ((name,) for name in names)
    )


@register.simple_tag
def due_word(working_days_left: int | None) -> SafeString:
    """The due chip: {% due_word 2 %} -> ok "Còn 2 ngày"; 0 -> soon "Hôm nay"; -3 -> late "Quá 3 ngày"; None -> "–"."""
    if working_days_left is None:
        return format_html("{}", formats.NOTHING)
    if working_days_left < 0:
        return chip("late", f"Quá {formats.number(-working_days_left)} ngày")
    if working_days_left == 0:
        return chip("soon", "Hôm nay")
    return chip("ok", f"Còn {formats.number(working_days_left)} ngày")


@register.inclusion_tag("foundation/ui/_field.html")
def field(bound: BoundField, width: str = "", autofocus: bool = False) -> dict[str, Any]:
    """{% field form.name "col-md-6" %}: label, control, help and errors, tied together for screen readers."""
    attributes = field_attributes(bound)
    if autofocus:
        attributes["autofocus"] = True
    kind = _kind(bound)
    if kind == "radio":  # also those of fields that came after the form was made
        bound.field.widget.attrs.setdefault("class", "form-check-input")
    return {
        "field": bound,
        "control": ""
        if kind == "radio"
        else bound.as_widget(attrs=attributes),  # buttons are written one by one
        "width": width,
        "kind": kind,
        "long": kind == "radio" and len(list(getattr(bound.field, "choices", ()))) > LONG,
    }


def _kind(bound: BoundField) -> str:
    kind = getattr(bound.field.widget, "input_type", "")
    if kind == "checkbox" and isinstance(bound.field.widget, CheckboxSelectMultiple):
        return "radio"  # a group of boxes is laid out as a group of buttons is
    return kind if kind in ("checkbox", "radio", "hidden") else "control"


@register.inclusion_tag("foundation/ui/_errors.html")
def errors(form: BaseForm) -> dict[str, Any]:
    """{% errors form %}: the box above a form that lists what is wrong, each line a link to its field."""
    refusal = getattr(form, "refusal", None)
    said = (
        {refusal.what, f"{refusal.what} {refusal.do}"} if refusal is not None else set()
    )  # the box says it above
    wrong: list[tuple[BoundField, list[str]]] = []
    general: list[str] = []
    if form.is_bound:
        wrong = [(bound, [str(e) for e in bound.errors if e not in said]) for bound in form if bound.errors]
        general = [str(e) for e in form.non_field_errors() if e not in said]
    return {"wrong": wrong, "general": general, "refusal": refusal}


@register.inclusion_tag("foundation/ui/_facts.html")
def facts(pairs: Iterable[tuple[str, Any]], extra: str = "") -> dict[str, Any]:
    """{% facts pairs "four" %}: a definition list of (label, value); an empty value shows –."""
    return {"pairs": list(pairs), "extra": extra}


@register.inclusion_tag("foundation/ui/_pager.html", takes_context=True)
def pager(context: dict[str, Any], page: Page[Any]) -> dict[str, Any]:
    """{% pager page %}: previous and next of a keyset page, keeping the filters of the address."""
    return {"page": page, "request": context["request"]}
