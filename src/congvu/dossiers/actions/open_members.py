"""Members of envelopes whose turn came, or will never come: opened as dossiers, or closed with the reason."""

from collections.abc import Iterable, Sequence
from datetime import date, datetime

from congvu.dossiers.actions.envelope_rows import intake_for, living
from congvu.dossiers.actions.intake import PaperIn
from congvu.dossiers.actions.receive import take_in
from congvu.dossiers.actions.tie import tie
from congvu.dossiers.models import DossierResult, EnvelopeMember, Tie
from congvu.dossiers.models.papers import Digitised
from congvu.dossiers.queries.envelopes import ended_with_result
from congvu.dossiers.rules.envelopes import opens
from congvu.dossiers.rules.papers import usable
from congvu.dossiers.rules.status import ENDED, Status, Verdict
from congvu.foundation.identity.actor import SYSTEM
from congvu.organisation.queries import picture
from congvu.organisation.rules.picture import Picture
from congvu.procedures.queries.content import contents
from congvu.procedures.queries.groups import GroupOf, MemberOf, group_of
from congvu.procedures.rules.content import Content

Opening = tuple[EnvelopeMember, GroupOf, dict[int, EnvelopeMember]]


def close_or_open(ended: Sequence[int], *, at: datetime) -> list[int]:
    """What follows in their envelopes when these dossiers ended. Returns the dossiers opened. 2-9 statements.

    The door holds the envelopes locked: their members are read as the last who ended one left them.
    """
    rows = EnvelopeMember.objects.filter(envelope__members__dossier__in=ended)
    by_envelope: dict[int, list[EnvelopeMember]] = {}
    for row in rows.select_related("envelope", "dossier").distinct().order_by("envelope_id", "position"):
        by_envelope.setdefault(row.envelope_id, []).append(row)
    good = ended_with_result([m.dossier_id for ms in by_envelope.values() for m in ms if m.dossier_id])
    opening: list[Opening] = []
    closing: list[EnvelopeMember] = []
    known = picture()
    for members in by_envelope.values():
        group = group_of(members[0].envelope.group_id)
        opening += _decide(group, members, good, closing, known, at)
    EnvelopeMember.objects.bulk_update(closing, ["closed_at", "closed_why"])
    return _open(opening, at) if opening else []


def _decide(
    group: GroupOf,
    members: Sequence[EnvelopeMember],
    good: frozenset[int],
    closing: list[EnvelopeMember],
    known: Picture,
    at: datetime,
) -> list[Opening]:
    """The members that open; those that never will are closed, and so on along the waits."""
    goes_on = {one.position: _goes_on(one, good) for one in members}
    by_position = {one.position: one for one in members}
    opening: list[Opening] = []
    for member in _in_order(group):
        row = by_position.get(member.position)
        if row is None or row.dossier_id is not None or row.closed_at is not None or not member.after:
            continue
        turn = opens(member.after, goes_on)
        if turn and _alive(row, known, at.date()):
            opening.append((row, group, by_position))
        elif turn is False:
            lost = next(one for one in member.after if goes_on.get(one) is False)
            row.closed_at = at
            row.closed_why = f"Thủ tục «{group.member(lost).name}» kết thúc mà không có kết quả để làm tiếp."
            goes_on[member.position] = False
            closing.append(row)
    return opening


def _alive(row: EnvelopeMember, known: Picture, day: date) -> bool:
    """Whether the member has an agency to go to: its own, or the only one that took over from it. Without one it goes on
    waiting, its page says so, and the counter chooses: whoever ended the one before is not held up."""
    competent, receiving = (
        living(known, unit, day) for unit in (row.competent_unit_id, row.envelope.receiving_unit_id)
    )
    if competent is None or receiving is None:
        return False
    row.competent_unit_id, row.envelope.receiving_unit_id = competent, receiving
    return True


def _in_order(group: GroupOf) -> list[MemberOf]:
    """The members so that each stands after those it waits for."""
    left, done = list(group.members), list[MemberOf]()
    while left:
        ready = [one for one in left if set(one.after) <= {other.position for other in done}]
        done += ready
        left = [one for one in left if one not in ready]
    return done


def _goes_on(row: EnvelopeMember, good: frozenset[int]) -> bool | None:
    if row.dossier is None:
        return False if row.closed_at is not None else None
    if Status(row.dossier.status) in ENDED or row.dossier.status == Status.REFUSED:
        return row.dossier.pk in good
    return None


def _open(opening: Iterable[Opening], at: datetime) -> list[int]:
    rows = list(opening)
    said = contents({row.procedure_version_id for row, _, _ in rows})
    used = _usable([paper["reuse_of"] for row, _, _ in rows for paper in row.papers], at)
    results = _results([m.dossier_id for _, _, members in rows for m in members.values() if m.dossier_id])
    intakes = [
        intake_for(
            row.envelope, row, _papers(row, group, members, said[row.procedure_version_id], results, used),
            said[row.procedure_version_id].name,
        )
        for row, group, members in rows
    ]  # fmt: skip
    made = take_in(
        "receive",
        intakes,
        Status.RECEIVED,
        by=SYSTEM,
        at=at,
        reason="Mở theo hồ sơ liên thông khi có kết quả cần chờ",
    )
    for (row, _, _), done in zip(rows, made, strict=True):
        row.dossier_id, row.papers = done.id, []
    EnvelopeMember.objects.bulk_update([row for row, _, _ in rows], ["dossier", "papers", "competent_unit"])
    ids = [one.id for one in made]
    tie(ids, Tie.ENVELOPE)
    return ids


def _usable(ids: Iterable[int | None], at: datetime) -> frozenset[int]:
    """Those of the stored results that may still be used. 1 statement, none for none."""
    wanted = [pk for pk in ids if pk]
    if not wanted:
        return frozenset()
    rows = DossierResult.objects.filter(pk__in=wanted).exclude(verdict=Verdict.REFUSED.value)
    return frozenset(pk for pk, until in rows.values_list("pk", "valid_until") if usable(until, at.date()))


def _missing(paper: PaperIn) -> PaperIn:
    return PaperIn(paper.name, paper.case_paper_id, paper.order, received=False)


def _results(ids: Sequence[int]) -> dict[int, DossierResult]:
    """The first result of each dossier that granted something."""
    found: dict[int, DossierResult] = {}
    for one in (
        DossierResult.objects.filter(dossier__in=ids).exclude(verdict=Verdict.REFUSED.value).order_by("id")
    ):
        found.setdefault(one.dossier_id, one)
    return found


def _papers(
    row: EnvelopeMember,
    group: GroupOf,
    members: dict[int, EnvelopeMember],
    said: Content,
    results: dict[int, DossierResult],
    used: frozenset[int],
) -> list[PaperIn]:
    """What was handed in for the member, and the results of others that are papers of it. A stored result that ran out
    while the member waited is a paper still missing: the agency asks for it as for any other."""
    papers = [
        paper if paper.reuse_of is None or paper.reuse_of in used else _missing(paper)
        for paper in (PaperIn(**kept) for kept in row.papers)
    ]
    uses = {use.paper_key: use for use in group.member(row.position).papers}
    for order, paper in enumerate(said.cases[0].papers, 1):
        use = uses.get(paper.stable_key)
        if use is None or use.result_of is None:
            continue
        source = members.get(use.result_of)
        result = results.get(source.dossier_id or 0) if source is not None else None
        papers.append(
            PaperIn(
                paper.name, paper.id, order, copies=1, digitised=Digitised.REUSED_RESULT.value,
                file_id=result.file_id if result else None, file_name=result.file_name if result else "",
            )
        )  # fmt: skip
    return sorted(papers, key=lambda one: one.order)
