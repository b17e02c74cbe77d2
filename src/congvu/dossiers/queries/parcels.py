"""What of the one-stop may go from a unit that goes on to another: open dossiers by field and procedure."""

from collections.abc import Collection, Sequence
from itertools import groupby

from congvu.dossiers.queries.compose import BULK
from congvu.foundation.refusal import Refused
from congvu.foundation.sql import statement
from congvu.organisation.rules.following import Choice
from congvu.procedures.models import Field, Procedure

_FIELD, _PROCEDURE = "linh-vuc", "thu-tuc"


def choices(unit_id: int) -> list[Choice]:
    """Each field of which something is open in the unit, and below it its procedures. 1 statement."""
    rows = statement(BULK, "parcel").rows({"unit": unit_id, "procedures": None, "fields": None})
    found: list[Choice] = []
    for (field, name), of in groupby(rows, lambda row: (row[0], row[1])):
        part = list(of)
        total = sum(row[5] for row in part)
        found.append(Choice(f"{_FIELD}:{field}", f"Cả lĩnh vực {name}", total))
        found += [Choice(f"{_PROCEDURE}:{row[2]}", f"{row[3]} {row[4]}", row[5]) for row in part]
    return found


def chosen_words(chosen: Collection[str]) -> list[str]:
    """What was chosen, in words. 2 statements."""
    procedures, fields = chosen_ids(chosen)
    named = [f"Cả lĩnh vực {name}" for name in _named(Field, fields, "name")]
    return named + [" ".join(one) for one in _named(Procedure, procedures, "code", "name")]


def _named(
    model: type[Field] | type[Procedure], ids: Sequence[int], *names: str
) -> list[tuple[str, ...] | str]:
    rows = model._default_manager.filter(pk__in=list(ids)).order_by("code")
    return list(rows.values_list(*names, flat=len(names) == 1))


def chosen_held(unit_id: int, chosen: Collection[str]) -> tuple[int, int]:
    """How many open dossiers of what was chosen the unit has, and how many open steps of its own on them. 1 statement."""
    procedures, fields = chosen_ids(chosen)
    rows = statement(BULK, "parcel").rows({"unit": unit_id, "procedures": procedures, "fields": fields})
    return sum(row[5] for row in rows), sum(row[6] for row in rows)


def chosen_ids(chosen: Collection[str]) -> tuple[list[int], list[int]]:
    """The procedures and the fields chosen, by id. Refuses a code that is none of ours."""
    found: dict[str, list[int]] = {_PROCEDURE: [], _FIELD: []}
    for code in chosen:
        kind, _, number = code.partition(":")
        if kind not in found or not number.isdecimal():
            raise Refused(
                f"Không hiểu lựa chọn «{code[:40]}».", where="chosen", do="Chọn lại trong danh sách."
            )
        found[kind].append(int(number))
    return found[_PROCEDURE], found[_FIELD]
