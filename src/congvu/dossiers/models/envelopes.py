"""The envelope of a group of procedures (hồ sơ liên thông), and what ties a dossier to others."""

from django.db import models
from django.db.models import Q

from congvu.dossiers.rules.status import Channel


class Tie(models.IntegerChoices):
    """What else hangs on a dossier: bits of `Dossier.ties`. Without any, its verbs ask nothing more."""

    ENVELOPE = 1, "Thuộc hồ sơ liên thông"
    CHILD = 2, "Một bước của hồ sơ khác chờ hồ sơ này"
    PARENT = 4, "Có bước chờ hồ sơ con"
    ORIGINALS = 8, "Đang giữ bản chính"
    NOTIFICATION = 16, "Là thông báo về một sự việc"
    ORIGINALS_BACK = 32, "Đã trả hết bản chính đã giữ"
    DRAFT = 64, "Có dự thảo kết quả đã trình ký"
    FOLLOWED = 128, "Đã đi theo việc của một đơn vị sang đơn vị khác"


class Envelope(models.Model):
    """What one citizen hands in for all procedures of a group: one code, one promised day. Never counted as a dossier.

    Its state and its present due day are derived from its members (`rules.envelopes`) and stored nowhere; `due_first` is
    the day printed at reception.
    """

    intake_key = models.UUIDField(unique=True)
    code = models.CharField(max_length=60, null=True, unique=True)  # null until received
    group = models.ForeignKey("procedures.ProcedureGroup", on_delete=models.PROTECT, related_name="+")
    receiving_unit = models.ForeignKey(
        "organisation.Unit", on_delete=models.PROTECT, related_name="+", db_index=False
    )
    channel = models.SmallIntegerField(choices=[(c.value, c.label) for c in Channel])
    return_method = models.SmallIntegerField(default=0)
    subject_kind = models.SmallIntegerField(default=1)
    owner_name = models.CharField(max_length=300)
    owner_number = models.CharField(max_length=30, blank=True, default="")
    owner_phone = models.CharField(max_length=30, blank=True, default="")
    owner_email = models.CharField(max_length=200, blank=True, default="")
    owner_address = models.CharField(max_length=500, blank=True, default="")
    submitter_name = models.CharField(max_length=300, blank=True, default="")
    submitter_number = models.CharField(max_length=30, blank=True, default="")
    owner_account = models.ForeignKey(
        "identity.Account", on_delete=models.SET_NULL, null=True, related_name="+", db_index=False
    )
    opened_at = models.DateTimeField()
    received_at = models.DateTimeField(null=True)
    due_first = models.DateField(null=True)  # null also when a member promises no day

    class Meta:
        db_table = "dossiers_envelope"
        indexes = (
            models.Index(fields=("receiving_unit", "-opened_at", "-id"), name="envelope_by_unit"),
            models.Index(fields=("-opened_at", "-id"), name="envelope_newest"),
            models.Index(
                fields=("owner_account", "-opened_at"),
                condition=Q(owner_account__isnull=False),
                name="envelope_by_account",
            ),
        )

    def __str__(self) -> str:
        return self.code or f"#{self.pk}"


class EnvelopeMember(models.Model):
    """A procedure of an envelope: its dossier once opened; before that, what was handed in for it."""

    envelope = models.ForeignKey(Envelope, on_delete=models.CASCADE, related_name="members", db_index=False)
    position = models.SmallIntegerField()  # of the group's member
    procedure_version = models.ForeignKey(
        "procedures.ProcedureVersion", on_delete=models.PROTECT, related_name="+", db_index=False
    )
    competent_unit = models.ForeignKey(
        "organisation.Unit", on_delete=models.PROTECT, related_name="+", db_index=False
    )
    dossier = models.OneToOneField("dossiers.Dossier", on_delete=models.PROTECT, null=True, related_name="+")
    papers = models.JSONField(default=list)  # what was handed in for it, until its dossier is opened
    closed_at = models.DateTimeField(null=True)  # it will never be opened
    closed_why = models.TextField(blank=True, default="")

    class Meta:
        db_table = "dossiers_envelope_member"
        constraints = (
            models.UniqueConstraint(fields=("envelope", "position"), name="envelope_member_once"),
            models.CheckConstraint(
                condition=Q(dossier__isnull=True) | Q(closed_at__isnull=True), name="envelope_member_one_way"
            ),
        )


class SubDossier(models.Model):
    """A dossier opened by a step of another one, which waits for its end."""

    parent = models.ForeignKey("dossiers.Dossier", on_delete=models.PROTECT, related_name="+")
    position = models.SmallIntegerField()  # of the parent's step
    round = models.SmallIntegerField()
    dossier = models.OneToOneField("dossiers.Dossier", on_delete=models.PROTECT, related_name="+")

    class Meta:
        db_table = "dossiers_sub"
        constraints = (
            models.UniqueConstraint(fields=("parent", "position", "round"), name="sub_once_per_step"),
        )
