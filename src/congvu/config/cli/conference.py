"""`congvu conference load FILE`, `check FILE`, `list`, `report NAME`: conferences told in files, their numbers from records."""

import argparse
from pathlib import Path
from typing import TYPE_CHECKING, Any

from congvu.config.cli.given import content_of
from congvu.config.cli.output import OK, BadInput, exact, note, print_json

if TYPE_CHECKING:
    from congvu.reports.queries.conference import Told
    from congvu.reports.rules.conference import Conference

_AREAS = {
    "units": "đơn vị", "plans": "kế hoạch", "pilots": "đơn vị thí điểm", "one_stop": "bộ phận một cửa",
    "quality": "hệ thống chất lượng", "posts": "quyết định biên chế", "hand_figures": "số nhập tay",
}  # fmt: skip


def add_parser(subparsers: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    parser = subparsers.add_parser(
        "conference",
        description="Hội nghị kể trong một tệp TOML: từng câu, từng số liệu, mỗi số mở ra bản ghi của nó.",
        epilog="Cách viết tệp: docs/how-to/write-a-conference.md. Mã thoát: 0 xong, 1 tệp có lỗi, 2 tham số sai.",
    )
    verbs = parser.add_subparsers(dest="verb", metavar="VIỆC", required=True)
    for verb, words in (("load", "nạp tệp; nạp lại không đổi gì"), ("check", "chỉ kiểm tra tệp")):
        one = verbs.add_parser(verb, help=words)
        one.add_argument("file", metavar="TỆP", help="tệp .toml")
        one.add_argument("--json", action="store_true", help="in một tài liệu JSON")
    report = verbs.add_parser("report", help="báo cáo một hội nghị đã nạp")
    report.add_argument("name", metavar="MÃ", help="mã hội nghị")
    report.add_argument(
        "--json", action="store_true", help="in một danh sách JSON, mỗi câu và số liệu một mục"
    )
    verbs.add_parser("list", help="các hội nghị đã nạp").add_argument(
        "--json", action="store_true", help="in một tài liệu JSON"
    )


def run(args: argparse.Namespace) -> int:
    text = text_of_file(Path(args.file)) if args.verb in ("load", "check") else ""
    if args.verb == "check":
        return _check(text, as_json=args.json)
    from congvu.config.cli.ready import django_ready

    django_ready()
    if args.verb == "load":
        return _load(text, as_json=args.json)
    if args.verb == "list":
        return _list(as_json=args.json)
    conference, found = told(args.name)
    if args.json:
        print_json(entries(conference, found))
    else:
        print("\n".join(lines(conference, found)))
    return OK


def text_of_file(path: Path) -> str:
    """Its text. Bad usage when it cannot be read."""
    try:
        return content_of(path).decode("utf-8-sig")
    except UnicodeDecodeError:
        raise BadInput("Tệp không phải chữ UTF-8.", where=str(path), do="Lưu lại bằng UTF-8.") from None


def _check(text: str, *, as_json: bool) -> int:
    """No database: what stands in other tables is asked when the file is loaded."""
    from congvu.config.cli.ready import set_up_django
    from congvu.reports.rules.conference_file import conference_of

    set_up_django()
    one = conference_of(text)
    counts = {
        "sentences": len(one.sentences),
        "figures": len(one.figures),
        "units": sum(len(group.units) for group in one.groups),
        "records": len(one.records) + len(one.posts),
    }
    if as_json:
        print_json({"conference": one.code, **counts})
    else:
        print(
            f"{one.code}: đọc được. {counts['sentences']} câu, {counts['figures']} số liệu, {counts['units']} đơn vị."
        )
    return OK


def _load(text: str, *, as_json: bool) -> int:
    from congvu.foundation import clock
    from congvu.foundation.identity.actor import SYSTEM
    from congvu.reports.actions.load_conference import load_conference

    done = load_conference(text, by=SYSTEM, at=clock.now())
    if as_json:
        told = {"conference": done.code, "edition": done.edition, "again": done.again, "counts": done.counts}
        print_json(told)
    elif done.again:
        print(f"{done.code}: đã nạp đúng tệp này, không đổi gì.")
    else:
        new = ", ".join(f"{n} {_AREAS.get(area, area)}" for area, n in done.counts.items())
        print(f"{done.code}: đã nạp, bản {done.edition}. Ghi mới: {new or 'không có bản ghi nào'}.")
    return OK


def _list(*, as_json: bool) -> int:
    from congvu.reports.queries.conference import conferences

    rows = conferences(None, 1000).rows
    if as_json:
        print_json([{"conference": one.code, "name": one.name, "held_on": one.held_on} for one in rows])
        return OK
    for one in rows:
        print(f"{one.code:<24} {one.held_on:%d/%m/%Y}  {one.name}")
    if not rows:
        note("Chưa nạp hội nghị nào.")
    return OK


def told(name: str) -> "tuple[Conference, dict[str, Told]]":
    """A loaded conference with what its figures come to over everything. Refuses a name nothing was loaded under."""
    from congvu.foundation import clock
    from congvu.foundation.identity.actor import SYSTEM
    from congvu.indicators.queries.question import ask
    from congvu.indicators.queries.statistics import the_province
    from congvu.organisation.queries import picture
    from congvu.reports.queries.conference import newest, read
    from congvu.reports.queries.conference import told as figures_told

    row, today = newest(name), clock.today()
    if row is None:
        raise BadInput(f"Chưa nạp hội nghị «{name[:60]}».", where="MÃ", do="Xem: congvu conference list.")
    conference, known = read(row), picture()
    reader = the_province(ask(row.held_on, row.held_on, today=today), known)
    return conference, figures_told(conference, reader, known, today, SYSTEM)


def entries(conference: "Conference", found: "dict[str, Told]") -> list[dict[str, Any]]:
    """One entry a sentence and figure."""
    return [
        {
            "sentence": sentence.code, "code": code, "value": exact(found[code].counted.value),
            "numerator": exact(found[code].counted.numerator),
            "denominator": exact(found[code].counted.denominator),
            "printed": found[code].figure.printed, "flag": found[code].counted.flag.value,
            "records": found[code].counted.records, "warnings": list(found[code].warnings),
        }
        for sentence in conference.sentences
        for code in sentence.figures
    ]  # fmt: skip


def lines(conference: "Conference", found: "dict[str, Told]") -> list[str]:
    """The report for people: each sentence with its numbers, then what is to be known, then what was entered by hand."""
    from congvu.reports.queries.conference_report import appendix, figure_words, header
    from congvu.reports.queries.conference_warnings import of_conference

    told = [header(conference), ""]
    for sentence in conference.sentences:
        told.append(f"[{sentence.code}] " + (f"«{sentence.words}»" if sentence.quoted else sentence.words))
        for code in sentence.figures:
            one = found[code]
            opens = f", mở {one.counted.records} bản ghi" if one.counted.records else ""
            told.append(
                f"    {one.figure.name}: {figure_words(one.figure, one.counted)} ({one.counted.flag.words}{opens})"
            )
            told += [f"      - {warning}" for warning in one.warnings]
    told += ["", "Điều cần biết", *(f"  - {one}" for one in of_conference(conference))]
    told += ["", "Phụ lục: số nhập tay"]
    told += [
        f"  - {one.name}: {one.printed}. {one.paper}. {one.awaits}".rstrip() for one in appendix(conference)
    ]
    if conference.noise:
        told += ["", "Không phải số liệu", *(f"  - {one.words}: {one.why}" for one in conference.noise)]
    return told
