"""Stored files: named by their hash, typed by their content."""

from django.db import models


class StoredFile(models.Model):
    """A file kept once per content. `path` is relative to the files folder of the home."""

    sha256 = models.CharField(max_length=64, unique=True)
    size = models.BigIntegerField()
    media_type = models.CharField(max_length=100)
    path = models.CharField(max_length=200)
    stored_at = models.DateTimeField()
    stored_by = models.BigIntegerField(null=True)
