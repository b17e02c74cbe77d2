"""The tables of the organisation: units through time and the localities, what units are for, how they are equipped."""

from congvu.organisation.models.boundaries import Boundary
from congvu.organisation.models.dated import BELIEVED, Dated
from congvu.organisation.models.functions import (
    AssignedFunction,
    Judgement,
    UnitFunction,
    UnitFunctionVersion,
)
from congvu.organisation.models.registers import (
    Autonomy,
    Delegation,
    OneStopFacility,
    QualityAudit,
    QualitySystem,
)
from congvu.organisation.models.units import (
    Handover,
    HandoverLine,
    Locality,
    LocalitySuccession,
    State,
    Unit,
    UnitEvent,
    UnitEventPart,
    UnitVersion,
    ValidRange,
)

__all__ = [
    "BELIEVED",
    "AssignedFunction",
    "Autonomy",
    "Boundary",
    "Dated",
    "Delegation",
    "Handover",
    "HandoverLine",
    "Judgement",
    "Locality",
    "LocalitySuccession",
    "OneStopFacility",
    "QualityAudit",
    "QualitySystem",
    "State",
    "Unit",
    "UnitEvent",
    "UnitEventPart",
    "UnitFunction",
    "UnitFunctionVersion",
    "UnitVersion",
    "ValidRange",
]
