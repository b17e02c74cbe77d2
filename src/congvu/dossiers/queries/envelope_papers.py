"""The papers of an envelope, each once: those of its dossiers, and those kept for the members that wait."""

from dataclasses import dataclass, field
from typing import Any

from congvu.dossiers.models import DossierPaper, EnvelopeMember, HeldOriginal
from congvu.dossiers.models.papers import Digitised
from congvu.dossiers.queries.envelopes import EnvelopeFound
from congvu.procedures.queries.groups import contents_of

Key = tuple[str, int | None, int]


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
    """The papers the reader may see, in the order of the members; one shared by several stands once. 1-2 statements, one more the
    first time a version is met.

    A dossier's papers are seen by who sees the dossier. Those of members that wait only by `inside`: the counter that
    holds them, and the owner.
    """
    dossiers = {one.dossier_id: one for one in found.members if one.dossier_id and (one.visible or inside)}
    once: dict[Key, PaperOnce] = {}
    kept = DossierPaper.objects.filter(dossier__in=[pk for pk in dossiers if pk])
    waiting = waiting_papers(found.id) if inside else {}
    shares = _shares(found)
    for paper in kept.order_by("dossier_id", "order", "id"):
        member = dossiers[paper.dossier_id]
        row = once.setdefault(
            _key(shares.get(paper.case_paper_id), paper.name, paper.file_id, member.position),
            PaperOnce(
                paper.name, paper.received, paper.file_name, _how(paper.digitised, paper.received),
                paper.dossier_id, member.code, paper.pk if paper.file_id else None,
            ),
        )  # fmt: skip
        row.positions.append(member.position)
    _waiting(waiting, shares, once)
    return sorted(once.values(), key=lambda one: min(one.positions))


def held_of(found: EnvelopeFound) -> list[HeldOriginal]:
    """The originals still held for an envelope. 1 statement."""
    ids = [one.dossier_id for one in found.members if one.dossier_id]
    return list(HeldOriginal.objects.filter(dossier__in=ids, returned_at=None).order_by("id"))


def waiting_papers(envelope_id: int) -> dict[int, list[dict[str, Any]]]:
    """What is kept for the members that were not opened, by position. 1 statement."""
    rows = EnvelopeMember.objects.filter(envelope=envelope_id, dossier__isnull=True)
    return dict(rows.order_by("position").values_list("position", "papers"))


def _shares(found: EnvelopeFound) -> dict[int | None, str]:
    """The share each published paper belongs to in the group, by the paper's number. No statement once the versions were
    met."""
    said = contents_of(tuple(sorted({one.version_id for one in found.members})))
    shares: dict[int | None, str] = {}
    for one in found.members:
        uses = {use.paper_key: use.share for use in found.group.member(one.position).papers if use.share}
        for case in said[one.version_id].cases:
            shares.update({line.id: uses[line.stable_key] for line in case.papers if line.stable_key in uses})
    return shares


def _key(share: str | None, name: str, file_id: int | None, position: int) -> Key:
    """What makes two rows one paper: the group says so, or it is the same file under the same name. On paper, or not there
    yet, each member has its own."""
    return (share, None, 0) if share else (name, file_id, 0 if file_id else position)


def _waiting(
    waiting: dict[int, list[dict[str, Any]]], shares: dict[int | None, str], once: dict[Key, PaperOnce]
) -> None:
    for position, papers in waiting.items():
        for nth, paper in enumerate(papers):
            file_id, digitised = paper["file_id"], int(paper["digitised"])
            key = _key(shares.get(paper["case_paper_id"]), str(paper["name"]), file_id, position)
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
