"""What a personal record and a post must look like before they are written. Pure: values in, cleaned values out."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date

from congvu.foundation.refusal import Refused
from congvu.foundation.text import composed, fold
from congvu.people.rules.codes import (
    DETAILS,
    ETHNICITIES,
    FULL,
    POLITICS,
    POOLS,
    POST_KINDS,
    QUALIFICATIONS,
    SEXES,
)

YOUNGEST, OLDEST = 15, 100
_CITIZEN = re.compile(r"\d{9}|\d{12}")
_ETHNIC = {fold(one): one for one in ETHNICITIES}


@dataclass(frozen=True, slots=True)
class Facts:
    """Who a person is, as form 2C-BNV/2008 asks, without its sensitive lines."""

    name: str
    birth: date
    sex: str
    ethnicity: str = "Kinh"
    citizen_number: str = ""
    hired_on: date | None = None
    qualification: str = ""
    politics: str = ""
    details: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Post:
    """A post to be held: where, as what, from when, until when (not included)."""

    unit_id: int
    kind: str
    pool: str
    position: str
    valid_from: date
    valid_to: date | None = None


def checked(facts: Facts, today: date) -> Facts:
    """The facts, composed and in our codes. Refuses what cannot be, naming the field."""
    name = composed(facts.name)
    if len(fold(name).split()) < 2 or len(name) > 120:
        raise Refused("Họ và tên phải có ít nhất hai chữ.", where="name", do="Ghi đủ họ, tên đệm và tên.")
    _refuse_birth(facts.birth, today)
    if facts.sex not in SEXES:
        raise Refused(f"Giới tính «{facts.sex}» không đọc được.", where="sex", do="Ghi Nam hoặc Nữ.")
    number = composed(facts.citizen_number).replace(" ", "")
    if number and not _CITIZEN.fullmatch(number):
        raise Refused(
            f"Số định danh «{number[:20]}» không đúng.", where="citizen_number", do="Ghi đủ 12 chữ số."
        )
    if facts.hired_on is not None and not facts.birth < facts.hired_on:
        raise Refused(
            f"Ngày tuyển dụng {facts.hired_on:%d/%m/%Y} trước ngày sinh.",
            where="hired_on",
            do="Kiểm tra lại.",
        )
    for name_of, value, known in (
        ("qualification", facts.qualification, QUALIFICATIONS),
        ("politics", facts.politics, POLITICS),
    ):
        if value not in known:
            raise Refused(f"Không có trình độ «{value}».", where=name_of, do="Chọn trong danh sách.")
    return Facts(
        name, facts.birth, facts.sex, ethnicity_of(facts.ethnicity), number, facts.hired_on, facts.qualification,
        facts.politics, {key: composed(text)[:500] for key, text in facts.details.items() if key in DETAILS and text},
    )  # fmt: skip


def _refuse_birth(birth: date, today: date) -> None:
    if birth > today:
        raise Refused(f"Ngày sinh {birth:%d/%m/%Y} ở tương lai.", where="birth", do="Kiểm tra lại năm sinh.")
    age = today.year - birth.year - ((today.month, today.day) < (birth.month, birth.day))
    if not YOUNGEST <= age <= OLDEST:
        raise Refused(
            f"Ngày sinh {birth:%d/%m/%Y} cho tuổi {age}.",
            where="birth",
            do=f"Người có hồ sơ phải từ {YOUNGEST} đến {OLDEST} tuổi; kiểm tra lại năm sinh.",
        )


def ethnicity_of(text: str) -> str:
    """The name in the state's list when it is there, else the word as written."""
    clean = composed(text)
    return _ETHNIC.get(fold(clean), clean[:40]) or "Kinh"


def sort_key(name: str) -> str:
    """Given name first, then the family and middle names, folded: the order of Vietnamese lists of people."""
    words = fold(name).split()
    return " ".join([words[-1], *words[:-1]]) if words else ""


def checked_post(post: Post) -> Post:
    """The post, cleaned. Refuses unknown codes, no title, a period that runs backwards."""
    position = composed(post.position)
    if not position or len(position) > 120:
        raise Refused("Chưa ghi chức vụ, chức danh.", where="position", do="Ví dụ: Chuyên viên.")
    if post.kind not in POST_KINDS:
        raise Refused(f"Không có loại bố trí «{post.kind}».", where="kind", do="Chọn trong danh sách.")
    if post.pool not in POOLS:
        raise Refused(f"Không có nhóm biên chế «{post.pool}».", where="pool", do="Chọn trong danh sách.")
    if post.valid_to is not None and post.valid_to <= post.valid_from:
        raise Refused("Ngày thôi giữ phải sau ngày bắt đầu.", where="valid_to", do="Sửa một trong hai ngày.")
    return Post(post.unit_id, post.kind, post.pool, position, post.valid_from, post.valid_to)


@dataclass(frozen=True, slots=True)
class Held:
    """A post already held, enough of it to see whether another fits beside it."""

    kind: str
    valid_from: date
    valid_to: date | None
    unit: str  # its name, for words


def refuse_second_full(who: str, post: Post, held: Iterable[Held]) -> None:
    """No person holds two full posts at once (one post, one quota): refused with the one already held."""
    if post.kind != FULL:
        return
    for one in held:
        if one.kind == FULL and overlaps(one.valid_from, one.valid_to, post.valid_from, post.valid_to):
            raise Refused(
                f"{who} đang giữ một vị trí chuyên trách tại {one.unit} từ {one.valid_from:%d/%m/%Y}"
                + (f" đến hết ngày trước {one.valid_to:%d/%m/%Y}." if one.valid_to else "."),
                where="valid_from",
                do="Ghi điều động (vị trí cũ thôi cùng ngày), hoặc chọn kiêm nhiệm, biệt phái.",
            )


def overlaps(a_from: date, a_to: date | None, b_from: date, b_to: date | None) -> bool:
    """Whether two spans of days, upper day not included, share a day."""
    return (b_to is None or a_from < b_to) and (a_to is None or b_from < a_to)
