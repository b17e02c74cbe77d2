"""PAPI as it is published: every number kept as printed, a blank is no number, years whose criteria differ are compared only
over those they share."""

import csv
from fractions import Fraction
from pathlib import Path

import pytest

from congvu.foundation.identity.actor import SYSTEM
from congvu.foundation.refusal import Refused
from congvu.indices.actions.import_index import import_index
from congvu.indices.models import Round, Sheet
from congvu.indices.queries.results import result_of, table_of
from congvu.indices.queries.sets import criteria_of, nodes_of
from congvu.indices.queries.sheets import cells_of, standing
from congvu.indices.rules.results import compared
from congvu.indices.tests.make import AT

pytestmark = pytest.mark.django_db
SHARED = Path(__file__).resolve().parents[4].parent / "shared/data/indices"
BOOKS = {
    "codebook_provinces.csv": b"Variable_Code,Variable_Name\nP01,Hanoi\nP02,Ha Giang\n",
    "codebook_criteria.csv": b"Variable_Code,Variable_Name\nC01,Participation\nC02,Transparency\n",
    "codebook_subcriteria.csv": (
        b"Variable_Code,Variable_Name,Criteria_Name,Criteria_Code\nSC11,Knowledge,Participation,C01\n"
        b"SC12,Elections,Participation,C01\nSC21,Lists,Transparency,C02\n"
    ),
}
FILES = {
    **BOOKS,
    "papi_2019.csv": b"Province,SC11,SC12,SC21\nP01,1.26411,2,\nP02,0.9,,\n",
    "papi_2020.csv": b"Province,SC11,SC12,SC21\nP01,1.5,2.5,0.5\nP02,1,1,1\n",
}


def test_blanks_stay_blank_and_again_nothing_is_stored() -> None:
    done = import_index(FILES, by=SYSTEM, at=AT)
    assert (done.files, done.rows, done.read, done.stored, done.blanks, done.rejected) == (2, 4, 9, 9, 3, [])
    one = Round.objects.get(set__edition="2019")
    rows = {row.sheet.code: row for row in table_of(one, list(Sheet.objects.filter(round=one))).rows}
    assert rows["P01"].value == Fraction("3.26411")
    assert (rows["P02"].value, rows["P02"].rank) == (None, None)
    again = import_index(FILES, by=SYSTEM, at=AT)
    assert (again.stored, again.unchanged) == (0, 9)


def test_years_whose_criteria_differ_are_compared_over_those_they_share() -> None:
    import_index(FILES, by=SYSTEM, at=AT)
    results = {}
    for sheet in Sheet.objects.filter(code="P01").select_related("round", "round__set"):
        of = sheet.round.set
        nodes = nodes_of(criteria_of([of.pk])[of.pk])
        results[of.edition] = result_of(of, nodes, cells_of(standing([sheet.pk])[sheet.pk]))
    told = compared(results["2019"], results["2020"])
    assert [(one.code, one.change) for one in told.common] == [
        ("C01.SC11", Fraction("0.23589")),
        ("C01.SC12", Fraction("0.5")),
    ]
    assert [one.code for one in told.only_now] == ["C02.SC21"]


def test_what_cannot_be_read_is_told_with_its_line_and_the_rest_is_taken() -> None:
    bad = {
        **FILES,
        "papi_2020.csv": b"Province,SC11,SC12\nP01,1.5,cao\nP99,1,1\nP02,1,1\nP02,2,2\n",
        "papi_2021.csv": b"Province,SC99\nP01,1\n",
    }
    done = import_index(bad, by=SYSTEM, at=AT)
    assert [where for where, _ in done.rejected] == [
        "papi_2020.csv:3", "papi_2020.csv:5", "papi_2020.csv:2 SC12", "papi_2021.csv",
    ]  # fmt: skip
    assert done.stored == 6
    with pytest.raises(Refused, match="Thiếu bảng mã"):
        import_index({"papi_2020.csv": b""}, by=SYSTEM, at=AT)


@pytest.mark.skipif(not SHARED.is_dir(), reason="the published files are not here")
def test_every_number_of_papi_2011_to_2020_is_in_and_nothing_else() -> None:
    files = {path.name: path.read_bytes() for path in SHARED.glob("*.csv")}
    done = import_index(files, by=SYSTEM, at=AT)
    printed = blank = 0
    for path in SHARED.glob("papi_*.csv"):
        for row in list(csv.reader(path.open(encoding="utf-8")))[1:]:
            printed += sum(bool(cell.strip()) for cell in row[1:])
            blank += sum(not cell.strip() for cell in row[1:])
    assert (done.rejected, done.stored, done.blanks) == ([], printed, blank)
    assert len(done.sets) == 10
