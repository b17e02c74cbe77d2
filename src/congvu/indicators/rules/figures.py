"""The catalogue of figures, in the order of the list. What a figure is: rules/definitions.py."""

from collections.abc import Mapping

from congvu.indicators.rules.catalogue import dossiers, online, organisation, staff
from congvu.indicators.rules.definitions import (
    Among,
    Columns,
    Count,
    Dossiers,
    Entered,
    Figure,
    Flag,
    Measure,
    Subject,
    Value,
)

FIGURES: tuple[Figure, ...] = (
    *dossiers.FIGURES, *online.FIGURES, *organisation.FIGURES, *staff.FIGURES,
)  # fmt: skip
BY_FIGURE: Mapping[str, Figure] = {one.code: one for one in FIGURES}
__all__ = [
    "BY_FIGURE", "FIGURES", "Among", "Columns", "Count", "Dossiers", "Entered", "Figure", "Flag", "Measure", "Subject",
    "Value",
]  # fmt: skip
