"""The ledger of fees: append-only entries; the state of money of a dossier follows in the statement that writes one."""

from django.db import models
from django.db.models import Q


class FeeEntry(models.Model):
    """One entry: charged, paid, waived, refunded, dropped (rules.money.FeeKind). A payment has a receipt number,
    without gaps per one-stop and year."""

    dossier = models.ForeignKey("dossiers.Dossier", on_delete=models.CASCADE, related_name="+")
    kind = models.CharField(max_length=8)
    amount = models.BigIntegerField()  # đồng
    way = models.CharField(max_length=12, blank=True, default="", db_default="")  # rules.money.PayWay
    unit = models.ForeignKey(  # the one-stop that holds the money
        "organisation.Unit", on_delete=models.PROTECT, related_name="+", db_index=False
    )
    for_unit = models.ForeignKey(  # the agency the money is reconciled with
        "organisation.Unit", on_delete=models.PROTECT, related_name="+", db_index=False
    )
    reason = models.TextField(blank=True, default="", db_default="")
    reference = models.CharField(
        max_length=100, blank=True, default="", db_default=""
    )  # paper receipt, transfer
    key = models.CharField(max_length=200, null=True, unique=True)  # a gateway's payment, once
    receipt_year = models.SmallIntegerField(null=True)
    receipt_no = models.IntegerField(null=True)
    at = models.DateTimeField()
    day = models.DateField()  # in the legal zone; reconciliation compares days
    actor_id = models.BigIntegerField(null=True)

    class Meta:
        db_table = "dossiers_fee"
        constraints = (
            models.CheckConstraint(condition=Q(amount__gt=0), name="fee_entry_positive"),
            models.CheckConstraint(
                condition=~Q(kind="waived") | ~Q(reason=""), name="fee_waived_with_reason"
            ),
            models.CheckConstraint(
                condition=~Q(kind="refunded") | ~Q(reason=""), name="fee_refunded_with_reason"
            ),
            models.CheckConstraint(
                condition=~Q(kind="paid") | (~Q(way="") & Q(receipt_no__isnull=False)),
                name="fee_paid_has_receipt",
            ),
            models.UniqueConstraint(fields=("unit", "receipt_year", "receipt_no"), name="fee_receipt_once"),
        )
        indexes = (
            models.Index(fields=("unit", "day"), name="fee_by_unit"),
            models.Index(fields=("for_unit", "day"), name="fee_by_agency"),
        )
