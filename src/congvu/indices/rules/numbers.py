"""Numbers as people write them in a score sheet, exact. Pure."""

import re
from fractions import Fraction

_WHOLE = r"(?:[0-9]{1,12}|[0-9]{1,3}(?:\.[0-9]{3}){1,3})"
_COUNT = re.compile(_WHOLE)
_DECIMAL = re.compile(rf"{_WHOLE}(?:,[0-9]{{1,12}})?|[0-9]{{1,12}}\.(?:[0-9]{{1,2}}|[0-9]{{4,12}})")
HUNDRED = 100


def read_count(text: str) -> int | None:
    """A whole number, "1234" or "1.234"; None for anything else."""
    bare = text.strip()
    return int(bare.replace(".", "")) if _COUNT.fullmatch(bare) else None


def read_decimal(text: str) -> Fraction | None:
    """A number with a decimal comma ("1,75", "1.234,5"). A point is taken for one only where it cannot part thousands
    ("1.75", not "1.750"). None for anything else."""
    bare = text.strip()
    if not _DECIMAL.fullmatch(bare):
        return None
    if "," not in bare and re.fullmatch(r"\d+\.(\d{1,2}|\d{4,})", bare):
        return Fraction(bare)
    return Fraction(bare.replace(".", "").replace(",", "."))


def half_up(value: Fraction, places: int) -> Fraction:
    """Rounded half up, away from zero, in exact arithmetic: 1,25 to one place is 1,3."""
    scaled = abs(value) * 10**places
    whole = (2 * scaled.numerator + scaled.denominator) // (2 * scaled.denominator)
    return Fraction(-whole if value < 0 else whole, 10**places)


def written(value: Fraction, places: int = 2) -> str:
    """With a decimal comma, at most `places` decimals, none that say nothing: "1,84", "2"."""
    shown = half_up(value, places)
    whole, part = divmod(abs(shown), 1)
    decimals = f"{int(part * 10**places):0{places}d}".rstrip("0") if places else ""
    return f"{'−' if shown < 0 else ''}{whole}{',' + decimals if decimals else ''}"


def fixed(value: Fraction, places: int) -> str:
    """With a decimal comma and exactly `places` decimals: "88,00"."""
    shown = half_up(value, places)
    whole, part = divmod(abs(shown), 1)
    decimals = f",{int(part * 10**places):0{places}d}" if places else ""
    return f"{'−' if shown < 0 else ''}{whole}{decimals}"
