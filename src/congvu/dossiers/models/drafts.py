"""What a counter has typed and not yet received. Kept so that nothing typed is lost; gone once it is received."""

from django.db import models


class IntakeDraft(models.Model):
    """A reception begun: the form's fields as typed, and the stored files by row. Seen by its clerk alone.

    `guided_at` is set when the citizen was given form 02 (what is missing) before any reception: the guidance of
    NĐ 61/2018 art. 15.2 stays on record in the audit log after the draft is gone.
    """

    account = models.ForeignKey("identity.Account", on_delete=models.CASCADE, related_name="+")
    intake_key = models.UUIDField(unique=True)
    title = models.CharField(max_length=400)  # the owner and the procedure, to find it again
    fields = models.JSONField(default=dict)
    files = models.JSONField(default=dict)  # paper row -> {"id", "name", "size"}
    kept_at = models.DateTimeField()
    guided_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "dossiers_draft"
        indexes = (models.Index(fields=("account", "-kept_at"), name="draft_by_account"),)

    def __str__(self) -> str:
        return self.title
