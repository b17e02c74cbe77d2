"""XES 2.0: one trace a dossier, its verbs and its steps as events with a lifecycle."""

from collections.abc import Callable, Iterable, Iterator
from datetime import datetime

from congvu.dossiers.rules.eventlog_out.told import Entry, Names, Told, Value, entries
from congvu.dossiers.rules.eventlog_out.xml_words import attr

_HEAD = """<?xml version="1.0" encoding="UTF-8"?>
<log xes.version="2.0" xes.features="" xmlns="http://www.xes-standard.org/">
<extension name="Concept" prefix="concept" uri="http://www.xes-standard.org/concept.xesext"/>
<extension name="Time" prefix="time" uri="http://www.xes-standard.org/time.xesext"/>
<extension name="Lifecycle" prefix="lifecycle" uri="http://www.xes-standard.org/lifecycle.xesext"/>
<extension name="Organizational" prefix="org" uri="http://www.xes-standard.org/org.xesext"/>
<global scope="trace"><string key="concept:name" value=""/></global>
<global scope="event"><string key="concept:name" value=""/><date key="time:timestamp" value="1970-01-01T00:00:00+00:00"/>\
<string key="lifecycle:transition" value="complete"/></global>
<classifier name="Activity" keys="concept:name"/>
<classifier name="Activity and lifecycle" keys="concept:name lifecycle:transition"/>
<string key="lifecycle:model" value="standard"/>
"""


def xes(told: Iterable[Told], names: Names, unit: Callable[[int], str]) -> Iterator[str]:
    """The log in pieces, one trace each. `unit`: the name of a unit."""
    yield _HEAD
    for one in told:
        yield _trace(one, names, unit)
    yield "</log>\n"


def _trace(told: Told, names: Names, unit: Callable[[int], str]) -> str:
    about: list[tuple[str, Value]] = [
        ("concept:name", names.dossier(told.id, told.code)),
        ("procedure_code", told.procedure_code),
        ("procedure", told.procedure),
        ("field", told.field),
        ("channel", told.channel),
        ("status", told.status),
        ("receiving_unit", unit(told.receiving_unit_id)),
        ("competent_unit", unit(told.competent_unit_id)),
        ("citizen", names.citizen(told.owner_number, told.owner_name)),
    ]
    if names.named:
        about.append(("citizen_name", told.owner_name))
    about += [
        (key, day.isoformat())
        for key, day in (("due_on", told.due_on), ("ended_on", told.ended_on))
        if day is not None
    ]
    body = "".join(_event(one, names, unit) for one in entries(told, names))
    return f"<trace>{''.join(_tag(key, value) for key, value in about)}\n{body}</trace>\n"


def _event(one: Entry, names: Names, unit: Callable[[int], str]) -> str:
    tags = [
        _tag("concept:name", one.activity), _tag("time:timestamp", one.at), _tag("lifecycle:transition", one.lifecycle),
        _tag("id", one.id),
    ]  # fmt: skip
    if one.officer_id is not None:
        tags.append(_tag("org:resource", names.officer(one.officer_id)))
    if one.unit_id is not None:
        tags.append(_tag("org:group", unit(one.unit_id)))
    tags += [_tag(key, value) for key, value in one.attributes]
    return f"<event>{''.join(tags)}</event>\n"


def _tag(key: str, value: Value) -> str:
    if isinstance(value, bool):
        return f'<boolean key={attr(key)} value="{str(value).lower()}"/>'
    if isinstance(value, int):
        return f'<int key={attr(key)} value="{value}"/>'
    if isinstance(value, datetime):
        return f'<date key={attr(key)} value="{value.isoformat()}"/>'
    return f"<string key={attr(key)} value={attr(value)}/>"
