"""Kết luận về hai chức năng giống nhau, hoặc về một chức năng luật giao: the text proposed, a person says."""

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from congvu.foundation.audit.actions import record
from congvu.foundation.identity.actor import Actor
from congvu.foundation.refusal import Refused
from congvu.organisation.actions.entries import begin_keeping, facts, kind_of, said
from congvu.organisation.models import AssignedFunction, Judgement, UnitFunction, UnitFunctionVersion
from congvu.organisation.rules.functions import COVERS, OVERLAP, VERDICTS, likeness, shingles


@dataclass(frozen=True, slots=True)
class Likeness:
    """Two functions, or a function and one the law assigns."""

    function: int
    other: int | None = None
    assigned: int | None = None

    def ordered(self) -> "Likeness":
        """A pair is the same whichever function is named first."""
        if self.other is not None and self.other < self.function:
            return Likeness(self.other, self.function)
        return self


@transaction.atomic
def judge_functions(pair: Likeness, verdict: str, reason: str, *, by: Actor, at: datetime) -> Judgement:
    """Keep what was decided of a likeness, with the score of that moment. 6 statements. Said again the same: nothing."""
    begin_keeping(by)
    pair = pair.ordered()
    if verdict not in VERDICTS:
        raise Refused("Chưa chọn kết luận.", where="verdict", do="Chọn một trong hai kết luận.")
    why, score = said(reason, "reason", "Lý do", 500), _score(pair)
    asked = {"function_id": pair.function, "other_id": pair.other, "assigned_id": pair.assigned}
    before = Judgement.objects.filter(superseded_at=None, **asked).first()
    if before is not None and (before.verdict, before.reason) == (verdict, why):
        return before
    if before is not None:
        Judgement.objects.filter(pk=before.pk).update(superseded_at=at)
    about = OVERLAP if pair.other is not None else COVERS
    row = Judgement.objects.create(
        about=about,
        verdict=verdict,
        reason=why,
        score=score,
        recorded_at=at,
        recorded_by=by.name[:200],
        **asked,
    )
    record(
        "organisation.judge_functions",
        kind_of(Judgement),
        row.pk,
        by=by,
        at=at,
        why=why,
        before=facts(before) if before else None,
        after=facts(row),
    )
    return row


def _score(pair: Likeness) -> int:
    """How alike the two are now. Refuses what does not exist, and a function beside itself."""
    wanted = [one for one in (pair.function, pair.other) if one is not None]
    rows = UnitFunctionVersion.objects.filter(function__in=wanted, superseded_at=None).order_by("valid_from")
    texts = {row.function_id: row.text_folded for row in rows}
    there = (
        UnitFunction.objects.filter(pk__in=wanted).count() == len(set(wanted)) == len(wanted) == len(texts)
    )
    other = texts.get(pair.other) if pair.other is not None else None
    if pair.assigned is not None:
        other = (
            AssignedFunction.objects.filter(pk=pair.assigned, superseded_at=None)
            .values_list("text_folded", flat=True)
            .first()
        )
    if not there or other is None:
        raise Refused("Không có hai chức năng này.", where="verdict", do="Tải lại trang rồi chọn lại.")
    return likeness(shingles(texts[pair.function]), shingles(other))
