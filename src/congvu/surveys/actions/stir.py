"""Xáo: take away the last trace between invitations and answers, the numbers of the transactions that wrote them.

An invitation that lost its right and the answer that came to be were written by one transaction, and PostgreSQL keeps the
number of that transaction in every row (xmin). Every night all answered invitations of campaigns that still run, and all
free texts, are written again by one transaction each: from then on they say nothing but "before tonight".
"""

from datetime import datetime

from django.db import transaction
from django.db.models import F

from congvu.foundation.clock import legal
from congvu.foundation.workdays.days import add_days
from congvu.surveys.models import Invitation, SurveyText

_AFTER = 2  # days after the last one: the night after a campaign ends is still one of its nights


def stir(*, at: datetime) -> int:
    """How many invitations were written again. 2 statements, each its own transaction. Done twice it is the same."""
    since = add_days(legal(at).date(), -_AFTER)
    with transaction.atomic():
        done = Invitation.objects.filter(answered=True, campaign__last__gte=since).update(
            answered=F("answered")
        )
    with transaction.atomic():
        SurveyText.objects.filter(campaign__last__gte=since).update(state=F("state"))
    return done
