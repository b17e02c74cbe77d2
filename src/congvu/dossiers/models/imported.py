"""Past cases taken in from event logs."""

from django.db import models


class CaseImport(models.Model):
    """One event log, known by its content: the same file again changes nothing."""

    sha256 = models.CharField(max_length=64, unique=True)
    file_name = models.CharField(max_length=300)
    at = models.DateTimeField()
    by = models.BigIntegerField(null=True)
    summary = models.JSONField(default=dict)
