"""The icons we carry: symbols of `static/vendor/bootstrap-icons/icons.svg`. To add one, add its symbol there."""

import re
from functools import cache
from pathlib import Path

from django.templatetags.static import static
from django.utils.html import format_html
from django.utils.safestring import SafeString

SPRITE = "vendor/bootstrap-icons/icons.svg"


@cache
def names() -> frozenset[str]:
    """The names that exist."""
    text = (Path(__file__).parent / "static" / SPRITE).read_text(encoding="utf-8")
    return frozenset(re.findall(r'<symbol id="([^"]+)"', text))


@cache
def icon(name: str, extra: str = "") -> SafeString:
    """The `<svg>` of an icon, silent for readers (a word always stands beside it). KeyError for an unknown name."""
    if name not in names():
        raise KeyError(f"no icon {name!r} in {SPRITE}")
    classes = f"ic {extra}".strip()
    return format_html(
        '<svg class="{}" viewBox="0 0 16 16" aria-hidden="true" focusable="false"><use href="{}#{}"/></svg>',
        classes,
        static(SPRITE),
        name,
    )
