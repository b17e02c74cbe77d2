"""One reader of the clock, one room for date arithmetic: found by reading the code, not by grepping it."""

import ast

import pytest

from tests.architecture.tree import SOURCE, is_test, names_used, parsed, python_files

READS_NOW = {"now", "utcnow", "today"}
OWNERS_OF_NOW = {
    "datetime",
    "date",
    "timezone",
    "datetime.datetime",
    "datetime.date",
    "django.utils.timezone",
}
READS_WALL_TIME = {
    "time.time",
    "time.time_ns",
    "time.localtime",
    "time.gmtime",
    "timezone.localdate",
    "timezone.localtime",
}
CLOCK = SOURCE / "foundation" / "clock"
WORKDAYS = SOURCE / "foundation" / "workdays"


def reads_now(tree: ast.AST) -> list[int]:
    """The lines that ask what time it is."""
    return [
        line
        for name, line in names_used(tree)
        if name in READS_WALL_TIME
        or (name.rpartition(".")[2] in READS_NOW and name.rpartition(".")[0] in OWNERS_OF_NOW)
    ]


def does_date_arithmetic(tree: ast.AST) -> list[int]:
    """The lines that bring in the tools of date arithmetic."""
    tools = {"timedelta", "relativedelta"}
    return [line for name, line in names_used(tree) if name.rpartition(".")[2] in tools]


def ours() -> list:
    return [path for path in python_files() if path.is_relative_to(SOURCE) and not is_test(path)]


def test_only_the_clock_reads_now() -> None:
    found = {
        f"{path.relative_to(SOURCE)}:{line}"
        for path in ours()
        if not path.is_relative_to(CLOCK)
        for line in reads_now(parsed(path))
    }
    assert not found, "ask congvu.foundation.clock, or take `at` as an argument"


def test_only_workdays_does_date_arithmetic() -> None:
    found = {
        f"{path.relative_to(SOURCE)}:{line}"
        for path in ours()
        if not path.is_relative_to(WORKDAYS)
        for line in does_date_arithmetic(parsed(path))
    }
    assert not found, "use congvu.foundation.workdays (days.py has the plain steps)"


@pytest.mark.parametrize(
    ("text", "caught"),
    [
        ("import datetime\nx = datetime.datetime.now()", True),
        ("from datetime import date\nx = date.today()", True),
        ("from django.utils import timezone\nx = timezone.now()", True),
        ("import time\nx = time.time()", True),
        ("from congvu.foundation import clock\nx = clock.now()", False),
        ("import time\nx = time.monotonic()", False),
        ("x = 'datetime.now()'", False),
    ],
)
def test_the_search_for_now_finds_what_it_should(text: str, caught: bool) -> None:
    assert bool(reads_now(ast.parse(text))) is caught


@pytest.mark.parametrize(
    ("text", "caught"),
    [
        ("from datetime import timedelta", True),
        ("import datetime\nx = datetime.timedelta(1)", True),
        ("from dateutil.relativedelta import relativedelta", True),
        ("from datetime import date", False),
    ],
)
def test_the_search_for_date_arithmetic_finds_what_it_should(text: str, caught: bool) -> None:
    assert bool(does_date_arithmetic(ast.parse(text))) is caught
