"""Nhập bảng Excel: every row is answered; nothing is taken in unless every row can be."""

from dataclasses import dataclass
from datetime import datetime

from congvu.foundation.identity.actor import Actor
from congvu.foundation.refusal import Refused
from congvu.foundation.sheets.reading import Sheet
from congvu.foundation.text import composed
from congvu.organisation.queries import picture
from congvu.organisation.rules.picture import Picture
from congvu.surveys.access import refuse_if_own, refuse_unless_enterer
from congvu.surveys.actions.enter_sheets import SheetIn, enter_sheets, refuse_outside_sample
from congvu.surveys.models import Campaign
from congvu.surveys.queries.campaigns import content
from congvu.surveys.queries.sheets import asked_about, known_numbers
from congvu.surveys.rules.questionnaires import MANY, ONE, SCALE, Content, Given, checked
from congvu.surveys.rules.words import EXCEL

NUMBER, UNIT, GROUP, INTERVIEWER = "Số phiếu", "Mã đơn vị", "Nhóm", "Điều tra viên"
HEADS = (NUMBER, UNIT, GROUP, INTERVIEWER)
MOST_ROWS = 5_000


@dataclass(frozen=True, slots=True)
class Row:
    """A row of the table and what is wrong with it; "" when nothing."""

    line: int
    number: str
    problem: str = ""


@dataclass(frozen=True, slots=True)
class Report:
    """Every row; how many were entered."""

    rows: tuple[Row, ...]
    entered: int = 0

    @property
    def refused(self) -> list[Row]:
        return [one for one in self.rows if one.problem]


def import_sheets(campaign: Campaign, sheet: Sheet, *, dry_run: bool, by: Actor, at: datetime) -> Report:
    """Read a table; with `dry_run` only tell. 2-3 statements to tell, 8 more to enter. Refuses a table without its columns.
    The same table again: every row is told to be entered before."""
    refuse_unless_enterer(by)
    asked = content(campaign)
    missing = sheet.lacks([*HEADS, *(one.code for one in asked.questions)])
    if missing:
        raise Refused(
            f"Bảng thiếu cột: {', '.join(missing[:8])}.", where=sheet.name, do="Dùng mẫu tải từ trang này."
        )
    merged, known = sheet.merged_rows(), picture()
    read = list(sheet.records())
    if not read or len(read) > MOST_ROWS:
        raise Refused(f"Bảng trống hoặc quá {MOST_ROWS} dòng.", where=sheet.name, do="Chia thành nhiều tệp.")
    before = known_numbers(campaign, [composed(cells[NUMBER])[:30] for _, cells in read])
    units = asked_about(campaign)
    rows, taken, seen = list[Row](), list[SheetIn](), set[str]()
    for line, cells in read:
        number = composed(cells[NUMBER])[:30]
        try:
            if line in merged:
                raise Refused(f"Ô gộp {', '.join(merged[line])}: không biết thuộc dòng nào.")
            if number in seen or number in before:
                raise Refused(f"Phiếu số {number} đã nhập.")
            one = _sheet(cells, number, asked, known, by)
            refuse_outside_sample(one.unit_id, units)
            taken.append(one)
        except Refused as told:
            where = f"{told.where}: " if told.where and told.where not in ("group", "number") else ""
            rows.append(Row(line, number, f"{where}{told.told()}"))
        else:
            rows.append(Row(line, number))
            seen.add(number)
    report = Report(tuple(rows))
    if dry_run or report.refused:
        return report
    return Report(report.rows, enter_sheets(campaign, EXCEL, taken, by=by, at=at))


def _sheet(cells: dict[str, str], number: str, asked: Content, known: Picture, by: Actor) -> SheetIn:
    unit = known.by_code(cells[UNIT].strip().upper())
    if not number or not composed(cells[INTERVIEWER]):
        raise Refused("Thiếu số phiếu hoặc điều tra viên.")
    if unit is None:
        raise Refused(f"Không có đơn vị mã «{cells[UNIT][:30]}».", where=UNIT)
    refuse_if_own(by, unit)
    choices, texts = dict[str, tuple[int, ...]](), dict[str, str]()
    levels: list[int] = []
    for one in asked.questions:
        typed = cells[one.code].strip()
        if one.kind == SCALE:
            levels.append(_whole(typed, one.code) if typed else 0)
        elif one.kind in (ONE, MANY) and typed:
            choices[one.code] = tuple(_whole(part.strip(), one.code) - 1 for part in typed.split(";"))
        elif typed:
            texts[one.code] = typed
    groups = {words.lower(): code for code, words in asked.groups} | {code: code for code, _ in asked.groups}
    group = groups.get(cells[GROUP].strip().lower(), cells[GROUP].strip())
    return SheetIn(
        number, unit, cells[INTERVIEWER], checked(Given(tuple(levels), group, choices, texts), asked)
    )


def _whole(text: str, where: str) -> int:
    if not (text.isascii() and text.isdigit() and len(text) < 3):
        raise Refused(f"«{text[:20]}» không phải số.", where=where, do="Ghi số từ 1.")
    return int(text)
