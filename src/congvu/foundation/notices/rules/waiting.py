"""When a message that was not taken is tried again. Pure."""

MOST_TRIES = 8
_FIRST, _LONGEST = 60, 6 * 3600


def seconds_until_next(tries: int) -> int | None:
    """Seconds to wait after `tries` attempts: 1, 4, 16, 64 minutes, then 6 hours; None when it is enough."""
    if tries >= MOST_TRIES:
        return None
    return int(min(_FIRST * 4 ** (tries - 1), _LONGEST))
