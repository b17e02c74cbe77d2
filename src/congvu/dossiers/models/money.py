"""The ledger of fees: append-only entries; the state of money of a dossier follows in the statement that writes one.

Two triggers (migration 0005) hold what no constraint of a row can: an entry is never changed nor taken away; what was
given back or voided never exceeds what was paid, what was waived or dropped never exceeds what was charged.
"""

from django.db import models
from django.db.models import Q


class FeeEntry(models.Model):
    """One entry: charged, paid, waived, refunded, dropped, voided (rules.money.FeeKind). A payment has a receipt number,
    without gaps per one-stop and year; `reference` of a refund is the decision that allows it."""

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
    payer = models.CharField(
        max_length=300, blank=True, default="", db_default=""
    )  # as the receipt names them
    voids = models.ForeignKey("self", on_delete=models.PROTECT, null=True, related_name="+", db_index=False)
    ground = models.CharField(max_length=20, blank=True, default="", db_default="")  # rules.waivers
    percent = models.SmallIntegerField(null=True)

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
            models.CheckConstraint(
                condition=~Q(kind="refunded") | ~Q(reference=""), name="fee_refunded_with_decision"
            ),
            models.CheckConstraint(
                condition=~Q(kind="voided") | (Q(voids__isnull=False) & ~Q(reason="")),
                name="fee_voided_names_receipt",
            ),
            models.UniqueConstraint(
                fields=("voids",), condition=Q(kind="voided"), name="fee_receipt_voided_once"
            ),
            models.CheckConstraint(
                condition=Q(percent__isnull=True) | Q(percent__range=(1, 100)), name="fee_percent_of_hundred"
            ),
        )
        indexes = (
            models.Index(fields=("unit", "day"), name="fee_by_unit"),
            models.Index(fields=("for_unit", "day"), name="fee_by_agency"),
        )


class RefundState(models.IntegerChoices):
    ASKED = 1, "Chờ duyệt"
    APPROVED = 2, "Đã duyệt, chờ chi"
    REFUSED = 3, "Không duyệt"
    PAID = 4, "Đã chi trả"


class RefundRequest(models.Model):
    """A refund asked for by one person, approved or refused by another, then paid out: the ledger's entry names it."""

    dossier = models.ForeignKey(
        "dossiers.Dossier", on_delete=models.CASCADE, related_name="+", db_index=False
    )
    amount = models.BigIntegerField()  # đồng
    reason = models.TextField()
    state = models.SmallIntegerField(choices=RefundState.choices, default=RefundState.ASKED)
    asked_at = models.DateTimeField()
    asked_by = models.BigIntegerField(null=True)
    decision = models.CharField(
        max_length=100, blank=True, default=""
    )  # number and day of the text that allows it
    decided_why = models.TextField(blank=True, default="")
    decided_at = models.DateTimeField(null=True)
    decided_by = models.BigIntegerField(null=True)
    way = models.CharField(max_length=12, blank=True, default="")  # rules.money.PayWay
    paid_at = models.DateTimeField(null=True)
    paid_by = models.BigIntegerField(null=True)

    class Meta:
        db_table = "dossiers_refundrequest"
        constraints = (
            models.CheckConstraint(condition=Q(amount__gt=0) & ~Q(reason=""), name="refund_of_something"),
            models.UniqueConstraint(
                fields=("dossier",), condition=Q(state__in=(1, 2)), name="refund_one_open"
            ),
            models.CheckConstraint(
                condition=Q(decided_by__isnull=True) | ~Q(decided_by=models.F("asked_by")),
                name="refund_by_two_people",
            ),
            models.CheckConstraint(
                condition=Q(state__in=(1, 3)) | ~Q(decision=""), name="refund_approved_with_decision"
            ),
            models.CheckConstraint(
                condition=~Q(state=3) | ~Q(decided_why=""), name="refund_refused_with_reason"
            ),
            models.CheckConstraint(
                condition=~Q(state=4) | (Q(paid_at__isnull=False) & ~Q(way="")), name="refund_paid_by_a_way"
            ),
        )
        indexes = (
            models.Index(fields=("dossier", "id"), name="refund_by_dossier"),
            models.Index(fields=("id",), condition=Q(state__in=(1, 2)), name="refund_open"),
        )


class ReceiptPrint(models.Model):
    """A receipt was printed. The first is the receipt; every later one is marked as printed again."""

    entry = models.ForeignKey(FeeEntry, on_delete=models.CASCADE, related_name="+")
    at = models.DateTimeField()
    printed_by = models.BigIntegerField(null=True)

    class Meta:
        db_table = "dossiers_receiptprint"


class DayClosing(models.Model):
    """A collector's day as counted: what the ledger said then, what lay in the drawer, why they differ.

    `nth` is 1 for the first closing of the day; what comes later asks for another. Nothing is overwritten.
    """

    unit = models.ForeignKey("organisation.Unit", on_delete=models.PROTECT, related_name="+", db_index=False)
    day = models.DateField()
    collector_id = models.BigIntegerField()
    nth = models.SmallIntegerField()
    sums = models.JSONField()  # way -> [receipts, voided, net]: CollectorDay.sums
    cash = models.BigIntegerField()  # what the ledger says lies in the drawer
    counted = models.BigIntegerField()
    note = models.TextField(blank=True, default="")
    at = models.DateTimeField()
    closed_by = models.BigIntegerField(null=True)

    class Meta:
        db_table = "dossiers_dayclosing"
        constraints = (
            models.UniqueConstraint(fields=("unit", "day", "collector_id", "nth"), name="closing_once"),
            models.CheckConstraint(
                condition=Q(counted=models.F("cash")) | ~Q(note=""), name="closing_difference_named"
            ),
        )


class OnlinePayment(models.Model):
    """A payment a citizen began at a gateway. What was really paid is the ledger's entry, by its key.

    Of one sum of a dossier one payment waits at a time: a second reference could be paid beside the first.
    """

    reference = models.CharField(max_length=25, unique=True)  # stands in the transfer and in every report
    dossier = models.ForeignKey("dossiers.Dossier", on_delete=models.CASCADE, related_name="+")
    gateway = models.CharField(max_length=20)
    amount = models.BigIntegerField()
    started_at = models.DateTimeField()
    started_by = models.BigIntegerField(null=True)
    paid_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "dossiers_onlinepayment"
        constraints = (
            models.CheckConstraint(condition=Q(amount__gt=0), name="online_payment_positive"),
            models.UniqueConstraint(
                fields=("dossier", "gateway", "amount"),
                condition=Q(paid_at__isnull=True),
                name="online_payment_waits_once",
            ),
        )


class BankLine(models.Model):
    """A line of a bank's day file, kept whatever it says. `dossier`: whose ledger has its money."""

    file_sha256 = models.CharField(max_length=64)
    row = models.IntegerField()
    unit = models.ForeignKey("organisation.Unit", on_delete=models.PROTECT, related_name="+", db_index=False)
    raw = models.TextField()
    transaction = models.CharField(max_length=100, blank=True, default="")
    amount = models.BigIntegerField(null=True)
    content = models.TextField(blank=True, default="")
    verdict = models.CharField(max_length=10)  # rules.bank_file.Verdict
    why = models.TextField(blank=True, default="")
    dossier = models.ForeignKey("dossiers.Dossier", on_delete=models.SET_NULL, null=True, related_name="+")
    at = models.DateTimeField()
    read_by = models.BigIntegerField(null=True)

    class Meta:
        db_table = "dossiers_bankline"
        constraints = (models.UniqueConstraint(fields=("file_sha256", "row"), name="bank_line_once"),)
        indexes = (
            models.Index(
                fields=("unit", "id"), condition=Q(verdict__in=("unknown", "unread")), name="bank_line_open"
            ),
            models.Index(
                fields=("unit", "-id"), condition=~Q(verdict__in=("unknown", "unread")), name="bank_line_done"
            ),
        )
