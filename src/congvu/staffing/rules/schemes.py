"""Job-position schemes (đề án vị trí việc làm): what a position must say, which state follows which. Pure.

A scheme goes draft, submitted, appraised, approved; sent back it is a draft again. An approved one never changes.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass

from congvu.foundation.refusal import Refused
from congvu.foundation.text import composed, fold
from congvu.staffing.rules.kinds import DRAFT, POOLS

SUBMITTED, APPRAISED, APPROVED = "SUBMITTED", "APPRAISED", "APPROVED"
SCHEME_STATES = {
    DRAFT: "Dự thảo",
    SUBMITTED: "Đã trình thẩm định",
    APPRAISED: "Đã thẩm định",
    APPROVED: "Đã phê duyệt",
}
FOLLOWS = {DRAFT: (SUBMITTED,), SUBMITTED: (APPRAISED, DRAFT), APPRAISED: (APPROVED, DRAFT), APPROVED: ()}
GROUPS = {
    "lanh_dao": "Lãnh đạo, quản lý",
    "chuyen_nganh": "Nghiệp vụ chuyên ngành",
    "dung_chung": "Nghiệp vụ chuyên môn dùng chung",
    "ho_tro": "Hỗ trợ, phục vụ",
}
LOWEST, HIGHEST = 1, 5  # levels of a competence
MOST_HOLDERS = 10_000


@dataclass(frozen=True, slots=True)
class Competence:
    """A line of the competence frame (khung năng lực)."""

    name: str
    level: int


@dataclass(frozen=True, slots=True)
class Job:
    """A position of a scheme as written. `grade` "" where none is laid down; `holders`: people who do this work."""

    code: str
    name: str
    group: str
    pool: str
    grade: str
    holders: int
    tasks: str = ""
    product: str = ""
    frame: tuple[Competence, ...] = ()


def checked_job(job: Job, grades: Collection[str], others: Iterable[str]) -> Job:
    """The position, cleaned. Refuses what is missing, unknown, or a code that one of `others` has."""
    code, name = composed(job.code).upper()[:30], composed(job.name)
    if not code:
        raise Refused("Thiếu mã vị trí.", where="code", do="Ghi mã, ví dụ LĐ-01.")
    if code in others:
        raise Refused(f"Đề án đã có vị trí mã {code}.", where="code", do="Ghi mã khác.")
    if not name or len(name) > 200:
        raise Refused(
            "Chưa ghi tên vị trí, hoặc tên quá dài.", where="name", do="Ví dụ: Chuyên viên về tổ chức bộ máy."
        )
    if job.group not in GROUPS:
        raise Refused("Không có nhóm vị trí này.", where="group", do="Chọn trong danh sách.")
    if job.pool not in POOLS:
        raise Refused("Không có nhóm biên chế này.", where="pool", do="Chọn trong danh sách.")
    if job.grade and job.grade not in grades:
        raise Refused(f"Không có ngạch mã «{job.grade}».", where="grade", do="Chọn trong danh mục ngạch.")
    if not 0 < job.holders <= MOST_HOLDERS:
        raise Refused("Số người phải từ 1.", where="holders", do="Vị trí không còn người thì bỏ khỏi đề án.")
    return Job(
        code, name, job.group, job.pool, job.grade, job.holders, job.tasks.strip(), job.product.strip(), job.frame
    )  # fmt: skip


def read_frame(text: str) -> tuple[Competence, ...]:
    """The competence frame as typed: a line each, name and level divided by |, ; or a tab. Refuses with the line."""
    found: list[Competence] = []
    for place, line in enumerate(text.splitlines(), 1):
        if not line.strip():
            continue
        for mark in ("\t", ";"):
            line = line.replace(mark, "|")
        name, _, level = line.rpartition("|")
        number = fold(level).removeprefix("muc").strip()
        if not composed(name) or not number.isdecimal() or not LOWEST <= int(number) <= HIGHEST:
            raise Refused(
                f"Khung năng lực, dòng {place}: không đọc được «{line.strip()[:60]}».",
                where="frame",
                do=f"Viết: tên năng lực | mức, mức từ {LOWEST} đến {HIGHEST}.",
            )
        found.append(Competence(composed(name)[:200], int(number)))
    return tuple(found)


def written_frame(frame: Iterable[Competence]) -> str:
    """The frame as it is typed."""
    return "\n".join(f"{one.name} | {one.level}" for one in frame)


def refuse_step(state: str, wanted: str) -> None:
    """Refuses a state that cannot follow."""
    if wanted not in FOLLOWS[state]:
        raise Refused(
            f"Đề án đang ở bước «{SCHEME_STATES[state]}», không chuyển sang «{SCHEME_STATES[wanted]}» được.",
            do="Tải lại trang để xem bước hiện nay.",
        )


@dataclass(frozen=True, slots=True)
class Beside:
    """People the scheme counts in a pool, beside the posts given (None: no decision ever gave any; then, and where the
    unit itself decides how many, nothing is exceeded)."""

    pool: str
    holders: int
    posts: int | None
    binding: bool

    @property
    def over(self) -> int:
        return max(0, self.holders - self.posts) if self.binding and self.posts is not None else 0

    @property
    def over_words(self) -> str:
        return f"Vượt {self.over}"


def beside_posts(
    holders: Iterable[tuple[str, int]], posts: Mapping[str, int], binding: Collection[str] = POOLS
) -> list[Beside]:
    """Holders summed by pool beside the posts of the ledger, in the order of the pools. `binding`: pools whose number
    is given from above."""
    sums: dict[str, int] = {}
    for pool, count in holders:
        sums[pool] = sums.get(pool, 0) + count
    return [
        Beside(pool, sums.get(pool, 0), posts.get(pool), pool in binding)
        for pool in POOLS
        if pool in sums or pool in posts
    ]


def by_group(jobs: Iterable[tuple[str, int]]) -> Sequence[tuple[str, int, int]]:
    """(group, positions, holders) of (group, holders), in the order of the groups."""
    counted: dict[str, tuple[int, int]] = {}
    for group, holders in jobs:
        positions, people = counted.get(group, (0, 0))
        counted[group] = positions + 1, people + holders
    return [(group, *counted[group]) for group in GROUPS if group in counted]
