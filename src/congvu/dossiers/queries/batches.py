"""Batches: where one stands, what each of its dossiers answered, and the last ones of a person."""

from dataclasses import dataclass

from django.db.models import Count, Q

from congvu.dossiers.access import Visible, visible
from congvu.dossiers.models import Batch, BatchLine, Dossier, LineState
from congvu.dossiers.queries.detail import NotVisible
from congvu.foundation.identity.actor import Actor

LATEST = 50
_NAMES = ("code", "owner_name", "summary")


@dataclass(frozen=True, slots=True)
class Tally:
    """How far a batch is."""

    total: int
    done: int
    refused: int

    @property
    def finished(self) -> int:
        return self.done + self.refused

    @property
    def left(self) -> int:
        return self.total - self.finished


@dataclass(frozen=True, slots=True)
class LineRow:
    """One dossier of a batch, for its page."""

    dossier_id: int
    code: str | None
    title: str
    state: LineState
    words: str
    visible: bool


def batch_of(actor: Actor, pk: int) -> Batch:
    """A batch of one's own; missing and another's answer alike. 1 statement."""
    found = Batch.objects.filter(pk=pk, account_id=actor.account_id or 0).first()
    if found is None:
        raise NotVisible("Không tìm thấy lượt xử lý này trong phạm vi của bạn.", where=str(pk))
    return found


def tally(batch: Batch) -> Tally:
    """How many are done and refused. 1 statement."""
    found = BatchLine.objects.filter(batch=batch).aggregate(
        done=Count("id", filter=Q(state=LineState.DONE)),
        refused=Count("id", filter=Q(state=LineState.REFUSED)),
    )
    return Tally(batch.total, found["done"], found["refused"])


def lines_of(batch: Batch, sight: Visible) -> list[LineRow]:
    """Every dossier of a batch (500 at most): refused ones first, then those waiting, then those done. 2 statements.

    What a dossier is called is told to who may see it now; of another the number and the answer are left.
    """
    lines = BatchLine.objects.filter(batch=batch).order_by("order")
    rows = visible(Dossier.objects.filter(pk__in=[one.dossier_id for one in lines]), sight, few=True)
    named = {
        pk: (code, f"{owner} · {summary}") for pk, code, owner, summary in rows.values_list("pk", *_NAMES)
    }
    found = [
        LineRow(
            one.dossier_id, *named.get(one.dossier_id, (None, "")), LineState(one.state), one.words,
            one.dossier_id in named,
        )
        for one in lines
    ]  # fmt: skip
    order = (LineState.REFUSED, LineState.WAITING, LineState.DONE)
    return sorted(found, key=lambda one: order.index(one.state))


def latest(actor: Actor) -> list[tuple[Batch, Tally]]:
    """The reader's last batches with how far each is. 1 statement."""
    rows = (
        Batch.objects.filter(account_id=actor.account_id or 0)
        .annotate(
            done=Count("lines", filter=Q(lines__state=LineState.DONE)),
            refused=Count("lines", filter=Q(lines__state=LineState.REFUSED)),
        )
        .order_by("-id")[:LATEST]
    )
    return [(one, Tally(one.total, one.done, one.refused)) for one in rows]
