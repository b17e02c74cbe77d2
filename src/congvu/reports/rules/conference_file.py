"""From the text of a file to a conference, every fault told with its line (docs/how-to/write-a-conference.md)."""

import re
from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from congvu.indicators.rules.definitions import Flag, Measure
from congvu.organisation.rules.kinds import TIERS, UNIT_KINDS
from congvu.reports.rules.conference import (
    FORMS,
    HAND_FLAGS,
    PERIOD_KINDS,
    Chosen,
    Conference,
    Counted,
    Day,
    FigureIs,
    Group,
    Hand,
    Noise,
    PostLine,
    Posts,
    Record,
    Sentence,
    Span,
    UnitOf,
)
from congvu.reports.rules.conference_checks import check
from congvu.reports.rules.conference_reading import LONG, Block, read
from congvu.staffing.rules.kinds import LINE_KINDS, POOLS

MOST_UNITS = 2000
CODE = re.compile(r"[a-z0-9]+(?:[.-][a-z0-9]+)*")
AREAS: Mapping[str, tuple[str, ...]] = {  # the facts each area's records have beside units, dates and paper
    "plans": ("programme", "year_first", "year_last", "name"),
    "one_stop": ("level",),
    "quality": ("standard", "scope"),
    "pilots": ("index", "year", "name"),
}
PARTS = (
    "conference",
    "days",
    "periods",
    "units",
    *AREAS,
    "posts",
    "figures",
    "sentences",
    "noise",
    "readings",
)


def conference_of(text: str) -> Conference:
    """What a file says. Refuses one with faults, all of them told with their lines."""
    document = read(text, PARTS)
    head = document.one("conference")
    head.only(
        "code", "name", "place", "organiser", "form", "held_on", "held_printed", "held_weekday", "posted_on",
        "posted_printed", "posted_weekday", "year", "next_year", "subjects", "source", "home", "since",
    )  # fmt: skip
    held = _day(head, "held_on", "held_printed", "held_weekday")
    year = head.whole("year", 1900, 2199) or held.day.year
    said = head.day("since", must=False)
    records = tuple(
        _record(area, one, said or date(year, 1, 1)) for area in AREAS for one in document.all(area)
    )
    posts = tuple(_posts(one) for one in document.all("posts"))
    days = [date(year, 1, 1), *(one.since for one in records), *(one.effective for one in posts)]
    since = said or min(days)  # units not said otherwise stand when the first of their records begins
    conference = Conference(
        code=_code(head), name=head.text("name"), place=head.text("place"),
        organiser=head.text("organiser", must=False), form=head.one_of("form", FORMS, "truc-tiep"), held=held,
        posted=_day(head, "posted_on", "posted_printed", "posted_weekday") if "posted_on" in head.values else None,
        year=year, next_year=head.whole("next_year", 1900, 2199, must=False), subjects=head.texts("subjects"),
        source=head.text("source"), home=head.text("home", 40),
        days=tuple(_named_day(one) for one in document.all("days")),
        spans=tuple(_span(one) for one in document.all("periods")),
        groups=_groups(document.all("units"), since),
        records=records, posts=posts,
        figures=tuple(_figure(one, year, held.day) for one in document.all("figures")),
        sentences=tuple(_sentence(one) for one in document.all("sentences")),
        noise=tuple(_noise(one) for one in document.all("noise")),
        readings=tuple(_reading(one) for one in document.all("readings")),
    )  # fmt: skip
    document.faults.refuse()  # a file whose values cannot be read is not asked whether they agree
    check(conference, document.faults)
    document.faults.refuse()
    return conference


def _code(block: Block, key: str = "code", longest: int = 60) -> str:
    code = block.text(key, longest)
    if code and not CODE.fullmatch(code):
        block.wrong(
            key, f"Mã «{code[:40]}» có ký tự không dùng được.", "Chữ thường không dấu, số, gạch nối, chấm."
        )
    return code


def _day(block: Block, day: str, printed: str, weekday: str) -> Day:
    return Day(
        block.text(printed, must=False),
        block.day(day) or date(1900, 1, 1),
        block.text(weekday, 20, must=False),
        block.at(day),
    )


def _named_day(block: Block) -> Day:
    block.only("printed", "day", "weekday")
    return _day(block, "day", "printed", "weekday")


def _span(block: Block) -> Span:
    block.only("code", "printed", "kind", "first", "last", "years")
    first, last = block.whole("first", 1900, 2199) or 1900, block.whole("last", 1900, 2199) or 2199
    if last < first:
        block.wrong("last", f"Giai đoạn kết thúc ({last}) trước khi bắt đầu ({first}).", "Sửa first, last.")
    years = block.whole("years", 1, 100, must=False)
    kind = block.one_of("kind", PERIOD_KINDS)
    return Span(_code(block), block.text("printed"), kind, first, last, years, block.line)


def _groups(blocks: tuple[Block, ...], since: date) -> tuple[Group, ...]:
    """In the order of the file: a group may stand under the units of an earlier one."""
    found: dict[str, Group] = {}
    for block in blocks:
        group = _group(block, since, found)
        found.setdefault(group.code, group)
    return tuple(found.values()) if len(found) == len(blocks) else _twice(blocks, found)


def _twice(blocks: tuple[Block, ...], found: dict[str, Group]) -> tuple[Group, ...]:
    seen: set[object] = set()
    for block in blocks:
        code = block.values.get("class")
        if code in seen:
            block.wrong("class", f"Nhóm «{code}» đã có.", "Đặt tên nhóm khác.")
        seen.add(code)
    return tuple(found.values())


def _group(block: Block, since: date, earlier: Mapping[str, Group]) -> Group:
    block.only(
        "class", "words", "tier", "kind", "under", "under_class", "under_first", "since", "code", "names", "name",
        "count", "assumed",
    )  # fmt: skip
    names, count = block.texts("names"), block.whole("count", 1, MOST_UNITS, must=False)
    if bool(names) == (count is not None):
        block.wrong(
            "count", "Nhóm đơn vị cần names hoặc count, một trong hai.", "Ghi danh sách tên, hoặc số lượng."
        )
    pattern, code = block.text("name", must=count is not None), block.text("code", 60)
    if count is not None and count > 1 and "{n}" not in pattern:
        block.wrong("name", "Tên của nhiều đơn vị phải khác nhau.", 'Ghi name = "Sở số {n}".')
    said = names or tuple(pattern.replace("{n}", str(n)) for n in range(1, (count or 0) + 1))
    digits = "##" if len(said) < 100 else "###" if len(said) < 1000 else "####"
    if len(said) > 1 and digits not in code:
        block.wrong("code", "Mã của nhiều đơn vị phải khác nhau.", f'Ghi code = "H37.{digits}".')
    above = _above(block, earlier)
    if len(above) > 1 and "{under}" not in code:
        block.wrong("code", "Mã dưới nhiều đơn vị phải khác nhau.", 'Ghi code = "{under}.D##".')
    units = tuple(
        UnitOf(_numbered(code.replace("{under}", under), n), name.replace("{under}", place), under)
        for under, place in above
        for n, name in enumerate(said, 1)
    )
    if len(units) > MOST_UNITS:
        block.wrong("count", f"Nhiều hơn {MOST_UNITS} đơn vị trong một nhóm.", "Chia nhóm.")
    return Group(
        _code(block, "class"), block.text("words"), block.one_of("tier", TIERS), block.one_of("kind", UNIT_KINDS),
        block.day("since", must=False) or since, units, block.yes("assumed"), block.line,
    )  # fmt: skip


def _above(block: Block, earlier: Mapping[str, Group]) -> list[tuple[str, str]]:
    """Code and name of each unit above."""
    group = block.text("under_class", 60, must=False)
    if not group:
        return [(block.text("under", 35, must=False), "")]
    found = earlier.get(group)
    if found is None or "under" in block.values:
        block.wrong(
            "under_class", f"Không có nhóm «{group[:40]}» ở trên.", "Ghi nhóm đã khai, và không ghi under."
        )
        return []
    first = block.whole("under_first", 1, len(found.units), must=False)
    return [(one.code, one.name) for one in found.units[:first]]


def _numbered(code: str, n: int) -> str:
    return re.sub(r"#+", lambda found: str(n).zfill(len(found.group())), code, count=1)


def _chosen(block: Block) -> Chosen:
    group, codes = block.text("class", 60, must=False), block.texts("codes", 35)
    if bool(group) == bool(codes):
        block.wrong("class", "Cần class hoặc codes, một trong hai.", "Chọn đơn vị theo nhóm, hoặc ghi mã.")
    first = block.whole("first", 1, MOST_UNITS, must=False)
    return Chosen(group, first, block.texts("without", 35), codes, block.line)


def _record(area: str, block: Block, since: date) -> Record:
    facts = AREAS[area]
    block.only("class", "codes", "first", "without", "since", "until", "paper", "signed", "issuer", *facts)
    started = block.day("since", must=False) or since
    until = block.day("until", must=False)
    if until is not None and until <= started:
        block.wrong("until", "Ngày kết thúc phải sau ngày bắt đầu.", "Sửa since, until.")
    whole = [name for name in facts if name.startswith("year")]
    told: dict[str, Any] = {
        name: block.whole(name, 1900, 2199, must=False) if name in whole else block.text(name, must=False)
        for name in facts
    }
    return Record(
        area, _chosen(block), started, until, block.text("paper", 100), block.day("signed", must=False) or started,
        block.text("issuer", 200), told, block.line,
    )  # fmt: skip


def _posts(block: Block) -> Posts:
    block.only("number", "signed", "issuer", "effective", "title", "lines")
    rows = block.values.get("lines", [])
    if not isinstance(rows, list) or not rows or not all(isinstance(row, dict) for row in rows):
        block.wrong(
            "lines", "Quyết định phải có các dòng.", "lines = [{ unit = …, pool = …, kind = …, posts = … }]"
        )
        rows = []
    lines = []
    for row in rows:
        one = Block("posts.lines", row, block.at("lines"), {}, block.faults)
        one.only("unit", "pool", "kind", "posts", "note")
        lines.append(
            PostLine(
                one.text("unit", 35), one.one_of("pool", POOLS), one.one_of("kind", LINE_KINDS),
                one.whole("posts", 1) or 1, one.text("note", must=False),
            )
        )  # fmt: skip
    signed = block.day("signed") or date(1900, 1, 1)
    return Posts(
        block.text("number", 100), signed, block.text("issuer", 200), block.day("effective", must=False) or signed,
        block.text("title", 500), tuple(lines), block.line,
    )  # fmt: skip


def _figure(block: Block, year: int, held: date) -> FigureIs:
    block.only(
        "code", "name", "name_en", "measure", "printed", "first", "last", "counted", "less", "out_of", "owed", "figure", "sums",
        "flag", "numerator", "denominator", "rate", "paper", "reason", "entries", "entry", "assumed", "unit",
        "target", "parts", "overlaps", "note", "awaits",
    )  # fmt: skip
    last = block.day("last", must=False) or held
    first = block.day("first", must=False) or min(last, date(year, 1, 1))
    if last < first:
        block.wrong(
            "last", f"Kỳ kết thúc {last:%d/%m/%Y} trước khi bắt đầu {first:%d/%m/%Y}.", "Sửa first, last."
        )
    known = block.text("figure", 60, must=False)
    return FigureIs(
        code=_code(block), name=block.text("name"), name_en=block.text("name_en", must=False),
        measure=block.one_of("measure", [one.value for one in Measure]), printed=block.text("printed", must=False), first=first,
        last=last, counted=_counted(block, "counted"), less=_counted(block, "less"), out_of=_counted(block, "out_of"),
        owed=block.yes("owed"), figure=known,
        sums=block.texts("sums"), hand=_hand(block) if "flag" in block.values else None,
        unit=block.text("unit", 35, must=False), target=block.rate("target"), parts=block.texts("parts"),
        overlaps=block.texts("overlaps"), note=block.text("note", LONG, must=False),
        awaits=block.text("awaits", 100, must=False), line=block.line,
    )  # fmt: skip


def _counted(block: Block, key: str) -> Counted | None:
    table = block.table(key)
    if table is None:
        return None
    table.only("population", "where", "units")
    where = table.values.get("where", {})
    if not isinstance(where, dict):
        block.wrong(key, "«where» phải là một bảng.", 'Viết where = { kind = "SO" }.')
        where = {}
    units = table.values.get("units", [])
    if isinstance(units, str):
        units = [units]
    if not isinstance(units, list) or not all(isinstance(one, str) for one in units):
        block.wrong(key, "«units» phải là tên nhóm đơn vị.", 'Viết units = "so-nganh".')
        units = []
    return Counted(table.text("population", 40), where, tuple(units))


def _hand(block: Block) -> Hand:
    flag = Flag(block.one_of("flag", [one.value for one in HAND_FLAGS]))
    entries, pattern = block.texts("entries"), block.text("entry", must=False)
    numerator = block.whole("numerator", must=False)
    if pattern:
        if numerator is None or entries or "{n}" not in pattern or numerator > MOST_UNITS:
            block.wrong(
                "entry", "«entry» cần numerator và {n}, không cùng entries.", 'entry = "Người thứ {n}"'
            )
        entries = tuple(pattern.replace("{n}", str(n)) for n in range(1, min(numerator or 0, MOST_UNITS) + 1))
    rate: Decimal | None = block.rate("rate")
    return Hand(
        flag, numerator, block.whole("denominator", must=False), rate, block.text("paper"),
        block.text("reason"), entries, block.yes("assumed"),
    )  # fmt: skip


def _sentence(block: Block) -> Sentence:
    block.only("code", "quote", "words", "figures")
    quote, words = block.text("quote", must=False), block.text("words", LONG, must=False)
    if bool(quote) == bool(words):
        block.wrong(
            "quote", "Câu cần quote (trích ít chữ) hoặc words (tóm ý), một trong hai.", "Bỏ một, hoặc thêm."
        )
    return Sentence(_code(block), quote or words, bool(quote), block.texts("figures"), block.line)


def _noise(block: Block) -> Noise:
    block.only("words", "why")
    return Noise(block.text("words"), block.text("why"))


def _reading(block: Block) -> tuple[str, str]:
    block.only("printed", "read")
    return block.text("printed"), block.text("read")
