"""Word templates an office has put in place of ours."""

from django.db import models


class PaperTemplate(models.Model):
    """A template of one kind of paper, for one unit (every unit when null). `unit_id` points at organisation.Unit,
    which lies above this room. The newest of a kind and unit counts; older ones stay, to say what was printed then."""

    kind = models.CharField(max_length=60)
    unit_id = models.BigIntegerField(null=True)
    file = models.ForeignKey("files.StoredFile", on_delete=models.PROTECT, null=True, related_name="+")
    file_name = models.CharField(max_length=255, blank=True, default="")
    added_at = models.DateTimeField()
    added_by = models.BigIntegerField(null=True)

    class Meta:
        indexes = (models.Index(fields=("kind", "unit_id", "-id"), name="template_newest"),)
