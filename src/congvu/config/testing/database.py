"""A test with real transactions empties every table when it ends, also what migrations had put there. Put it back."""

from typing import Any

_OF_DJANGO = {"contenttypes", "auth", "sessions"}  # it fills these itself
_kept: list[tuple[Any, list[Any]]] = []


def keep_starter_rows() -> None:
    """Remember the rows of a fresh database, and put them back after every emptying (Django says `post_migrate` then)."""
    from django.apps import apps
    from django.db.models.signals import post_migrate

    for model in apps.get_models():
        if model._meta.app_label not in _OF_DJANGO and model._meta.managed:
            rows = list(model._base_manager.all())
            if rows:
                _kept.append((model, rows))
    post_migrate.connect(_after_emptying, dispatch_uid="congvu.testing.starter_rows")


def _after_emptying(sender: Any, **_: Any) -> None:
    from django.db import transaction

    if sender.label != "lawtable":
        return
    with transaction.atomic():  # foreign keys are looked at when it ends, so the order of the tables is free
        for model, rows in _kept:
            if not model._base_manager.exists():
                model._base_manager.bulk_create(rows)
