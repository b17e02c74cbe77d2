"""From the attributes of a case and its events to a PastCase: the same rules for CSV and XES."""

import hashlib
from collections.abc import Iterable, Mapping
from datetime import date, datetime
from unicodedata import normalize

from congvu.dossiers.rules.eventlog.cases import Doubt, PastCase, PastEvent
from congvu.dossiers.rules.eventlog.mapping import CLOSED_WORDS, FIRST_EVENT, LAST_EVENT, NOTHING, LogMap
from congvu.dossiers.rules.eventlog.moments import moment, wall
from congvu.foundation.text import fold


class Builder:
    """Builds the cases of one log. `salt` keys the pseudonyms of persons, so that they cannot be looked up."""

    def __init__(self, chosen: LogMap, salt: bytes) -> None:
        self._map, self._salt = chosen, salt[:64]
        self._persons = frozenset(chosen.persons) | ({chosen.person} - {""})
        self._known_persons: dict[str, str] = {}
        self._case_only = {chosen.case}

    def case(
        self, case: Mapping[str, str], events: Iterable[Mapping[str, str]], *, contradicting: bool = False
    ) -> PastCase:
        """The past case that `case` (its own attributes) and `events` (theirs, in file order) tell of."""
        chosen, doubts = self._map, []
        past = [self._event(one) for one in events] if chosen.time or chosen.activity else []
        dated = sorted((one.at for one in past if one.at is not None), key=wall)
        if len(dated) == len(past):
            past.sort(key=lambda one: wall(one.at or datetime.min))
        elif chosen.time:
            doubts.append(Doubt.UNREADABLE_EVENT)
        opened = self._moment(case, chosen.opened, dated, Doubt.UNREADABLE_START, doubts)
        if chosen.opened == FIRST_EVENT or (opened is None and dated):
            opened = dated[0] if dated else None
            doubts.append(Doubt.START_FROM_EVENTS)
        ended = self._moment(case, chosen.ended, dated, Doubt.UNREADABLE_END, doubts)
        due = self._moment(case, chosen.due, dated, Doubt.UNREADABLE_DUE, doubts)
        due_on = due.date() if due is not None else None
        if contradicting:
            doubts.append(Doubt.CONTRADICTING_ROWS)
        doubts += _doubts(opened, due_on, ended, dated)
        if ended is None and fold(case.get(chosen.status, "")) in CLOSED_WORDS:
            doubts.append(Doubt.CLOSED_WITHOUT_END)
        if not past:
            doubts.append(Doubt.NO_EVENTS)
        return PastCase(
            ref=label(case.get(chosen.case, "")),
            opened_at=opened,
            due_on=due_on,
            ended_at=ended,
            channel=label(case.get(chosen.channel, "")),
            unit_label=label(case.get(chosen.unit, "")),
            field_label=label(case.get(chosen.field, "")),
            attributes=self._attributes(case),
            events=tuple(past),
            doubts=tuple(dict.fromkeys(doubts)),
        )

    def pseudonym(self, person: str) -> str:
        """The same short code for the same person of this log and salt; "" for nobody."""
        found = self._known_persons.get(person)
        if found is None:
            digest = hashlib.blake2b(person.encode(), key=self._salt, digest_size=5).hexdigest()
            found = "" if person.strip() in NOTHING else f"NV-{digest}"
            if (
                len(self._known_persons) < 100_000
            ):  # a log has hundreds of officers; keep memory bounded anyway
                self._known_persons[person] = found
        return found

    def _event(self, one: Mapping[str, str]) -> PastEvent:
        chosen, get = self._map, one.get
        due = get(chosen.event_due) if chosen.event_due else None
        due_at = moment(due) if due else None
        person = get(chosen.person, "")
        return PastEvent(
            moment(get(chosen.time, "")) if chosen.time else None,
            label(get(chosen.activity, "")),
            self.pseudonym(person) if person else "",
            label(get(chosen.office, "")),
            get(chosen.lifecycle, ""),
            due_at.date() if due_at is not None else None,
        )

    def _moment(
        self,
        case: Mapping[str, str],
        attribute: str,
        dated: list[datetime],
        doubt: Doubt,
        doubts: list[Doubt],
    ) -> datetime | None:
        if attribute == LAST_EVENT:
            return dated[-1] if dated else None
        text = case.get(attribute, "")
        if text.strip() in NOTHING:
            return None
        found = moment(text)
        if found is None:
            doubts.append(doubt)
        return found

    def _attributes(self, case: Mapping[str, str]) -> dict[str, str]:
        """Everything else the log says of the case, persons as pseudonyms, nothing-words left out."""
        return {
            name: self.pseudonym(value) if name in self._persons else label(value)
            for name, value in case.items()
            if name not in self._case_only and value not in NOTHING
        }


def _doubts(
    opened: datetime | None, due_on: date | None, ended: datetime | None, dated: list[datetime]
) -> list[Doubt]:
    found = []
    if due_on is None:
        found.append(Doubt.OPEN_WITHOUT_DUE if ended is None else Doubt.ENDED_WITHOUT_DUE)
    if opened is not None:
        if ended is not None and ended.date() < opened.date():
            found.append(Doubt.END_BEFORE_START)
        if due_on is not None and due_on < opened.date():
            found.append(Doubt.DUE_BEFORE_START)
        if dated and dated[0].date() < opened.date():
            found.append(Doubt.EVENT_BEFORE_START)
    if ended is not None and dated and dated[-1].date() > ended.date():
        found.append(Doubt.EVENT_AFTER_END)
    return found


def label(text: str) -> str:
    """A label as shown and compared: composed, single-spaced; "" for the words that mean nothing."""
    if text in NOTHING:
        return ""
    return " ".join((text if text.isascii() else normalize("NFC", text)).replace("\x00", "").split())
