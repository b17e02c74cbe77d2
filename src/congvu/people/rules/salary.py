"""Grades, steps and the day the next step is due (NĐ 204/2004/NĐ-CP; TT 08/2013/TT-BNV, Điều 2). Pure.

The tables are rows of the law table: `people.salary_scales` and `people.grades`.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from congvu.foundation.refusal import Refused
from congvu.foundation.workdays.days import add_months

FIRST_OVER_FRAME, MORE_OVER_FRAME, OVER_FRAME_MONTHS = 5, 1, 12


@dataclass(frozen=True, slots=True)
class Grade:
    """A grade (ngạch) with its scale: the coefficients of its steps and how long one waits on each."""

    code: str
    name: str
    scale: str
    coefficients: tuple[Decimal, ...]
    months: int

    def coefficient(self, step: int) -> Decimal:
        """The coefficient of a step. Refuses a step the scale has not."""
        if not 1 <= step <= len(self.coefficients):
            raise Refused(
                f"Ngạch {self.code} không có bậc {step}.",
                where="step",
                do=f"Chọn bậc 1 đến {len(self.coefficients)}.",
                article="Nghị định 204/2004/NĐ-CP, Bảng 2",
            )
        return self.coefficients[step - 1]

    @property
    def last_step(self) -> int:
        return len(self.coefficients)


Grades = Mapping[str, Grade]


def grades_of(grades: Mapping[str, Any], scales: Mapping[str, Any]) -> Grades:
    """Every grade with its scale, out of the law table's two rows."""
    return {
        code: Grade(
            code,
            row["name"],
            row["scale"],
            tuple(Decimal(one) for one in scales[row["scale"]]["coefficients"]),
            scales[row["scale"]]["months"],
        )
        for code, row in grades.items()
    }


def grade(code: str, grades: Grades) -> Grade:
    """The grade of a code. Refuses an unknown one."""
    if code not in grades:
        raise Refused(f"Không có ngạch mã «{code}».", where="grade", do="Chọn mã trong danh mục ngạch.")
    return grades[code]


def next_due(grade: Grade, step: int, over_frame: int, counted_from: date) -> date:
    """The day the next step, or the next per cent over the last step, may be given."""
    if step >= grade.last_step and over_frame > 0:
        return add_months(counted_from, OVER_FRAME_MONTHS)
    return add_months(counted_from, grade.months)


def following(grade: Grade, step: int, over_frame: int) -> tuple[int, int]:
    """The (step, per cent over the frame) that comes next."""
    if step < grade.last_step:
        return step + 1, 0
    return step, FIRST_OVER_FRAME if over_frame == 0 else over_frame + MORE_OVER_FRAME
