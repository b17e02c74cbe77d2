"""Print a receipt (in biên lai): the first paper is the receipt, every later one says that it was printed again."""

from datetime import datetime

from django.db import transaction

from congvu.dossiers.models import FeeEntry, ReceiptPrint
from congvu.dossiers.rules.receipts import numbered_in
from congvu.foundation.audit.actions import record
from congvu.foundation.identity.actor import Actor


def print_receipt(entry_id: int, *, by: Actor, at: datetime) -> int:
    """Note one more paper of a receipt the caller may see; returns which one it is, from 1. 4 statements.

    The payment's row is locked, so that two who print at once do not both hold the first.
    """
    with transaction.atomic():
        entry = FeeEntry.objects.select_for_update().get(pk=entry_id)
        nth = ReceiptPrint.objects.filter(entry=entry).count() + 1
        ReceiptPrint.objects.create(entry=entry, at=at, printed_by=by.account_id)
        number = numbered_in(entry.receipt_no or 0, entry.receipt_year or 0)
        record(
            "print_receipt",
            "dossier",
            entry.dossier_id,
            by=by,
            at=at,
            after={"receipt": number, "print": nth},
        )
    return nth
