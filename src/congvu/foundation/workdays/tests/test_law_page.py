"""The worked cases of docs/law/terms.md are true."""

import re
from datetime import date, datetime
from pathlib import Path

import pytest

from congvu.foundation.workdays import (
    Extension,
    Pause,
    PausePolicy,
    StartPolicy,
    Swap,
    calendar_for,
    due,
    parse_term,
)

PAGE = Path(__file__).resolve().parents[5] / "docs" / "law" / "terms.md"
ROWS = [
    [cell.strip() for cell in line.strip("|\n").split("|")]
    for line in PAGE.read_text(encoding="utf-8").splitlines()
    if re.match(r"\| \d+ \|", line)
]


def at(text):
    day, _, clock = text.partition(" ")
    d, m, y = map(int, day.split("/"))
    return datetime(y, m, d, *map(int, clock.split(":"))) if clock else date(y, m, d)


def asked(words):
    """The column "With" as arguments of `due`, and the swaps of the calendar."""
    name, _, rest = words.partition(" ")
    if name in [*StartPolicy]:
        return {"policy": StartPolicy(name)}, []
    if name in [*PausePolicy]:
        since, until = (datetime.combine(at(day), datetime.min.time()) for day in rest.split(":"))
        return {"pauses": [Pause(since, until, PausePolicy(name))]}, []
    if name == "swap":
        off, work = map(at, rest.split(":"))
        return {}, [Swap(off, work, "docs/law/terms.md")]
    if name == "extend":
        return {"extension": Extension(by=parse_term(rest))}, []
    assert words == ""
    return {}, []


def test_the_page_has_its_cases():
    assert [row[0] for row in ROWS] == [str(n) for n in range(1, 23)]


@pytest.mark.parametrize("row", ROWS, ids=[row[0] for row in ROWS])
def test_the_case_is_true(row):
    _, start, term, given, answer, _ = row
    options, swaps = asked(given)
    found = due(at(start), parse_term(term), calendar_for(swaps=swaps), **options)
    assert (found.moment or found.date) == at(answer)
