"""Several hands at the same moment, each on a connection of its own: for tests of what two people do at once."""

import threading
from collections.abc import Callable
from contextlib import suppress
from typing import Any

from django.db import connection, transaction


def slowly(*acts: Callable[[], Any]) -> list[Any]:
    """What each act answered or raised: each in a transaction that stays open until all have acted, or cannot go on."""
    acted, answers = threading.Barrier(len(acts)), list[Any]([None] * len(acts))

    def run(nth: int, act: Callable[[], Any]) -> None:
        try:
            with transaction.atomic():
                answers[nth] = act()
                with suppress(threading.BrokenBarrierError):  # another waits for this one's locks
                    acted.wait(1)
        except Exception as told:
            answers[nth] = told
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=pair) for pair in enumerate(acts)]
    for one in threads:
        one.start()
    for one in threads:
        one.join(20)
    return answers


def one_then(first: Callable[[], Any], second: Callable[[], Any]) -> list[Any]:
    """As `slowly`, but the second begins when the first has acted and not yet ended its transaction."""
    written = threading.Event()

    def leading() -> Any:
        try:
            return first()
        finally:
            written.set()

    def following() -> Any:
        written.wait(10)
        return second()

    return slowly(leading, following)
