"""No page asks the database more than eight times: the whole site, walked by its own links in a demo province."""

import re
from typing import Any
from urllib.parse import urlsplit

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import Resolver404, resolve

from congvu.foundation.identity.models import Account

pytestmark = [pytest.mark.slow, pytest.mark.django_db]
MOST = 8
WALKERS = ("", "cong-dan", "mot-cua", "chuyen-vien", "lanh-dao", "to-chuc", "thanh-tra", "quan-tri")
EACH = 2  # addresses of one kind that each walker opens: the first of a list is not always the heaviest
LINK = re.compile(r'href="([^"#]+)"')
NOT_WALKED = ("sign-out",)


def test_no_page_asks_more_than_eight_times(frozen_clock: Any) -> None:
    from congvu.demo.build import ensure

    ensure("desk", at=frozen_clock.now)
    asked: dict[str, int] = {}
    for username in WALKERS:
        client = Client()
        if username:
            client.force_login(Account.objects.get(username=username))
        for kind, (path, count) in _walk(client).items():
            if count > MOST:
                asked[f"{kind} {path} as {username or 'stranger'}"] = count
    assert asked == {}


def _walk(client: Client) -> dict[str, tuple[str, int]]:
    """Kind of page -> the heaviest address of it that was opened, and its statements, once caches are warm."""
    waiting, opened, heaviest = ["/"], {"home": 1}, {"home": ("/", 0)}
    while waiting:
        path = waiting.pop(0)
        answer = client.get(path)
        assert answer.status_code < 400, f"{path}: {answer.status_code}"
        if not answer.headers.get("Content-Type", "").startswith("text/html") or answer.streaming:
            continue
        with CaptureQueriesContext(connection) as captured:
            client.get(path)
        kind = _kind(path)
        if len(captured) >= heaviest.get(kind, ("", 0))[1]:
            heaviest[kind] = (path, len(captured))
        for found in LINK.findall(answer.content.decode()):
            link = _absolute(found.replace("&amp;", "&"), path)
            kind = _kind(link)
            if kind and kind not in NOT_WALKED and opened.get(kind, 0) < EACH and link not in waiting:
                opened[kind] = opened.get(kind, 0) + 1
                waiting.append(link)
    return heaviest


def _absolute(link: str, here: str) -> str:
    return here.split("?")[0] + link if link.startswith("?") else link


def _kind(link: str) -> str:
    """The name of the page an address is; "" for one out of the site."""
    if not link.startswith("/"):
        return ""
    try:
        return resolve(urlsplit(link).path).url_name or ""
    except Resolver404:
        return ""
