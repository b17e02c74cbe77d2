"""Populations: what kinds of records figures may count besides dossiers of a period, and by which of their facts.

An office defines a figure of its own by a population and a condition: for each fact the values it may have. Nothing else is
needed to count, to open the records and to say in words what is counted.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from congvu.foundation.identity.roles import ADMIN, AUDITOR, CLERK, LEADER, PERSONNEL, SPECIALIST
from congvu.foundation.refusal import Refused
from congvu.indicators.rules.definitions import Measure, Where

EVERYBODY = (CLERK, SPECIALIST, LEADER, AUDITOR, PERSONNEL, ADMIN)
DOSSIER_READERS = (CLERK, SPECIALIST, LEADER, AUDITOR)
STAFF_READERS = (PERSONNEL, LEADER, AUDITOR)
REGISTER_READERS = (PERSONNEL, LEADER, AUDITOR, ADMIN)
MOST_VALUES = 50


@dataclass(frozen=True, slots=True)
class Field:
    """A fact a record may be asked for. `values`: (value, words) when they are a closed list, None when any text may stand."""

    code: str
    words: str
    values: tuple[tuple[str, str], ...] | None = None

    def told(self, value: str) -> str:
        """A value in words."""
        return dict(self.values or ()).get(value, value)


@dataclass(frozen=True, slots=True)
class Population:
    """A kind of record. `of_day`: those that stood on the last day; else those of the days of the period. `readers`: the
    roles that may ask; which records each of them sees its source says. `source`: whence the numbers come, in words."""

    code: str
    name: str
    measure: Measure
    fields: tuple[Field, ...]
    of_day: bool = True
    readers: tuple[str, ...] = EVERYBODY
    source: str = ""

    def field(self, code: str) -> Field:
        """Refuses a fact its records have not."""
        found = next((one for one in self.fields if one.code == code), None)
        if found is None:
            offered = ", ".join(f"{one.code} ({one.words})" for one in self.fields) or "không có"
            raise Refused(
                f"«{self.name}» không có điều kiện «{code[:40]}».",
                where=code[:40],
                do=f"Các điều kiện: {offered}.",
            )
        return found


def where_of(population: Population, asked: Mapping[str, object]) -> Where:
    """A condition as it is kept: fields in the population's order, values sorted. Refuses a field the population has not, a
    value outside its list, and a field without a value."""
    found: dict[str, tuple[str, ...]] = {}
    for code, value in asked.items():
        field = population.field(code)
        values = _values(value, field)
        known = {one for one, _ in field.values} if field.values is not None else None
        for one in values:
            if known is not None and one not in known:
                raise Refused(
                    f"{field.words} không có giá trị «{one[:40]}».",
                    where=code,
                    do=f"Chọn trong: {', '.join(words for _, words in field.values or ())}.",
                )
        found[code] = tuple(sorted(set(values)))
    order = {one.code: place for place, one in enumerate(population.fields)}
    return tuple(sorted(found.items(), key=lambda one: order[one[0]]))


def _values(value: object, field: Field) -> tuple[str, ...]:
    given = value if isinstance(value, Sequence) and not isinstance(value, str) else (value,)
    if not all(isinstance(one, str | int) and not isinstance(one, bool) and str(one) for one in given):
        raise Refused(f"{field.words}: giá trị phải là chữ hoặc số.", where=field.code, do="Ghi lại giá trị.")
    if not 1 <= len(given) <= MOST_VALUES:
        raise Refused(
            f"{field.words}: chọn từ 1 đến {MOST_VALUES} giá trị.",
            where=field.code,
            do="Bỏ điều kiện hoặc bớt giá trị.",
        )
    return tuple(str(one) for one in given)


def in_words(population: Population, where: Where) -> str:
    """A condition in words: «Đơn vị có cấp: Cấp xã; loại: Xã hoặc Phường»."""
    if not where:
        return population.name
    parts = (
        f"{population.field(code).words.lower()}: {' hoặc '.join(population.field(code).told(one) for one in values)}"
        for code, values in where
    )
    return f"{population.name} có {'; '.join(parts)}"


def narrower(part: Where, whole: Where) -> bool:
    """Whether every record of `part` is one of `whole`: a share is of records that contain its own."""
    asked = dict(part)
    return all(code in asked and set(asked[code]) <= set(values) for code, values in whole)
