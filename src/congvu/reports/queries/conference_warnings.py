"""What a reader must know beside the numbers of a conference: whether what is printed agrees with what is counted, days and
weekdays, periods that overlap, numbers that have no sum. Pure; every sentence is told to people as it stands."""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from fractions import Fraction
from itertools import combinations

from congvu.foundation.ui import formats
from congvu.indicators.rules.definitions import Flag
from congvu.organisation.rules.mapping import Number
from congvu.reports.rules.conference import PERIOD_KINDS, Conference, Day, FigureIs, Span

PLACES = 2  # of a percentage that is not printed
SHOWN = 5
_FRACTION = re.compile(r"(\d[\d.]*)[^\d/,%]{0,20}/\s*(\d[\d.]*)")
_PERCENT = re.compile(r"(\d+(?:,(\d+))?)\s*%")
PARTIAL = "Chỉ tính trong phạm vi bạn được xem."
_WHOLE = re.compile(r"\d[\d.]*")
_PARTS = {
    Flag.RATE_ONLY: "Chỉ biết tỷ lệ, không biết tử số và mẫu số: không cộng, không lấy trung bình với tỷ lệ khác.",
    Flag.APPROXIMATE: "Số gần đúng theo văn bản («{printed}»), không dùng để tính tiếp.",
    Flag.UNKNOWN_COUNT: "Văn bản không nêu số («{printed}»): không ghi số nào.",
    Flag.HAND: "Số nhập tay theo {paper}.",
    Flag.QUOTED: "Số trích từ {paper}.",
}


@dataclass(frozen=True, slots=True)
class Counted:
    """What a figure came to. `missing`: names of those counted below the line and not above it. `partial`: only records within
    the reader's scope were counted; then nothing is said of whether it agrees with anything."""

    numerator: Number | None
    denominator: Number | None
    flag: Flag
    rate: Decimal | None = None
    records: int = 0
    missing: tuple[str, ...] = ()
    partial: bool = False

    @property
    def percent(self) -> Fraction | None:
        """The percentage, exact; of a rate that alone is known, that rate; None for a count."""
        if self.rate is not None:
            return Fraction(self.rate)
        if self.numerator is None or not self.denominator:
            return None
        return Fraction(100 * self.numerator) / Fraction(self.denominator)

    @property
    def value(self) -> Number | float | None:
        """One number: a percentage to two decimals, half up; else the count; None when it is not known."""
        if self.percent is not None:
            return float(formats.rounded(self.percent, PLACES))
        return self.numerator if self.denominator is None else None


def percent_words(exact: Fraction, places: int = PLACES) -> str:
    return formats.number(formats.rounded(exact, places), places) + "%"


def disagreements(printed: str, counted: Counted) -> Iterator[str]:
    """Numbers in what is printed that are not those counted."""
    rest = printed
    for found in _FRACTION.finditer(printed):
        two = tuple(int(part.replace(".", "")) for part in found.groups())
        if two != (counted.numerator, counted.denominator):
            yield _differs(
                found.group(), f"{_number(counted.numerator)}/{_number(counted.denominator)}", counted
            )
        rest = rest.replace(found.group(), " ", 1)
    for found in _PERCENT.finditer(rest):
        places = len(found.group(2) or "")
        if counted.percent is None or formats.rounded(counted.percent, places) != Decimal(
            found.group(1).replace(",", ".")
        ):
            told = "không tính được" if counted.percent is None else percent_words(counted.percent)
            yield _differs(found.group(), told, counted)
    for word in _WHOLE.findall(_PERCENT.sub(" ", rest)):
        if int(word.replace(".", "")) not in (counted.numerator, counted.denominator):
            yield _differs(word, _number(counted.numerator), counted)


def _differs(printed: str, told: str, counted: Counted) -> str:
    how = "tính được" if counted.flag is Flag.COMPUTED else "ghi"
    return f"Văn bản in «{printed.strip()}», {how} {told}: không sửa thầm, cần đối chiếu."


def _number(value: Number | None) -> str:
    return "chưa rõ" if value is None else formats.number(value)


def of_figure(
    figure: FigureIs, counted: Counted, told: Mapping[str, Counted], names: Mapping[str, str]
) -> list[str]:
    """What stands beside a figure's number. `told`: what the other figures came to; `names`: what they are called."""
    found = []
    if counted.flag in _PARTS and figure.hand is not None:
        found.append(_PARTS[counted.flag].format(printed=figure.printed, paper=figure.hand.paper))
        if figure.hand.assumed:
            found.append("Tên các mục là giả định cho đủ số: văn bản không nêu tên.")
    if counted.partial:
        found.append(PARTIAL)
    if counted.missing and not counted.partial:
        more = "" if len(counted.missing) <= SHOWN else f" và {len(counted.missing) - SHOWN} đơn vị khác"
        found.append(f"Còn thiếu {len(counted.missing)}: {'; '.join(counted.missing[:SHOWN])}{more}.")
    if (counted.numerator is not None or counted.rate is not None) and not counted.partial:
        found += disagreements(figure.printed, counted)
    if counted.denominator == 0:
        found.append("Mẫu số bằng 0: không phát sinh, không phải 0% hay 100%.")
    if figure.sums and counted.denominator is not None:
        found.append(
            f"Cộng tử số và mẫu số của các phần, không lấy trung bình các tỷ lệ{_mean(figure, told)}."
        )
    elif figure.sums:
        found.append(f"Tổng của {len(figure.sums)} số liệu cùng đơn vị tính.")
    if not counted.partial:
        found += _target(figure, counted)
        found += _whole(figure, counted, told)
    if figure.overlaps:
        others = "; ".join(f"«{names.get(code, code)}»" for code in figure.overlaps)
        found.append(f"Có thể đếm trùng với {others}: không cộng.")
    if figure.note:
        found.append(figure.note)
    return found


def _mean(figure: FigureIs, told: Mapping[str, Counted]) -> str:
    shares = [told[code].percent for code in figure.sums if code in told]
    known = [one for one in shares if one is not None]
    if len(known) < 2 or len(known) < len(figure.sums):
        return ""
    words = percent_words(sum(known, Fraction(0)) / len(known))
    return f" (trung bình các tỷ lệ sẽ ra {words}, sai)"


def _target(figure: FigureIs, counted: Counted) -> Iterator[str]:
    """Whether a target of so many per cent is met, on the exact numbers."""
    if figure.target is None or counted.numerator is None or not counted.denominator:
        return
    wanted = Fraction(figure.target) * Fraction(counted.denominator) / 100
    over = Fraction(counted.numerator) - wanted
    words = f"{formats.number(formats.rounded(abs(over), 1))} {figure.measure}"
    aim = (
        f"mục tiêu tối thiểu {formats.number(figure.target)}% ({formats.number(formats.rounded(wanted, 1))})"
    )
    yield (
        f"Vượt {aim} là {words}, tính trên số đúng."
        if over > 0
        else (f"Vừa đạt {aim}." if over == 0 else f"Chưa đạt {aim}, thiếu {words}.")
    )


def _whole(figure: FigureIs, counted: Counted, told: Mapping[str, Counted]) -> Iterator[str]:
    """Whether the parts make the whole; a difference is told, never mended."""
    parts = [told[code].numerator for code in figure.parts if code in told]
    known = [Fraction(one) for one in parts if one is not None]
    partial = any(told[code].partial for code in figure.parts if code in told)
    if partial or not parts or len(known) < len(figure.parts) or counted.numerator is None:
        return
    total = sum(known, Fraction(0))
    words = f"{' + '.join(_number(one) for one in parts)} = {formats.number(total)}"
    if total == counted.numerator:
        yield f"Các phần cộng lại đúng: {words}."
    else:
        yield f"Các phần không cộng thành tổng: {words}, tổng ghi {_number(counted.numerator)}."


def of_conference(conference: Conference) -> list[str]:
    """What is to be known of the whole: days, periods, units whose names are assumed, words to be read otherwise."""
    days = [conference.held, *([conference.posted] if conference.posted else []), *conference.days]
    found = [one for day in days for one in _weekday(day)]
    if conference.posted is not None and conference.posted.day != conference.held.day:
        found.append(
            f"Ngày diễn ra {formats.day(conference.held.day)} khác ngày đăng {formats.day(conference.posted.day)}: "
            "giữ cả hai."
        )
    if conference.next_year is not None and conference.next_year != conference.held.day.year:
        found.append(
            f"Họp năm {conference.held.day.year} về công tác năm {conference.next_year}: năm công tác là mục riêng."
        )
    found += _spans(conference.spans)
    found += [f"«{printed}» đọc là {read}; giữ nguyên chữ in." for printed, read in conference.readings]
    assumed = [group.words for group in conference.groups if group.assumed]
    if assumed:
        found.append(
            f"Văn bản không nêu tên từng đơn vị ({'; '.join(assumed)}): tên trong tệp là giả định cho đủ số."
        )
    return found


def _weekday(day: Day) -> Iterator[str]:
    true = formats.weekday(day.day)
    if day.weekday and day.weekday.casefold() != true.casefold():
        yield f"Văn bản in «{day.weekday}, {formats.day(day.day)}», nhưng ngày đó là {true}."


def days_of(conference: Conference) -> list[tuple[str, date, str]]:
    """Every day the text names: as printed, the day, its weekday."""
    days = [conference.held, *([conference.posted] if conference.posted else []), *conference.days]
    return [(one.printed or formats.day(one.day), one.day, formats.weekday(one.day)) for one in days]


def _spans(spans: Iterable[Span]) -> Iterator[str]:
    told = list(spans)
    for one in told:
        years = one.last - one.first + 1
        if one.years is not None and one.years != years:
            yield f"«{one.printed}» nói {one.years} năm nhưng {one.first}–{one.last} là {years} năm dương lịch."
    for one, other in combinations(told, 2):
        common = min(one.last, other.last) - max(one.first, other.first) + 1
        if common <= 0 or (one.first, one.last) == (other.first, other.last):
            continue
        kinds = (PERIOD_KINDS[one.kind], PERIOD_KINDS[other.kind])
        if one.kind != other.kind:
            if {one.kind, other.kind} == {"ke-hoach", "nhiem-ky"}:
                yield f"Kỳ {kinds[0]} «{one.printed}» và {kinds[1]} «{other.printed}» khác nhau: giữ riêng, không gộp."
        elif not _within(one, other) and not _within(other, one):
            told_years = f"năm {max(one.first, other.first)}" if common == 1 else f"{common} năm"
            yield f"Hai {kinds[0]} «{one.printed}» và «{other.printed}» cùng có {told_years}: không đếm hai lần."


def _within(one: Span, other: Span) -> bool:
    return other.first <= one.first and one.last <= other.last
