"""Mời trả lời: one link for one dossier. Only its hash is kept; another link for the same dossier opens the same right."""

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction

from congvu.dossiers.models import Dossier
from congvu.foundation.audit.actions import record_many
from congvu.foundation.clock import legal
from congvu.foundation.identity.actor import Actor
from congvu.foundation.refusal import Refused
from congvu.surveys.actions.answer import new_token
from congvu.surveys.models import Campaign, Invitation, SurveyLink
from congvu.surveys.queries.campaigns import hashed, is_open
from congvu.surveys.rules.words import ASKED, COUNTER, LINK


@transaction.atomic
def invite(campaign: Campaign, dossiers: Sequence[Dossier], *, by: Actor, at: datetime) -> dict[int, str]:
    """A token for each dossier, by its id; those that have answered, or are not of the sample, get none. 5 statements for
    any number. Refuses a campaign that is not open or asks by no link."""
    if not is_open(campaign, legal(at).date()) or LINK not in campaign.channels:
        raise Refused("Đợt này không phát liên kết.", do="Chọn đợt đang lấy ý kiến theo liên kết.")
    ids = [one.pk for one in dossiers]
    if campaign.kind == COUNTER:
        Invitation.objects.bulk_create(
            (
                Invitation(campaign=campaign, dossier_id=one.pk, unit_id=one.receiving_unit_id)
                for one in dossiers
            ),
            ignore_conflicts=True,
        )
    rows = Invitation.objects.filter(campaign=campaign, dossier_id__in=ids, answered=False)
    free = {row.pk: row.dossier_id for row in rows.filter(state__in=("", ASKED))}
    tokens = {dossier: new_token() for dossier in free.values()}
    SurveyLink.objects.bulk_create(
        SurveyLink(hash=hashed(tokens[dossier]), invitation_id=pk) for pk, dossier in free.items()
    )
    record_many(
        "invite", "dossier", [(dossier, None, {"survey": campaign.code}) for dossier in tokens], by=by, at=at
    )
    return tokens
