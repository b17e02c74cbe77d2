"""The log of moves of running dossiers from one version to another, and what each dossier was before."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q


class VersionMove(models.Model):
    """One application: at most some hundred dossiers, moved together under one decision, and undone together."""

    procedure = models.ForeignKey("procedures.Procedure", on_delete=models.PROTECT, related_name="+")
    from_version = models.ForeignKey(
        "procedures.ProcedureVersion", on_delete=models.PROTECT, related_name="+", db_index=False
    )
    to_version = models.ForeignKey(
        "procedures.ProcedureVersion", on_delete=models.PROTECT, related_name="+", db_index=False
    )
    from_process = models.ForeignKey(
        "procedures.ProcessVersion", on_delete=models.PROTECT, null=True, related_name="+", db_index=False
    )
    to_process = models.ForeignKey(
        "procedures.ProcessVersion", on_delete=models.PROTECT, null=True, related_name="+", db_index=False
    )
    decision_number = models.CharField(max_length=60)
    decision_on = models.DateField()
    decision_about = models.CharField(max_length=1000)  # trích yếu
    due_choice = models.CharField(max_length=16)  # rules.move_terms.DueChoice
    due_reason = models.TextField(blank=True, default="")
    paper_choice = models.CharField(max_length=16)  # rules.move_terms.PaperChoice
    mapping = models.JSONField()  # {old position: new position or null}
    asked = models.JSONField(default=list)  # new positions that dossiers already past them must do
    units = models.JSONField(default=list)  # those whose sight of the dossiers the move may have changed
    dossiers = models.IntegerField(default=0)
    at = models.DateTimeField()
    by = models.BigIntegerField(null=True)
    by_name = models.CharField(max_length=300)
    undone_at = models.DateTimeField(null=True)
    undone_by_name = models.CharField(max_length=300, blank=True, default="")
    undone_why = models.TextField(blank=True, default="")

    class Meta:
        db_table = "dossiers_move"
        constraints = (
            models.CheckConstraint(condition=~Q(decision_number=""), name="move_has_decision"),
            models.CheckConstraint(
                condition=Q(undone_at__isnull=True) | ~Q(undone_why=""), name="move_undone_with_reason"
            ),
        )


class MovedDossier(models.Model):
    """A dossier of a move: what it was, so that it can go back exactly, and its version then, to see it was not touched."""

    move = models.ForeignKey(VersionMove, on_delete=models.CASCADE, related_name="+", db_index=False)
    dossier = models.ForeignKey("dossiers.Dossier", on_delete=models.CASCADE, related_name="+")
    version_after = models.IntegerField()
    due_before = models.DateField(null=True)
    due_after = models.DateField(null=True)
    changes = models.JSONField()  # what changed, in words, as the preview said it
    before = models.JSONField()  # the row, its steps, papers, opinions and reach, as they were
    undone_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "dossiers_moved"
        constraints = (models.UniqueConstraint(fields=("move", "dossier"), name="moved_once_a_move"),)


class FollowedDossier(models.Model):
    """A dossier that went with its unit by a record of handing over, and what of it went: enough to bring it back."""

    # No constraints towards the dossier: the id is that of the row the same statement has just changed.
    handover = models.ForeignKey(
        "organisation.Handover", on_delete=models.PROTECT, related_name="+", db_index=False
    )
    dossier = models.ForeignKey(
        "dossiers.Dossier", on_delete=models.CASCADE, related_name="+", db_index=False, db_constraint=False
    )
    receiving = models.BooleanField()
    competent = models.BooleanField()
    steps = ArrayField(models.BigIntegerField(), default=list)  # ids of the open ones that went along
    # those whose units changed: {id, receiving, asking, asked: was it the unit; over: it ended, nobody asks himself}
    opinions = models.JSONField(default=list, db_default=models.Value([], output_field=models.JSONField()))

    class Meta:
        db_table = "dossiers_followed"
        indexes = (models.Index(fields=("dossier",), name="followed_by_dossier"),)
        constraints = (models.UniqueConstraint(fields=("handover", "dossier"), name="followed_once"),)
