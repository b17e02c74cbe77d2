"""Results handed to the post."""

from django.db import models


class Posting(models.Model):
    """The parcel in which a result went to its owner: who carries it, by which number it is followed.

    A dossier is returned when its result is handed to the post (NĐ 61/2018, art. 16.2 and 20.3; QĐ 45/2016/QĐ-TTg); what
    decides on time or late is the day handling ended, which stands already.
    """

    dossier = models.OneToOneField("dossiers.Dossier", on_delete=models.CASCADE, related_name="+")
    carrier = models.CharField(max_length=100)
    number = models.CharField(max_length=40)
    posted_at = models.DateTimeField()
    posted_by = models.BigIntegerField(null=True)
    came_back_at = models.DateTimeField(null=True)  # undelivered; sent again, it is a new parcel
    came_back_why = models.TextField(blank=True, default="", db_default="")

    class Meta:
        db_table = "dossiers_posting"
        indexes = (
            models.Index(fields=("number",), name="posting_by_number"),
            models.Index(
                fields=("came_back_at",),
                condition=models.Q(came_back_at__isnull=False),
                name="posting_came_back",
            ),
        )
