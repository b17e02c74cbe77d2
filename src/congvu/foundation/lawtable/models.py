"""Numbers of the law as dated, cited rows with an evidence tag. A wrong one is corrected by a new row, not an edit."""

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import RangeBoundary, RangeOperators
from django.contrib.postgres.fields.ranges import DateRangeField
from django.db import models
from django.db.models import Func


class Evidence(models.TextChoices):
    """How well a rule is known (see docs/law/README.md)."""

    TXT = "TXT", "đã đọc văn bản"
    IMPL = "IMPL", "thấy trong hệ thống đang dùng"
    SEC = "SEC", "trích dẫn lại"
    MEM = "MEM", "chưa đối chiếu"
    CHECKED = "DA_DOI_CHIEU", "đã đối chiếu"


class _DateRange(Func):
    function = "daterange"
    output_field = DateRangeField()


class LawRule(models.Model):
    """A value of the law in force for a period: code, value, article, evidence."""

    code = models.CharField(max_length=80)
    name = models.CharField(max_length=300)
    value = models.JSONField()
    valid_from = models.DateField()
    valid_to = models.DateField(null=True)
    citation = models.CharField(max_length=300)
    evidence = models.CharField(max_length=16, choices=Evidence.choices)
    note = models.TextField(blank=True, default="")

    class Meta:
        constraints = (
            ExclusionConstraint(
                name="lawrule_one_at_a_time",
                expressions=[
                    ("code", RangeOperators.EQUAL),
                    (
                        _DateRange("valid_from", "valid_to", RangeBoundary(True, True)),
                        RangeOperators.OVERLAPS,
                    ),
                ],
            ),
            models.CheckConstraint(condition=~models.Q(citation=""), name="lawrule_has_citation"),
        )
