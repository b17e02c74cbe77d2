"""The changes decisions make, worked out on a draft. Each refuses what the tree or the trade does not allow.

Units are given by id; `day` is the day the decision takes effect (included).
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from congvu.foundation.refusal import Refused
from congvu.foundation.text import composed
from congvu.organisation.rules.codes import sort_key, unit_code
from congvu.organisation.rules.draft import Draft
from congvu.organisation.rules.kinds import TIERS, UNIT_KINDS
from congvu.organisation.rules.picture import Span
from congvu.organisation.rules.soundness import refuse_unsound

LONGEST_NAME, LONGEST_SHORT = 300, 60


@dataclass(frozen=True, slots=True)
class NewUnit:
    """A unit to be established: its code for ever, its first name and place."""

    code: str
    name: str
    kind: str
    tier: str
    parent_id: int | None
    short_name: str = ""


@dataclass(frozen=True, slots=True)
class Part:
    """A receiver of a split and what it gets of the source (None: the decision does not say)."""

    unit_id: int
    share: Fraction | None


def clean_name(name: str, where: str = "name", longest: int = LONGEST_NAME) -> str:
    """`name` composed and trimmed. Refuses an empty or over-long one."""
    clean = composed(name)
    if not clean or len(clean) > longest or "\x00" in clean:
        raise Refused(
            f"Tên đơn vị phải có từ 1 đến {longest} ký tự.", where=where, do="Ghi đúng tên trong quyết định."
        )
    return clean


def checked(new: NewUnit) -> NewUnit:
    """`new` with its code, names, kind and tier cleaned. Refuses unknown ones."""
    if new.kind not in UNIT_KINDS:
        raise Refused(f"Không có loại đơn vị «{new.kind}».", where="kind", do="Chọn trong danh sách.")
    if new.tier not in TIERS:
        raise Refused(f"Không có cấp «{new.tier}».", where="tier", do="Chọn trong danh sách.")
    short = composed(new.short_name)
    return NewUnit(
        code=unit_code(new.code),
        name=clean_name(new.name),
        kind=new.kind,
        tier=new.tier,
        parent_id=new.parent_id,
        short_name=clean_name(short, "short_name", LONGEST_SHORT) if short else "",
    )


def establish(draft: Draft, unit_id: int, new: NewUnit, day: date, *, last: bool = True) -> None:
    """A new unit from `day` on. Its code must never have been used. `last` as in `merge`."""
    if draft.has_code(new.code) or draft.of(unit_id):
        raise Refused(
            f"Mã {new.code} đã cấp cho một đơn vị; mã không dùng lại.",
            where="code",
            do="Cấp mã mới.",
            article="QĐ 20/2020/QĐ-TTg",
        )
    if new.parent_id is not None:
        draft.standing(new.parent_id, day, "parent")
    draft.add(
        Span(
            unit_id=unit_id,
            code=new.code,
            name=new.name,
            short_name=new.short_name,
            parent_id=new.parent_id,
            tier=new.tier,
            kind=new.kind,
            sort_key=sort_key(new.code),
            valid_from=day,
            opened_by=draft.event,
        )
    )
    if last:
        refuse_unsound(draft.picture(), day)


def rename(draft: Draft, unit_id: int, day: date, name: str, short_name: str | None = None) -> None:
    """Another name from `day` on. Refuses the name the unit already has."""
    span, clean = draft.standing(unit_id, day, "unit"), clean_name(name)
    short = span.short_name if short_name is None else composed(short_name)
    if (clean, short) == (span.name, span.short_name):
        raise Refused(f"Đơn vị đã có tên «{clean}».", where="name", do="Ghi tên mới, hoặc bỏ sự kiện này.")
    changes = {"name": clean, "short_name": short}
    draft.set_from(
        unit_id, day, {key: value for key, value in changes.items() if value != getattr(span, key)}
    )


def move(draft: Draft, unit_id: int, day: date, parent_id: int | None, tier: str | None = None) -> None:
    """Another superior from `day` on, and another tier when one is given. Refuses a place under itself."""
    span = draft.standing(unit_id, day, "unit")
    if parent_id is not None:
        draft.standing(parent_id, day, "parent")
    if tier is not None and tier not in TIERS:
        raise Refused(f"Không có cấp «{tier}».", where="tier", do="Chọn trong danh sách.")
    changes: dict[str, object] = {}
    if parent_id != span.parent_id:
        changes["parent_id"] = parent_id
    if tier is not None and tier != span.tier:
        changes["tier"] = tier
    if not changes:
        raise Refused(f"«{span.name}» đã ở vị trí đó.", where="parent", do="Chọn cấp trên khác.")
    draft.set_from(unit_id, day, changes)
    refuse_unsound(draft.picture(), day)


def merge(draft: Draft, sources: Iterable[int], target: int, day: date, *, last: bool = True) -> None:
    """The sources cease on `day` and go whole into the target; the units under them come under the target.

    Of many mergings on one draft only the `last` looks at the soundness of the whole, which costs the most.
    """
    ending = tuple(dict.fromkeys(sources))
    if not ending or target in ending:
        raise Refused(
            "Cần ít nhất một đơn vị nguồn khác đơn vị đích.", where="sources", do="Chọn lại các đơn vị."
        )
    into = draft.standing(target, day, "target")
    for unit_id in ending:
        span = draft.standing(unit_id, day, "sources")
        if draft.is_under(target, unit_id, day):
            raise Refused(
                f"«{into.name}» đang thuộc «{span.name}» nên không thể nhận sáp nhập.",
                where="target",
                do="Chuyển cấp trên của đơn vị đích trước.",
            )
    for unit_id in ending:
        _close(draft, unit_id, day, dict.fromkeys(draft.under(unit_id, day), target))
    if last:
        refuse_unsound(draft.picture(), day)


def split(
    draft: Draft, source: int, parts: Iterable[Part], day: date, *, ceases: bool, under: Mapping[int, int]
) -> None:
    """The source is divided among the parts on `day` and `ceases`, or goes on with the rest.

    `under` says where each unit below the source goes. Shares are conserved: of a source that ceases they make 1,
    of one that goes on less than 1. A share not known (None) is allowed and stays unknown.
    """
    receivers = tuple(parts)
    span = draft.standing(source, day, "source")
    if not receivers or len({part.unit_id for part in receivers}) != len(receivers):
        raise Refused(
            "Mỗi đơn vị nhận phải được chọn đúng một lần.", where="parts", do="Chọn lại các đơn vị nhận."
        )
    for part in receivers:
        if part.unit_id == source:
            raise Refused(
                "Đơn vị bị chia không thể là đơn vị nhận.", where="parts", do="Bỏ nó khỏi danh sách."
            )
        draft.standing(part.unit_id, day, "parts")
    _conserve([part.share for part in receivers], ceases=ceases, name=span.name)
    strays = set(under) - set(draft.under(source, day))
    if strays:
        raise Refused(
            f"«{draft.picture().name(min(strays), day)}» không thuộc «{span.name}».",
            where="under",
            do="Bỏ nó ra.",
        )
    if ceases:
        _close(draft, source, day, under)
    else:
        for child, place in under.items():
            if place != source:
                draft.set_from(child, day, {"parent_id": place})
    refuse_unsound(draft.picture(), day)


def dissolve(draft: Draft, unit_id: int, day: date, under: Mapping[int, int]) -> None:
    """The unit ceases on `day` with no successor. `under` says where each unit below it goes."""
    _close(draft, unit_id, day, under)
    refuse_unsound(draft.picture(), day)


def _conserve(shares: list[Fraction | None], *, ceases: bool, name: str) -> None:
    if any(share is not None and not 0 < share <= 1 for share in shares):
        raise Refused(
            "Mỗi phần phải lớn hơn 0 và không quá toàn bộ.", where="shares", do="Ghi dạng 1/3 hoặc 40%."
        )
    known = [share for share in shares if share is not None]
    total, whole = sum(known, Fraction(0)), len(known) == len(shares)
    if ceases and whole and total != 1:
        must = "phải bằng đúng toàn bộ (1)"
    elif not (ceases and whole) and total >= 1:
        must = "phải để lại một phần"
    else:
        return
    raise Refused(
        f"Các phần của «{name}» cộng lại bằng {total}, {must}.",
        where="shares",
        do="Sửa các phần theo quyết định; để trống phần chưa biết.",
    )


def _close(draft: Draft, unit_id: int, day: date, places: Mapping[int, int]) -> None:
    span = draft.standing(unit_id, day, "unit")
    homeless = [child for child in draft.under(unit_id, day) if child not in places]
    if homeless:
        child = draft.picture().nearest(homeless[0], day)
        named = f"«{child.name}» ({child.code})" if child else str(homeless[0])
        more = f" và {len(homeless) - 1} đơn vị khác" if len(homeless) > 1 else ""
        raise Refused(
            f"Chưa nói {named}{more} dưới «{span.name}» sẽ thuộc đơn vị nào.",
            where="under",
            do="Chọn đơn vị tiếp nhận cho từng đơn vị trực thuộc, hoặc giải thể chúng trước.",
        )
    draft.reparent(unit_id, day, lambda child: places[child.unit_id])
    draft.end(unit_id, day)
