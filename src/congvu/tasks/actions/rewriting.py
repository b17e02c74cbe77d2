"""Writing many rows at once: new ones, and old ones back."""

from collections.abc import Sequence
from typing import TypeVar

from django.db import IntegrityError, transaction
from django.db.models import Model

from congvu.foundation.refusal import Refused

_Row = TypeVar("_Row", bound=Model)


def add_once(table: type[_Row], rows: Sequence[_Row], refusal: Refused) -> None:
    """New rows of which another hand may write the same one at this moment: then the refusal, not an error. 3 statements with
    the savepoint, none for none."""
    if not rows:
        return
    try:
        with transaction.atomic():
            table._default_manager.bulk_create(rows)
    except IntegrityError as clash:
        raise refusal from clash


def write_back(table: type[_Row], rows: Sequence[_Row], fields: Sequence[str]) -> None:
    """Rows that are there, with new values of some fields. 1 statement, none for none: an insert that meets each row by its id
    costs a tenth of `bulk_update`, which spells a CASE for every field of every row."""
    if rows:
        table._default_manager.bulk_create(
            rows, update_conflicts=True, update_fields=list(fields), unique_fields=["id"]
        )
