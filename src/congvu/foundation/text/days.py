"""Days as people type them."""

from datetime import date


def read_day(text: str) -> date | None:
    """The day in "20/11/2026", "20-11-26", "20.11.2026" or "2026-11-20"; None when there is none."""
    parts = text.strip().replace("-", "/").replace(".", "/").split("/")
    if len(parts) != 3 or not all(part.strip().isdigit() for part in parts):
        return None
    try:  # "²" is a digit and no number; a number may be too long to be read, or to be a year
        first, month, last = (int(part) for part in parts)
        day_of_month, year = (last, first) if len(parts[0].strip()) == 4 else (first, last)
        return date(year + 2000 if year < 100 else year, month, day_of_month)
    except (ValueError, OverflowError):
        return None
