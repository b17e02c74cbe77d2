"""How long the papers of a personal file are kept, and when a file must be handed on. Pure.

Years run from the year after the one in which the person left the service: until then the file is at work. The original
file is permanent; it is handed to the next body or given to the archive, never destroyed.
"""

from datetime import date


def left_before(years: int, today: date) -> date:
    """Papers kept so many years are over today for whoever was gone by this day (the first day of not being here)."""
    return date(today.year - years, 1, 1)
