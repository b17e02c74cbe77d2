"""The outbox as those see it who keep it going: which message, where to, what became of it. Never its text.

An administrator keeps the gateways and sees every line, with the address masked; a head sees those of the dossiers in
reach. What was said stands on the dossier's page, for those who may read the dossier.
"""

from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any

from congvu.dossiers.access import visible_to
from congvu.dossiers.queries.compose import both, filled
from congvu.dossiers.rules.notices import occasion_name
from congvu.foundation.identity.actor import Actor
from congvu.foundation.identity.roles import ADMIN
from congvu.foundation.notices.models import CHIPS, Channel, NoticeState
from congvu.foundation.notices.rules.masks import masked
from congvu.foundation.ui.pager import Page, decode, encode, page_of

PAGE = 50
WALK = (
    5_000  # messages a page of somebody who sees a part is looked for among; each costs a probe (about 10 µs)
)
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
    """Newest first. 1-3 statements. Of somebody who sees a part, a page may hold fewer rows and still lead on: it was
    looked for among the WALK messages next in turn, however long the outbox is."""
    visible, params = _seen_by(by, on)
    walk = "ALL" if visible == "TRUE" else str(WALK)
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
    places = {
        "filters": both(*conditions), "after": "n.id < %(after)s::bigint" if after else "TRUE", "walk": walk
    }  # fmt: skip
    rows = [_line(row) for row in filled("outbox", visible=visible, **places).rows(params)]
    page = page_of(rows, limit, lambda row: (row.id,), first=after is None)
    if page.next or walk == "ALL":
        return page
    ends = filled("outbox_end", **places).rows(params)
    return replace(page, next=encode((ends[0][0],))) if len(ends) > 1 else page


def seen_of(ids: Collection[int], by: Actor, on: date) -> list[int]:
    """Those of the messages that `by` may deal with. 1-2 statements."""
    visible, params = _seen_by(by, on)
    return [row[0] for row in filled("outbox_seen", visible=visible).rows({**params, "ids": list(ids)})]


def _seen_by(by: Actor, on: date) -> tuple[str, dict[str, Any]]:
    """The condition on `n`, a notice, and its parameters: which messages `by` may deal with."""
    if by.system or by.has(ADMIN):
        return "TRUE", {}
    sight = visible_to(by, on)
    if sight.everything:
        return "TRUE", {}
    probe = f"SELECT 1 FROM dossiers_dossier d WHERE d.id = n.about_id AND {sight.sql('d', few=True)}"  # noqa: S608 our own text
    return (
        f"EXISTS ({probe} OFFSET 0)",
        sight.params,
    )  # OFFSET: message by message, never all dossiers at once


def _line(row: tuple[Any, ...]) -> OutboxLine:
    return OutboxLine(row[0], Channel(row[1]), masked(row[2]), row[3], row[4], NoticeState(row[5]), *row[6:])
