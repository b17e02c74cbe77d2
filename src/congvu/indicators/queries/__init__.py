"""Reads of the indicators: every figure through the access predicate, every number with its records."""

from congvu.indicators.queries.form06 import By, Form06, Row, form06
from congvu.indicators.queries.imports import ImportCounts, import_records, imported_counts
from congvu.indicators.queries.question import Question, ask
from congvu.indicators.queries.records import Record, export_form06_records, form06_records
from congvu.indicators.queries.series import (
    MonthShare,
    UnitShare,
    on_time_by_agency,
    on_time_by_month,
    solved_records,
)

__all__ = [
    "By",
    "Form06",
    "ImportCounts",
    "MonthShare",
    "Question",
    "Record",
    "Row",
    "UnitShare",
    "ask",
    "export_form06_records",
    "form06",
    "form06_records",
    "import_records",
    "imported_counts",
    "on_time_by_agency",
    "on_time_by_month",
    "solved_records",
]
