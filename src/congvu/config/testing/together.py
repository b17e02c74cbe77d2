"""Several hands at the same moment, each on a connection of its own: for tests of what two people do at once."""

import threading
from collections.abc import Callable, Sequence
from contextlib import suppress
from functools import partial
from typing import Any

from django.db import connections, transaction


def slowly(*acts: Callable[[], Any]) -> list[Any]:
    """What each act answered or raised: each in a transaction that stays open until all have acted, or cannot go on."""
    acted = threading.Barrier(len(acts))

    def open_until_all_acted(act: Callable[[], Any]) -> Any:
        with transaction.atomic():
            answer = act()
            with suppress(threading.BrokenBarrierError):  # another waits for this one's locks
                acted.wait(1)
        return answer

    return _threads([partial(open_until_all_acted, act) for act in acts])


def at_once(*acts: Callable[[], Any]) -> list[Any]:
    """What each act answered or raised, all let go at the same instant."""
    gate = threading.Barrier(len(acts))

    def let_go(act: Callable[[], Any]) -> Any:
        gate.wait()
        return act()

    return _threads([partial(let_go, act) for act in acts])


def _threads(acts: Sequence[Callable[[], Any]]) -> list[Any]:
    answers = list[Any]([None] * len(acts))

    def run(nth: int, act: Callable[[], Any]) -> None:
        try:
            answers[nth] = act()
        except Exception as told:
            answers[nth] = told
        finally:
            connections.close_all()

    threads = [threading.Thread(target=run, args=pair) for pair in enumerate(acts)]
    for one in threads:
        one.start()
    for one in threads:
        one.join(60)
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
