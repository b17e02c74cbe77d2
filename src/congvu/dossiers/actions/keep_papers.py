"""What stays beside the papers of a reception: originals taken in, results of the store used again."""

from collections.abc import Sequence
from datetime import datetime

from congvu.dossiers.actions.intake import Intake, PaperIn, Received
from congvu.dossiers.actions.tie import tie
from congvu.dossiers.models import DossierNotification, DossierResult, HeldOriginal, PaperReuse, Tie
from congvu.dossiers.queries.offers import offer
from congvu.dossiers.rules.papers import usable
from congvu.dossiers.rules.status import Verdict
from congvu.foundation.identity.actor import Actor
from congvu.foundation.refusal import Refused
from congvu.foundation.text import composed
from congvu.procedures.models import NotificationRule
from congvu.procedures.queries.notifications import notification_rule

HOLD = "NĐ 61/2018, Điều 20.2"


def keep_papers(intakes: Sequence[Intake], made: Sequence[Received], *, by: Actor, at: datetime) -> None:
    """Write the originals taken in and the results used again, for what was newly received. 2-4 statements.

    Refuses a stored result of somebody else, one that was refused or has run out, and more originals kept than came.
    """
    pairs = [
        (intake, one, paper)
        for intake, one in zip(intakes, made, strict=True)
        if not one.repeated
        for paper in intake.papers
    ]
    for _, _, paper in pairs:
        if not 0 <= paper.kept <= paper.originals:
            raise Refused(
                f"Giữ {paper.kept} bản chính «{paper.name}» nhưng chỉ nhận {paper.originals}.", where="giay-to",
                do="Sửa số bản chính đã nhận, hoặc bỏ đánh dấu giữ.", article=HOLD,
            )  # fmt: skip
    hold([(one.id, paper) for _, one, paper in pairs if paper.kept], by=by, at=at)
    _use_again([(intake, one, paper) for intake, one, paper in pairs if paper.reuse_of], at=at)


def hold(held: Sequence[tuple[int, PaperIn]], *, by: Actor, at: datetime) -> None:
    """Write that originals were taken in with these dossiers. 2 statements, none for an empty set."""
    if not held:
        return
    HeldOriginal.objects.bulk_create(
        HeldOriginal(
            dossier_id=dossier, name=composed(paper.name)[:2000], count=paper.kept, taken_at=at, taken_by=by.account_id
        )
        for dossier, paper in held
    )  # fmt: skip
    tie({dossier for dossier, _ in held}, Tie.ORIGINALS)


def note_events(intakes: Sequence[Intake], made: Sequence[Received], *, at: datetime) -> None:
    """Write the event each notification tells of, under the rule of the day. 2 statements and one for each procedure.

    Refuses an event told of under a procedure that has no such rule.
    """
    told = [
        (intake, one)
        for intake, one in zip(intakes, made, strict=True)
        if intake.event_on and not one.repeated
    ]
    if not told:
        return
    rules = {version: _rule(version, at) for version in {intake.version_id for intake, _ in told}}
    DossierNotification.objects.bulk_create(
        DossierNotification(dossier_id=one.id, rule=rules[intake.version_id], event_on=intake.event_on)
        for intake, one in told
        if intake.event_on is not None
    )
    tie([one.id for _, one in told], Tie.NOTIFICATION)


def _rule(version_id: int, at: datetime) -> NotificationRule:
    found = notification_rule(offer(version_id).procedure_id, at.date())
    if found is None:
        raise Refused(
            "Thủ tục này không phải thông báo về một sự việc.",
            where="su-viec",
            do="Bỏ ngày sự việc rồi gửi lại.",
        )
    return found


def _use_again(used: Sequence[tuple[Intake, Received, PaperIn]], *, at: datetime) -> None:
    stored = {
        row.pk: row
        for row in DossierResult.objects.filter(
            pk__in={paper.reuse_of for _, _, paper in used}
        ).select_related("dossier")
    }
    for intake, _, paper in used:
        row = stored.get(paper.reuse_of or 0)
        mine = (
            row is not None
            and intake.owner.number
            and row.dossier.owner_number == composed(intake.owner.number)
        )
        if (
            row is None
            or not mine
            or row.verdict == Verdict.REFUSED
            or not usable(row.valid_until, at.date())
        ):
            raise Refused(
                f"Kết quả trong kho không dùng được cho giấy «{paper.name}».", where="giay-to",
                do="Bỏ chọn «dùng lại» và nhận giấy tờ từ người nộp.", article="NĐ 61/2018, Điều 20.5",
            )  # fmt: skip
    PaperReuse.objects.bulk_create(
        PaperReuse(
            dossier_id=one.id,
            result=stored[paper.reuse_of or 0],
            paper_name=composed(paper.name)[:2000],
            at=at,
        )
        for _, one, paper in used
    )
