"""Which forms, by the day a dossier came in: the circulars as a jurist would check them."""

from datetime import date

import pytest

from congvu.dossiers.rules.slips import APOLOGY, BOOK, CONTROL, RECEIPT, STOPPED, Paper, form_set


@pytest.mark.parametrize(
    ("day", "circular", "numbers"),
    [
        (date(2016, 5, 4), "01/2018", 6),  # before the first circular known here
        (date(2019, 1, 6), "01/2018", 6),
        (date(2025, 9, 14), "01/2018", 6),
        (date(2025, 9, 15), "03/2025", 7),
        (date(2026, 11, 20), "03/2025", 7),
    ],
)
def test_the_circular_of_the_day(day: date, circular: str, numbers: int) -> None:
    found = form_set(day)
    assert circular in found.circular
    assert [form.number for form in found.forms] == [f"{n:02d}" for n in range(1, numbers + 1)]


def test_what_changed_between_the_two() -> None:
    old, new = form_set(date(2020, 1, 1)), form_set(date(2026, 1, 1))
    assert old.form(STOPPED) is None
    assert (new.form(STOPPED).number, old.form(CONTROL).number, new.form(CONTROL).number) == (
        "05",
        "05",
        "06",
    )  # type: ignore[union-attr]
    assert (old.form(BOOK).number, new.form(BOOK).number) == ("06", "07")  # type: ignore[union-attr]
    assert "hẹn lại" in old.form(APOLOGY).name and "gia hạn" in new.form(APOLOGY).name  # type: ignore[union-attr]
    assert {form.paper for form in old.forms if form.slug != BOOK} == {
        Paper.A5
    }  # TT 01/2018 art. 9: A5, the book A4
    assert old.form(RECEIPT) == new.form(RECEIPT)
