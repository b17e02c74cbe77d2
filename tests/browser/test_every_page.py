"""The whole site, walked by its own links in a living demo province: every kind of page, read as everyone reads."""

from typing import Any
from urllib.parse import urlsplit

import pytest
from django.urls import Resolver404, resolve

from congvu.config.testing.people import Somebody
from congvu.config.testing.tab import DESK, PHONE, assert_accessible, enter

pytestmark = [pytest.mark.browser, pytest.mark.slow]
WALKERS = ("", "cong-dan", "mot-cua", "chuyen-vien", "lanh-dao", "to-chuc", "thanh-tra", "quan-tri")
MOST = 120  # kinds of page one walker opens; there are fewer


@pytest.fixture
def province(live: Any, frozen_clock: Any) -> None:
    """The demo's desk, built through the actions."""
    from congvu.demo.build import ensure

    ensure("desk", at=frozen_clock.now)


def test_every_kind_of_page_can_be_read_by_everyone(page: Any, province: None) -> None:
    seen: set[str] = set()
    wrong: list[str] = []
    for username in WALKERS:
        enter(page, _walker(username))
        wrong += _walk(page, username, seen)
    assert wrong == [], "\n".join(wrong)
    assert len(seen) > 30, sorted(seen)


def _walker(username: str) -> Somebody:
    from congvu.foundation.identity.actor import STRANGER
    from congvu.foundation.identity.models import Account

    return Somebody(Account.objects.get(username=username) if username else None, STRANGER)


def _walk(page: Any, username: str, seen: set[str]) -> list[str]:
    """Open the first page, then one of every kind not seen yet that a link leads to."""
    waiting, wrong = ["/"], []
    kinds = {"home"}
    while waiting and len(kinds) <= MOST:
        path = waiting.pop(0)
        answer = page.goto(path)
        if answer.status != 200:
            wrong.append(f"{path} as {username or 'stranger'}: {answer.status}")
            continue
        wrong += _unreadable(page, username)
        for link in page.eval_on_selector_all("a[href]", "links => links.map(a => a.getAttribute('href'))"):
            kind = _kind(link, path)
            if kind and kind not in seen | kinds and _is_page(page, link, path):
                kinds.add(kind)
                waiting.append(_absolute(link, path))
    seen |= kinds - {"home"}
    return wrong


def _unreadable(page: Any, username: str) -> list[str]:
    try:
        assert_accessible(page, sizes=(DESK,), themes=("light",))
        assert_accessible(page, sizes=(PHONE,), themes=("dark",))
    except AssertionError as told:
        return [f"as {username or 'stranger'}: {told}"]
    return []


def _absolute(link: str, here: str) -> str:
    return here.split("?")[0] + link if link.startswith("?") else link


def _kind(link: str, here: str) -> str:
    """The name of the page a link leads to; "" for links within the page or out of the site."""
    if link.startswith("#") or not link.startswith(("/", "?")):
        return ""
    try:
        return resolve(urlsplit(_absolute(link, here)).path).url_name or ""
    except Resolver404:
        return ""


def _is_page(page: Any, link: str, here: str) -> bool:
    """Not a file to be saved: the browser would not open it."""
    answer = page.request.get(_absolute(link, here))
    return bool(answer.headers.get("content-type", "").startswith("text/html"))
