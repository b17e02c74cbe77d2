"""What a questionnaire asks, as plain lines that a person can write, and what may be answered to it. Pure.

@ nguoi-dan | Người dân                        a group of respondents
# B3 Công chức giải quyết công việc            a factor
B3.1 [5] Thái độ lịch sự                       satisfaction on five levels
B3.2 [5 thái độ] Lắng nghe ý kiến              the same, and it speaks of the officers' attitude
M1 [một] Ông/bà biết đến … qua đâu? | Báo | Mạng      one of several
M2 [nhiều] Mong đợi gì? | Nhanh hơn | Rẻ hơn   any of several
Y1 [chữ] Ý kiến khác                           free text, read before it is shown
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from congvu.foundation.refusal import Refused
from congvu.foundation.text import composed

SCALE, ONE, MANY, TEXT = "scale", "one", "many", "text"
LEVELS = (
    (5, "Rất hài lòng"),
    (4, "Hài lòng"),
    (3, "Bình thường"),
    (2, "Không hài lòng"),
    (1, "Rất không hài lòng"),
)
MOST_QUESTIONS, MOST_OPTIONS, LONGEST_TEXT = 80, 20, 1000
_KINDS = {"5": SCALE, "5 thái độ": SCALE, "một": ONE, "nhiều": MANY, "chữ": TEXT}
_CODE = re.compile(r"[A-Za-z][A-Za-z0-9.]{0,11}")
_LINE = re.compile(r"(\S+)\s+\[([^\]]*)\]\s*(.*)")
_GROUP = re.compile(r"[a-z][a-z0-9-]{0,29}")


@dataclass(frozen=True, slots=True)
class Question:
    """`options` of a choice; `attitude`: it speaks of how officers behave."""

    code: str
    words: str
    kind: str
    factor: str
    options: tuple[str, ...] = ()
    attitude: bool = False


@dataclass(frozen=True, slots=True)
class Content:
    """Factors and groups are (code, words), in their order."""

    factors: tuple[tuple[str, str], ...]
    questions: tuple[Question, ...]
    groups: tuple[tuple[str, str], ...] = ()

    @property
    def scaled(self) -> tuple[Question, ...]:
        """The questions on five levels: an answer keeps their levels in this order."""
        return tuple(one for one in self.questions if one.kind == SCALE)

    def of_factor(self, code: str) -> tuple[Question, ...]:
        return tuple(one for one in self.questions if one.factor == code)


@dataclass(frozen=True, slots=True)
class Given:
    """What one respondent gave. `levels` in the order of `Content.scaled`, 0 for none; `texts` are kept apart from it."""

    levels: tuple[int, ...]
    group: str = ""
    choices: Mapping[str, tuple[int, ...]] = field(default_factory=dict)
    texts: Mapping[str, str] = field(default_factory=dict)


def parse(text: str) -> Content:
    """The content that lines of text say. Refuses the first line that says nothing, with its number."""
    factors: list[tuple[str, str]] = []
    groups: list[tuple[str, str]] = []
    questions: list[Question] = []
    for number, raw in enumerate(text.splitlines(), start=1):
        line = composed(raw)
        if not line:
            continue
        if line.startswith("@"):
            groups.append(_group(line[1:], number))
        elif line.startswith("#"):
            code, _, name = line[1:].strip().partition(" ")
            _refuse_code(code, [one for one, _ in factors], number)
            if not name:
                raise _bad(number, "Yếu tố chưa có tên.")
            factors.append((code, name))
        else:
            if not factors:
                raise _bad(number, "Câu hỏi đứng trước yếu tố đầu tiên.")
            questions.append(_question(line, factors[-1][0], [one.code for one in questions], number))
    if len(questions) > MOST_QUESTIONS:
        raise _bad(0, f"Phiếu có {len(questions)} câu, quá {MOST_QUESTIONS}.")
    if not any(one.kind == SCALE for one in questions):
        raise _bad(0, "Phiếu chưa có câu nào theo thang 5 mức.")
    if len({code for code, _ in groups}) != len(groups):
        raise _bad(0, "Hai nhóm người trả lời trùng mã.")
    return Content(tuple(factors), tuple(questions), tuple(groups))


def _group(line: str, number: int) -> tuple[str, str]:
    code, _, words = (part.strip() for part in line.partition("|"))
    if not _GROUP.fullmatch(code) or not words:
        raise _bad(number, "Nhóm người trả lời viết dạng «@ nguoi-dan | Người dân».")
    return code, words


def _question(line: str, factor: str, known: Sequence[str], number: int) -> Question:
    found = _LINE.fullmatch(line)
    if found is None or found[2].strip().lower() not in _KINDS:
        raise _bad(number, "Dòng không đọc được.")
    code, mark, rest = found[1], found[2].strip().lower(), found[3]
    _refuse_code(code, known, number)
    words, *options = (part.strip() for part in rest.split("|"))
    if not words:
        raise _bad(number, "Câu hỏi chưa có lời.")
    kind = _KINDS[mark]
    if kind in (ONE, MANY) and not 2 <= len(options) <= MOST_OPTIONS:
        raise _bad(number, f"Câu chọn cần từ 2 đến {MOST_OPTIONS} lựa chọn, cách nhau bằng dấu |.")
    if kind in (SCALE, TEXT) and options:
        raise _bad(number, "Câu này không có lựa chọn.")
    return Question(code, words[:500], kind, factor, tuple(options), mark.endswith("thái độ"))


def _refuse_code(code: str, known: Sequence[str], number: int) -> None:
    if not _CODE.fullmatch(code):
        raise _bad(number, f"Mã «{code[:20]}» không dùng được.")
    if code in known:
        raise _bad(number, f"Mã «{code}» đã dùng ở dòng trước.")


def _bad(line: int, what: str) -> Refused:
    return Refused(
        f"Dòng {line}: {what}" if line else what,
        where="text",
        do="Ví dụ: «# B1 Tiếp cận dịch vụ», rồi «B1.1 [5] Nơi ngồi chờ đủ chỗ».",
    )


def as_text(content: Content) -> str:
    """The lines that `parse` reads back to the same."""
    marks = {SCALE: "5", ONE: "một", MANY: "nhiều", TEXT: "chữ"}
    lines = [f"@ {code} | {words}" for code, words in content.groups]
    for code, name in content.factors:
        lines += ["", f"# {code} {name}"] if lines else [f"# {code} {name}"]
        for one in content.of_factor(code):
            mark = "5 thái độ" if one.attitude else marks[one.kind]
            lines.append(" | ".join([f"{one.code} [{mark}] {one.words}", *one.options]))
    return "\n".join(lines)


def stored(content: Content) -> dict[str, Any]:
    """The content as the table holds it."""
    return {
        "groups": [list(one) for one in content.groups],
        "factors": [list(one) for one in content.factors],
        "questions": [
            {
                "code": one.code, "words": one.words, "kind": one.kind, "factor": one.factor,
                "options": list(one.options), "attitude": one.attitude,
            }
            for one in content.questions
        ],
    }  # fmt: skip


def content_of(value: Mapping[str, Any]) -> Content:
    """The content out of the table."""
    return Content(
        tuple((code, words) for code, words in value["factors"]),
        tuple(
            Question(
                one["code"], one["words"], one["kind"], one["factor"], tuple(one["options"]), one["attitude"]
            )
            for one in value["questions"]
        ),
        tuple((code, words) for code, words in value["groups"]),
    )


def checked(given: Given, content: Content) -> Given:
    """What was given, if the questionnaire asks it. Refuses levels, groups and choices it has not, and an empty sheet."""
    if len(given.levels) != len(content.scaled) or any(level not in range(6) for level in given.levels):
        raise Refused("Mức trả lời không có trong phiếu.", do="Chọn một trong năm mức.")
    if not any(given.levels):
        raise Refused("Chưa trả lời câu nào theo thang hài lòng.", do="Chọn mức cho ít nhất một câu.")
    if given.group and given.group not in dict(content.groups):
        raise Refused("Nhóm người trả lời không có trong phiếu.", where="group", do="Chọn trong danh sách.")
    by_code = {one.code: one for one in content.questions}
    for code, places in given.choices.items():
        asked = by_code.get(code)
        if asked is None or asked.kind not in (ONE, MANY):
            raise Refused("Câu trả lời không có trong phiếu.", where=code)
        if any(place not in range(len(asked.options)) for place in places):
            raise Refused("Lựa chọn không có trong phiếu.", where=code, do="Chọn trong danh sách.")
        if asked.kind == ONE and len(places) > 1:
            raise Refused("Câu này chỉ chọn một.", where=code, do="Bỏ bớt lựa chọn.")
    for code, words in given.texts.items():
        if code not in by_code or by_code[code].kind != TEXT:
            raise Refused("Câu trả lời không có trong phiếu.", where=code)
        if len(words) > LONGEST_TEXT:
            raise Refused(f"Ý kiến dài quá {LONGEST_TEXT} chữ.", where=code, do="Viết gọn lại.")
    return given
