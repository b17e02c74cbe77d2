"""The rules of personnel work in force on a day, out of the law table."""

from datetime import date

from congvu.foundation.lawtable.models import LawRule
from congvu.foundation.lawtable.queries import rules_at
from congvu.people.rules.salary import Grades, grades_of

RETIREMENT, SCALES, GRADES, SECONDMENT = (
    "people.retirement_age", "people.salary_scales", "people.grades", "people.secondment_months",
)  # fmt: skip
NOTICE, HANDOVER, RETENTION = (
    "people.retirement_notice_months", "people.file_handover_days", "people.paper_retention",
)  # fmt: skip


def personnel_rules(on: date) -> dict[str, LawRule]:
    """The rows of the law table this room computes with. 1 statement."""
    return {one.code: one for one in rules_at(on) if one.code.startswith("people.")}


def grades_on(on: date) -> Grades:
    """Every grade with its scale. 1 statement."""
    rules = personnel_rules(on)
    return grades_of(rules[GRADES].value, rules[SCALES].value)
