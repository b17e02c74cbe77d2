"""Writing what a verb decided: what travels to the one statement that writes a set. A plain change of one dossier goes the
shorter way (one_dossier)."""

import json
from dataclasses import asdict
from datetime import date, datetime
from functools import cache
from typing import Any

from congvu.dossiers.actions.now import Change
from congvu.dossiers.actions.one_dossier import is_plain, write_one
from congvu.dossiers.queries.compose import BULK
from congvu.dossiers.rules.steps import OPEN
from congvu.foundation.identity.actor import Actor
from congvu.foundation.sql import Statement, statement

_FEW = 16
_DECIDED = (
    "status_from", "status", "due_on", "due_at", "ended_at", "ended_on", "returned_at", "supplements", "extensions",
    "delivery", "money", "flagged", "calendar_version", "step", "reason",
)  # fmt: skip
_MOVED = ("state", "note", "branch", "facts", "due_on", "due_at", "officer", "held_for")
_OPENED = ("position", "round", "name", "unit", "role", "due_on", "due_at", "officer", "held_for")


def write(verb: str, changes: list[Change], *, by: Actor, at: datetime, resuming: bool = False) -> set[int]:
    """Write the changes; returns the ids written. 1 statement.

    A verb usually decides the same for all: equal decisions travel once, with the ids they are for.
    """
    resuming = resuming and any(c.now.pauses for c in changes)  # read under the version the write insists on
    if len(changes) == 1 and not resuming and is_plain(changes[0]):
        return {changes[0].now.id} if write_one(verb, changes[0], by=by, at=at) else set()
    params: dict[str, Any] = {
        **_decisions(changes), **_step_moves(changes), **_openings(changes), "verb": verb, "at": at, "actor": by.account_id,
        "actor_name": by.name, "office": by.office_id,
    }  # fmt: skip
    parts = ""
    if any(change.fees for change in changes):
        parts = statement(BULK, "fees").text
        params |= {"fees": _fees(changes), "fee_year": at.year, "fee_day": at.date()}
    few = len(changes) <= _FEW
    if not (resuming or any(change.pause for change in changes)):
        return {row[0] for row in _applying(parts, few).rows(params)}
    params["resuming"] = resuming
    params["pausing"] = json.dumps(
        [
            {"dossier": c.now.id, "kind": c.pause[0], "policy": c.pause[1], "citation": c.pause[2]}
            for c in changes
            if c.pause
        ]
    )
    return {row[0] for row in _applying(statement(BULK, "pauses").text + parts, few).rows(params)}


@cache
def _applying(parts: str, few: bool) -> Statement:
    """apply.sql with its parts. A few dossiers are named twice: a plan made on empty tables would read the whole index
    and hash it. For many the list would be searched for each, which costs more than that."""
    named = (
        ("d.id = ANY(%(ids)s::bigint[]) AND ", "s.id = ANY(%(step_ids)s::bigint[]) AND ") if few else ("", "")
    )
    found = statement(BULK, "apply").with_part("pauses", parts)
    return found.with_part("few", named[0]).with_part("few_steps", named[1])


def _fees(changes: list[Change]) -> str:
    """The entries of the ledger, numbered in order: receipts follow it."""
    entries = [(c.now.id, one) for c in changes for one in c.fees]
    return json.dumps(
        [{"nth": nth, "dossier": dossier, **asdict(one)} for nth, (dossier, one) in enumerate(entries)]
    )


def _decisions(changes: list[Change]) -> dict[str, str]:
    """The dossiers and the versions read, each with the number of its decision."""
    numbers: dict[tuple[Any, ...], int] = {}
    alike = []
    for c in changes:
        values = (
            c.now.status, c.status, c.due_on, c.due_at, c.ended_at, c.ended_on, c.returned_at, c.supplements,
            c.extensions, c.delivery, c.money, c.flagged, c.calendar_version, c.step, c.reason,
        )  # fmt: skip
        alike.append(numbers.setdefault(values, len(numbers)))
    return {
        "ids": _array([c.now.id for c in changes]),
        "versions": _array([c.now.version for c in changes]),
        "alike": _array(alike),
        "decisions": _numbered(_DECIDED, numbers),
    }


def _step_moves(changes: list[Change]) -> dict[str, str]:
    """The steps that close, start anew or change hands, and their dossiers, each with the number of its move."""
    numbers: dict[tuple[Any, ...], int] = {}
    steps, dossiers, alike = [], [], []
    for c in changes:
        moves: list[tuple[int, tuple[Any, ...]]] = [
            (one.step.id, (one.state, one.note, one.branch, _facts(one.facts), None, None, None, None))
            for one in c.closing
        ]
        moves += [
            (step.id, (OPEN, None, None, None, due_on, due_at, None, None))
            for step, due_on, due_at in c.restarting
        ]
        moves += [
            (one.step.id, (None, None, None, None, None, None, one.officer_id or 0, one.held_for or 0))
            for one in c.assigning
        ]
        for step_id, values in moves:
            steps.append(step_id)
            dossiers.append(c.now.id)
            alike.append(numbers.setdefault(values, len(numbers)))
    return {
        "step_ids": _array(steps),
        "step_dossiers": _array(dossiers),
        "step_alike": _array(alike),
        "moves": _numbered(_MOVED, numbers),
    }


def _openings(changes: list[Change]) -> dict[str, str]:
    """The dossiers with a step that opens, each with the number of its opening."""
    numbers: dict[tuple[Any, ...], int] = {}
    dossiers, alike = [], []
    for c in changes:
        for one in c.opening:
            spec = one.spec
            values = (
                spec.position,
                one.round,
                spec.name,
                one.unit_id,
                spec.role,
                one.due_on,
                one.due_at,
                one.officer_id,
                one.held_for,
            )
            dossiers.append(c.now.id)
            alike.append(numbers.setdefault(values, len(numbers)))
    return {
        "open_dossiers": _array(dossiers),
        "open_alike": _array(alike),
        "openings": _numbered(_OPENED, numbers),
    }


def _facts(facts: dict[str, str] | None) -> str | None:
    return json.dumps(facts, sort_keys=True) if facts else None


def _array(numbers: list[int]) -> str:
    return "{" + ",".join(map(str, numbers)) + "}"


def _numbered(names: tuple[str, ...], numbers: dict[tuple[Any, ...], int]) -> str:
    return json.dumps(
        [{"nth": nth, **dict(zip(names, values, strict=True))} for values, nth in numbers.items()],
        default=plain,
    )


def plain(value: object) -> str:
    """Dates and moments as ISO text for the JSON parameters."""
    if isinstance(value, date | datetime):
        return value.isoformat()
    raise TypeError(f"{value!r} has no place in a statement's parameters")
