"""What a procedure of notification asks of the applicant (thông báo): told about which event, how long before or after it."""

from django.db import models
from django.db.models import F, Q

from congvu.procedures.models.catalogue import Procedure
from congvu.procedures.rules.words import TermUnit


class NotificationRule(models.Model):
    """The rule of a procedure from `valid_from` on, until `valid_to` (exclusive). A new one closes the old; none is edited.

    `side`: TRUOC, at the latest n units before the event; SAU, at the latest n units after it. `deemed`: when the term of
    the procedure passes without objection, the notification counts as accepted.
    """

    procedure = models.ForeignKey(Procedure, on_delete=models.PROTECT, related_name="+", db_index=False)
    valid_from = models.DateField()
    valid_to = models.DateField(null=True)
    event = models.CharField(max_length=200)  # "ngày tổ chức lễ hội"
    n = models.IntegerField()
    unit = models.CharField(max_length=16, choices=TermUnit.choices())
    side = models.CharField(max_length=8)
    deemed = models.BooleanField(default=False)
    citation = models.CharField(max_length=300)
    evidence = models.CharField(max_length=16)  # as in foundation.lawtable
    deemed_citation = models.CharField(max_length=300, blank=True, default="")
    published_at = models.DateTimeField()

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=("procedure",), condition=Q(valid_to__isnull=True), name="notification_one_open"
            ),
            models.CheckConstraint(condition=Q(n__gt=0), name="notification_term_whole"),
            models.CheckConstraint(condition=Q(side__in=("TRUOC", "SAU")), name="notification_side"),
            models.CheckConstraint(condition=~Q(citation=""), name="notification_cited"),
            models.CheckConstraint(
                condition=Q(deemed=False) | ~Q(deemed_citation=""), name="notification_silence_cited"
            ),
            models.CheckConstraint(
                condition=Q(valid_to__isnull=True) | Q(valid_to__gte=F("valid_from")),
                name="notification_forward",
            ),
        )
