"""Sessions as people write them: "07:00-11:30, 13:30-17:00"; pure."""

import re

from congvu.foundation.refusal import Refused
from congvu.foundation.workdays.rules.hours import Sessions, check_sessions
from congvu.foundation.workdays.rules.kinds import vn_time

_TIME = r"(\d{1,2})\s*(?:[:h]|giờ)\s*(\d{2})?"
_SESSION = re.compile(rf"\s*{_TIME}\s*(?:-|–|đến)\s*{_TIME}\s*", re.I)


def parse_sessions(text: str, *, where: str) -> Sessions:
    """The sessions in `text`, in minutes from midnight; () when it is blank.

    "7h-11h30; 13:30 - 17:00" is understood. Refuses, in words, what is no time, and sessions that overlap.
    """
    if not text.strip():
        return ()
    sessions = []
    for part in re.split(r"[,;]", text):
        found = _SESSION.fullmatch(part)
        if found is None:
            raise Refused(
                f"Không đọc được giờ «{part.strip()}».", where=where, do="Viết dạng 07:00-11:30, 13:30-17:00."
            )
        start, end = (int(h) * 60 + int(m or 0) for h, m in (found.group(1, 2), found.group(3, 4)))
        if int(found[2] or 0) > 59 or int(found[4] or 0) > 59:
            raise Refused(f"Phút trong «{part.strip()}» quá 59.", where=where, do="Sửa lại giờ.")
        sessions.append((start, end))
    check_sessions(tuple(sessions), where=where)
    return tuple(sessions)


def sessions_words(sessions: Sessions) -> str:
    """ "07:00-11:30, 13:30-17:00"; "" for none."""
    return ", ".join(f"{vn_time(start)}-{vn_time(end)}" for start, end in sessions)
