"""The draft as a form without scripts: plain boxes, one paper, result or legal basis a line.

A line's parts are parted by "|". A paper or result keeps its stable key as long as its name does, so that a running
dossier can be compared with the new version.
"""

from dataclasses import dataclass, field, replace
from typing import Any

from django.http import QueryDict

from congvu.foundation.refusal import Refused
from congvu.foundation.text import composed, fold
from congvu.procedures.rules.content import (
    BasisLine,
    CaseContent,
    ChannelLine,
    Content,
    PaperLine,
    ResultLine,
)
from congvu.procedures.rules.words import Channel
from congvu.procedures.web.draft_fees import FeeBox, fee_boxes, fees_from, typed_boxes
from congvu.procedures.web.numbers import whole_number

TEXTS = (
    ("name", "Tên thủ tục"),
    ("authority_text", "Cơ quan có thẩm quyền"),
    ("handler_text", "Cơ quan thực hiện"),
    ("cooperating_text", "Cơ quan phối hợp"),
    ("place_text", "Nơi tiếp nhận"),
)
LONG_TEXTS = (("sequence_text", "Trình tự thực hiện"), ("conditions_text", "Yêu cầu, điều kiện"))
NEW_CASE = "moi"
MOST = 100_000


@dataclass(frozen=True, slots=True)
class ChannelBox:
    """The boxes of one channel of one case, as typed."""

    channel: int
    label: str
    on: bool
    n: str
    unit: str
    fees: tuple[FeeBox, ...]


@dataclass(frozen=True, slots=True)
class CaseBox:
    key: str
    name: str
    channels: tuple[ChannelBox, ...]
    papers: str


@dataclass(frozen=True, slots=True)
class DraftForm:
    """Everything the page needs to show the draft, from content or from what was typed."""

    texts: tuple[tuple[str, str, str], ...]
    long_texts: tuple[tuple[str, str, str], ...]
    tiers: tuple[str, ...]
    level: str
    subjects: str
    results: str
    bases: str
    cases: tuple[CaseBox, ...] = field(default=())


def form_of(content: Content) -> DraftForm:
    """The form of a content, with one empty case at the end."""
    boxes = tuple(_case_box(case) for case in content.cases)
    empty = CaseBox(NEW_CASE, "", tuple(_channel_box(one, None) for one in Channel), "")
    return DraftForm(
        texts=tuple((key, label, getattr(content, key)) for key, label in TEXTS),
        long_texts=tuple((key, label, getattr(content, key)) for key, label in LONG_TEXTS),
        tiers=content.tiers,
        level=content.level_of_service,
        subjects="\n".join(content.subjects),
        results="\n".join(_joined(one.name, one.code) for one in content.results),
        bases="\n".join(_joined(one.number, one.title) for one in content.bases),
        cases=(*boxes, empty),
    )


def typed_form(data: QueryDict, content: Content) -> DraftForm:
    """The form with what was typed, so that nothing is lost when it is refused."""
    shown = form_of(content)
    return DraftForm(
        texts=tuple((key, label, data.get(key, "")) for key, label in TEXTS),
        long_texts=tuple((key, label, data.get(key, "")) for key, label in LONG_TEXTS),
        tiers=tuple(data.getlist("tiers")),
        level=data.get("level", ""),
        subjects=data.get("subjects", ""),
        results=data.get("results", ""),
        bases=data.get("bases", ""),
        cases=tuple(_typed_case(data, box) for box in shown.cases),
    )


def content_from(data: QueryDict, before: Content) -> Content:
    """What the form says, as content. Refuses, naming the box: a number that is none, a text that is too long."""
    plain: dict[str, Any] = {key: composed(_text(data, key)) for key, _ in TEXTS}
    plain |= {key: _text(data, key).strip() for key, _ in LONG_TEXTS}
    cases = [
        _case(data, case.stable_key, case) for case in before.cases if not data.get(f"{case.stable_key}-bo")
    ]
    if composed(data.get(f"{NEW_CASE}-ten", "")):
        taken = {case.stable_key for case in before.cases}
        key = next(f"truong-hop-{n}" for n in range(1, 1000) if f"truong-hop-{n}" not in taken)
        cases.append(replace(_case(data, NEW_CASE, CaseContent(key)), stable_key=key))
    keys = {fold(one.name): one.stable_key for one in before.results}
    return replace(
        before,
        **plain,
        tiers=tuple(data.getlist("tiers")),
        level_of_service=data.get("level", ""),
        subjects=tuple(dict.fromkeys(composed(line)[:200] for line in _rows(data, "subjects"))),
        results=tuple(
            ResultLine(name, keys.get(fold(name), ""), code[:60])
            for name, code in (_parts(line, 2) for line in _rows(data, "results"))
        ),
        bases=tuple(
            BasisLine(number[:120], title)
            for number, title in (_parts(line, 2) for line in _rows(data, "bases"))
        ),
        cases=tuple(cases),
    )


def _case(data: QueryDict, prefix: str, before: CaseContent) -> CaseContent:
    lines = {line.channel: line for line in before.channels}
    channels = [
        _channel(data, f"{prefix}-{one.value}", one, lines.get(one.value))
        for one in Channel
        if data.get(f"{prefix}-{one.value}-co")
    ]
    keys = {fold(paper.name): paper for paper in before.papers}
    papers = [_paper(line, keys, at) for at, line in enumerate(_rows(data, f"{prefix}-giay-to"), start=1)]
    return replace(
        before, name=composed(data.get(f"{prefix}-ten", "")), channels=tuple(channels), papers=tuple(papers)
    )


def _channel(data: QueryDict, prefix: str, channel: Channel, before: ChannelLine | None) -> ChannelLine:
    where = f"{channel.label}"
    n, unit = whole_number(data.get(f"{prefix}-so", ""), where), data.get(f"{prefix}-don-vi", "") or None
    held = before or ChannelLine(channel.value)
    same = (held.term_n, held.term_unit) == (n, unit)
    fees = fees_from(data, prefix, where)
    return replace(held, term_n=n, term_unit=unit, term_text=held.term_text if same else "", fees=fees)


def _paper(line: str, before: dict[str, PaperLine], at: int) -> PaperLine:
    name, originals, copies, form = _parts(line, 4)
    held = before.get(fold(name), PaperLine(name))
    where = f"Giấy tờ, dòng {at}"
    return replace(
        held,
        name=name,
        originals=whole_number(originals, where) or 0,
        copies=whole_number(copies, where) or 0,
        form_code=form[:500],
    )


def _text(data: QueryDict, key: str) -> str:
    text = data.get(key, "")
    if len(text) > MOST:
        raise Refused(f"Nội dung dài {len(text)} ký tự.", where=key, do=f"Rút xuống dưới {MOST} ký tự.")
    return text.replace("\r\n", "\n").replace("\0", "")


def _rows(data: QueryDict, key: str) -> list[str]:
    return [line for line in _text(data, key).split("\n") if composed(line)]


def _parts(line: str, count: int) -> list[str]:
    parts = [composed(part) for part in line.split("|", count - 1)]
    return [*parts, *[""] * (count - len(parts))]


def _joined(*parts: str) -> str:
    return " | ".join(parts) if parts[-1] else parts[0]


def _case_box(case: CaseContent) -> CaseBox:
    lines = {line.channel: line for line in case.channels}
    papers = "\n".join(
        f"{one.name} | {one.originals} | {one.copies}" + (f" | {one.form_code}" if one.form_code else "")
        for one in case.papers
    )
    return CaseBox(
        case.stable_key, case.name, tuple(_channel_box(one, lines.get(one.value)) for one in Channel), papers
    )


def _channel_box(channel: Channel, line: ChannelLine | None) -> ChannelBox:
    return ChannelBox(
        channel=channel.value,
        label=channel.label,
        on=line is not None,
        n="" if line is None or line.term_n is None else str(line.term_n),
        unit="" if line is None else line.term_unit or "",
        fees=fee_boxes(line),
    )


def _typed_case(data: QueryDict, box: CaseBox) -> CaseBox:
    channels = tuple(
        replace(
            one,
            on=bool(data.get(f"{box.key}-{one.channel}-co")),
            n=data.get(f"{box.key}-{one.channel}-so", ""),
            unit=data.get(f"{box.key}-{one.channel}-don-vi", ""),
            fees=typed_boxes(data, f"{box.key}-{one.channel}"),
        )
        for one in box.channels
    )
    return CaseBox(box.key, data.get(f"{box.key}-ten", ""), channels, data.get(f"{box.key}-giay-to", ""))
