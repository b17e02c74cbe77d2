"""The lines of the bank's day files as their one-stop sees them."""

from collections.abc import Sequence

from congvu.dossiers.access import Visible, visible
from congvu.dossiers.models import BankLine, Dossier
from congvu.dossiers.rules.bank_file import WAITING


def waiting_lines(units: Sequence[int], *, after: int, limit: int) -> list[BankLine]:
    """What waits for a person, oldest first. 1 statement."""
    rows = BankLine.objects.filter(unit_id__in=units, verdict__in=WAITING, id__gt=after)
    return list(rows.order_by("id")[:limit])


def answered_lines(units: Sequence[int], *, before: int | None, limit: int) -> list[BankLine]:
    """What has its answer, newest first. 1 statement."""
    rows = BankLine.objects.filter(unit_id__in=units).exclude(verdict__in=WAITING)
    return list((rows if before is None else rows.filter(id__lt=before)).order_by("-id")[:limit])


def codes_of(lines: Sequence[BankLine], sight: Visible) -> dict[int, str]:
    """The codes of the lines' dossiers, of those the reader may see. 1 statement."""
    ids = {line.dossier_id for line in lines if line.dossier_id is not None}
    rows = visible(Dossier.objects.filter(pk__in=ids), sight) if ids else Dossier.objects.none()
    return {pk: str(code) for pk, code in rows.values_list("pk", "code")}
