"""Drafts of results that nobody will sign any more are returned, each with the reason."""

from collections.abc import Iterable
from datetime import datetime

from congvu.dossiers.models import DraftState, ResultDraft
from congvu.foundation.identity.actor import Actor


def return_drafts(dossiers: Iterable[int], why: str, *, by: Actor, at: datetime) -> None:
    """Return whatever draft of these dossiers still waits for a signature. 1 statement."""
    waiting = ResultDraft.objects.filter(dossier_id__in=list(dossiers), state=DraftState.SUBMITTED)
    waiting.update(state=DraftState.RETURNED, ended_at=at, ended_by=by.account_id, why=why)
