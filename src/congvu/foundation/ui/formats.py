"""How values are written on a Vietnamese screen: numbers 1.234,5; dates dd/mm/yyyy; minus −; nothing –. Pure."""

from collections.abc import Iterable
from datetime import date, datetime, time
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction

from congvu.foundation.clock import legal

NOTHING = "–"
WEEKDAYS = ("Thứ Hai", "Thứ Ba", "Thứ Tư", "Thứ Năm", "Thứ Sáu", "Thứ Bảy", "Chủ nhật")
WEEKDAYS_SHORT = ("T2", "T3", "T4", "T5", "T6", "T7", "CN")


def number(value: int | float | Decimal | Fraction | None, places: int | None = None) -> str:
    """1234.5 -> "1.234,5"; −3 with the minus sign; None -> "–"; zero stays "0".

    `places` fixes the decimals (rounded half up, as a reader rounds); without it an integer has none
    and any other number shows the digits it has, a fraction at most two.
    """
    if value is None:
        return NOTHING
    exact = _decimal(value)
    if places is not None:
        exact = exact.quantize(Decimal(1).scaleb(-places), rounding=ROUND_HALF_UP)
    text = f"{abs(exact):,f}".replace(",", " ").replace(".", ",").replace(" ", ".")
    return f"−{text}" if exact < 0 else text


def percent(part: int | Fraction | None, whole: int | Fraction | None, places: int = 1) -> str:
    """The share as "99,1%", rounded once; "–" when the whole is nothing or not known."""
    if part is None or not whole:
        return NOTHING
    share = Fraction(100 * part) / Fraction(whole)
    return number(Decimal(share.numerator) / Decimal(share.denominator), places) + "%"


def rounded(value: Fraction, places: int = 2) -> Decimal:
    """Half up, away from zero, in exact arithmetic: 10,005 is 10,01 and −10,005 is −10,01."""
    scaled = abs(value) * 10**places
    whole = (2 * scaled.numerator + scaled.denominator) // (2 * scaled.denominator)
    number = Decimal(whole).scaleb(-places)
    return (-number if value < 0 else number).quantize(Decimal(1).scaleb(-places), rounding=ROUND_HALF_UP)


def _decimal(value: int | float | Decimal | Fraction) -> Decimal:
    if not isinstance(value, Fraction):
        return Decimal(str(value))
    rounded = (Decimal(value.numerator) / Decimal(value.denominator)).quantize(Decimal("0.01"), ROUND_HALF_UP)
    return rounded.quantize(Decimal(1)) if rounded == rounded.to_integral_value() else rounded.normalize()


def day(value: date | datetime | None) -> str:
    """dd/mm/yyyy in the legal zone."""
    return NOTHING if value is None else f"{_local(value):%d/%m/%Y}"


def day_month(value: date | datetime | None) -> str:
    """dd/mm, where the year stands on the screen already."""
    return NOTHING if value is None else f"{_local(value):%d/%m}"


def moment(value: datetime | None) -> str:
    """dd/mm/yyyy hh:mm in the legal zone."""
    return NOTHING if value is None else f"{_local(value):%d/%m/%Y %H:%M}"


def hour(value: datetime | time | None) -> str:
    """hh:mm in the legal zone."""
    if value is None:
        return NOTHING
    return f"{_local(value) if isinstance(value, datetime) else value:%H:%M}"


def weekday(value: date | datetime | None) -> str:
    """Thứ Hai … Chủ nhật."""
    return "" if value is None else WEEKDAYS[_local(value).weekday()]


def weekday_short(value: date | datetime | None) -> str:
    """T2 … CN."""
    return "" if value is None else WEEKDAYS_SHORT[_local(value).weekday()]


def listing(words: Iterable[str], limit: int = 5) -> str:
    """ "a, b và c"; past `limit` the rest is counted: "a, b và 3 mục khác"."""
    items = list(words)
    if len(items) > limit:
        items = [*items[: limit - 1], f"{number(len(items) - limit + 1)} mục khác"]
    return items[0] if len(items) == 1 else " và ".join([", ".join(items[:-1]), items[-1]]) if items else ""


def _local(value: date | datetime) -> date | datetime:
    return legal(value) if isinstance(value, datetime) else value
