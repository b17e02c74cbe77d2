"""Running the signature library's coroutines from ordinary code."""

import asyncio
from collections.abc import Coroutine
from concurrent.futures import ThreadPoolExecutor
from typing import Any, TypeVar

T = TypeVar("T")


def run(work: Coroutine[Any, Any, T]) -> T:
    """The result of `work`, done in a thread of its own: the caller's may already have a loop (an asynchronous server, a
    test with a browser), which `asyncio.run` refuses. What it raises is raised here. It must not ask the database."""
    with ThreadPoolExecutor(1, thread_name_prefix="signature") as hand:
        return hand.submit(asyncio.run, work).result()
