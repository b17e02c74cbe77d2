"""A test with real transactions empties every table when it ends, also what migrations had put there. Put it back."""

from typing import Any


def keep_starter_rows() -> None:
    """Refill the law table now when it is empty, and after every emptying (Django says `post_migrate` then)."""
    from django.db.models.signals import post_migrate

    post_migrate.connect(_after_emptying, dispatch_uid="congvu.testing.starter_rows")
    _refill()


def _after_emptying(sender: Any, **_: Any) -> None:
    if sender.label == "lawtable":
        _refill()


def _refill() -> None:
    from congvu.foundation.lawtable.models import LawRule
    from congvu.foundation.lawtable.starter import starter_rows
    from congvu.organisation.rules.starter import starter_rows as rows_of_organisation
    from congvu.people.rules.starter import starter_rows as rows_of_people
    from congvu.staffing.rules.starter import starter_rows as rows_of_staffing
    from congvu.surveys.rules.starter import starter_rows as rows_of_surveys
    from congvu.tasks.rules.starter import starter_rows as rows_of_tasks

    if LawRule.objects.exists():
        return
    rows = (
        *starter_rows(),
        *rows_of_organisation(),
        *rows_of_people(),
        *rows_of_staffing(),
        *rows_of_surveys(),
        *rows_of_tasks(),
    )
    LawRule.objects.bulk_create(LawRule(**row) for row in rows)
