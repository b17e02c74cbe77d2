"""The papers of an envelope, each once: those of its dossiers, and those kept for the members that wait."""

from dataclasses import dataclass, field
from typing import Any

from congvu.dossiers.models import DossierPaper, EnvelopeMember
from congvu.dossiers.models.papers import Digitised
from congvu.dossiers.queries.envelopes import EnvelopeFound


@dataclass(slots=True)
class PaperOnce:
    """A paper on the page of an envelope. Its file is read through a dossier (`paper_id`), or, while the member waits,
    through the envelope (`place`: position and number)."""

    name: str
    received: bool
    file_name: str
    how: str
    dossier_id: int | None = None
    code: str | None = None
    paper_id: int | None = None
    place: tuple[int, int] | None = None
    positions: list[int] = field(default_factory=list)


def papers_once(found: EnvelopeFound, *, inside: bool) -> list[PaperOnce]:
    """The papers the reader may see, in the order of the members; one shared by several stands once. 2 statements.

    A dossier's papers are seen by who sees the dossier. Those of members that wait only by `inside`: the counter that
    holds them, and the owner.
    """
    dossiers = {one.dossier_id: one for one in found.members if one.dossier_id and (one.visible or inside)}
    once: dict[tuple[str, int | None, str], PaperOnce] = {}
    kept = DossierPaper.objects.filter(dossier__in=[pk for pk in dossiers if pk]).order_by("order", "id")
    for paper in kept:
        member = dossiers[paper.dossier_id]
        apart = "" if paper.file_id else str(Digitised(paper.digitised).value)
        row = once.setdefault(
            (paper.name, paper.file_id, apart),
            PaperOnce(
                paper.name, paper.received, paper.file_name, _how(paper.digitised, paper.received),
                paper.dossier_id, member.code, paper.pk if paper.file_id else None,
            ),
        )  # fmt: skip
        row.positions.append(member.position)
    if inside:
        _waiting(found, once)
    return sorted(once.values(), key=lambda one: min(one.positions))


def waiting_papers(envelope_id: int) -> dict[int, list[dict[str, Any]]]:
    """What is kept for the members that were not opened, by position. 1 statement."""
    rows = EnvelopeMember.objects.filter(envelope=envelope_id, dossier__isnull=True)
    return dict(rows.order_by("position").values_list("position", "papers"))


def _waiting(found: EnvelopeFound, once: dict[tuple[str, int | None, str], PaperOnce]) -> None:
    for position, papers in waiting_papers(found.id).items():
        for nth, paper in enumerate(papers):
            file_id, digitised = paper["file_id"], int(paper["digitised"])
            key = (
                str(paper["name"]),
                file_id,
                "" if file_id else str(digitised),
            )
            row = once.get(key)
            if row is None:
                received = bool(paper["received"])
                row = once[key] = PaperOnce(
                    str(paper["name"]), received, str(paper["file_name"]), _how(digitised, received),
                    place=(position, nth) if file_id else None,
                )  # fmt: skip
            row.positions.append(position)


def _how(digitised: int, received: bool) -> str:
    return str(Digitised(digitised).label) if received else "Còn thiếu"
