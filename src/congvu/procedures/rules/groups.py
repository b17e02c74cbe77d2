"""A group of procedures as one value, and what makes it sound (TT 01/2018/TT-VPCP, Điều 4; NĐ 61/2018, Điều 19.6-19.7).

Members that wait for no other open at once (electronic interlinking, art. 19.7); the others open when those they wait
for ended with a result (art. 19.6).
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from congvu.foundation.refusal import Refused
from congvu.foundation.text import fold

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


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong with a group, where, and what to do. `blocks` False: worth a look, no reason not to publish."""

    what: str
    where: str
    do: str
    blocks: bool = True


Papers = Mapping[
    str, Mapping[str, str]
]  # of each procedure in force: the names of its papers by their stable keys


def refuse_unsound(content: GroupContent, papers: Papers, units: Collection[str] | None = None) -> None:
    """Refuse a group nobody could hand in, with the first thing that is wrong."""
    for fault in (*_unnamed(content), *faults(content.members, papers, units)):
        if fault.blocks:
            raise Refused(fault.what, where=fault.where, do=fault.do, article=ARTICLE)


def faults(
    members: Sequence[MemberLine], papers: Papers, units: Collection[str] | None = None
) -> list[Fault]:
    """Everything wrong with the members of a group, in their order, then what is worth a look. `units`: the codes of the
    agencies of the day (None: not asked)."""
    found: list[Fault] = []
    if len(members) < FEWEST:
        found.append(Fault("Nhóm liên thông có ít nhất hai thủ tục.", "Nhóm", "Thêm thủ tục thành viên."))
    for position, one in enumerate(members, 1):
        where = f"Dòng {position}"
        if one.procedure not in papers:
            what = f"Thủ tục «{one.procedure}» không có, hoặc chưa được công bố vào ngày ấy."
            found.append(Fault(what, where, "Kiểm tra mã, hoặc công bố thủ tục trước."))
        if any(other.procedure == one.procedure for other in members[: position - 1]):
            found.append(Fault("Một thủ tục đứng hai lần trong nhóm.", where, "Bỏ một dòng."))
        if one.unit and units is not None and one.unit not in units:
            what = f"Không có đơn vị mã «{one.unit}» đang hoạt động vào ngày ấy."
            found.append(
                Fault(what, where, "Chọn cơ quan đã nhận phần việc này, hoặc để chọn tại nơi tiếp nhận.")
            )
    order = _order(members)
    found += order
    if not order:
        for position, one in enumerate(members, 1):
            found += _papers(position, one, members, papers.get(one.procedure, {}))
    return found + _worth_a_look(members, papers)


def _unnamed(content: GroupContent) -> Iterable[Fault]:
    if not content.code.strip() or not content.name.strip():
        yield Fault("Nhóm chưa có mã hoặc tên.", "Nhóm", "Ghi mã và tên nhóm.")
    if not content.basis.strip() or not content.decision_number.strip():
        what = "Chưa ghi căn cứ hoặc quyết định công bố nhóm."
        yield Fault(what, "Nhóm", "Ghi số quyết định và căn cứ.")


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


def _order(members: Sequence[MemberLine]) -> list[Fault]:
    """Members that wait for one another, or for one that is not there."""
    every = set(range(1, len(members) + 1))
    found = [
        Fault(
            f"Thủ tục thứ {position} chờ thủ tục thứ {other}, không có trong nhóm.", f"Dòng {position}",
            "Sửa cột «chờ».",
        )
        for position in sorted(every)
        for other in members[position - 1].after
        if other not in every or other == position
    ]  # fmt: skip
    if found:
        return found
    done, left = set[int](), set(every)
    while left:
        ready = {one for one in left if set(members[one - 1].after) <= done}
        if not ready:
            numbers = ", ".join(map(str, sorted(left)))
            what = f"Các thủ tục {numbers} chờ lẫn nhau, không thủ tục nào bắt đầu được."
            return [Fault(what, "Nhóm", "Bỏ bớt một chỗ chờ.")]
        done |= ready
        left -= ready
    return []


def _papers(
    position: int, member: MemberLine, members: Sequence[MemberLine], known: Mapping[str, str]
) -> Iterable[Fault]:
    waited = before(members, position)
    for use in member.papers:
        where = f"Dòng {position}, giấy tờ «{known.get(use.paper_key, use.paper_key)}»"
        if use.paper_key not in known:
            yield Fault("Thủ tục không có giấy tờ này.", where, "Lấy mã giấy tờ trong bản đang công bố.")
        if bool(use.share) == (use.result_of is not None):
            what = "Giấy tờ hoặc dùng chung, hoặc là kết quả của thủ tục khác."
            yield Fault(what, where, "Ghi một trong hai.")
        if use.result_of is not None and use.result_of not in waited:
            what = f"Giấy tờ là kết quả của thủ tục thứ {use.result_of}, nhưng thủ tục này không chờ nó."
            yield Fault(what, where, f"Thêm {use.result_of} vào cột «chờ».")


def _worth_a_look(members: Sequence[MemberLine], papers: Papers) -> list[Fault]:
    """A share with one paper, a paper of the same name in two procedures that is asked for twice, a wait for nothing."""
    found = []
    shares: dict[str, list[int]] = {}
    alike: dict[str, list[tuple[int, str]]] = {}
    for position, one in enumerate(members, 1):
        used = {use.paper_key: use for use in one.papers}
        for use in one.papers:
            if use.share:
                shares.setdefault(use.share, []).append(position)
        for key, name in papers.get(one.procedure, {}).items():
            if key not in used:
                alike.setdefault(fold(name), []).append((position, name))
        if one.after and not any(use.result_of is not None for use in one.papers):
            what = "Thủ tục chờ thủ tục khác nhưng không dùng kết quả nào của thủ tục ấy."
            do = "Kiểm tra: không cần chờ thì để trống cột «chờ», nhóm xong sớm hơn."
            found.append(Fault(what, f"Dòng {position}", do, blocks=False))
    for share, positions in shares.items():
        if len(positions) == 1:
            what = f"Giấy dùng chung «{share}» chỉ có ở một thủ tục."
            do = "Chọn cùng tên giấy chung ở thủ tục khác, hoặc để «nộp riêng»."
            found.append(Fault(what, f"Dòng {positions[0]}", do, blocks=False))
    for places in alike.values():
        if len(places) > 1:
            numbers = ", ".join(str(position) for position, _ in places)
            what = f"Giấy «{places[0][1]}» phải nộp riêng ở các thủ tục {numbers}."
            found.append(
                Fault(what, f"Dòng {numbers}", "Nếu là một giấy thì chọn «dùng chung».", blocks=False)
            )
    return found


def members_of(said: Iterable[Mapping[str, Any]]) -> tuple[MemberLine, ...]:
    """Members from their JSON form."""
    return tuple(
        MemberLine(
            one["procedure"],
            tuple(one["after"]),
            one["unit"],
            tuple(PaperUse(**use) for use in one["papers"]),
        )
        for one in said
    )
