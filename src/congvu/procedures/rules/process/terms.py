"""The terms of steps against the term of the procedure. Units are compared only where they measure the same time.

Working hours and working days do (8 hours = 1 working day); calendar days, weeks, months and years are each their own
measure and never turned into one another (BLDS 2015, Điều 145-148).
"""

from dataclasses import dataclass
from decimal import Decimal

from congvu.procedures.rules.process.graph import HOURS_PER_DAY, Process, Step
from congvu.procedures.rules.words import TermUnit

_PER = {TermUnit.GIO_LAM_VIEC.value: Decimal(1), TermUnit.NGAY_LAM_VIEC.value: Decimal(HOURS_PER_DAY)}
WORKING = "WORKING"


@dataclass(frozen=True, slots=True)
class WholeTerm:
    """The term of the procedure: `n` of a unit."""

    n: Decimal
    unit: str

    def words(self) -> str:
        return amount_words(self.n, TermUnit(self.unit).label)


@dataclass(frozen=True, slots=True)
class LongestWay:
    """The way through the process whose terms add up to most: its steps and the sum, in working hours or `measure`."""

    keys: tuple[str, ...]
    amount: Decimal
    measure: str

    def words(self) -> str:
        if self.measure != WORKING:
            return amount_words(self.amount, TermUnit(self.measure).label)
        if self.amount % (HOURS_PER_DAY // 2):
            return amount_words(self.amount, TermUnit.GIO_LAM_VIEC.label)
        return amount_words(self.amount / HOURS_PER_DAY, TermUnit.NGAY_LAM_VIEC.label)


def amount_words(n: Decimal, unit: str) -> str:
    """ "0,5 ngày làm việc" """
    return f"{n.normalize():f} {unit}".replace(".", ",")


def measure_of(unit: str) -> str:
    """What a unit measures: working time, or itself."""
    return WORKING if unit in _PER else unit


def amount_of(n: Decimal, unit: str) -> Decimal:
    """`n` of a unit in its measure (working hours for working time)."""
    return n * _PER.get(unit, Decimal(1))


def not_measured(process: Process, measure: str) -> tuple[Step, ...]:
    """The steps whose own term is of another measure."""
    return tuple(
        step for step in process.steps if step.term_n is not None and measure_of(step.term_unit) != measure
    )


def longest_way(process: Process, measure: str = WORKING) -> LongestWay:
    """The longest way by step terms of that measure; loops back are counted once. Forward links without a cycle."""
    best: dict[str, tuple[Decimal, str | None]] = {}
    for key in reversed(process.order):
        after = max(
            ((best[to][0], to) for to in process.after[key] if to in best),
            key=lambda pair: pair[0],
            default=(Decimal(0), None),
        )
        best[key] = (_own(process.by_key[key], measure) + after[0], after[1])
    begin = max((key for key in process.first if key in best), key=lambda key: best[key][0], default=None)
    if begin is None:
        return LongestWay((), Decimal(0), measure)
    keys, key = [], begin
    while True:
        keys.append(key)
        following = best[key][1]
        if following is None:
            return LongestWay(tuple(keys), best[begin][0], measure)
        key = following


def _own(step: Step, measure: str) -> Decimal:
    if step.term_n is None or measure_of(step.term_unit) != measure:
        return Decimal(0)
    return amount_of(step.term_n, step.term_unit)
