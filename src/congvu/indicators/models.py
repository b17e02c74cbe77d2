"""Tables of figures that were published: frozen for ever by a trigger; what changes is published as a new edition."""

from django.db import models


class PublishedTable(models.Model):
    """A statistic by unit as it was published. `content` is the canonical document (rules/published.py), `sha256` its
    digest; the other columns say what to ask to get it again, and nothing that is recorded later changes the answer."""

    statistic = models.CharField(max_length=24)
    first = models.DateField()
    last = models.DateField()
    as_of = models.DateField()
    map_on = models.DateField(null=True)  # null: the units as they were
    known_at = models.DateTimeField()
    edition = models.IntegerField()
    content = models.TextField()
    sha256 = models.CharField(max_length=64)
    note = models.CharField(max_length=500, blank=True, default="")
    published_at = models.DateTimeField()
    published_by = models.CharField(max_length=200)
    publisher_id = models.BigIntegerField(null=True)

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=("statistic", "first", "last", "map_on", "edition"),
                nulls_distinct=False,
                name="published_edition_once",
            ),
            models.CheckConstraint(condition=models.Q(edition__gte=1), name="published_edition_from_one"),
            models.CheckConstraint(
                condition=models.Q(last__gte=models.F("first")), name="published_period_forward"
            ),
        )

    def __str__(self) -> str:
        return f"{self.statistic} {self.first}–{self.last} ({self.edition})"


class DefinedFigure(models.Model):
    """A figure an office defines itself: records of a population under a condition (`population`, `where`, `out_of` for a
    share), or numbers people enter (`population` empty). What it says never changes; one that is wrong is withdrawn."""

    code = models.CharField(max_length=60, unique=True)
    name = models.CharField(max_length=200)
    name_en = models.CharField(max_length=200, blank=True, default="")
    measure = models.CharField(max_length=40)  # rules.definitions.Measure
    population = models.CharField(max_length=40, blank=True, default="")
    where = models.JSONField(default=dict)  # field -> values
    share = models.BooleanField(default=False)
    out_of = models.JSONField(
        default=dict
    )  # of a share over records: field -> values of what it is a share of
    of_day = models.BooleanField(default=False)
    words = models.CharField(max_length=500)
    overlaps = models.CharField(max_length=300, blank=True, default="")
    source = models.CharField(max_length=300)
    evidence = models.CharField(max_length=16)
    defined_at = models.DateTimeField()
    defined_by = models.CharField(max_length=200)
    withdrawn_at = models.DateTimeField(null=True)
    withdrawn_by = models.CharField(max_length=200, blank=True, default="")
    withdrawn_why = models.CharField(max_length=300, blank=True, default="")

    class Meta:
        constraints = (
            models.CheckConstraint(
                condition=~models.Q(name="") & ~models.Q(words="") & ~models.Q(source=""),
                name="figure_says_what_and_whence",
            ),
        )

    def __str__(self) -> str:
        return self.code


class HandFigure(models.Model):
    """A number a person entered for a period, of a unit or (null) of the whole province: from which paper, and why. Never
    changed: a correction is a new row that names the one it replaces."""

    figure = models.ForeignKey(DefinedFigure, on_delete=models.PROTECT, related_name="+")
    unit = models.ForeignKey("organisation.Unit", null=True, on_delete=models.PROTECT, related_name="+")
    first = models.DateField()
    last = models.DateField()
    numerator = models.DecimalField(max_digits=20, decimal_places=4, null=True)
    denominator = models.DecimalField(max_digits=20, decimal_places=4, null=True)
    rate = models.DecimalField(max_digits=9, decimal_places=4, null=True)  # per cent, as the paper gives it
    flag = models.CharField(max_length=16)  # rules.definitions.ENTERED_FLAGS
    words = models.CharField(max_length=200, blank=True, default="")  # as printed: «gần 95%»
    paper = models.CharField(max_length=300)
    reason = models.CharField(max_length=500)
    replaces = models.ForeignKey("self", null=True, on_delete=models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField()
    recorded_by = models.CharField(max_length=200)
    recorder_id = models.BigIntegerField(null=True)

    class Meta:
        indexes = (models.Index(fields=("figure", "last", "first"), name="handfigure_by_period"),)
        constraints = (
            models.UniqueConstraint(
                fields=("figure", "unit", "first", "last"),
                condition=models.Q(replaces__isnull=True),
                nulls_distinct=False,
                name="handfigure_once",
            ),
            models.UniqueConstraint(fields=("replaces",), name="handfigure_replaced_once"),
            models.CheckConstraint(
                condition=models.Q(last__gte=models.F("first")), name="handfigure_period_forward"
            ),
            models.CheckConstraint(
                condition=~models.Q(paper="") & ~models.Q(reason=""), name="handfigure_from_a_paper"
            ),
            models.CheckConstraint(
                condition=models.Q(flag__in=("hand-entered", "quoted"), numerator__isnull=False)
                | models.Q(flag="rate-only", rate__isnull=False, numerator__isnull=True)
                | models.Q(flag="unknown-count", numerator__isnull=True, rate__isnull=True)
                & ~models.Q(words="")
                | models.Q(flag="approximate") & ~models.Q(words=""),
                name="handfigure_flag_tells",
            ),
        )

    def __str__(self) -> str:
        return f"{self.figure_id} {self.first}–{self.last}"


class ListEntry(models.Model):
    """A named record behind a figure people enter: a text, a meeting, an award. Superseded, never changed."""

    list = models.CharField(max_length=60)  # the code of the figure, or of a list several figures count
    kind = models.CharField(max_length=60, blank=True, default="")
    unit = models.ForeignKey("organisation.Unit", null=True, on_delete=models.PROTECT, related_name="+")
    day = models.DateField()
    title = models.CharField(max_length=300)
    note = models.CharField(max_length=500, blank=True, default="")
    paper = models.CharField(max_length=300)
    recorded_at = models.DateTimeField()
    recorded_by = models.CharField(max_length=200)
    superseded_at = models.DateTimeField(null=True)

    class Meta:
        indexes = (models.Index(fields=("list", "day"), name="listentry_by_list"),)
        constraints = (
            models.CheckConstraint(
                condition=~models.Q(title="") & ~models.Q(paper=""), name="listentry_named_from_a_paper"
            ),
        )

    def __str__(self) -> str:
        return self.title


_TOLD = ("dossier_id", "unit_id", "tier", "field_id", "channel", "received_on", "status", "due_on")
_MONTH_ON = models.ExpressionWrapper(
    models.F("since") + 31, output_field=models.DateField()
)  # what parts the two


class DossierFact(models.Model):
    """A dossier from `since` until the day before `till`, in one state and with one agency (rules/facts.py). Derived: kept by
    actions/keep_facts.py behind the event log, never by a verb, and thrown away and made again whenever it is wished."""

    pk = models.CompositePrimaryKey("dossier_id", "since")
    dossier_id = models.BigIntegerField()
    since = models.DateField()
    till = models.DateField()
    unit_id = models.BigIntegerField()
    tier = models.CharField(max_length=12)
    field_id = models.BigIntegerField()
    channel = models.SmallIntegerField()
    received_on = models.DateField()
    status = models.SmallIntegerField()
    due_on = models.DateField(null=True)
    ended_on = models.DateField(null=True)

    class Meta:
        # The state on a day is read from these alone (queries/fact_counts.py). Each fact is in one of them: an end that stands; a
        # span of at most a month, so that those of a day end near it; the few longer ones, and all that still go on.
        indexes = (
            models.Index(
                fields=("ended_on",),
                include=("since", *_TOLD),
                condition=models.Q(till="9999-12-31", ended_on__isnull=False),
                name="fact_by_end",
            ),
            models.Index(
                fields=("till",),
                include=("since", *_TOLD, "ended_on"),
                condition=models.Q(till__lte=_MONTH_ON),
                name="fact_short",
            ),
            models.Index(
                fields=("till",),
                include=("since", *_TOLD, "ended_on"),
                condition=models.Q(till__gt=_MONTH_ON)
                & (models.Q(till__lt="9999-12-31") | models.Q(ended_on__isnull=True)),
                name="fact_long",
            ),
        )


class FactsMark(models.Model):
    """How far the facts of an area have come. Events up to `done` are in them; `noted` was the newest event at `noted_at`,
    and is safe to read up to once whoever was then writing has finished. While `fill_at` is not null the first filling goes on
    through the dossiers, and the facts are not to be used."""

    area = models.CharField(max_length=24, primary_key=True)
    done = models.BigIntegerField(default=0)
    noted = models.BigIntegerField(default=0)
    noted_at = models.DateTimeField(null=True)
    fill_at = models.BigIntegerField(null=True)
    kept_at = models.DateTimeField(null=True)


class Board(models.Model):
    """Which figures a person follows, in which order and over which period; without an account, the one a role begins with."""

    account_id = models.BigIntegerField(null=True, unique=True)
    role = models.CharField(max_length=20, blank=True, default="")
    codes = models.JSONField(default=list)
    period = models.CharField(max_length=8)  # rules.lines.SPANS
    composed_at = models.DateTimeField()
    composed_by = models.CharField(max_length=200)

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=("role",), condition=models.Q(account_id__isnull=True), name="board_once_a_role"
            ),
            models.CheckConstraint(
                condition=models.Q(account_id__isnull=False, role="")
                | models.Q(account_id__isnull=True) & ~models.Q(role=""),
                name="board_of_a_person_or_a_role",
            ),
        )

    def __str__(self) -> str:
        return self.role or str(self.account_id)


class FigureLine(models.Model):
    """A line somebody wants to be told of: a figure of a unit (null: the province) below or above a number, over the running
    month, quarter or year. Dropped, never deleted."""

    figure = models.CharField(max_length=60)
    unit = models.ForeignKey("organisation.Unit", null=True, on_delete=models.PROTECT, related_name="+")
    direction = models.CharField(max_length=8)  # rules.lines.Direction
    line = models.DecimalField(max_digits=20, decimal_places=4)
    period = models.CharField(max_length=8)  # rules.lines.SPANS
    asked_at = models.DateTimeField()
    asked_by = models.CharField(max_length=200)
    account_id = models.BigIntegerField(null=True)
    dropped_at = models.DateTimeField(null=True)

    class Meta:
        indexes = (
            models.Index(
                fields=("figure",), condition=models.Q(dropped_at__isnull=True), name="line_watched"
            ),
        )
        constraints = (
            models.UniqueConstraint(
                fields=("account_id", "figure", "unit", "direction", "period"),
                condition=models.Q(dropped_at__isnull=True),
                nulls_distinct=False,
                name="line_once",
            ),
        )

    def __str__(self) -> str:
        return f"{self.figure} {self.direction} {self.line}"


class Crossing(models.Model):
    """A line was crossed: from when to when (null: still), with the two numbers as they were when it was first seen."""

    line = models.ForeignKey(FigureLine, on_delete=models.PROTECT, related_name="+")
    first = models.DateField()  # the period the number is of
    last = models.DateField()
    numerator = models.CharField(max_length=60)
    denominator = models.CharField(max_length=60, blank=True, default="")
    seen_at = models.DateTimeField()
    over_at = models.DateTimeField(null=True)

    class Meta:
        indexes = (models.Index(fields=("-seen_at", "-id"), name="crossing_newest_first"),)
        constraints = (
            models.UniqueConstraint(
                fields=("line",), condition=models.Q(over_at__isnull=True), name="crossing_open_once"
            ),
        )

    def __str__(self) -> str:
        return f"{self.line_id} {self.seen_at}"
