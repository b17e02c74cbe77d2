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
