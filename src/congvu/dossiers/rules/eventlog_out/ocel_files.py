"""OCEL 2.0 as JSON and as XML, in pieces: types first, then every object, then every event."""

import json
from collections.abc import Callable, Iterable, Iterator
from datetime import datetime

from congvu.dossiers.rules.eventlog_out.ocel import EVENT_ATTRIBUTES, OBJECT_TYPES, Act, Thing
from congvu.dossiers.rules.eventlog_out.told import Value
from congvu.dossiers.rules.eventlog_out.xml_words import attr, body

Writer = Callable[[Iterable[str], Iterable[Thing], Iterable[Act]], Iterator[str]]


def as_json(event_types: Iterable[str], things: Iterable[Thing], acts: Iterable[Act]) -> Iterator[str]:
    """The JSON document, a line for each object and event."""
    kinds = [{"name": name, "attributes": _typed(attributes)} for name, attributes in OBJECT_TYPES.items()]
    yield '{"objectTypes": ' + _json(kinds) + ',\n"eventTypes": [\n'
    yield from _rows({"name": name, "attributes": _typed(EVENT_ATTRIBUTES)} for name in event_types)
    yield '],\n"objects": [\n'
    yield from _rows(
        {
            "id": one.id,
            "type": one.type,
            "attributes": [
                {"name": name, "time": since, "value": _text(value)} for name, since, value in one.attributes
            ],
            "relationships": _relations(one.relations),
        }
        for one in things
    )
    yield '],\n"events": [\n'
    yield from _rows(
        {
            "id": one.id,
            "type": one.type,
            "time": one.at.isoformat(),
            "attributes": [{"name": name, "value": _text(value)} for name, value in one.attributes],
            "relationships": _relations(one.relations),
        }
        for one in acts
    )
    yield "]}\n"


def as_xml(event_types: Iterable[str], things: Iterable[Thing], acts: Iterable[Act]) -> Iterator[str]:
    """The XML document, a line for each object and event."""
    yield '<?xml version="1.0" encoding="UTF-8"?>\n<log>\n<object-types>\n'
    for name, attributes in OBJECT_TYPES.items():
        yield f"<object-type name={attr(name)}>{_declared(attributes)}</object-type>\n"
    yield "</object-types>\n<event-types>\n"
    for name in event_types:
        yield f"<event-type name={attr(name)}>{_declared(EVENT_ATTRIBUTES)}</event-type>\n"
    yield "</event-types>\n<objects>\n"
    for thing in things:
        said = "".join(
            f"<attribute name={attr(name)} time={attr(since)}>{body(_text(value))}</attribute>"
            for name, since, value in thing.attributes
        )
        yield (
            f"<object id={attr(thing.id)} type={attr(thing.type)}><attributes>{said}</attributes>"
            f"{_linked(thing.relations)}</object>\n"
        )
    yield "</objects>\n<events>\n"
    for act in acts:
        said = "".join(
            f"<attribute name={attr(name)}>{body(_text(value))}</attribute>" for name, value in act.attributes
        )
        yield (
            f"<event id={attr(act.id)} type={attr(act.type)} time={attr(act.at.isoformat())}>"
            f"<attributes>{said}</attributes>{_linked(act.relations)}</event>\n"
        )
    yield "</events>\n</log>\n"


WRITERS: dict[str, Writer] = {".json": as_json, ".jsonocel": as_json, ".xml": as_xml, ".xmlocel": as_xml}


def _rows(rows: Iterable[object]) -> Iterator[str]:
    between = ""
    for one in rows:
        yield between + _json(one)
        between = ",\n"


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False)


def _typed(attributes: Iterable[tuple[str, str]]) -> list[dict[str, str]]:
    return [{"name": name, "type": kind} for name, kind in attributes]


def _relations(relations: Iterable[tuple[str, str]]) -> list[dict[str, str]]:
    return [{"objectId": to, "qualifier": qualifier} for to, qualifier in relations]


def _declared(attributes: Iterable[tuple[str, str]]) -> str:
    rows = "".join(f"<attribute name={attr(name)} type={attr(kind)}/>" for name, kind in attributes)
    return f"<attributes>{rows}</attributes>"


def _linked(relations: Iterable[tuple[str, str]]) -> str:
    rows = "".join(
        f"<relationship object-id={attr(to)} qualifier={attr(qualifier)}/>" for to, qualifier in relations
    )
    return f"<objects>{rows}</objects>"


def _text(value: Value) -> str:
    """Values travel as text, in the form of the type declared for them."""
    if isinstance(value, bool):
        return str(value).lower()
    return value.isoformat() if isinstance(value, datetime) else str(value)
