"""The draft of a group of procedures: what was typed, sound or not, until it is published or dropped."""

from django.db import models


class GroupDraft(models.Model):
    """One draft a code. `members` as `rules.groups.MemberLine` in JSON; `version` grows with each writing."""

    code = models.CharField(max_length=60, unique=True)
    name = models.TextField()
    basis = models.CharField(max_length=300, blank=True, default="")
    evidence = models.CharField(max_length=16, default="MEM")
    note = models.TextField(blank=True, default="")
    members = models.JSONField(default=list)
    version = models.IntegerField(default=1)
    written_at = models.DateTimeField()
    written_by = models.BigIntegerField(null=True)

    def __str__(self) -> str:
        return f"{self.code} {self.name}"
