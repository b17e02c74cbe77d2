"""Periodic reports: their texts version by version, what units send for them, the templates an office has changed.

A version that is approved is frozen by a trigger: its text, its numbers and its charts. Only the number and the day of the
paper may still come, once, when it is published.
"""

from django.db import models
from django.db.models import F, Q

from congvu.foundation.identity.models import Account
from congvu.organisation.models import Unit
from congvu.reports.rules.states import APPROVED, FROZEN, PART_STATES, SENT, STATES


class ReportTemplate(models.Model):
    """An office's own edition of a template; the starters come with the programme as files. The newest of a code and unit
    counts, older ones stay."""

    code = models.CharField(max_length=40)
    unit = models.ForeignKey(Unit, null=True, on_delete=models.PROTECT, related_name="+")
    edition = models.IntegerField()
    body = models.TextField()
    recorded_at = models.DateTimeField()
    recorded_by = models.CharField(max_length=200)

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=("code", "unit", "edition"), nulls_distinct=False, name="reporttemplate_edition_once"
            ),
        )

    def __str__(self) -> str:
        return f"{self.code} ({self.edition})"


class Report(models.Model):
    """A report of a unit over a period. `kind`, `year`, `place` name the period; free days have place 0."""

    template = models.CharField(max_length=40)
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=10)
    year = models.IntegerField()
    place = models.IntegerField()
    first = models.DateField()
    last = models.DateField()
    title = models.CharField(max_length=300)
    made_at = models.DateTimeField()
    made_by = models.CharField(max_length=200)

    class Meta:
        constraints = (
            models.CheckConstraint(condition=Q(last__gte=F("first")), name="report_period_forward"),
            models.CheckConstraint(condition=~Q(title=""), name="report_has_title"),
            models.UniqueConstraint(
                fields=("template", "unit", "first", "last"), name="report_once_a_period"
            ),
        )

    def __str__(self) -> str:
        return self.title


class ReportVersion(models.Model):
    """One version. `numbers` and `charts` (rules/numbers.py) are what its figures came to at `reckoned_at`: a draft's are
    made again at will, an approved version's stand for ever, as known at `known_at`, with the digest of their records."""

    report = models.ForeignKey(Report, on_delete=models.PROTECT, related_name="versions")
    version = models.IntegerField()
    state = models.CharField(max_length=9, choices=tuple(STATES.items()))
    body = models.TextField()
    numbers = models.JSONField(default=list)
    charts = models.JSONField(default=dict)
    reckoned_at = models.DateTimeField()
    known_at = models.DateTimeField(null=True)
    sha256 = models.CharField(max_length=64, blank=True, default="")
    reason = models.CharField(max_length=500, blank=True, default="")  # why it was opened again
    remarks = models.TextField(blank=True, default="")  # of whoever sent it back
    drafted_at = models.DateTimeField()
    drafted_by = models.CharField(max_length=200)
    drafter = models.ForeignKey(Account, null=True, on_delete=models.PROTECT, related_name="+")
    writers = models.JSONField(
        default=list
    )  # ids of all who wrote in this version: none of them checks or approves it
    checked_at = models.DateTimeField(null=True)
    checked_by = models.CharField(max_length=200, blank=True, default="")
    approved_at = models.DateTimeField(null=True)
    approved_by = models.CharField(max_length=200, blank=True, default="")
    number = models.CharField(max_length=60, blank=True, default="")
    signed_on = models.DateField(null=True)
    signer_title = models.CharField(max_length=200, blank=True, default="")
    signer_name = models.CharField(max_length=120, blank=True, default="")
    recipients = models.TextField(blank=True, default="")
    published_at = models.DateTimeField(null=True)
    published_by = models.CharField(max_length=200, blank=True, default="")

    class Meta:
        indexes = (models.Index(fields=("-id",), name="reportversion_newest"),)
        constraints = (
            models.UniqueConstraint(fields=("report", "version"), name="reportversion_once"),
            models.UniqueConstraint(
                fields=("report",), condition=~Q(state__in=FROZEN), name="reportversion_one_open"
            ),
            models.CheckConstraint(
                condition=~Q(state__in=FROZEN)
                | Q(approved_at__isnull=False, known_at__isnull=False) & ~Q(sha256=""),
                name="reportversion_approved_is_frozen",
            ),
            models.CheckConstraint(
                condition=Q(state__in=("DRAFT", "CHECKED", APPROVED))
                | Q(published_at__isnull=False, signed_on__isnull=False) & ~Q(number=""),
                name="reportversion_published_is_numbered",
            ),
        )

    def __str__(self) -> str:
        return f"{self.report_id}/{self.version}"


class ReportPart(models.Model):
    """What a unit is asked to send for a report, until a day. Its numbers are those of the unit when it was sent."""

    report = models.ForeignKey(Report, on_delete=models.PROTECT, related_name="parts")
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    due = models.DateField()
    state = models.CharField(max_length=8, choices=tuple(PART_STATES.items()))
    body = models.TextField()
    numbers = models.JSONField(default=list)
    reckoned_at = models.DateTimeField()
    asked_at = models.DateTimeField()
    asked_by = models.CharField(max_length=200)
    sent_at = models.DateTimeField(null=True)
    sent_by = models.CharField(max_length=200, blank=True, default="")
    remarks = models.TextField(blank=True, default="")

    class Meta:
        indexes = (models.Index(fields=("unit", "-id"), name="reportpart_by_unit"),)
        constraints = (
            models.UniqueConstraint(fields=("report", "unit"), name="reportpart_once_a_unit"),
            models.CheckConstraint(
                condition=~Q(state=SENT) | Q(sent_at__isnull=False), name="reportpart_sent_is_dated"
            ),
        )

    def __str__(self) -> str:
        return f"{self.report_id}/{self.unit_id}"


class ConferenceFile(models.Model):
    """A file that tells a conference, as it was loaded; another content under the same code is a new edition, and the newest
    counts. What it says is read from `content` (rules/conference_file.py), its numbers are asked anew each time."""

    code = models.CharField(max_length=60)
    edition = models.IntegerField()
    name = models.CharField(max_length=300)
    place = models.CharField(max_length=300)
    held_on = models.DateField()
    posted_on = models.DateField(null=True)
    year = models.IntegerField()
    content = models.TextField()
    sha256 = models.CharField(max_length=64)
    loaded_at = models.DateTimeField()
    loaded_by = models.CharField(max_length=200)

    class Meta:
        indexes = (models.Index(fields=("-held_on", "-id"), name="conference_newest"),)
        constraints = (
            models.UniqueConstraint(fields=("code", "edition"), name="conference_edition_once"),
            models.CheckConstraint(condition=~Q(name="") & ~Q(content=""), name="conference_says_something"),
        )

    def __str__(self) -> str:
        return f"{self.code} ({self.edition})"
