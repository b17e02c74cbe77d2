"""A group of procedures as one value, and what makes it sound (TT 01/2018/TT-VPCP, Điều 4; NĐ 61/2018, Điều 19.6-19.7).

Members that wait for no other open at once (electronic interlinking, art. 19.7); the others open when those they wait
for ended with a result (art. 19.6).
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from congvu.foundation.refusal import Refused

ARTICLE = "TT 01/2018/TT-VPCP, Điều 4"
FEWEST = 2


@dataclass(frozen=True, slots=True)
class PaperUse:
    """How a member's paper is met: shared under one name, or by the result of the member at `result_of`."""

    paper_key: str
    share: str = ""
    result_of: int | None = None


@dataclass(frozen=True, slots=True)
class MemberLine:
    """A procedure of the group, by its code. `unit` is the code of the agency that always decides it, or ""."""

    procedure: str
    after: tuple[int, ...] = ()
    unit: str = ""
    papers: tuple[PaperUse, ...] = ()


@dataclass(frozen=True, slots=True)
class GroupContent:
    """What a group says. Positions count from 1 in the order of `members`."""

    code: str
    name: str
    members: tuple[MemberLine, ...]
    basis: str
    evidence: str
    decision_number: str
    decision_issuer: str
    decided_on: date
    note: str = ""


def refuse_unsound(content: GroupContent, papers_of: Mapping[str, Iterable[str]]) -> None:
    """Refuse a group nobody could hand in. `papers_of`: the stable keys of the papers of each published procedure."""
    members = content.members
    if not content.code.strip() or not content.name.strip():
        raise Refused("Nhóm chưa có mã hoặc tên.", where="Nhóm", do="Ghi mã và tên nhóm.", article=ARTICLE)
    if not content.basis.strip() or not content.decision_number.strip():
        raise Refused(
            "Chưa ghi căn cứ hoặc quyết định công bố nhóm.", where="Nhóm", do="Ghi số quyết định và căn cứ.",
            article=ARTICLE,
        )  # fmt: skip
    if len(members) < FEWEST:
        raise Refused("Nhóm liên thông có ít nhất hai thủ tục.", where="Nhóm", do="Thêm thủ tục thành viên.")
    if len({one.procedure for one in members}) < len(members):
        raise Refused("Một thủ tục đứng hai lần trong nhóm.", where="Nhóm", do="Bỏ một dòng.")
    _order_of(members)
    for position, member in enumerate(members, 1):
        _refuse_papers(position, member, members, set(papers_of.get(member.procedure, ())))


def before(members: Sequence[MemberLine], position: int) -> frozenset[int]:
    """Every position that must end before the one at `position` opens."""
    found: set[int] = set()
    todo = list(members[position - 1].after)
    while todo:
        at = todo.pop()
        if at not in found:
            found.add(at)
            todo.extend(members[at - 1].after)
    return frozenset(found)


def _order_of(members: Sequence[MemberLine]) -> None:
    """Refuse members that wait for one another, or for one that is not there."""
    done: set[int] = set()
    left = set(range(1, len(members) + 1))
    for position in left:
        for other in members[position - 1].after:
            if other not in left or other == position:
                raise Refused(
                    f"Thủ tục thứ {position} chờ thủ tục thứ {other}, không có trong nhóm.",
                    where=f"Dòng {position}", do="Sửa cột «chờ».",
                )  # fmt: skip
    while left:
        ready = {one for one in left if set(members[one - 1].after) <= done}
        if not ready:
            raise Refused(
                "Các thủ tục chờ lẫn nhau, không thủ tục nào bắt đầu được.", where="Nhóm",
                do="Bỏ bớt một chỗ chờ.",
            )  # fmt: skip
        done |= ready
        left -= ready


def _refuse_papers(position: int, member: MemberLine, members: Sequence[MemberLine], known: set[str]) -> None:
    waited = before(members, position)
    for use in member.papers:
        where = f"Dòng {position}, giấy tờ «{use.paper_key}»"
        if use.paper_key not in known:
            raise Refused(
                "Thủ tục không có giấy tờ này.", where=where, do="Lấy mã giấy tờ trong bản đang công bố."
            )
        if bool(use.share) == (use.result_of is not None):
            raise Refused(
                "Giấy tờ hoặc dùng chung, hoặc là kết quả của thủ tục khác.",
                where=where,
                do="Ghi một trong hai.",
            )
        if use.result_of is not None and use.result_of not in waited:
            raise Refused(
                f"Giấy tờ là kết quả của thủ tục thứ {use.result_of}, nhưng thủ tục này không chờ nó.",
                where=where, do=f"Thêm {use.result_of} vào cột «chờ».",
            )  # fmt: skip
