"""Phân quyền, phân cấp, ủy quyền: the forms in which a power passes down, and what is missing in an entry. Pure."""

from dataclasses import dataclass
from datetime import date

from congvu.foundation.workdays.days import days_between

PHAN_QUYEN, PHAN_CAP, UY_QUYEN = "PHAN_QUYEN", "PHAN_CAP", "UY_QUYEN"
FORMS = {PHAN_QUYEN: "Phân quyền", PHAN_CAP: "Phân cấp", UY_QUYEN: "Ủy quyền"}
END_RULE = "organisation.mandate_needs_end"
SOON = 90  # days before its end at which an entry is told as ending


@dataclass(frozen=True, slots=True)
class Flag:
    """Something to look at: a chip's state and words."""

    state: str
    words: str


def flag_of(
    form: str, valid_to: date | None, on: date, *, mandate_needs_end: bool, parties_stand: bool
) -> Flag | None:
    """What an entry in force on a day needs to be looked at for, the gravest first; None when nothing.

    `valid_to` is the first day it no longer holds.
    """
    if not parties_stand:
        return Flag("late", "Đơn vị không còn")
    if form == UY_QUYEN and valid_to is None and mandate_needs_end:
        return Flag("late", "Thiếu thời hạn")
    if valid_to is not None and on < valid_to and days_between(on, valid_to) <= SOON:
        return Flag("soon", f"Còn {days_between(on, valid_to)} ngày")
    return None
