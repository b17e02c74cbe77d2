"""The catalogue's tables: what may be asked of the state, how it is handled, where the data came from."""

from congvu.procedures.models.catalogue import (
    CaseChannel,
    CaseFee,
    CasePaper,
    Field,
    LegalBasis,
    Procedure,
    ProcedureCase,
    ProcedureVersion,
    VersionResult,
)
from congvu.procedures.models.decisions import DecisionItem, PublicationDecision
from congvu.procedures.models.group_draft import GroupDraft
from congvu.procedures.models.groups import GroupMember, GroupPaper, ProcedureGroup
from congvu.procedures.models.imports import Doubt, ImportBatch, RejectedRow
from congvu.procedures.models.notification import NotificationRule
from congvu.procedures.models.process import ProcessStep, ProcessVersion, StepLink

__all__ = [
    "CaseChannel",
    "CaseFee",
    "CasePaper",
    "DecisionItem",
    "Doubt",
    "Field",
    "GroupDraft",
    "GroupMember",
    "GroupPaper",
    "ImportBatch",
    "LegalBasis",
    "NotificationRule",
    "Procedure",
    "ProcedureCase",
    "ProcedureGroup",
    "ProcedureVersion",
    "ProcessStep",
    "ProcessVersion",
    "PublicationDecision",
    "RejectedRow",
    "StepLink",
    "VersionResult",
]
