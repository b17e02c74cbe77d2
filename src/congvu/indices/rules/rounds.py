"""The road of a sheet through a round: self-score, appraisal, explanation, second appraisal, council, published. Pure.

The steps in their order are the law's and practice's (QĐ of the Ministry of Home Affairs on the PAR index: tự chấm → thẩm
định → giải trình → thẩm định lần 2 → hội đồng → công bố).
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from congvu.foundation.refusal import Refused

SELF, APPRAISAL, EXPLAIN, SECOND, COUNCIL, PUBLISHED = (
    "self", "appraisal", "explain", "second", "council", "published",
)  # fmt: skip
STEPS = (SELF, APPRAISAL, EXPLAIN, SECOND, COUNCIL, PUBLISHED)
STEP_WORDS = {
    SELF: "Tự chấm", APPRAISAL: "Thẩm định", EXPLAIN: "Giải trình", SECOND: "Thẩm định lần 2", COUNCIL: "Hội đồng",
    PUBLISHED: "Đã công bố",
}  # fmt: skip
OF_UNIT = (SELF, EXPLAIN)  # the steps in which the unit itself writes


@dataclass(frozen=True, slots=True)
class Way:
    """A move of a sheet: from where, to where, what it is called."""

    verb: str
    start: str
    to: str
    words: str


WAYS = (
    Way("submit", SELF, APPRAISAL, "Nộp bản tự chấm"),
    Way("send_back", APPRAISAL, SELF, "Trả lại để chấm lại"),
    Way("tell", APPRAISAL, EXPLAIN, "Gửi kết quả thẩm định"),
    Way("explain", EXPLAIN, SECOND, "Gửi giải trình"),
    Way("to_council", SECOND, COUNCIL, "Trình hội đồng"),
    Way("reopen", COUNCIL, SECOND, "Hội đồng trả lại"),
)
BY_VERB = {one.verb: one for one in WAYS}


def ways_from(state: str) -> tuple[Way, ...]:
    return tuple(one for one in WAYS if one.start == state)


def moved(state: str, verb: str) -> str:
    """Where a sheet is after a move. Refuses a move it cannot make from here."""
    way = BY_VERB.get(verb)
    if way is None:
        raise Refused("Không có việc này.", do="Bấm một nút trên phiếu.")
    if way.start != state:
        raise Refused(
            f"Phiếu đang ở bước «{STEP_WORDS[state]}», không {way.words[:1].lower()}{way.words[1:]} được.",
            do="Tải lại phiếu để xem bước hiện tại.",
        )
    return way.to


def column_of(state: str) -> str:
    """The column that is written in a step: the step's own name; none once published."""
    return "" if state == PUBLISHED else state


def locked(deadlines: Mapping[str, date], state: str, today: date) -> str:
    """Why nothing can be written any more, "" when it can."""
    if state == PUBLISHED:
        return "Kỳ đã công bố, không sửa được nữa."
    due = deadlines.get(state)
    if due is not None and today > due:
        return f"Đã hết hạn bước «{STEP_WORDS[state]}» ngày {due:%d/%m/%Y}."
    return ""


def checked_deadlines(deadlines: Mapping[str, date]) -> dict[str, date]:
    """The deadlines in the order of the steps. Refuses one before that of an earlier step."""
    kept = {step: deadlines[step] for step in STEPS[:-1] if step in deadlines}
    before: tuple[str, date] | None = None
    for step, due in kept.items():
        if before is not None and due < before[1]:
            raise Refused(
                f"Hạn «{STEP_WORDS[step]}» {due:%d/%m/%Y} trước hạn «{STEP_WORDS[before[0]]}» {before[1]:%d/%m/%Y}.",
                where=step,
                do="Ghi hạn theo thứ tự các bước.",
            )
        before = (step, due)
    return kept
