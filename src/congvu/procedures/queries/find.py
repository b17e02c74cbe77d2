"""Finding procedures, as people type: without diacritics, by part of a name, by the beginning of a code."""

from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from congvu.foundation.sql import statement
from congvu.foundation.text import composed, fold, phrase_query
from congvu.procedures.models import Field
from congvu.procedures.queries.content import contents
from congvu.procedures.rules.content import CaseContent
from congvu.procedures.rules.words import ProcedureStatus, TermUnit, Tier


class Cursor(NamedTuple):
    """Where the last page ended."""

    rank: int
    name: str
    id: int


@dataclass(frozen=True, slots=True)
class FoundProcedure:
    """A line of the list. `terms` are (n, unit) of all its channels, (None, None) for one without a due date."""

    id: int
    code: str
    name: str
    field_name: str
    status: str
    version_id: int | None
    tiers: tuple[str, ...]
    valid_from: date | None
    terms: tuple[tuple[int | None, str | None], ...]
    doubtful: bool
    cursor: Cursor

    @property
    def tier_words(self) -> str:
        return ", ".join(Tier(one).label for one in self.tiers)

    @property
    def status_words(self) -> str:
        return ProcedureStatus(self.status).label

    @property
    def term_words(self) -> str:
        """ "5 ngày làm việc"; "2–3 ngày làm việc" when channels differ; "theo trường hợp" when units do; "" without."""
        known = [(n, unit) for n, unit in self.terms if n is not None and unit is not None]
        if len(known) == 1 and len(self.terms) == 1:
            return f"{known[0][0]} {TermUnit(known[0][1]).label}"
        if known and len({unit for _, unit in known}) == 1 and len(known) == len(self.terms):
            return f"{min(n for n, _ in known)}–{max(n for n, _ in known)} {TermUnit(known[0][1]).label}"
        return "theo trường hợp" if known else ""


def search(
    text: str = "",
    *,
    on: date,
    limit: int = 25,
    cursor: Cursor | None = None,
    field_id: int | None = None,
    tier: str = "",
    public: bool = True,
) -> list[FoundProcedure]:
    """Procedures in force on `on`, best first; one more than `limit` when another page follows. 1 statement.

    The code wins, then names beginning so, then the phrase, then all the words in any order; the last word typed may
    be half a word. `public` False brings drafts and what is no longer in force too.
    """
    typed = composed(text)
    words = fold(typed).split()
    plain = typed.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")
    rows = statement("congvu.procedures.bulk", "search").rows(
        {
            "on": on,
            "text": " ".join(words) or typed,
            "code": f"{plain}%" if typed and " " not in typed else "",
            "phrase": phrase_query(typed),
            "words": " & ".join([*words[:-1], f"{words[-1]}:*"]) if words else "",
            "public": public,
            "field": field_id,
            "tier": tier,
            "after_rank": cursor.rank if cursor else None,
            "after_name": cursor.name if cursor else "",
            "after_id": cursor.id if cursor else 0,
            "limit": limit + 1,
        }
    )
    return [
        FoundProcedure(
            id=key,
            code=code,
            name=name,
            field_name=field_name,
            status=status,
            version_id=version_id,
            tiers=tuple(tiers or ()),
            valid_from=valid_from,
            terms=tuple((n, unit) for n, unit in terms),
            doubtful=doubtful,
            cursor=Cursor(rank, folded, key),
        )
        for key, code, name, field_name, status, version_id, tiers, valid_from, rank, folded, terms, doubtful in rows
    ]


@dataclass(frozen=True, slots=True)
class CounterChoice:
    """What the counter needs to receive a dossier: the version to pin, its cases with terms, fees and papers."""

    procedure_id: int
    code: str
    name: str
    field_name: str
    version_id: int
    tiers: tuple[str, ...]
    cases: tuple[CaseContent, ...]
    doubtful: bool


def counter_choices(text: str, *, on: date, limit: int = 10, tier: str = "") -> list[CounterChoice]:
    """The procedures a clerk may mean, ready to receive. `doubtful` shows the amber note. 2 statements."""
    found = search(text, on=on, limit=limit, tier=tier)[:limit]
    said = contents(one.version_id for one in found if one.version_id is not None)
    return [
        CounterChoice(
            procedure_id=one.id,
            code=one.code,
            name=one.name,
            field_name=one.field_name,
            version_id=one.version_id,
            tiers=one.tiers,
            cases=said[one.version_id].cases,
            doubtful=one.doubtful,
        )
        for one in found
        if one.version_id is not None
    ]


def fields() -> list[Field]:
    """All fields by name, for a filter. 1 statement."""
    return list(Field.objects.order_by("name"))
