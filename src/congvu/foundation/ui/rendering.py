"""Long lists of choices written at once: the framework renders a template for each option, hundreds on a page of units."""

from collections.abc import Mapping
from typing import Any

from django.forms.renderers import DjangoTemplates
from django.http import HttpRequest
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe

SELECT = "django/forms/widgets/select.html"
TICKS = ("django/forms/widgets/checkbox_option.html", "django/forms/widgets/radio_option.html")


class Renderer(DjangoTemplates):
    """The framework's own, but for lists and the ticks of a group whose label stands beside."""

    def render(
        self, template_name: str, context: Mapping[str, Any], request: HttpRequest | None = None
    ) -> str:
        widget = context.get("widget", {})
        if template_name == SELECT:
            return _select(widget)
        if template_name in TICKS and not widget.get("wrap_label"):
            return _tick(widget)
        return super().render(template_name, dict(context), request)


def _attributes(attrs: Mapping[str, Any]) -> SafeString:
    told = [(name, value) for name, value in attrs.items() if value is not False]
    return format_html_join(
        "",
        "{}",
        ((format_html(' {}="{}"', n, v) if v is not True else format_html(" {}", n),) for n, v in told),
    )


def _select(widget: Mapping[str, Any]) -> SafeString:
    groups = [
        format_html('<optgroup label="{}">{}</optgroup>', name, _options(options))
        if name
        else _options(options)
        for name, options, _ in widget["optgroups"]
    ]
    return format_html(
        '<select name="{}"{}>{}</select>',
        widget["name"], _attributes(widget["attrs"]), mark_safe("".join(groups)),  # noqa: S308 each was escaped above
    )  # fmt: skip


def _options(options: list[dict[str, Any]]) -> SafeString:
    return format_html_join(
        "",
        '<option value="{}"{}>{}</option>\n',
        ((str(one["value"]), _attributes(one["attrs"]), one["label"]) for one in options),
    )


def _tick(widget: Mapping[str, Any]) -> SafeString:
    return format_html(
        '<input type="{}" name="{}" value="{}"{}>',
        widget["type"], widget["name"], str(widget["value"]), _attributes(widget["attrs"]),
    )  # fmt: skip
