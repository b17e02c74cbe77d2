"""The due date that explains itself: the weeks from reception to the due day, and why each day did or did not count.

Pure: takes what `foundation.workdays.rules.due` answered, gives what `due_calendar.html` and `why.html` show.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from congvu.foundation.ui import formats
from congvu.foundation.workdays.days import days_between, week_rows
from congvu.foundation.workdays.rules.due import Due
from congvu.foundation.workdays.rules.kinds import DayKind
from congvu.foundation.workdays.rules.moves import Role, TraceDay

MAX_WEEKS = 14  # a longer sheet folds its middle
_OFF = {  # kind of day -> (class, the word in its cell, what is said before it)
    DayKind.NGHI_TUAN: ("off", "nghỉ", ""),
    DayKind.LE: ("hol", "lễ", "nghỉ"),
    DayKind.NGHI_BU: ("hol", "bù", "nghỉ"),
    DayKind.HOAN_DOI_NGHI: ("hol", "đổi", "nghỉ hoán"),
    DayKind.DONG_CUA: ("hol", "đóng", "tạm"),
}
_ROLES = {  # what an uncounted working day did -> the same three
    Role.FIRST: ("recv", "mốc", "ngày"),
    Role.WAITING: ("recv", "chờ", ""),
    Role.PAUSED: ("pau", "dừng", "tạm"),
    Role.VOID: ("void", "bỏ", ""),
    Role.ADDED: ("add", "thêm", "ngày"),
    Role.ROLLED: ("", "lùi", ""),
}


@dataclass(frozen=True, slots=True)
class Cell:
    """A day of the sheet: CSS classes, what stands in it, the small word, and the words only a reader hears."""

    date: date
    classes: str
    text: str
    small: str = ""
    spoken: str = ""


@dataclass(frozen=True, slots=True)
class Week:
    """Seven cells, or (when `fold` says so) a line in place of many weeks."""

    cells: tuple[Cell, ...] = ()
    fold: str = ""


@dataclass(frozen=True, slots=True)
class Reason:
    """A line of the list under the sheet."""

    when: str
    what: str
    source: str = ""


@dataclass(frozen=True, slots=True)
class DueCalendar:
    """What the two templates show. `sentence` says the whole in words; `until` is the hour, "" when none."""

    due: date
    until: str
    due_words: str
    sentence: str
    caption: str
    weeks: tuple[Week, ...]
    reasons: tuple[Reason, ...]
    tentative: bool = False
    weekdays: tuple[str, ...] = formats.WEEKDAYS_SHORT


def of_due(due: Due, *, today: date, until: str = "", calendar_words: str = "") -> DueCalendar:
    """The sheet of an answer of `workdays.rules.due`.

    until           the hour of the due day ("17:00"); a term in hours brings its own
    calendar_words  which calendar was used ("Lịch làm việc của tỉnh, bản 4, ghi 02/10/2026")
    """
    hour = formats.hour(due.moment) if due.moment is not None else until
    return build(
        due.trace,
        received=due.start.date(),
        due=due.date,
        today=today,
        term=due.term.words(),
        until=hour,
        calendar_words=calendar_words,
        tentative=bool(due.tentative),
    )


def build(
    trace: Iterable[TraceDay],
    *,
    received: date,
    due: date,
    today: date,
    term: str = "",
    until: str = "",
    calendar_words: str = "",
    tentative: bool = False,
) -> DueCalendar:
    """The sheet of one due date from its trace (one line a day, in any order); days outside it are drawn pale.

    term       "30 ngày làm việc", as the procedure says it
    tentative  the decision on a holiday of the period is not out yet
    """
    days = {one.date: one for one in trace}
    sheet = _Sheet(days, received, due, today, min(received, due), max(received, due))
    return DueCalendar(
        due=due,
        until=until,
        due_words=", ".join(
            part for part in (formats.weekday(due), f"trước {until}" if until else "") if part
        ),
        sentence=_sentence(sheet, term),
        caption=f"{term or 'Cách tính hạn'}: từ {formats.day(sheet.first)} đến {formats.day(sheet.last)}",
        weeks=_weeks(sheet),
        reasons=_reasons(sheet, calendar_words),
        tentative=tentative,
    )


@dataclass(frozen=True, slots=True)
class _Sheet:
    days: dict[date, TraceDay]
    received: date
    due: date
    today: date
    first: date
    last: date

    def begins(self, one: TraceDay) -> bool:
        """The uncounted first day: of reception, or of the complete dossier."""
        return one.role is Role.FIRST or (
            one.date == self.received and one.role is not Role.VOID and not one.counts
        )

    def when(self, day: date) -> str:
        """dd/mm, with the year when the term runs into another."""
        return formats.day(day) if self.first.year != self.last.year else formats.day_month(day)

    def skipped(self) -> list[TraceDay]:
        """Days that did not count, in order, without the first and the due day."""
        return [
            one
            for day, one in sorted(self.days.items())
            if not one.counts and not self.begins(one) and day != self.due
        ]


def _weeks(sheet: _Sheet) -> tuple[Week, ...]:
    rows = week_rows(sheet.first, sheet.last)
    keep = set(range(len(rows)))
    if len(rows) > MAX_WEEKS:
        now = next((i for i, row in enumerate(rows) if row[0] <= sheet.today <= row[6]), 0)
        keep = {0, 1, 2, now - 1, now, now + 1, *range(len(rows) - 5, len(rows))} & keep
    weeks: list[Week] = []
    folded: list[list[date]] = []
    for i, row in enumerate(rows):
        if i not in keep:
            folded.append(row)
            continue
        if folded:
            weeks.append(Week(fold=_fold_words(sheet, folded)))
            folded = []
        weeks.append(Week(tuple(_cell(sheet, day) for day in row)))
    return tuple(weeks)


def _fold_words(sheet: _Sheet, rows: list[list[date]]) -> str:
    numbers = [
        one.number
        for row in rows
        for day in row
        if (one := sheet.days.get(day)) is not None and one.number is not None
    ]
    words = f"{formats.number(len(rows))} tuần, {formats.day_month(rows[0][0])} – {formats.day(rows[-1][-1])}"
    return (
        f"{words}: ngày đếm {formats.number(min(numbers))}–{formats.number(max(numbers))}"
        if numbers
        else words
    )


def _cell(sheet: _Sheet, day: date) -> Cell:
    text = f"{day.day}"
    if day < sheet.first or day > sheet.last:
        return Cell(day, "no", text)
    if day.day == 1 or day == sheet.received:
        text = f"{day.day}/{day.month}"
    classes, small, spoken = _mark(sheet, day)
    if day == sheet.today:
        classes, spoken = f"{classes} today".strip(), f"hôm nay, {spoken}".rstrip(", ")
    return Cell(day, classes, text, small, spoken)


def _mark(sheet: _Sheet, day: date) -> tuple[str, str, str]:
    """The class of a day, its small word, and what is said before it."""
    one = sheet.days.get(day)
    if one is None:
        return "void", "", ""
    number = _counted(one)
    if day == sheet.due:
        return "due", number or "hạn", "hạn, ngày đếm" if number else "ngày"
    if number:
        swapped = " swap" if one.kind is DayKind.HOAN_DOI_LAM else ""
        return ("past" if day <= sheet.today else "") + swapped, number, "đếm" if one.minutes else "ngày đếm"
    if day == sheet.received:
        return "recv", "nhận", "ngày"
    if one.kind in _OFF and one.role is not Role.PAUSED:
        return _OFF[one.kind]
    return _ROLES.get(one.role, ("void", "–", "không đếm"))


def _counted(one: TraceDay) -> str:
    """ "12" for the twelfth day, "1g30" for the minutes of a day of a term in hours, "" when it did not count."""
    if not one.counts or one.number is None:
        return ""
    if one.minutes is None:
        return formats.number(one.number)
    hours, minutes = divmod(one.minutes, 60)
    return f"{hours}g{minutes:02d}" if minutes else f"{hours}g"


def _sentence(sheet: _Sheet, term: str) -> str:
    backward = sheet.due < sheet.received
    begins = "đếm lùi từ ngày trước ngày mốc" if backward else "đếm từ ngày sau ngày nhận"
    first = sheet.days.get(sheet.received)
    if first is not None and first.counts:
        begins = "đếm từ lúc nhận"
    skipped = [one for one in sheet.skipped() if one.role is not Role.PAUSED]
    paused = sum(1 for one in sheet.days.values() if one.role is Role.PAUSED)
    parts = [f"{term}, {begins}." if term else ""]
    parts.append(f"Bỏ qua {formats.number(len(skipped))} ngày." if skipped else "Không bỏ qua ngày nào.")
    parts.append(f"Tạm dừng {formats.number(paused)} ngày." if paused else "Không có lần tạm dừng nào.")
    if sum(1 for one in sheet.days.values() if one.counts) > 1 and not (first and first.minutes is not None):
        parts.append("Số nhỏ dưới mỗi ngày là ngày đếm thứ mấy.")
    return " ".join(part for part in parts if part)


def _reasons(sheet: _Sheet, calendar_words: str) -> tuple[Reason, ...]:
    dated: list[tuple[date, Reason]] = []
    for day, one in sorted(sheet.days.items()):
        swapped = one.counts and one.kind is DayKind.HOAN_DOI_LAM
        if sheet.begins(one) or swapped:
            dated.append((day, Reason(sheet.when(day), one.why, one.citation)))
    for group in _groups(sheet.skipped()):
        dated.extend(_lines(group))
    dated.sort(key=lambda pair: pair[0])
    last = sheet.days.get(sheet.due)
    words, source = "Hẹn trả", ""
    if last is not None and last.counts and last.number is not None and last.minutes is None:
        words = f"Ngày thứ {formats.number(last.number)}, hẹn trả"
    elif last is not None and last.why:
        words, source = f"Hẹn trả. {last.why}", last.citation
    source = ". ".join(part for part in (source, calendar_words) if part)
    return (*(reason for _, reason in dated), Reason(sheet.when(sheet.due), words, source))


def _groups(skipped: list[TraceDay]) -> list[list[TraceDay]]:
    """Days left out for one reason; Saturdays and Sundays are one reason."""
    groups: dict[tuple[str, str], list[TraceDay]] = {}
    for one in skipped:
        key = ("", "") if _weekly(one) else (one.why, one.citation)
        groups.setdefault(key, []).append(one)
    return list(groups.values())


def _lines(group: list[TraceDay]) -> list[tuple[date, Reason]]:
    """One line per run of days when there are two runs or fewer, else one line that counts them."""
    runs: list[list[date]] = []
    for one in group:
        if runs and days_between(runs[-1][-1], one.date) == 1:
            runs[-1].append(one.date)
        else:
            runs.append([one.date])
    weekly = _weekly(group[0])
    why = "Thứ Bảy, Chủ nhật" if weekly and len(group) > 1 else group[0].why
    source = "" if weekly else group[0].citation
    if len(runs) <= 2:
        return [(run[0], Reason(span(run[0], run[-1]), why, source)) for run in runs]
    between = span(runs[0][0], runs[-1][-1], wide=True)
    counted = f"{formats.number(len(runs))} cuối tuần, {between}" if weekly else between
    line = Reason(f"{formats.number(len(group))} ngày", why, f"{counted}. {source}".rstrip(". "))
    return [(runs[0][0], line)]


def _weekly(one: TraceDay) -> bool:
    return one.kind is DayKind.NGHI_TUAN and one.role is Role.OFF


def span(first: date, last: date, *, wide: bool = False) -> str:
    """ "24/11" · "21–22/11" · "30/11–01/12"; `wide`: "17/10 – 22/11"."""
    if first == last:
        return formats.day_month(first)
    if wide:
        return f"{formats.day_month(first)} – {formats.day_month(last)}"
    if (first.year, first.month) == (last.year, last.month):
        return f"{first:%d}–{last:%d/%m}"
    return f"{formats.day_month(first)}–{formats.day_month(last)}"
