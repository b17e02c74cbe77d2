"""The tables of the people who hold the posts, a file a family."""

from congvu.people.models.file import (
    Correction,
    Destruction,
    FileHandover,
    FilePart,
    FileRequest,
    RetirementNotice,
)
from congvu.people.models.person import (
    BELIEVED,
    Appointment,
    Dated,
    Person,
    PersonVersion,
    SalaryStep,
    SensitiveVersion,
)

__all__ = (
    "BELIEVED",
    "Appointment",
    "Correction",
    "Dated",
    "Destruction",
    "FileHandover",
    "FilePart",
    "FileRequest",
    "Person",
    "PersonVersion",
    "RetirementNotice",
    "SalaryStep",
    "SensitiveVersion",
)
