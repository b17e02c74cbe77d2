"""What stands in sheets, who wrote it, what proves it."""

from collections.abc import Iterable
from dataclasses import dataclass

from congvu.indices.models import Entry, Proof, Sheet
from congvu.indices.rules.rounds import OF_UNIT
from congvu.organisation.access import Scope


def sheet_of(sheet_id: int, seen: Scope) -> Sheet | None:
    """A sheet with its round and set, None when there is none or the reader does not see it. 1 statement."""
    found = Sheet.objects.select_related("round", "round__set").filter(pk=sheet_id).first()
    if (
        found is None
        or found.unit_id is None
        or found.unit_id in seen
        or found.round.published_at is not None
    ):
        return found
    return None


@dataclass(frozen=True, slots=True)
class Standing:
    """The line that stands in a column: its text, note, whoever wrote it, the figure it came from."""

    text: str
    note: str
    figure: str
    by: str
    account_id: int | None


def standing(sheet_ids: Iterable[int]) -> dict[int, dict[str, dict[str, Standing]]]:
    """{sheet: {code: {column: the line that stands}}}. 1 statement for any number of sheets."""
    rows = (
        Entry.objects.filter(sheet__in=list(sheet_ids))
        .order_by("sheet", "criterion", "column", "-pk")
        .distinct("sheet", "criterion", "column")
        .values_list("sheet", "criterion__code", "column", "text", "note", "figure", "by", "account_id")
    )
    found: dict[int, dict[str, dict[str, Standing]]] = {}
    for sheet, code, column, text, note, figure, by, account in rows.iterator(chunk_size=5000):
        one = Standing(text, note, figure, by, account)
        found.setdefault(sheet, {}).setdefault(code, {})[column] = one
    return found


def cells_of(lines: dict[str, dict[str, Standing]]) -> dict[str, dict[str, str]]:
    """The texts alone, as the rules take them. No statement."""
    return {code: {column: one.text for column, one in of.items()} for code, of in lines.items()}


def history(sheet_id: int, limit: int = 40) -> list[Entry]:
    """Who wrote what in a sheet, the newest first. 1 statement."""
    return list(Entry.objects.filter(sheet=sheet_id).select_related("criterion").order_by("-pk")[:limit])


def proofs_of(sheet_id: int) -> dict[str, list[Proof]]:
    """The files that stand, by criterion. 1 statement."""
    found: dict[str, list[Proof]] = {}
    rows = Proof.objects.filter(sheet=sheet_id, removed_at=None).select_related("criterion").order_by("pk")
    for one in rows:
        found.setdefault(one.criterion.code, []).append(one)
    return found


def proof_of(sheet_id: int, proof_id: int) -> Proof | None:
    """A file of a sheet. 1 statement."""
    return Proof.objects.select_related("file").filter(pk=proof_id, sheet=sheet_id, removed_at=None).first()


def wrote_for_unit(sheet_id: int, account_id: int | None) -> bool:
    """Whether an account wrote what the unit states of itself. 1 statement."""
    if account_id is None:
        return False
    return Entry.objects.filter(sheet=sheet_id, column__in=OF_UNIT, account_id=account_id).exists()
