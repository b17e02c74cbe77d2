"""Emitting happenings and working them off."""

import logging
from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any

from django.db import transaction

from congvu.foundation.happenings.models import Happening

Reaction = Callable[[Mapping[str, Any], datetime], None]
MOST_TRIES = 10
_log = logging.getLogger(__name__)


def emit(kind: str, payload: Mapping[str, Any], *, at: datetime) -> None:
    """Write a happening in the caller's transaction. 1 statement."""
    Happening.objects.create(kind=kind, payload=dict(payload), at=at)


def work_off(reactions: Mapping[str, tuple[Reaction, ...]], *, at: datetime, most: int = 500) -> int:
    """Run the reactions of waiting happenings, oldest first, each in its own transaction. Returns how many were handled.

    Safe beside other workers (SKIP LOCKED). A reaction that fails is tried again, ten times, and its error is kept.
    """
    handled = 0
    for _ in range(most):
        with transaction.atomic():
            waiting = Happening.objects.select_for_update(skip_locked=True).filter(
                handled_at=None, tries__lt=MOST_TRIES
            )
            one = waiting.order_by("tries", "id").first()
            if one is None:
                break
            try:
                with transaction.atomic():
                    for react in reactions.get(one.kind, ()):
                        react(one.payload, at)
                one.handled_at = at
                handled += 1
            except Exception as problem:  # the outbox must outlive any reaction
                _log.exception("happening %s (%s) failed", one.pk, one.kind)
                one.tries += 1
                one.problem = repr(problem)[:2000]
            one.save(update_fields=["handled_at", "tries", "problem"])
            if one.handled_at is None:
                break
    return handled
