"""What changed between two versions, in the order a reader would ask."""

from dataclasses import dataclass

from congvu.procedures.rules.content import CaseContent, ChannelLine, Content, FeeLine, PaperLine
from congvu.procedures.rules.words import Channel, ServiceLevel, TermUnit, Tier

ADDED, REMOVED, CHANGED = "thêm", "bỏ", "đổi"


@dataclass(frozen=True, slots=True)
class Difference:
    """One change: which part, what kind (thêm, bỏ, đổi), the words before and after ("" when there were none)."""

    part: str
    kind: str
    before: str
    after: str


_PLAIN = (
    ("name", "Tên thủ tục"),
    ("authority_text", "Cơ quan có thẩm quyền"),
    ("handler_text", "Cơ quan thực hiện"),
    ("cooperating_text", "Cơ quan phối hợp"),
    ("place_text", "Nơi tiếp nhận"),
    ("sequence_text", "Trình tự thực hiện"),
    ("conditions_text", "Yêu cầu, điều kiện"),
    ("decision_text", "Quyết định công bố"),
)


def differences(before: Content, after: Content) -> tuple[Difference, ...]:
    """Every difference that a reader could see. Equal contents give none."""
    found = [_change(part, getattr(before, key), getattr(after, key)) for key, part in _PLAIN]
    found.append(_change("Cấp thực hiện", _tiers(before), _tiers(after)))
    levels = (ServiceLevel(before.level_of_service).label, ServiceLevel(after.level_of_service).label)
    found.append(_change("Mức độ dịch vụ công", *levels))
    found.append(_change("Đối tượng", "; ".join(before.subjects), "; ".join(after.subjects)))
    old_cases = {case.stable_key: case for case in before.cases}
    new_cases = {case.stable_key: case for case in after.cases}
    for key in dict.fromkeys((*old_cases, *new_cases)):
        found.extend(_case(old_cases.get(key), new_cases.get(key), several=len(new_cases) > 1))
    found.extend(
        _rows(
            "Kết quả",
            {one.stable_key or one.name: one.name for one in before.results},
            {one.stable_key or one.name: one.name for one in after.results},
        )
    )
    found.extend(_rows("Căn cứ pháp lý", _bases(before), _bases(after)))
    return tuple(one for one in found if one is not None)


def term_words(line: ChannelLine) -> str:
    """ "5 ngày làm việc"; "không nêu" without a term."""
    if line.term_n is None or line.term_unit is None:
        return "không nêu"
    return f"{line.term_n} {TermUnit(line.term_unit).label}"


def fee_words(fee: FeeLine) -> str:
    """ "Lệ phí 50.000 đồng / hồ sơ"; "miễn phí"; the text alone when there is no amount."""
    if fee.amount is None:
        return fee.text or "không nêu"
    said = "miễn phí" if fee.amount == 0 else f"{fee.amount:,} đồng".replace(",", ".")
    return f"{said} / {fee.per_text}" if fee.per_text and fee.amount else said


def paper_words(paper: PaperLine) -> str:
    counts = [f"{paper.originals} bản chính"] if paper.originals else []
    counts += [f"{paper.copies} bản sao"] if paper.copies else []
    return f"{paper.name} ({', '.join(counts)})" if counts else paper.name


def _case(old: CaseContent | None, new: CaseContent | None, *, several: bool) -> list[Difference | None]:
    if old is None or new is None:
        present = new or old
        assert present is not None
        kind = ADDED if old is None else REMOVED
        return [
            Difference(
                "Trường hợp", kind, "" if old is None else present.name, "" if new is None else present.name
            )
        ]
    where = f" – {new.name}" if several else ""
    found: list[Difference | None] = [_change("Tên trường hợp", old.name, new.name)]
    lines = {line.channel: line for line in old.channels}, {line.channel: line for line in new.channels}
    for channel in sorted({*lines[0], *lines[1]}):
        label = Channel(channel).label
        mine = lines[0].get(channel), lines[1].get(channel)
        found.append(_change(f"Thời hạn ({label}){where}", *(term_words(one) if one else "" for one in mine)))
        fees = ("; ".join(map(fee_words, one.fees)) if one else "" for one in mine)
        found.append(_change(f"Phí, lệ phí ({label}){where}", *fees))
        found.append(_change(f"Ghi chú ({label}){where}", *(one.note if one else "" for one in mine)))
    found.extend(_rows(f"Giấy tờ{where}", _papers(old), _papers(new)))
    return found


def _rows(part: str, old: dict[str, str], new: dict[str, str]) -> list[Difference | None]:
    return [_change(part, old.get(key, ""), new.get(key, "")) for key in dict.fromkeys((*old, *new))]


def _papers(case: CaseContent) -> dict[str, str]:
    return {paper.stable_key or paper.name: paper_words(paper) for paper in case.papers}


def _bases(content: Content) -> dict[str, str]:
    return {one.number or one.title: f"{one.title} {one.number}".strip() for one in content.bases}


def _tiers(content: Content) -> str:
    return ", ".join(Tier(one).label for one in content.tiers)


def _change(part: str, before: str, after: str) -> Difference | None:
    if before == after:
        return None
    kind = ADDED if not before else REMOVED if not after else CHANGED
    return Difference(part, kind, before, after)
