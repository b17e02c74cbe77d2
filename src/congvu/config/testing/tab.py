"""What tests do with a tab: come in as someone, check that everyone can read it, keep a picture."""

import os
from functools import cache
from pathlib import Path
from typing import Any

DESK, PHONE = (1366, 900), (390, 844)
THEMES = ("light", "dark")
_AXE = Path(__file__).resolve().parents[4] / "tests" / "browser" / "vendor" / "axe.min.js"
_RUN = """async () => {
  const found = await axe.run(document, {resultTypes: ["violations"], runOnly: {type: "tag", values:
    ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]}});
  return found.violations.map(v => v.id + " (" + v.impact + "): " + v.help + "\\n" +
    v.nodes.slice(0, 4).map(n => n.html.slice(0, 160) + "\\n      " + n.failureSummary).join("\\n"));
}"""


@cache
def _axe() -> str:
    return _AXE.read_text(encoding="utf-8")


def enter(tab: Any, who: Any) -> None:
    """Sign the tab in as `who` (a `Somebody` of the fixtures) without passing the door. A stranger stays one."""
    from django.conf import settings
    from django.test import Client

    tab.context.clear_cookies()
    if who.account is None:
        return
    client = Client()
    client.force_login(who.account, backend="congvu.foundation.identity.backend.AccountBackend")
    value = client.cookies[settings.SESSION_COOKIE_NAME].value
    url = _base(tab)
    tab.context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": value, "url": url}])


def _base(tab: Any) -> str:
    address = tab.evaluate("() => location.origin") if tab.url.startswith("http") else ""
    if not address:
        tab.goto("/dang-nhap/")  # any page of ours will do: the tab then stands on our origin
        address = tab.evaluate("() => location.origin")
    return str(address)


def assert_accessible(
    tab: Any, *, sizes: tuple[tuple[int, int], ...] = (DESK, PHONE), themes: tuple[str, ...] = THEMES
) -> None:
    """No failure of axe (WCAG 2.2 AA and its best practices) and nothing wider than the screen, in both themes."""
    wrong: list[str] = []
    before = tab.viewport_size
    if tab.locator("[data-theme-toggle]").count() == 0:
        themes = ("light",)  # a paper to be printed has no dark side
    for width, height in sizes:
        tab.set_viewport_size({"width": width, "height": height})
        for theme in themes:
            tab.evaluate("theme => { document.documentElement.dataset.bsTheme = theme }", theme)
            tab.evaluate(_axe())
            wrong += [f"{tab.url} at {width} px, {theme}: {text}" for text in tab.evaluate(_RUN)]
        if tab.evaluate("document.documentElement.scrollWidth > innerWidth"):
            wrong.append(f"{tab.url} at {width} px is wider than the screen")
    tab.set_viewport_size(before)
    tab.evaluate("theme => { document.documentElement.dataset.bsTheme = theme }", "light")
    assert not wrong, "\n".join(wrong)


def picture(tab: Any, name: str, folder: Path, *, whole: bool = True) -> Path:
    """A screenshot `<name>.png`, in CONGVU_SHOTS when it is set (to look at), else in `folder` (a test's own)."""
    target = Path(os.environ.get("CONGVU_SHOTS") or folder) / f"{name}.png"
    target.parent.mkdir(parents=True, exist_ok=True)
    tab.evaluate("document.fonts.ready")
    tab.screenshot(path=str(target), full_page=whole, animations="disabled")
    return target
