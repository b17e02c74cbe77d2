"""Xáo: take away the last traces between invitations and answers, the numbers of their transactions and their places.

An invitation that lost its right and the answer that came to be were written by one transaction, and PostgreSQL keeps the
number of that transaction in every row (xmin) and puts rows where there is room (ctid); rows of the audit log beside them
have a second. Every night all answered invitations, all free texts and all answers of surveys that still run are written
again in an order of chance (bulk/stir.sql): from then on they say nothing but "before tonight". So go the counts of attempts
whose time is over, and the links in messages that were sent.
"""

from datetime import datetime

from django.db import transaction
from django.db.models import Q

from congvu.dossiers.rules.notices import BY_SLUG
from congvu.foundation.clock import legal
from congvu.foundation.identity.models import SignInAttempt
from congvu.foundation.notices.models import Notice, NoticeState
from congvu.foundation.sql import statement
from congvu.foundation.workdays.days import add_days
from congvu.surveys.queries.campaigns import BULK

_AFTER = (
    60  # days after the last one, or after closing: sheets are typed late, and a worker may have stood still
)
SENT_TEXT = "(đã gửi)"


@transaction.atomic
def stir(*, at: datetime) -> int:
    """How many invitations, texts and answers were written again. 3 statements. Done twice it is the same."""
    since = add_days(legal(at).date(), -_AFTER)
    hour = legal(at).replace(minute=0, second=0, microsecond=0)
    SignInAttempt.objects.filter(
        Q(key__startswith="survey-from:", window__lt=hour)
        | Q(key__startswith="survey-wrong:", window__lt=hour)
        | Q(key__startswith="survey-form:", window__lte=add_days(at, -1))
    ).delete()
    sent = Notice.objects.filter(kind=BY_SLUG["khao-sat"].slug, state=NoticeState.SENT).exclude(
        text=SENT_TEXT
    )
    sent.update(text=SENT_TEXT)
    return int(statement(BULK, "stir").rows({"since": since})[0][0])
