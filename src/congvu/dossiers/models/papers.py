"""Papers handed in and results given out."""

from django.db import models


class Digitised(models.IntegerChoices):
    """State of a paper, as exchanged with the national portal."""

    NOT_YET = 0, "Chưa số hóa"
    SCANNED = 1, "Đã số hóa"
    REUSED_PAPER = 2, "Dùng lại từ hồ sơ khác"
    REUSED_RESULT = 3, "Dùng lại kết quả"


class DossierPaper(models.Model):
    """A component of the dossier: how many of which kind of copy, and its file when digitised."""

    dossier = models.ForeignKey("dossiers.Dossier", on_delete=models.CASCADE, related_name="+")
    case_paper = models.ForeignKey(
        "procedures.CasePaper", on_delete=models.PROTECT, null=True, related_name="+"
    )
    order = models.SmallIntegerField(default=0)
    name = models.CharField(max_length=2000)
    received = models.BooleanField(default=True)
    originals = models.SmallIntegerField(default=0)
    certified = models.SmallIntegerField(default=0)
    copies = models.SmallIntegerField(default=0)
    digitised = models.SmallIntegerField(choices=Digitised.choices, default=Digitised.NOT_YET)
    file = models.ForeignKey("files.StoredFile", on_delete=models.PROTECT, null=True, related_name="+")
    file_name = models.CharField(max_length=255, blank=True, default="")
    added_at = models.DateTimeField()
    added_by = models.BigIntegerField(null=True)

    class Meta:
        db_table = "dossiers_paper"
        indexes = (
            models.Index(fields=("dossier",), condition=models.Q(digitised__in=(2, 3)), name="paper_reused"),
        )


class DraftState(models.IntegerChoices):
    SUBMITTED = 1, "Đang trình ký"
    RETURNED = 2, "Đã trả lại"
    SIGNED = 3, "Đã ký"


class ResultDraft(models.Model):
    """The result as a specialist proposes it for signature: a paper brought (PDF), or words the notice is made of."""

    dossier = models.ForeignKey(
        "dossiers.Dossier", on_delete=models.CASCADE, related_name="+", db_index=False
    )
    number = models.SmallIntegerField()  # of the dossier's drafts, from 1
    step = models.SmallIntegerField()  # position of the step it was written at: where it goes back to
    name = models.CharField(max_length=500)
    text = models.TextField(blank=True, default="")
    file = models.ForeignKey("files.StoredFile", on_delete=models.PROTECT, null=True, related_name="+")
    file_name = models.CharField(max_length=255, blank=True, default="")
    state = models.SmallIntegerField(choices=DraftState.choices, default=DraftState.SUBMITTED)
    submitted_at = models.DateTimeField()
    submitted_by = models.BigIntegerField(null=True)
    ended_at = models.DateTimeField(null=True)  # sent back, or signed
    ended_by = models.BigIntegerField(null=True)
    why = models.TextField(blank=True, default="")  # why it was sent back

    class Meta:
        db_table = "dossiers_draft_result"
        constraints = (
            models.UniqueConstraint(fields=("dossier", "number"), name="draft_once_per_number"),
            models.UniqueConstraint(
                fields=("dossier",), condition=models.Q(state=1), name="draft_one_submitted"
            ),
        )


class DossierResult(models.Model):
    """The paper that answers the dossier."""

    dossier = models.ForeignKey("dossiers.Dossier", on_delete=models.CASCADE, related_name="+")
    name = models.CharField(max_length=500)
    number = models.CharField(max_length=100, blank=True, default="")
    signed_on = models.DateField(null=True)
    signer = models.CharField(max_length=200, blank=True, default="")
    file = models.ForeignKey("files.StoredFile", on_delete=models.PROTECT, null=True, related_name="+")
    file_name = models.CharField(max_length=255, blank=True, default="")
    valid_until = models.DateField(null=True)  # the last day it may be used; null: without end
    verdict = models.SmallIntegerField(default=0, db_default=0)  # rules.status.Verdict
    added_at = models.DateTimeField()
    added_by = models.BigIntegerField(null=True)
    check_code = models.CharField(
        max_length=12, null=True, unique=True
    )  # of what was signed here: rules.check_codes
    received_by = models.CharField(
        max_length=300, blank=True, default=""
    )  # who took it, when it was returned

    class Meta:
        db_table = "dossiers_result"


class HeldOriginal(models.Model):
    """An original taken in to copy or compare (NĐ 61/2018, Điều 20.2): given back, or kept with the reason written down."""

    dossier = models.ForeignKey("dossiers.Dossier", on_delete=models.PROTECT, related_name="+")
    name = models.CharField(max_length=2000)
    count = models.SmallIntegerField()
    taken_at = models.DateTimeField()
    taken_by = models.BigIntegerField(null=True)
    returned_at = models.DateTimeField(null=True)
    returned_by = models.BigIntegerField(null=True)
    returned_to = models.CharField(max_length=300, blank=True, default="")
    kept_why = models.TextField(blank=True, default="")

    class Meta:
        db_table = "dossiers_original"
        constraints = (
            models.CheckConstraint(condition=models.Q(count__gt=0), name="original_counted"),
            models.CheckConstraint(
                condition=models.Q(returned_at__isnull=True) | ~models.Q(returned_to=""),
                name="original_back_to_someone",
            ),
        )


class PaperReuse(models.Model):
    """A result of the store used as a paper of a later dossier: nobody handed it in again."""

    dossier = models.ForeignKey("dossiers.Dossier", on_delete=models.PROTECT, related_name="+")
    result = models.ForeignKey(DossierResult, on_delete=models.PROTECT, related_name="+")
    paper_name = models.CharField(max_length=2000)
    at = models.DateTimeField()

    class Meta:
        db_table = "dossiers_reuse"
        constraints = (
            models.UniqueConstraint(fields=("dossier", "result", "paper_name"), name="reuse_once"),
        )
