"""Rate limits in fixed windows, kept in the database so that every server process counts together.

Used by sign-in and by the public look-up. A key never holds a password or a looked-up code: long or personal
parts are hashed.
"""

import hashlib
from dataclasses import dataclass
from datetime import datetime

from congvu.foundation.clock import LEGAL_ZONE
from congvu.foundation.identity.models import SignInAttempt
from congvu.foundation.sql import statement

_ATTEMPT = "congvu.foundation.identity.bulk"


@dataclass(frozen=True, slots=True)
class Attempt:
    """What counting said: `allowed`, how many in this window, and when the next window begins."""

    allowed: bool
    count: int
    again_at: datetime


def attempt(key: str, *, limit: int, window: int, at: datetime) -> Attempt:
    """Count one attempt of `key` in its window of `window` seconds; the first `limit` are allowed. 1 statement."""
    begins, ends = _window(at, window)
    rows = statement(_ATTEMPT, "attempt").rows({"key": _short(key), "window": begins})
    count = int(rows[0][0])
    return Attempt(count <= limit, count, ends)


def allow(key: str, *, limit: int, window: int, at: datetime) -> bool:
    """Whether one more attempt of `key` is allowed in this window of `window` seconds. 1 statement."""
    return attempt(key, limit=limit, window=window, at=at).allowed


def forget(key: str) -> None:
    """Forget the attempts of a key, after it has succeeded. 1 statement."""
    SignInAttempt.objects.filter(key=_short(key)).delete()


def forget_before(moment: datetime) -> int:
    """Drop the windows that began before `moment`, for the nightly job. Returns how many. 1 statement."""
    return SignInAttempt.objects.filter(window__lt=moment).delete()[0]


def _window(at: datetime, window: int) -> tuple[datetime, datetime]:
    begins = int(at.timestamp()) // window * window
    return datetime.fromtimestamp(begins, LEGAL_ZONE), datetime.fromtimestamp(begins + window, LEGAL_ZONE)


def _short(key: str) -> str:
    """At most 80 characters: the readable kind ("sign-in:") stays, the rest is hashed when long."""
    if len(key) <= 80:
        return key
    kind = key.split(":", 1)[0][:15]
    return f"{kind}:{hashlib.sha256(key.encode()).hexdigest()}"
