"""What a notification tells of."""

from django.db import models


class DossierNotification(models.Model):
    """The day of the event a notification tells of, and the rule it came under. In time or late is a question asked of both."""

    dossier = models.OneToOneField("dossiers.Dossier", on_delete=models.PROTECT, related_name="+")
    rule = models.ForeignKey("procedures.NotificationRule", on_delete=models.PROTECT, related_name="+")
    event_on = models.DateField()

    class Meta:
        db_table = "dossiers_notification"
