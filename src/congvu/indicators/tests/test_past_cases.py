"""Real past cases: what the import said of them is what the statistics count and open."""

from datetime import date
from pathlib import Path

import pytest

from congvu.dossiers.actions.import_cases import import_cases
from congvu.foundation.identity.actor import SYSTEM
from congvu.indicators.queries.form06 import By, form06
from congvu.indicators.queries.imports import import_records, imported_counts
from congvu.indicators.queries.records import form06_records
from congvu.indicators.queries.series import on_time
from congvu.indicators.rules.on_time import DOUBTFUL, PAST
from congvu.indicators.tests.make import moment

pytestmark = pytest.mark.django_db
LOGS = Path(__file__).resolve().parents[5] / "shared" / "data" / "event_logs"
TODAY = date(2026, 11, 20)
EVER = (date(1990, 1, 1), TODAY)


@pytest.mark.parametrize(("name", "cases"), [("receipt_first_700_cases.csv", 700), ("BPIC15_1.xes.gz", 1199)])
def test_what_the_import_said_is_counted_and_opened(name: str, cases: int) -> None:
    path = LOGS / name
    if not path.exists():
        pytest.skip(f"{path} is not on this machine")
    said = import_cases(path, by=SYSTEM, at=moment(TODAY)).summary
    (one,) = imported_counts(SYSTEM, today=TODAY)
    assert one.cases == cases == said["cases"]
    assert (one.on_time, one.late, one.open, one.unclear) == (
        said["on_time"],
        said["late"],
        said["open"],
        said["flagged"],
    )
    figures = dict(
        zip(
            (*PAST, DOUBTFUL),
            (one.cases, one.on_time, one.late, one.open, one.unclear, one.doubtful),
            strict=True,
        )
    )
    for figure, n in figures.items():
        page = import_records(SYSTEM, one.id, figure, today=TODAY, limit=2000)
        assert len(page.rows) == n, figure
    form = form06(SYSTEM, *EVER, today=TODAY)
    told = said["form_06"]
    assert (form.total.on_time, form.total.c10, form.total.c11) == (
        told["on_time"],
        told["late"],
        told["open"],
    )
    assert form.total.c3 == cases
    assert all(holds for _, holds in form.identities)
    for code in ("c8", "c9", "c10", "c13"):
        rows = form06_records(
            SYSTEM, form.question, by=By.FORM, key="", column=code, today=TODAY, limit=2000
        ).rows
        assert len(rows) == getattr(form.total, code)
    months, units = on_time(SYSTEM, *EVER, today=TODAY)
    assert sum(m.solved for m in months) == sum(u.solved for u in units) <= form.total.c7


def test_what_was_not_yet_imported_was_not_known(tmp_path: Path) -> None:
    """Past cases happened long ago and were recorded today: as known on a day before, there are none."""
    log = tmp_path / "log.csv"
    log.write_text(
        "case,startdate,deadline,enddate,activity,timestamp\n"
        "A1,2011-03-01,2011-03-20,2011-03-18,nhận,2011-03-01T09:00:00\n",
        encoding="utf-8",
    )
    import_cases(log, by=SYSTEM, at=moment(TODAY))
    march = (date(2011, 3, 1), date(2011, 3, 31))
    assert form06(SYSTEM, *march, today=TODAY).total.c8 == 1
    assert form06(SYSTEM, *march, today=TODAY, known_on=date(2011, 12, 31)).total.c3 == 0
