"""Questionnaires, campaigns, who is asked, and what was answered.

An answer is nobody's: it holds no key to the invitation, the link or the dossier that led to it, no time finer than a day,
and an identifier drawn by chance. Free text is a row of its own, without a key to the answer beside which it was written.
Answers never change (a trigger holds that). docs/decisions/0093 says what can still be seen with the disk in hand.
"""

import uuid

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from congvu.dossiers.models import Dossier
from congvu.organisation.models import Unit
from congvu.surveys.rules.formulas import FORMULAS
from congvu.surveys.rules.words import (
    CHANNELS,
    DRAFT,
    KINDS,
    MEMBER_STATES,
    PUBLISHED,
    RECHECKS,
    SHEETS,
    STATES,
    TEXT_STATES,
    UNSEEN,
    VERSION_STATES,
)


class Questionnaire(models.Model):
    """A questionnaire as an identity: its versions are what is asked."""

    code = models.SlugField(max_length=30, unique=True)
    name = models.CharField(max_length=200)

    def __str__(self) -> str:
        return self.code


class QuestionnaireVersion(models.Model):
    """What is asked. Published, it is frozen (a trigger holds that); a change is a new version."""

    questionnaire = models.ForeignKey(Questionnaire, on_delete=models.PROTECT, related_name="versions")
    number = models.IntegerField()
    state = models.CharField(max_length=9, choices=tuple(VERSION_STATES.items()))
    content = models.JSONField()
    source = models.CharField(max_length=300)
    evidence = models.CharField(max_length=16)
    drafted_at = models.DateTimeField()
    drafted_by = models.CharField(max_length=200)
    published_at = models.DateTimeField(null=True)
    published_by = models.CharField(max_length=200, blank=True, default="")

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=("questionnaire", "number"), name="questionnaire_version_once"),
            models.UniqueConstraint(
                fields=("questionnaire",), condition=Q(state=DRAFT), name="questionnaire_one_draft"
            ),
            models.CheckConstraint(
                condition=Q(state=PUBLISHED, published_at__isnull=False) | Q(state=DRAFT),
                name="questionnaire_published_is_dated",
            ),
            models.CheckConstraint(condition=~Q(source=""), name="questionnaire_has_source"),
        )

    def __str__(self) -> str:
        return f"{self.questionnaire_id}/{self.number}"


class Campaign(models.Model):
    """A survey from one day to another (đợt khảo sát): one version, by some channels, of some units."""

    code = models.SlugField(max_length=40, unique=True)
    name = models.CharField(max_length=200)
    kind = models.CharField(max_length=8, choices=tuple(KINDS.items()))
    version = models.ForeignKey(QuestionnaireVersion, on_delete=models.PROTECT, related_name="+")
    first = models.DateField()
    last = models.DateField()
    channels = ArrayField(models.CharField(max_length=10, choices=tuple(CHANNELS.items())))
    # "": the formula in force on the last day; else the one its plan names
    formula = models.CharField(max_length=10, choices=tuple(FORMULAS.items()), blank=True, default="")
    state = models.CharField(max_length=6, choices=tuple(STATES.items()), default=DRAFT)
    made_at = models.DateTimeField()
    made_by = models.CharField(max_length=200)
    opened_at = models.DateTimeField(null=True)
    closed_at = models.DateTimeField(null=True)
    shown_at = models.DateTimeField(null=True)  # its results stand on the public page since
    # --- the frame and the number by which the sample was drawn
    frame_first = models.DateField(null=True)
    frame_last = models.DateField(null=True)
    seed = models.BigIntegerField(null=True)
    drawn_at = models.DateTimeField(null=True)

    class Meta:
        indexes = (models.Index(fields=("-last", "-id"), name="campaign_newest_first"),)
        constraints = (
            models.CheckConstraint(condition=Q(first__lte=models.F("last")), name="campaign_days_in_order"),
        )

    def __str__(self) -> str:
        return self.code


class Stratum(models.Model):
    """A unit of a drawn campaign: how many there were to ask, how many are wanted."""

    campaign = models.ForeignKey(Campaign, on_delete=models.PROTECT, related_name="strata")
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    frame = models.IntegerField()
    wanted = models.IntegerField()

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=("campaign", "unit"), name="stratum_unit_once"),
            models.CheckConstraint(condition=Q(wanted__lte=models.F("frame")), name="stratum_within_frame"),
        )

    def __str__(self) -> str:
        return f"{self.campaign_id}/{self.unit_id}"


class Invitation(models.Model):
    """One dossier, one answer. `answered` has no time: it is all that is known of having answered."""

    campaign = models.ForeignKey(Campaign, on_delete=models.PROTECT, related_name="+")
    dossier = models.ForeignKey(Dossier, on_delete=models.PROTECT, related_name="+")
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    answered = models.BooleanField(default=False)
    # --- of a drawn campaign: the order of drawing, and what became of the member
    place = models.IntegerField(null=True)
    state = models.CharField(max_length=8, choices=tuple(MEMBER_STATES.items()), blank=True, default="")
    replaces = models.OneToOneField("self", null=True, on_delete=models.PROTECT, related_name="+")
    why = models.CharField(max_length=300, blank=True, default="")

    class Meta:
        indexes = (models.Index(fields=("campaign", "unit", "place"), name="invitation_by_stratum"),)
        constraints = (
            models.UniqueConstraint(fields=("campaign", "dossier"), name="invitation_dossier_once"),
        )

    def __str__(self) -> str:
        return str(self.pk)


class SurveyLink(models.Model):
    """A link that opens an invitation: only the hash of what stands in it."""

    hash = models.CharField(max_length=64, primary_key=True)
    invitation = models.ForeignKey(Invitation, on_delete=models.CASCADE, related_name="+")

    def __str__(self) -> str:
        return self.hash[:8]


class Kiosk(models.Model):
    """A machine at a counter, opened for one campaign by a link of its own."""

    campaign = models.ForeignKey(Campaign, on_delete=models.PROTECT, related_name="+")
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    name = models.CharField(max_length=100)
    hash = models.CharField(max_length=64, unique=True)
    opened_at = models.DateTimeField()
    opened_by = models.CharField(max_length=200)
    closed_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return self.name


class InterviewSheet(models.Model):
    """A paper that came in: who asked, who typed it, and whether asking again said the same. It names no respondent."""

    campaign = models.ForeignKey(Campaign, on_delete=models.PROTECT, related_name="+")
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    number = models.CharField(max_length=30)
    channel = models.CharField(max_length=10, choices=tuple((one, CHANNELS[one]) for one in SHEETS))
    interviewer = models.CharField(max_length=120)
    entered_by = models.CharField(max_length=200)
    entered_on = models.DateField()
    to_recheck = models.BooleanField(default=False)
    recheck = models.CharField(max_length=9, choices=tuple(RECHECKS.items()), blank=True, default="")
    rechecked_by = models.CharField(max_length=200, blank=True, default="")
    rechecked_on = models.DateField(null=True)
    note = models.CharField(max_length=300, blank=True, default="")

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=("campaign", "number"), name="sheet_number_once"),
            models.CheckConstraint(condition=~Q(interviewer=""), name="sheet_names_interviewer"),
        )

    def __str__(self) -> str:
        return self.number


class SurveyAnswer(models.Model):
    """What one respondent gave. `levels` stand in the order of the version's questions on five levels, 0 for none."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    campaign = models.ForeignKey(Campaign, on_delete=models.PROTECT, related_name="+", db_index=False)
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+", db_index=False)
    channel = models.CharField(max_length=10, choices=tuple(CHANNELS.items()))
    group = models.CharField(max_length=30, blank=True, default="")
    day = models.DateField()
    levels = ArrayField(models.SmallIntegerField())
    choices = models.JSONField(default=dict)  # code of the question -> places chosen
    sheet = models.OneToOneField(InterviewSheet, null=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        indexes = (models.Index(fields=("campaign", "unit", "day"), name="answer_by_unit"),)
        constraints = (
            models.CheckConstraint(
                condition=Q(channel__in=SHEETS, sheet__isnull=False)
                | ~Q(channel__in=SHEETS) & Q(sheet__isnull=True),
                name="answer_paper_has_sheet",
            ),
        )

    def __str__(self) -> str:
        return str(self.pk)


class SurveyText(models.Model):
    """Free text, apart from the answer it came with. Shown only after someone has read it."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    campaign = models.ForeignKey(Campaign, on_delete=models.PROTECT, related_name="+", db_index=False)
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+", db_index=False)
    question = models.CharField(max_length=12)
    words = models.TextField()
    state = models.CharField(max_length=6, choices=tuple(TEXT_STATES.items()), default=UNSEEN)
    why = models.CharField(max_length=300, blank=True, default="")
    reviewed_by = models.CharField(max_length=200, blank=True, default="")
    reviewed_on = models.DateField(null=True)

    class Meta:
        indexes = (models.Index(fields=("campaign", "state", "id"), name="text_by_state"),)
        constraints = (models.CheckConstraint(condition=~Q(words=""), name="text_says_something"),)

    def __str__(self) -> str:
        return str(self.pk)
