"""Procedures and their versions (NĐ 63/2010, Điều 8.2: the parts a procedure must have).

A procedure has one id for ever; what it asks for is a version. A published version and everything under it is
frozen: a trigger (see the migration) refuses any change but the closing of `valid_to`. Children carry a
`stable_key` that stays the same from version to version, so a running dossier can be compared with, or moved
to, a newer version.
"""

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import ArrayField, DateRangeField, RangeBoundary, RangeOperators
from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVector, SearchVectorField
from django.db import models
from django.db.models import F, Func, Q

from congvu.procedures.rules.words import (
    Channel,
    FeeKind,
    Nature,
    ProcedureKind,
    ProcedureStatus,
    ServiceLevel,
    TermUnit,
    Tier,
    VersionState,
)


class DateRange(Func):
    function = "daterange"
    output_field = DateRangeField()


class Field(models.Model):
    """A field of administration (lĩnh vực). The folded name is unique: two spellings, one field."""

    code = models.CharField(max_length=120, unique=True)
    name = models.CharField(max_length=300)
    name_folded = models.CharField(max_length=300, unique=True)

    def __str__(self) -> str:
        return self.name


class Procedure(models.Model):
    """A procedure for ever: code, current name, field, status. The database keeps `search` true."""

    code = models.CharField(max_length=40, unique=True)
    name = models.TextField()
    name_folded = models.TextField()
    field = models.ForeignKey(Field, on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=16, choices=ProcedureKind.choices(), default=ProcedureKind.TTHC.value)
    nature = models.CharField(max_length=16, choices=Nature.choices(), null=True)
    status = models.CharField(
        max_length=16, choices=ProcedureStatus.choices(), default=ProcedureStatus.DRAFT.value
    )
    search = models.GeneratedField(
        expression=SearchVector("name_folded", config="simple"),
        output_field=SearchVectorField(),
        db_persist=True,
    )

    class Meta:
        indexes = (
            GinIndex(fields=("search",), name="procedure_search"),
            models.Index(fields=("code",), opclasses=("text_pattern_ops",), name="procedure_code_prefix"),
            models.Index(fields=("name_folded", "id"), name="procedure_by_name"),
            models.Index(fields=("field", "name_folded", "id"), name="procedure_by_field"),
        )

    def __str__(self) -> str:
        return f"{self.code} {self.name}"


class ProcedureVersion(models.Model):
    """What a procedure is from `valid_from` on, until `valid_to` (the first day it is no longer in force).

    `valid_to` is exclusive so that a version corrected on the day it began has an empty period, not a wrong one.
    `source_sha256` is the digest of the imported row: equal digest, nothing to import. A correction keeps it.
    """

    procedure = models.ForeignKey(
        Procedure, on_delete=models.PROTECT, related_name="versions", db_index=False
    )
    number = models.IntegerField()
    state = models.CharField(max_length=12, choices=VersionState.choices(), default=VersionState.DRAFT.value)
    valid_from = models.DateField(null=True)
    valid_to = models.DateField(null=True)
    published_at = models.DateTimeField(null=True)
    corrects = models.ForeignKey("self", on_delete=models.PROTECT, null=True, related_name="+")
    name = models.TextField()
    tiers = ArrayField(models.CharField(max_length=12, choices=Tier.choices()), default=list)
    level_of_service = models.CharField(
        max_length=20,
        choices=ServiceLevel.choices(),
        default=ServiceLevel.CHUA_RO.value,
        db_default=ServiceLevel.CHUA_RO.value,
    )
    authority_text = models.TextField(blank=True, default="")  # cơ quan có thẩm quyền
    handler_text = models.TextField(blank=True, default="")  # cơ quan thực hiện
    cooperating_text = models.TextField(blank=True, default="")  # cơ quan phối hợp
    place_text = models.TextField(blank=True, default="")  # địa chỉ tiếp nhận
    sequence_text = models.TextField(blank=True, default="")  # trình tự thực hiện
    conditions_text = models.TextField(blank=True, default="")  # yêu cầu, điều kiện
    subjects = ArrayField(models.CharField(max_length=200), default=list)
    decision_text = models.CharField(
        max_length=200, blank=True, default=""
    )  # as the source writes its number
    source_url = models.CharField(max_length=500, blank=True, default="")
    original = models.JSONField(null=True)  # the source row, every field as it came
    source_sha256 = models.CharField(max_length=64, blank=True, default="")
    content_sha256 = models.CharField(max_length=64, blank=True, default="")

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=("procedure", "number"), name="version_number_once"),
            models.UniqueConstraint(
                fields=("procedure",), condition=Q(state=VersionState.DRAFT.value), name="version_one_draft"
            ),
            models.CheckConstraint(
                condition=~Q(state=VersionState.PUBLISHED.value)
                | Q(valid_from__isnull=False, published_at__isnull=False),
                name="version_published_has_day",
            ),
            models.CheckConstraint(
                condition=Q(valid_to__isnull=True) | Q(valid_to__gte=F("valid_from")),
                name="version_period_forward",
            ),
            ExclusionConstraint(
                name="version_one_in_force",
                expressions=[
                    ("procedure", RangeOperators.EQUAL),
                    (
                        DateRange("valid_from", "valid_to", RangeBoundary(True, False)),
                        RangeOperators.OVERLAPS,
                    ),
                ],
                condition=Q(state=VersionState.PUBLISHED.value),
            ),
        )

    def __str__(self) -> str:
        return f"{self.name} (bản {self.number})"


class ProcedureCase(models.Model):
    """A case (trường hợp); every version has at least one. Terms, fees and papers hang on the case."""

    version = models.ForeignKey(
        ProcedureVersion, on_delete=models.CASCADE, related_name="cases", db_index=False
    )
    stable_key = models.CharField(max_length=80)
    name = models.TextField()
    order = models.IntegerField(default=1)

    class Meta:
        constraints = (models.UniqueConstraint(fields=("version", "stable_key"), name="case_key_once"),)

    def __str__(self) -> str:
        return self.name


class CaseChannel(models.Model):
    """One way of handing in a case, with its own term. Null term: no due date, or one in doubt."""

    case = models.ForeignKey(ProcedureCase, on_delete=models.CASCADE, related_name="channels", db_index=False)
    channel = models.SmallIntegerField(choices=Channel.choices())
    term_n = models.IntegerField(null=True)
    term_unit = models.CharField(max_length=16, choices=TermUnit.choices(), null=True)
    term_text = models.TextField(blank=True, default="")  # as the source has it
    note = models.TextField(blank=True, default="")

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=("case", "channel"), name="channel_once"),
            models.CheckConstraint(
                condition=Q(term_n__isnull=True, term_unit__isnull=True)
                | Q(term_n__gt=0, term_unit__isnull=False),
                name="channel_term_whole",
            ),
        )

    def __str__(self) -> str:
        return f"{self.get_channel_display()}: {self.term_text}"


class CaseFee(models.Model):
    """A fee of a channel. `amount` in đồng, 0 is free of charge, null: only the text says."""

    channel = models.ForeignKey(CaseChannel, on_delete=models.CASCADE, related_name="fees")
    order = models.IntegerField(default=1)
    kind = models.CharField(max_length=8, choices=FeeKind.choices(), default=FeeKind.CHUNG.value)
    amount = models.BigIntegerField(null=True)
    per_text = models.CharField(max_length=200, blank=True, default="")  # "hồ sơ", "lần cấp"
    text = models.TextField(blank=True, default="")

    class Meta:
        constraints = (
            models.CheckConstraint(
                condition=Q(amount__isnull=True) | Q(amount__gte=0), name="fee_not_negative"
            ),
        )

    def __str__(self) -> str:
        return f"{self.amount} {self.text}"


class CasePaper(models.Model):
    """A paper of a case (thành phần hồ sơ): how many originals and copies, on which form."""

    case = models.ForeignKey(ProcedureCase, on_delete=models.CASCADE, related_name="papers", db_index=False)
    stable_key = models.CharField(max_length=80)
    order = models.IntegerField(default=1)
    group_name = models.TextField(blank=True, default="")  # "Giấy tờ phải nộp", "Giấy tờ phải xuất trình"
    name = models.TextField()
    originals = models.IntegerField(default=0)
    copies = models.IntegerField(default=0)
    required = models.BooleanField(default=True)
    form_code = models.CharField(max_length=500, blank=True, default="")

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=("case", "stable_key"), name="paper_key_once"),
            models.CheckConstraint(
                condition=Q(originals__gte=0, copies__gte=0), name="paper_count_not_negative"
            ),
        )

    def __str__(self) -> str:
        return self.name


class VersionResult(models.Model):
    """What the applicant gets."""

    version = models.ForeignKey(
        ProcedureVersion, on_delete=models.CASCADE, related_name="results", db_index=False
    )
    stable_key = models.CharField(max_length=80)
    order = models.IntegerField(default=1)
    code = models.CharField(max_length=60, blank=True, default="")
    name = models.TextField()

    class Meta:
        constraints = (models.UniqueConstraint(fields=("version", "stable_key"), name="result_key_once"),)

    def __str__(self) -> str:
        return self.name


class LegalBasis(models.Model):
    """A legal text a version rests on."""

    version = models.ForeignKey(ProcedureVersion, on_delete=models.CASCADE, related_name="bases")
    order = models.IntegerField(default=1)
    number = models.CharField(max_length=120, blank=True, default="")
    title = models.TextField(blank=True, default="")
    issued_on = models.DateField(null=True)
    by = models.CharField(max_length=200, blank=True, default="")

    def __str__(self) -> str:
        return f"{self.number} {self.title}".strip()
