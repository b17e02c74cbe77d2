"""Standards of titles (tiêu chuẩn chức danh): what a title asks for, and what a person's record answers, item by item.

A record that says nothing is unknown, never missing: whoever decides must look, nobody is judged by an empty field. Pure.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from congvu.foundation.text import fold
from congvu.foundation.workdays.days import add_months
from congvu.people.rules.codes import POLITICS, QUALIFICATIONS, RANKS, rank_of
from congvu.people.rules.standing import PLANNING, Standing

MET, MISSING, UNKNOWN = "met", "missing", "unknown"
STATES = {MET: "Đạt", MISSING: "Thiếu", UNKNOWN: "Hồ sơ chưa ghi"}
EDUCATION = ("TS", "THS", "DH", "CD", "TC", "SC")  # the highest first, as are the others
THEORY = ("CC", "TC", "SC")
ORDER = tuple(RANKS)
RANK_WORDS = {"cvcc": "chuyên viên cao cấp", "cvc": "chuyên viên chính", "cv": "chuyên viên", "cs": "cán sự"}
_THEORY_WORDS = (("cao cap", "CC"), ("cu nhan", "CC"), ("trung cap", "TC"), ("so cap", "SC"))


@dataclass(frozen=True, slots=True)
class Standard:
    """What a title asks for; "" or 0 where it asks for nothing. `titles`: what the position may be called; `kinds`: of
    units, none for every kind."""

    key: str
    name: str
    titles: tuple[str, ...]
    kinds: tuple[str, ...]
    qualification: str
    politics: str
    state_management: str
    rank: str
    years_in_rank: int
    planning: bool

    def names(self, position: str) -> bool:
        """Whether a position of that name is one of its titles."""
        return fold(position) in map(fold, self.titles)

    def fits(self, position: str, kind: str) -> bool:
        """Whether a position of that name in a unit of that kind is held to this standard."""
        return self.names(position) and (not self.kinds or kind in self.kinds)


@dataclass(frozen=True, slots=True)
class Answer:
    """One item: what is asked for, whether the record has it, and what the record says with its source."""

    item: str
    wanted: str
    state: str
    says: str


def standard_of(key: str, name: str, value: Mapping[str, Any]) -> Standard:
    """Out of the law table's row."""
    return Standard(
        key, name, tuple(value.get("titles", (name,))), tuple(value.get("kinds", ())), value.get("qualification", ""),
        value.get("politics", ""), value.get("state_management", ""), value.get("rank", ""),
        int(value.get("years_in_rank", 0)), bool(value.get("planning", False)),
    )  # fmt: skip


def wanted_of(standard: Standard) -> list[tuple[str, str]]:
    """(item, what is asked for) of a standard, in order."""
    found = []
    if standard.qualification:
        found.append(("Trình độ chuyên môn", f"{QUALIFICATIONS[standard.qualification]} trở lên"))
    if standard.politics:
        found.append(("Lý luận chính trị", f"{POLITICS[standard.politics]} trở lên"))
    if standard.state_management:
        found.append(("Quản lý nhà nước", f"chương trình {RANK_WORDS[standard.state_management]} trở lên"))
    if standard.rank:
        found.append(("Ngạch", f"{RANK_WORDS[standard.rank]} và tương đương trở lên"))
    if standard.rank and standard.years_in_rank:
        found.append(("Thời gian giữ ngạch", f"đủ {standard.years_in_rank} năm"))
    if standard.planning:
        found.append(("Quy hoạch", "được phê duyệt quy hoạch chức danh này"))
    return found


def check(standing: Standing, standard: Standard, on: date) -> list[Answer]:
    """Every item of the standard, answered from the record."""
    ask: dict[str, Callable[[], tuple[str, str]]] = {
        "Trình độ chuyên môn": lambda: _education(standing, standard),
        "Lý luận chính trị": lambda: _theory(standing, standard),
        "Quản lý nhà nước": lambda: _state_management(standing, standard),
        "Ngạch": lambda: _rank(standing, standard),
        "Thời gian giữ ngạch": lambda: _years(standing, standard, on),
        "Quy hoạch": lambda: _planning(standing, standard),
    }
    return [Answer(item, wanted, *ask[item]()) for item, wanted in wanted_of(standard)]


def gaps(answers: Iterable[Answer]) -> list[Answer]:
    """The items that are not met."""
    return [one for one in answers if one.state != MET]


def _at_least(has: str, wanted: str, order: Sequence[str]) -> str:
    return MET if has in order and order.index(has) <= order.index(wanted) else MISSING


def _source(standing: Standing) -> str:
    return f" (lý lịch, {standing.decision})" if standing.decision else " (lý lịch)"


def _education(standing: Standing, standard: Standard) -> tuple[str, str]:
    if not standing.qualification:
        return UNKNOWN, "Lý lịch chưa ghi trình độ chuyên môn."
    says = f"{QUALIFICATIONS[standing.qualification]}{_source(standing)}"
    return _at_least(standing.qualification, standard.qualification, EDUCATION), says


def _theory(standing: Standing, standard: Standard) -> tuple[str, str]:
    found = (
        [(standing.politics, f"{POLITICS[standing.politics]}{_source(standing)}")]
        if standing.politics
        else []
    )
    for line in standing.of("ly_luan"):
        level = next((code for words, code in _THEORY_WORDS if words in fold(line.title)), "")
        found.append((level, f"{line.title} (mục đào tạo)"))
    return _best(found, standard.politics, THEORY, "Hồ sơ chưa ghi lý luận chính trị.")


def _state_management(standing: Standing, standard: Standard) -> tuple[str, str]:
    texts = [(line.title, "mục đào tạo") for line in standing.of("qlnn")]
    if standing.state_management:
        texts.append((standing.state_management, "lý lịch"))
    found = [(_rank_named(text), f"{text} ({where})") for text, where in texts]
    return _best(found, standard.state_management, ORDER, "Hồ sơ chưa ghi bồi dưỡng quản lý nhà nước.")


def _best(
    found: Sequence[tuple[str, str]], wanted: str, order: Sequence[str], nothing: str
) -> tuple[str, str]:
    """By the highest level found. A text whose level cannot be read leaves the question open."""
    read = [one for one in found if one[0] in order]
    if read:
        level, says = min(read, key=lambda one: order.index(one[0]))
        state = _at_least(level, wanted, order)
        if state == MET or len(read) == len(found):
            return state, says
    if found:
        return UNKNOWN, "; ".join(says for level, says in found if level not in order) + ": không rõ mức."
    return UNKNOWN, nothing


def _rank_named(text: str) -> str:
    words = fold(text)
    return next((rank for rank in ORDER if fold(RANK_WORDS[rank]) in words), "")


def _rank(standing: Standing, standard: Standard) -> tuple[str, str]:
    if not standing.steps:
        return UNKNOWN, "Hồ sơ chưa ghi ngạch, bậc lương."
    last = standing.steps[-1]
    says = f"Ngạch {last.grade}, bậc {last.step} từ {last.since:%d/%m/%Y} (mục lương)"
    return _at_least(rank_of(last.grade), standard.rank, ORDER), says


def _years(standing: Standing, standard: Standard, on: date) -> tuple[str, str]:
    """Counted from the first recorded step of the rank. When the register begins in the middle of a grade, the day is
    only the latest possible one: enough is enough, too little is not known."""
    if not standing.steps:
        return UNKNOWN, "Hồ sơ chưa ghi ngạch, bậc lương."
    high = [_at_least(rank_of(one.grade), standard.rank, ORDER) == MET for one in standing.steps]
    if not high[-1]:
        return MISSING, "Chưa giữ ngạch này."
    place = max((nth for nth, is_high in enumerate(high) if not is_high), default=-1) + 1
    first = standing.steps[place]
    whole = place > 0 or first.step == 1
    if add_months(first.since, 12 * standard.years_in_rank) <= on:
        return MET, f"Giữ ngạch {first.grade} từ {first.since:%d/%m/%Y} (mục lương)"
    if whole:
        return MISSING, f"Mới giữ ngạch {first.grade} từ {first.since:%d/%m/%Y} (mục lương)"
    return (
        UNKNOWN,
        f"Mục lương chỉ ghi từ bậc {first.step}, {first.since:%d/%m/%Y}; chưa rõ giữ ngạch từ khi nào.",
    )


def _planning(standing: Standing, standard: Standard) -> tuple[str, str]:
    papers = standing.of(PLANNING)
    if not papers:
        return UNKNOWN, "Hồ sơ chưa có quyết định phê duyệt quy hoạch."
    for paper in papers:
        if any(fold(title) in fold(paper.title) for title in (standard.name, *standard.titles)):
            return MET, f"{paper.title} (tài liệu)"
    return MISSING, f"Quy hoạch chức danh khác: {papers[-1].title} (tài liệu)"
