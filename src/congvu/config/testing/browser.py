"""Fixtures: the application on a port, and a tab of a real browser on it.

Playwright's plain API keeps an event loop on the test's thread. Django then believes that every query is made from
a coroutine and refuses. None is: the loop only runs inside Playwright's own calls. So the check is switched off for
as long as a browser is open, and only then.
"""

import os
import shutil
import threading
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest

from congvu.config.testing import tab
from congvu.config.testing.people import StandingClock
from congvu.config.testing.tab import DESK, PHONE

UNSAFE = "DJANGO_ALLOW_ASYNC_UNSAFE"
CHROMIUM = "chromium"


class Live:
    """The application behind a real socket, every request under the test's clock."""

    def __init__(self, clock: StandingClock) -> None:
        from django.contrib.staticfiles.handlers import StaticFilesHandler
        from django.core.handlers.wsgi import WSGIHandler
        from django.core.servers.basehttp import ThreadedWSGIServer
        from django.test.testcases import QuietWSGIRequestHandler

        from congvu.foundation.clock import frozen

        application = StaticFilesHandler(WSGIHandler())

        def under_the_clock(environ: dict[str, Any], start: Any) -> Any:
            with frozen(clock.now):  # a thread does not inherit the test's own
                return application(environ, start)

        self._server = ThreadedWSGIServer(
            ("127.0.0.1", 0), QuietWSGIRequestHandler, allow_reuse_address=False
        )
        self._server.set_app(under_the_clock)
        self._thread = threading.Thread(target=self._server.serve_forever, daemon=True)
        self._thread.start()
        self.url = f"http://127.0.0.1:{self._server.server_port}"

    def stop(self) -> None:
        self._server.shutdown()
        self._server.server_close()
        self._thread.join()


@pytest.fixture
def live(transactional_db: None, frozen_clock: StandingClock) -> Iterator[Live]:
    """The application on http://127.0.0.1:PORT. Data made by the test is committed, so the server sees it."""
    server = Live(frozen_clock)
    yield server
    server.stop()


@pytest.fixture(scope="session")
def chromium() -> Iterator[Any]:
    """Debian's Chromium, started once. Its absence skips the test; under CI it fails it."""
    path = os.environ.get("CONGVU_CHROMIUM") or shutil.which(CHROMIUM)
    if path is None:
        reason = "no chromium on this machine (Debian: apt-get install chromium)"
        if os.environ.get("CI") == "true":
            pytest.fail(reason)
        pytest.skip(reason)
    from playwright.sync_api import sync_playwright

    before = os.environ.get(UNSAFE)
    with sync_playwright() as playwright:
        os.environ[UNSAFE] = "1"
        browser = playwright.chromium.launch(executable_path=path, args=["--no-sandbox", "--disable-gpu"])
        try:
            yield browser
        finally:
            browser.close()
            os.environ.pop(UNSAFE)
            if before is not None:
                os.environ[UNSAFE] = before


def _tab(chromium: Any, live: Live, size: tuple[int, int], **more: Any) -> Iterator[Any]:
    context = chromium.new_context(
        base_url=live.url,
        viewport={"width": size[0], "height": size[1]},
        locale="vi-VN",
        reduced_motion="reduce",
        **more,
    )
    context.set_default_timeout(15_000)
    page = context.new_page()
    complaints: list[str] = []
    page.on("pageerror", lambda error: complaints.append(f"{page.url}: {error}"))
    page.on("console", lambda message: complaints.append(message.text) if _is_ours(message) else None)
    yield page
    with suppress(Exception):  # a test may have closed it
        context.close()
    assert not complaints, complaints


def _is_ours(message: Any) -> bool:
    """Errors of our scripts and of the content security policy; not the browser's note of a 4xx answer, nor htmx's two of
    a request given up because the tab went to another page."""
    left_alone = ("Failed to load resource", "htmx:sendAbort", "htmx:afterRequest")
    return message.type == "error" and not message.text.startswith(left_alone)


@pytest.fixture
def page(chromium: Any, live: Live) -> Iterator[Any]:
    """A tab at 1366 pixels; a script error or anything the content security policy blocks fails the test."""
    yield from _tab(chromium, live, DESK)


@pytest.fixture
def phone(chromium: Any, live: Live) -> Iterator[Any]:
    """The same at 390 pixels, with a finger."""
    yield from _tab(chromium, live, PHONE, has_touch=True)


@pytest.fixture
def plain(chromium: Any, live: Live) -> Iterator[Any]:
    """A tab without JavaScript."""
    yield from _tab(chromium, live, DESK, java_script_enabled=False)


@pytest.fixture
def assert_accessible() -> Any:
    """`tab.assert_accessible`, for tests that lie in a room and so may not import from above."""
    return tab.assert_accessible


@pytest.fixture
def enter() -> Any:
    """`tab.enter`: enter(page, actors.clerk)."""
    return tab.enter


@pytest.fixture
def keep_picture(tmp_path: Path) -> Any:
    """`tab.picture` into the test's own folder (or CONGVU_SHOTS): keep_picture(page, "quay")."""
    return lambda page, name, **more: tab.picture(page, name, tmp_path, **more)
