"""Who may sign papers of which agency, in which form, by which decision, from when to when."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q


class SigningMandate(models.Model):
    """The right to sign (rules.signing.Mandate), recorded from a decision or a working regulation.

    By order or under authority (TL., TUQ.) the grant of the role `signer` in the agency stands beside it, for as long.
    """

    account = models.ForeignKey("identity.Account", on_delete=models.PROTECT, related_name="+")
    unit = models.ForeignKey("organisation.Unit", on_delete=models.PROTECT, related_name="+")
    form = models.CharField(max_length=4, blank=True, default="")
    title = models.CharField(max_length=120, blank=True, default="")
    head = models.CharField(max_length=120, blank=True, default="")
    body = models.CharField(max_length=200, blank=True, default="")
    via = models.CharField(max_length=120, blank=True, default="")
    basis = models.CharField(max_length=300, blank=True, default="")
    procedures = ArrayField(models.CharField(max_length=40), default=list)
    valid_from = models.DateField()
    valid_to = models.DateField(null=True)
    granted_by = models.BigIntegerField(null=True)
    granted_at = models.DateTimeField()

    class Meta:
        db_table = "dossiers_mandate"
        constraints = (
            models.CheckConstraint(
                condition=Q(valid_to__isnull=True) | Q(valid_to__gte=F("valid_from")), name="mandate_forward"
            ),
            models.CheckConstraint(  # NĐ 30/2020, art. 13.3: limited in time and content, never passed on
                condition=~Q(form="TUQ.")
                | (Q(valid_to__isnull=False, via="") & ~Q(procedures=[]) & ~Q(basis="")),
                name="mandate_tuq_limited",
            ),
        )
