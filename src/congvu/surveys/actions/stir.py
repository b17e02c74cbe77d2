"""Xáo: take away the last traces between invitations and answers, the numbers of their transactions and their places.

An invitation that lost its right and the answer that came to be were written by one transaction, and PostgreSQL keeps the
number of that transaction in every row (xmin) and puts rows where there is room (ctid). Every night all answered invitations
of surveys that still run, and all their free texts, are written again in an order of chance (bulk/stir.sql): from then on
they say nothing but "before tonight".
"""

from datetime import datetime

from django.db import transaction

from congvu.foundation.clock import legal
from congvu.foundation.sql import statement
from congvu.foundation.workdays.days import add_days
from congvu.surveys.queries.campaigns import BULK

_AFTER = 2  # days after the last one: the night after a survey ends is still one of its nights


@transaction.atomic
def stir(*, at: datetime) -> int:
    """How many invitations and texts were written again. 1 statement. Done twice it is the same."""
    since = add_days(legal(at).date(), -_AFTER)
    return int(statement(BULK, "stir").rows({"since": since})[0][0])
