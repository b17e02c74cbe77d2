"""The period as it stands in the address: forgiving, remembered in links, what is wrong told beside its field."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from urllib.parse import urlencode

from django.http import QueryDict

from congvu.foundation.refusal import Refused
from congvu.foundation.ui.forms import read_day
from congvu.foundation.ui.map_switch import map_switch
from congvu.indicators.queries.form06 import By
from congvu.indicators.queries.question import Question, ask
from congvu.indicators.rules.periods import Kind, Named, Period, before, named, places

_KEPT = (
    "ky",
    "nam",
    "so",
    "tu",
    "den",
    "cach",
    "theo",
    "chot",
    "biet",
    "bang",
    "so-lieu",
    "don-vi",
    "luc",
)  # what a link to another map keeps
_BESIDE = ("don-vi", "luc", "muc")  # what a page asks beside the period, kept in its links
BY_WORDS = {By.FORM: "Cấp, lĩnh vực", By.UNIT: "Đơn vị giải quyết"}


@dataclass(frozen=True, slots=True)
class Choice:
    value: str
    words: str
    chosen: bool


class PeriodForm:
    """Kind, year and place of a named period, or two free days; by the calendar or by the reporting rules."""

    def __init__(self, data: QueryDict, today: date, by_words: Mapping[By, str] = BY_WORDS) -> None:
        self.by_words = by_words
        self.today = today
        self.beside = {name: str(data[name]).strip()[:60] for name in _BESIDE if data.get(name, "").strip()}
        self.errors: dict[str, str] = {}
        self.kind = self._kind(data)
        self.reporting = data.get("cach") == "bao-cao" and self.kind not in (Kind.MONTH, Kind.FREE)
        usual = next(iter(by_words))
        self.by = next((one for one in by_words if one.value == data.get("theo")), usual)
        self.first, self.first_typed = self._day(data, "tu")
        self.last, self.last_typed = self._day(data, "den")
        self.as_of, self.as_of_typed = self._day(data, "chot")
        self.known_on, self.known_typed = self._day(data, "biet")
        self.switch = map_switch(data, today, _KEPT)
        self.map_on = self.switch.on if self.by is By.UNIT else None
        if self.by is By.UNIT and self.switch.wrong:
            self.errors["ban-do"] = self.switch.wrong
        self.named = None if self.kind is Kind.FREE else self._named(data)
        if self.kind is Kind.FREE:
            self._free()

    def _kind(self, data: QueryDict) -> Kind:
        try:
            return Kind(data.get("ky", Kind.MONTH.value))
        except ValueError:
            self.errors["ky"] = "Không có loại kỳ này."
            return Kind.MONTH

    def _named(self, data: QueryDict) -> Named:
        usual = before(self.today, self.kind)
        year, place = data.get("nam", "").strip(), data.get("so", "").strip()
        if not year and not place:
            return Named(usual.kind, usual.year, usual.place, self.reporting)
        if not (year or str(usual.year)).isdecimal() or not (place or "1").isdecimal():
            self.errors["nam"] = "Năm và kỳ là các chữ số."
            return usual
        try:
            most = (
                places(self.kind).stop - 1
            )  # changing month 10 to a quarter asks for the last, not for an error
            return named(
                self.kind, int(year or usual.year), min(int(place or 1), most), reporting=self.reporting
            )
        except Refused as no:
            self.errors["nam"] = no.sentence()
            return usual

    def _day(self, data: QueryDict, name: str) -> tuple[date | None, str]:
        typed = data.get(name, "").strip()[:20]
        found = read_day(typed) if typed else None
        if typed and found is None:
            self.errors[name] = "Không đọc được ngày. Viết dạng 31/10/2026."
        return found, typed

    def _free(self) -> None:
        for day, typed, name in ((self.first, self.first_typed, "tu"), (self.last, self.last_typed, "den")):
            if day is None and not typed:
                self.errors[name] = "Chưa ghi ngày. Viết dạng 31/10/2026."

    def question(self, first_day: int = 1) -> Question | None:
        """What the address asks; None when something in it is wrong, and `errors` says what."""
        if self.errors:
            return None
        period = self.named.days(first_day) if self.named else Period(self.first, self.last)  # type: ignore[arg-type]
        try:
            return ask(period.first, period.last, today=self.today, as_of=self.as_of, known_on=self.known_on)
        except Refused as no:
            field = (
                "chot" if no.where == "as_of" and self.as_of else "tu" if self.kind is Kind.FREE else "nam"
            )
            self.errors[field] = f"{no.what} {no.do}"
            return None

    @property
    def fresh(self) -> bool:
        """Free days chosen and not yet filled in: a question to ask, not a mistake to show."""
        return self.kind is Kind.FREE and not self.first_typed and not self.last_typed

    @property
    def words(self) -> str:
        return self.named.words if self.named else f"từ {self.first_typed} đến {self.last_typed}"

    @property
    def query(self) -> str:
        """The period as an address query, for links that keep it."""
        return self._query(self.named)

    @property
    def without_subject(self) -> str:
        """The same without the heading of a list."""
        return self._query(self.named, without="muc")

    @property
    def earlier(self) -> str:
        return self._query(self.named.moved(-1)) if self.named else ""

    @property
    def later(self) -> str:
        return self._query(self.named.moved(1)) if self.named else ""

    def _query(self, shown: Named | None, without: str = "") -> str:
        if shown is not None:
            parts = {"ky": shown.kind.value, "nam": str(shown.year), "so": str(shown.place)}
        else:
            parts = {"ky": self.kind.value, "tu": self.first_typed, "den": self.last_typed}
        if self.reporting:
            parts["cach"] = "bao-cao"
        if self.by is not next(iter(self.by_words)):
            parts["theo"] = self.by.value
        if self.by is By.UNIT:
            parts |= self.switch.part
        for name, typed in (("chot", self.as_of_typed), ("biet", self.known_typed)):
            if typed:
                parts[name] = typed
        return urlencode(parts | {name: value for name, value in self.beside.items() if name != without})

    @property
    def kinds(self) -> list[Choice]:
        return [Choice(kind.value, kind.label, kind is self.kind) for kind in Kind]

    @property
    def place_choices(self) -> list[Choice]:
        """The months, quarters or halves to choose from; none when the year has only one such period."""
        if self.named is None or len(places(self.kind)) == 1:
            return []
        return [Choice(str(n), _place_words(self.kind, n), n == self.named.place) for n in places(self.kind)]

    @property
    def groupings(self) -> list[Choice]:
        return [Choice(by.value, words, by is self.by) for by, words in self.by_words.items()]


def _place_words(kind: Kind, place: int) -> str:
    if kind is Kind.QUARTER:
        return f"Quý {('I', 'II', 'III', 'IV')[place - 1]}"
    return ("6 tháng đầu", "6 tháng cuối")[place - 1] if kind is Kind.HALF else f"Tháng {place}"
