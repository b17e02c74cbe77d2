"""What follows of itself when a dossier moves: the next member of its envelope opens, the step that waited for it is
done, a step that is a procedure of its own opens its dossier. In the transaction of the verb that moved it."""

from collections.abc import Sequence
from datetime import datetime
from functools import partial
from uuid import uuid5

from django.db.models import Q

from congvu.dossiers.actions.deciding import completing, handing_over, withdrawing
from congvu.dossiers.actions.door import perform, signature_is_past
from congvu.dossiers.actions.intake import Intake, PaperIn, Person
from congvu.dossiers.actions.now import Change, StepOpening
from congvu.dossiers.actions.open_members import close_or_open
from congvu.dossiers.actions.receive import take_in
from congvu.dossiers.actions.return_drafts import return_drafts
from congvu.dossiers.actions.tie import tie
from congvu.dossiers.models import Dossier, DossierPaper, SubDossier, Tie
from congvu.dossiers.models.papers import Digitised
from congvu.dossiers.queries.envelopes import ended_with_result
from congvu.dossiers.rules.status import PAUSED, Status
from congvu.foundation.identity.actor import SYSTEM
from congvu.foundation.refusal import Refused
from congvu.procedures.queries.versions import version_of_code


def follow(changes: Sequence[Change], *, at: datetime) -> None:
    """What follows of these changes. No statement for what nothing waits for; some per kind of tie, whatever the set."""
    past = [one.now.id for one in changes if signature_is_past(one)]
    if past:
        return_drafts(past, "Bước ký đã xong mà không ký dự thảo này.", by=SYSTEM, at=at)
    ended = [one for one in changes if one.ended_on is not None or one.status == Status.REFUSED]
    members = [one.now.id for one in ended if one.now.ties & Tie.ENVELOPE]
    if members:
        go_on(close_or_open(members, at=at), at)
    children = [one.now.id for one in ended if one.now.ties & Tie.CHILD]
    if children:
        _parents_go_on(children, at)
    gone = [one.now.id for one in ended if one.now.ties & Tie.PARENT and one.status == Status.WITHDRAWN]
    if gone:
        _withdraw_children(gone, at)
    opening = [(one, step) for one in changes for step in one.opening if step.spec.sub_procedure]
    if opening:
        go_on(_open_children(opening, at), at)


def go_on(ids: Sequence[int], at: datetime) -> None:
    """No citizen stands at the counter: what was opened goes straight on. One whose process begins otherwise stays there."""
    if ids:
        note = "Chuyển ngay: hồ sơ mở theo liên thông, giấy tờ đã có trên hệ thống"
        perform("hand_over", ids, handing_over(note), by=SYSTEM, at=at, then=partial(follow, at=at))


def _parents_go_on(children: Sequence[int], at: datetime) -> None:
    """A child that ended with a result completes the step that waited, unless that step must establish something or is the
    last one: then its officer does. One that ended without leaves the step to its officer, who is told so on the page."""
    good = ended_with_result(children)
    rows = SubDossier.objects.filter(dossier__in=[one for one in children if one in good])
    for parent, position, code in rows.values_list("parent_id", "position", "dossier__code"):
        decide = completing([parent], f"Hồ sơ con {code} đã có kết quả", position=position)
        perform("complete_step", [parent], decide, by=SYSTEM, at=at, then=partial(follow, at=at))


def _withdraw_children(parents: Sequence[int], at: datetime) -> None:
    open_ones = Q(dossier__status__in=(Status.HANDLING, *PAUSED)) & ~Q(dossier__status=Status.STOPPED)
    found = SubDossier.objects.filter(open_ones, parent__in=parents).values_list("dossier_id", flat=True)
    ids = list(found)
    if ids:
        perform(
            "withdraw", ids, withdrawing("Hồ sơ chờ kết quả này đã được rút"), by=SYSTEM, at=at, resuming=True,
            then=partial(follow, at=at),
        )  # fmt: skip


def _open_children(opening: Sequence[tuple[Change, StepOpening]], at: datetime) -> list[int]:
    """The dossiers of the steps that are procedures of their own. 4 statements and one for each such procedure."""
    parents = {one.pk: one for one in Dossier.objects.filter(pk__in={change.now.id for change, _ in opening})}
    papers: dict[int, list[PaperIn]] = {}
    for paper in DossierPaper.objects.filter(dossier__in=parents, received=True).order_by("order", "id"):
        papers.setdefault(paper.dossier_id, []).append(_again(paper))
    versions = {code: _version(code, at) for code in {step.spec.sub_procedure for _, step in opening}}
    intakes = [
        _intake(
            parents[change.now.id], step, versions[step.spec.sub_procedure], papers.get(change.now.id, [])
        )
        for change, step in opening
    ]
    made = take_in(
        "receive", intakes, Status.RECEIVED, by=SYSTEM, at=at, reason="Mở theo bước của hồ sơ khác"
    )
    SubDossier.objects.bulk_create(
        SubDossier(parent_id=change.now.id, position=step.spec.position, round=step.round, dossier_id=one.id)
        for (change, step), one in zip(opening, made, strict=True)
    )
    tie([one.id for one in made], Tie.CHILD)
    tie(list(parents), Tie.PARENT)
    return [one.id for one in made]


def _version(code: str, at: datetime) -> int:
    found = version_of_code(code, at.date())
    if found is None:
        raise Refused(
            f"Bước tiếp theo mở hồ sơ con của thủ tục «{code}», thủ tục này không còn hiệu lực.",
            where=code, do="Báo người lập quy trình sửa bước này, rồi chuyển hồ sơ sang bản mới.",
        )  # fmt: skip
    return found.pk


def _again(paper: DossierPaper) -> PaperIn:
    return PaperIn(
        paper.name,
        copies=1,
        digitised=Digitised.REUSED_PAPER.value,
        file_id=paper.file_id,
        file_name=paper.file_name,
    )


def _intake(parent: Dossier, step: StepOpening, version: int, papers: Sequence[PaperIn]) -> Intake:
    submitter = Person(parent.submitter_name, parent.submitter_number) if parent.submitter_name else None
    return Intake(
        intake_key=uuid5(parent.intake_key, f"{step.spec.position}.{step.round}"), version_id=version,
        channel=parent.channel, receiving_unit_id=parent.receiving_unit_id, competent_unit_id=step.unit_id,
        owner=Person(parent.owner_name, parent.owner_number, parent.owner_phone, parent.owner_email, parent.owner_address),
        submitter=submitter, return_method=parent.return_method, subject_kind=parent.subject_kind,
        told_by=0,  # the offices' own business: the applicant is told of the dossier handed in
        papers=tuple(papers), owner_account_id=parent.owner_account_id,
    )  # fmt: skip
