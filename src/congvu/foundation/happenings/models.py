"""The outbox: what happened in a low area, for higher areas to react to. Written in the same transaction."""

from django.db import models
from django.db.models import Q


class Happening(models.Model):
    """`kind` is "<area>.<past tense>" ("workdays.calendar_changed"); `config/wiring.py` lists who reacts."""

    kind = models.CharField(max_length=60)
    payload = models.JSONField()
    at = models.DateTimeField()
    handled_at = models.DateTimeField(null=True)
    tries = models.IntegerField(default=0, db_default=0)
    problem = models.TextField(blank=True, default="", db_default="")

    class Meta:
        indexes = (
            models.Index(fields=("id",), condition=Q(handled_at__isnull=True), name="happening_waiting"),
        )
