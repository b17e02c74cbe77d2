"""OCEL 2.0: what the objects and events of a log are. `ocel_json` and `ocel_xml` write them.

Objects: dossier, citizen (a reference), unit, officer (a reference), document. A dossier's status and due day are
attributes that change in time, one value for each event that changed them.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from congvu.dossiers.rules.eventlog_out.told import OTHER_PAPER, RESULT, Document, Entry, Names, Told, Value

SINCE_EVER = "1970-01-01T00:00:00+00:00"  # the moment OCEL gives to attributes that never change
OBJECT_TYPES: dict[str, tuple[tuple[str, str], ...]] = {
    "dossier": (
        ("procedure_code", "string"), ("procedure", "string"), ("field", "string"), ("channel", "string"),
        ("status", "string"), ("due_on", "string"), ("ended_on", "string"),
    ),
    "citizen": (("name", "string"),),
    "unit": (("code", "string"), ("name", "string")),
    "officer": (("name", "string"),),
    "document": (("kind", "string"), ("name", "string")),
}  # fmt: skip
EVENT_ATTRIBUTES: tuple[tuple[str, str], ...] = (
    ("kind", "string"), ("lifecycle", "string"), ("verb", "string"), ("status", "string"), ("role", "string"),
    ("position", "integer"), ("due_on", "string"), ("late", "boolean"), ("reason", "string"),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Thing:
    """An object: attributes (name, since when, value), relations (object, qualifier)."""

    id: str
    type: str
    attributes: tuple[tuple[str, str, Value], ...] = ()
    relations: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Act:
    """An event and the objects it touched."""

    id: str
    type: str
    at: datetime
    attributes: tuple[tuple[str, Value], ...]
    relations: tuple[tuple[str, str], ...]


def unit_ref(unit_id: int) -> str:
    """Units are no persons: their number."""
    return f"U-{unit_id}"


def dossier_things(told: Told, names: Names) -> Iterator[Thing]:
    """The dossier and its documents."""
    ref = names.dossier(told.id, told.code)
    plain = (
        ("procedure_code", told.procedure_code), ("procedure", told.procedure), ("field", told.field),
        ("channel", told.channel),
    )  # fmt: skip
    attributes: list[tuple[str, str, Value]] = [(key, SINCE_EVER, value) for key, value in plain]
    attributes += _changing(told)
    relations = [
        (names.citizen(told.owner_number, told.owner_name), "owner"),
        (unit_ref(told.receiving_unit_id), "received_at"),
        (unit_ref(told.competent_unit_id), "competent"),
        *((names.document(one.kind, one.id), _document_role(one)) for one in told.documents),
    ]
    if told.corrects is not None:
        relations.append((names.dossier(*told.corrects), "corrects"))
    yield Thing(ref, "dossier", tuple(attributes), tuple(relations))
    for one in told.documents:
        said = one.typed if names.named and one.typed else one.name
        yield Thing(
            names.document(one.kind, one.id), "document",
            (("kind", SINCE_EVER, _document_role(one)), ("name", SINCE_EVER, said or _unnamed(one))),
        )  # fmt: skip


def act_of(told: Told, entry: Entry, names: Names) -> Act:
    """An event with its qualifiers: dossier, unit, officer, the citizen at the first, the documents it brought."""
    relations = [(names.dossier(told.id, told.code), "dossier")]
    if entry.unit_id is not None:
        relations.append((unit_ref(entry.unit_id), "unit"))
    if entry.officer_id is not None:
        relations.append((names.officer(entry.officer_id), "officer"))
    if entry.opens:
        relations.append((names.citizen(told.owner_number, told.owner_name), "owner"))
    relations += [(names.document(one.kind, one.id), _document_role(one)) for one in entry.documents]
    attributes = (("lifecycle", entry.lifecycle), *entry.attributes)
    return Act(entry.id, entry.type, entry.at, attributes, tuple(relations))


def _changing(told: Told) -> Iterator[tuple[str, str, Value]]:
    before: dict[str, str] = {}
    for one in told.happened:
        due = one.due_on.isoformat() if one.due_on is not None else ""
        for key, value in (("status", one.status), ("due_on", due)):
            if value and before.get(key) != value:
                before[key] = value
                yield key, one.at.isoformat(), value
    if told.ended_on is not None and told.happened:
        yield "ended_on", told.happened[-1].at.isoformat(), told.ended_on.isoformat()


def _document_role(one: Document) -> str:
    return "result" if one.kind == "R" else "paper"


def _unnamed(one: Document) -> str:
    return RESULT if one.kind == "R" else OTHER_PAPER
