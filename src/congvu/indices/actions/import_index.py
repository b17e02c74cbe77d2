"""Nạp chỉ số bên ngoài: an index others publish, a file a year with its codebooks; what is blank there stays blank here."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal
from fractions import Fraction

from django.db import connection, transaction

from congvu.foundation.audit.actions import record
from congvu.foundation.identity.actor import Actor
from congvu.foundation.refusal import Refused
from congvu.foundation.sheets.reading import Sheet as FileSheet
from congvu.foundation.sheets.reading import read_csv, text_of
from congvu.foundation.workdays.days import year_range
from congvu.indices.access import refuse_unless_keeps
from congvu.indices.actions.draft_set import Heading, approve_set, draft_set
from congvu.indices.actions.open_round import add_participants
from congvu.indices.models import Entry, IndexSet, Round, Sheet
from congvu.indices.queries.sets import criteria_of
from congvu.indices.queries.sheets import standing
from congvu.indices.rules.cells import own_score
from congvu.indices.rules.rounds import SELF
from congvu.indices.rules.scoring import Given
from congvu.indices.rules.sets import SUM
from congvu.indices.rules.tree import Node

YEAR_FILE = re.compile(r"([a-z]+)_(\d{4})\.csv")
PARTICIPANTS, AREAS, CRITERIA = "codebook_provinces.csv", "codebook_criteria.csv", "codebook_subcriteria.csv"
_NO_STEP = Fraction(0)
CODE, NAME, AREA = "Variable_Code", "Variable_Name", "Criteria_Code"


@dataclass(slots=True)
class Imported:
    """What became of every file and row. `blanks`: cells without a number, which stay so."""

    files: int = 0
    rows: int = 0
    read: int = 0
    stored: int = 0
    unchanged: int = 0
    blanks: int = 0
    sets: list[str] = field(default_factory=list)
    rejected: list[tuple[str, str]] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Codebook:
    participants: Mapping[str, str]
    areas: Mapping[str, str]
    criteria: Mapping[str, tuple[str, str]]  # code -> (name, area)


@transaction.atomic
def import_index(files: Mapping[str, bytes], *, by: Actor, at: datetime) -> Imported:
    """Every year's file. About 12 statements a file. Again: nothing; a changed number is a new line over the old one. Refuses
    a folder without its codebooks or without a year; a row that cannot be read is told, the others are taken."""
    refuse_unless_keeps(by)
    book = _codebook(files)
    _one_at_a_time()
    years = sorted((match[2], match[1], name) for name in files if (match := YEAR_FILE.fullmatch(name)))
    if not years:
        raise Refused("Thư mục không có tệp số liệu năm nào.", do="Cần các tệp tên như papi_2011.csv.")
    told = Imported()
    for year, code, name in years:
        _year(told, code, year, name, read_csv(name, files[name]), book, by, at)
    record(
        "indices.import", "index_set", 0, by=by, at=at,
        after={"files": told.files, "stored": told.stored, "blanks": told.blanks, "rejected": len(told.rejected)},
    )  # fmt: skip
    return told


def _one_at_a_time() -> None:
    """Two imports wait for each other: the second finds what the first has stored. 1 statement."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended('indices.import', 0))")


def _codebook(files: Mapping[str, bytes]) -> Codebook:
    lacking = [name for name in (PARTICIPANTS, AREAS, CRITERIA) if name not in files]
    if lacking:
        raise Refused(f"Thiếu bảng mã {', '.join(lacking)}.", do="Đặt bảng mã cạnh các tệp năm.")
    books = {name: read_csv(name, files[name]) for name in (PARTICIPANTS, AREAS, CRITERIA)}
    for name, sheet in books.items():
        wanted = [CODE, NAME, *([AREA] if name == CRITERIA else [])]
        if sheet.lacks(wanted):
            raise Refused(f"Bảng mã thiếu cột {', '.join(sheet.lacks(wanted))}.", where=name)
    plain = {
        name: {row[CODE]: row[NAME] for _, row in books[name].records()} for name in (PARTICIPANTS, AREAS)
    }
    criteria = {row[CODE]: (row[NAME], row[AREA]) for _, row in books[CRITERIA].records()}
    return Codebook(plain[PARTICIPANTS], plain[AREAS], criteria)


def _year(
    told: Imported, code: str, year: str, name: str, sheet: FileSheet, book: Codebook, by: Actor, at: datetime
) -> None:
    told.files += 1
    heads = [text_of(cell) for cell in sheet.rows[0]] if sheet.rows else []
    unknown = [head for head in heads[1:] if head not in book.criteria]
    if unknown or len(heads) < 2:
        told.rejected.append((name, f"cột {', '.join(unknown) or '(trống)'} không có trong bảng mã"))
        return
    rows, seen = [], set()
    for line, row in sheet.records():
        told.rows += 1
        place = row.get(heads[0], "")
        if place not in book.participants:
            told.rejected.append((f"{name}:{line}", f"mã «{place[:20]}» không có trong bảng mã"))
        elif place in seen:
            told.rejected.append((f"{name}:{line}", f"mã «{place}» có hai dòng"))
        else:
            seen.add(place)
            rows.append((line, place, row))
    cells = _cells(told, name, rows, heads[1:])
    used = [head for head in heads[1:] if any((place, head) in cells for _, place, _ in rows)]
    told.blanks += len(rows) * len(heads[1:]) - len(cells)
    one = _round(code, year, name, used, book, [place for _, place, _ in rows], by, at)
    if one is None:
        told.rejected.append((name, f"năm {year} đã nạp với các cột khác"))
        return
    told.sets.append(f"{code} {year}")
    _write(told, one, cells, book, by, at)


def _cells(
    told: Imported, name: str, rows: list[tuple[int, str, dict[str, str]]], heads: list[str]
) -> dict[tuple[str, str], str]:
    found: dict[tuple[str, str], str] = {}
    for line, place, row in rows:
        for head in heads:
            text = row.get(head, "").strip()
            if not text:
                continue
            told.read += 1
            try:
                own_score(Given(), None, _NO_STEP, text)
            except Refused as wrong:
                told.rejected.append((f"{name}:{line} {head}", wrong.told()))
            else:
                found[place, head] = text
    return found


def _round(
    code: str,
    year: str,
    name: str,
    used: list[str],
    book: Codebook,
    places: list[str],
    by: Actor,
    at: datetime,
) -> Round | None:
    """The round of a year, made when there is none; None when it is there with other criteria."""
    nodes = _nodes(used, book)
    held = IndexSet.objects.filter(code=code, edition=year).first()
    if held is None:
        heading = Heading(
            code, year, f"{code.upper()} {year}", "NGOAI", SUM, None, Decimal(0), "exclude", "",
            f"Số liệu {code.upper()} {year} do nơi khác công bố, tệp {name}", "SEC",
        )  # fmt: skip
        held = approve_set(
            draft_set(heading, nodes, by=by, at=at).pk, f"{code.upper()} {year}", None, by=by, at=at
        )
    elif [row.code for row in criteria_of([held.pk]).get(held.pk, [])] != [node.code for node in nodes]:
        return None
    first, last = year_range(int(year))
    one, made = Round.objects.get_or_create(
        set=held,
        first=first,
        last=last,
        defaults={"name": f"{code.upper()} {year}", "opened_at": at, "opened_by": by.name[:200]},
    )
    have = set() if made else set(Sheet.objects.filter(round=one).values_list("code", flat=True))
    new = [place for place in places if place not in have]
    add_participants(one, (), [book.participants[place] for place in new], new)
    return one


def _nodes(used: list[str], book: Codebook) -> list[Node]:
    """Areas with their criteria under them, only those of which the year says anything."""
    nodes: list[Node] = []
    for area, name in book.areas.items():
        below = [head for head in used if book.criteria[head][1] == area]
        if below:
            nodes.append(Node(area, name, None))
            nodes += [Node(f"{area}.{head}", book.criteria[head][0], None, Given()) for head in below]
    return nodes


def _write(
    told: Imported, one: Round, cells: Mapping[tuple[str, str], str], book: Codebook, by: Actor, at: datetime
) -> None:
    sheets = {sheet.code: sheet.pk for sheet in Sheet.objects.filter(round=one)}
    ids = {row.code: row.pk for row in criteria_of([one.set_id]).get(one.set_id, [])}
    stand = standing(sheets.values())
    new: list[Entry] = []
    for (place, head), text in cells.items():
        code = f"{book.criteria[head][1]}.{head}"
        held = stand.get(sheets[place], {}).get(code, {}).get(SELF)
        if held is not None and held.text == text:
            told.unchanged += 1
            continue
        new.append(
            Entry(
                sheet_id=sheets[place],
                criterion_id=ids[code],
                column=SELF,
                text=text,
                at=at,
                by=by.name[:200],
            )
        )
    Entry.objects.bulk_create(new, batch_size=5000)
    told.stored += len(new)
