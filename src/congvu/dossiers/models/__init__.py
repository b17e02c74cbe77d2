"""The tables of the one-stop. Writes go through `dossiers.actions`; nothing else touches these rows."""

from congvu.dossiers.models.batches import Batch, BatchLine, BatchState, LineState
from congvu.dossiers.models.dossier import Dossier, DossierReach
from congvu.dossiers.models.drafts import IntakeDraft
from congvu.dossiers.models.envelopes import Envelope, EnvelopeMember, SubDossier, Tie
from congvu.dossiers.models.history import DossierEvent, DossierExtension, DossierPause, FormerUnit
from congvu.dossiers.models.imported import CaseImport
from congvu.dossiers.models.incidents import Incident
from congvu.dossiers.models.mandates import SigningMandate
from congvu.dossiers.models.money import (
    BankLine,
    DayClosing,
    FeeEntry,
    OnlinePayment,
    ReceiptPrint,
    RefundRequest,
    RefundState,
)
from congvu.dossiers.models.moves import FollowedDossier, MovedDossier, VersionMove
from congvu.dossiers.models.notification import DossierNotification
from congvu.dossiers.models.opinions import FieldVisit, Guidance, OpinionRequest
from congvu.dossiers.models.papers import (
    DossierPaper,
    DossierResult,
    DraftState,
    HeldOriginal,
    PaperReuse,
    ResultDraft,
)
from congvu.dossiers.models.postings import Posting
from congvu.dossiers.models.simulations import Simulation
from congvu.dossiers.models.steps import NOT_COUNTED, DossierStep, StepState

__all__ = [
    "NOT_COUNTED",
    "BankLine",
    "Batch",
    "BatchLine",
    "BatchState",
    "CaseImport",
    "DayClosing",
    "Dossier",
    "DossierEvent",
    "DossierExtension",
    "DossierNotification",
    "DossierPaper",
    "DossierPause",
    "DossierReach",
    "DossierResult",
    "DossierStep",
    "DraftState",
    "Envelope",
    "EnvelopeMember",
    "FeeEntry",
    "FieldVisit",
    "FollowedDossier",
    "FormerUnit",
    "Guidance",
    "HeldOriginal",
    "Incident",
    "IntakeDraft",
    "LineState",
    "MovedDossier",
    "OnlinePayment",
    "OpinionRequest",
    "PaperReuse",
    "Posting",
    "ReceiptPrint",
    "RefundRequest",
    "RefundState",
    "ResultDraft",
    "SigningMandate",
    "Simulation",
    "StepState",
    "SubDossier",
    "Tie",
    "VersionMove",
]
