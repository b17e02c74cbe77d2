"""The outbox as those see it who keep it going: which message, where to, what became of it. Never its text.

An administrator keeps the gateways and sees every line, with the address masked; a head sees those of the dossiers in
reach. What was said stands on the dossier's page, for those who may read the dossier.
"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from congvu.dossiers.access import visible_to
from congvu.dossiers.queries.compose import both, filled
from congvu.dossiers.rules.notices import occasion_name
from congvu.foundation.identity.actor import Actor
from congvu.foundation.identity.roles import ADMIN
from congvu.foundation.notices.models import CHIPS, Channel, NoticeState
from congvu.foundation.notices.rules.masks import masked
from congvu.foundation.ui.pager import Page, decode, page_of

PAGE = 50
NEEDS_A_PERSON = (NoticeState.UNCERTAIN, NoticeState.FAILED)


@dataclass(frozen=True, slots=True)
class OutboxLine:
    """A message of the outbox, its address masked."""

    id: int
    channel: Channel
    to: str
    kind: str
    about: str
    state: NoticeState
    tries: int
    created_at: datetime
    changed_at: datetime
    next_try_at: datetime
    gateway: str
    gateway_id: str
    why: str

    @property
    def occasion(self) -> str:
        return occasion_name(self.kind)

    @property
    def chip(self) -> str:
        return CHIPS[self.state]

    @property
    def waits(self) -> bool:
        """Whether it was tried and waits for its next turn."""
        return self.state == NoticeState.WAITING and self.tries > 0


@dataclass(frozen=True, slots=True)
class Asked:
    """The filters. No state: all; several: any of them."""

    states: tuple[NoticeState, ...] = ()
    channel: str = ""
    code: str = ""


def outbox_page(by: Actor, on: date, asked: Asked, cursor: str = "", limit: int = PAGE) -> Page[OutboxLine]:
    """Newest first. 1-2 statements."""
    visible, params = _seen_by(by, on)
    after = decode(cursor, 1)
    params |= {"limit": limit + 1, "after": after[0] if after else None}
    conditions = []
    if asked.states == NEEDS_A_PERSON:
        conditions.append("n.state IN ('failed', 'uncertain')")  # as the index has it
    elif asked.states:
        conditions.append("n.state = ANY(%(states)s::text[])")
        params["states"] = [one.value for one in asked.states]
    if asked.channel:
        conditions.append("n.channel = %(channel)s")
        params["channel"] = asked.channel
    if asked.code:
        conditions.append("n.about_id = (SELECT x.id FROM dossiers_dossier x WHERE x.code = %(code)s)")
        params["code"] = asked.code
    statement = filled(
        "outbox",
        filters=both(*conditions),
        after="n.id < %(after)s::bigint" if after else "TRUE",
        visible=visible,
    )
    rows = [_line(row) for row in statement.rows(params)]
    return page_of(rows, limit, lambda row: (row.id,), first=after is None)


def seen_of(ids: Collection[int], by: Actor, on: date) -> list[int]:
    """Those of the messages that `by` may deal with. 1-2 statements."""
    visible, params = _seen_by(by, on)
    return [row[0] for row in filled("outbox_seen", visible=visible).rows({**params, "ids": list(ids)})]


def _seen_by(by: Actor, on: date) -> tuple[str, dict[str, Any]]:
    """The condition on `n`, a notice, and its parameters: which messages `by` may deal with."""
    if by.system or by.has(ADMIN):
        return "TRUE", {}
    sight = visible_to(by, on)
    condition = (
        f"EXISTS (SELECT 1 FROM dossiers_dossier d WHERE d.id = n.about_id AND {sight.sql('d', few=True)})"  # noqa: S608 our own text
    )
    return condition, sight.params


def _line(row: tuple[Any, ...]) -> OutboxLine:
    return OutboxLine(row[0], Channel(row[1]), masked(row[2]), row[3], row[4], NoticeState(row[5]), *row[6:])
