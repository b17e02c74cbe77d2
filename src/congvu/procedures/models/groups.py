"""Groups of procedures that belong together (nhóm thủ tục hành chính liên thông; TT 01/2018/TT-VPCP, Điều 4).

A published group is frozen like a version (triggers in the migration); only its `valid_to` may still be closed. It names
procedures and the stable keys of their papers, so it stays true when a member gets a new version.
"""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q

from congvu.procedures.models.catalogue import Procedure
from congvu.procedures.rules.words import VersionState


class ProcedureGroup(models.Model):
    """One published version of a group: from `valid_from` on, until `valid_to` (exclusive, as of versions)."""

    code = models.CharField(max_length=60)
    number = models.IntegerField(default=1)
    name = models.TextField()
    name_folded = models.TextField()
    state = models.CharField(
        max_length=12, choices=VersionState.choices(), default=VersionState.LOADING.value
    )
    valid_from = models.DateField()
    valid_to = models.DateField(null=True)
    published_at = models.DateTimeField()
    decision_number = models.CharField(max_length=120)
    decision_issuer = models.CharField(max_length=200)
    decided_on = models.DateField()
    basis = models.CharField(max_length=300)
    evidence = models.CharField(max_length=16)  # of the basis, as in foundation.lawtable
    note = models.TextField(blank=True, default="")

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=("code", "number"), name="group_number_once"),
            models.UniqueConstraint(
                fields=("code",),
                condition=Q(state=VersionState.PUBLISHED.value, valid_to__isnull=True),
                name="group_one_open",
            ),
            models.CheckConstraint(
                condition=Q(valid_to__isnull=True) | Q(valid_to__gte=F("valid_from")),
                name="group_period_forward",
            ),
        )

    def __str__(self) -> str:
        return f"{self.code} {self.name}"


class GroupMember(models.Model):
    """A procedure of the group. It opens at once, or when those at the positions `after` ended with a result."""

    group = models.ForeignKey(
        ProcedureGroup, on_delete=models.CASCADE, related_name="members", db_index=False
    )
    position = models.SmallIntegerField()
    procedure = models.ForeignKey(Procedure, on_delete=models.PROTECT, related_name="+")
    after = ArrayField(models.SmallIntegerField(), default=list)
    # the agency that always decides it; None: the one chosen at the counter
    unit = models.ForeignKey("organisation.Unit", on_delete=models.PROTECT, null=True, related_name="+")

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=("group", "position"), name="group_member_position_once"),
            models.UniqueConstraint(fields=("group", "procedure"), name="group_member_once"),
        )

    def __str__(self) -> str:
        return f"{self.position}. {self.procedure_id}"


class GroupPaper(models.Model):
    """A paper of a member that is not handed in on its own: it is shared, or it is the result of another member."""

    member = models.ForeignKey(GroupMember, on_delete=models.CASCADE, related_name="papers", db_index=False)
    paper_key = models.CharField(max_length=80)
    share = models.CharField(max_length=80, blank=True, default="")  # papers of one share are handed in once
    result_of = models.SmallIntegerField(null=True)  # position of the member whose result it is

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=("member", "paper_key"), name="group_paper_once"),
            models.CheckConstraint(
                condition=Q(share="", result_of__isnull=False) | (~Q(share="") & Q(result_of__isnull=True)),
                name="group_paper_one_way",
            ),
        )

    def __str__(self) -> str:
        return self.paper_key
