"""What the lines of one decision must satisfy among themselves, before any balance is asked."""

from collections.abc import Sequence
from dataclasses import dataclass

from congvu.foundation.refusal import Refused
from congvu.staffing.rules.kinds import CHUYEN_DEN, CHUYEN_DI, LINE_KINDS, POOLS, signed

MOST_POSTS = 10_000_000  # more than all public employees of the country: a slip of the hand


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a decision: so many posts of a pool, given to a unit or taken from it."""

    unit_id: int
    pool: str
    kind: str
    posts: int
    note: str = ""

    @property
    def delta(self) -> int:
        return signed(self.kind, self.posts)


def refuse_unsound(lines: Sequence[Line]) -> None:
    """Refuses unknown words, no or absurd numbers, the same line twice, and transfers whose two sides differ."""
    if not lines:
        raise Refused("Quyết định chưa có dòng nào.", where="lines", do="Nhập ít nhất một dòng.")
    seen: dict[tuple[int, str, str], int] = {}
    for place, line in enumerate(lines, 1):
        if line.kind not in LINE_KINDS or line.pool not in POOLS:
            raise Refused(
                f"Dòng {place}: loại dòng hoặc nhóm biên chế không có trong danh mục.", where="lines"
            )
        if not 0 < line.posts <= MOST_POSTS:
            raise Refused(
                f"Dòng {place}: số lượng phải là số nguyên lớn hơn 0.", where="lines", do="Sửa số lượng."
            )
        same = seen.setdefault((line.unit_id, line.pool, line.kind), place)
        if same != place:
            raise Refused(
                f"Dòng {place} trùng đơn vị, nhóm và loại với dòng {same}.", where="lines", do="Gộp hai dòng."
            )
    for pool in POOLS:
        out = sum(line.posts for line in lines if line.pool == pool and line.kind == CHUYEN_DI)
        into = sum(line.posts for line in lines if line.pool == pool and line.kind == CHUYEN_DEN)
        if out != into:
            raise Refused(
                f"Điều chuyển không khớp hai bên ({pool}): chuyển đi {out}, chuyển đến {into}.",
                where="lines",
                do="Trong một quyết định, mỗi nhóm phải có số chuyển đi bằng số chuyển đến.",
            )
