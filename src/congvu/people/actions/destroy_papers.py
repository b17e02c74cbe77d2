"""Hủy tài liệu hết giá trị: papers whose time is over lose their contents by a decision; their lines stay in the list."""

from collections.abc import Collection
from datetime import datetime

from django.db import transaction

from congvu.foundation.audit.actions import record_many
from congvu.foundation.files.actions import erase_unused
from congvu.foundation.identity.actor import Actor
from congvu.foundation.refusal import Refused
from congvu.organisation.queries import picture
from congvu.people.access import sight_of
from congvu.people.actions.recording import Decision, locked, refuse_without_decision
from congvu.people.models import Correction, Destruction, FilePart
from congvu.people.queries.law import RETENTION, personnel_rules
from congvu.people.queries.retention import papers_over


@transaction.atomic
def destroy_papers(paper_ids: Collection[int], *, decision: Decision, by: Actor, at: datetime) -> Destruction:
    """Papers, and what they were before a correction, lose scan and note; kind, name, number and day stay. Some
    10 statements and those of erasing.

    Refuses no decision, and a paper that is not over by the rule of the day, or not kept by the actor. The bytes leave
    the disk when the decision is written, unless another record holds the same content.
    """
    refuse_without_decision(decision)
    wanted = set(paper_ids)
    if not wanted:
        raise Refused("Chưa chọn tài liệu nào.", do="Đánh dấu những tài liệu hủy theo quyết định.")
    rows = list(FilePart.objects.filter(pk__in=wanted, kind="paper", superseded_at=None, destruction=None))
    locked({row.person_id for row in rows})
    rule = personnel_rules(at.date())[RETENTION]
    sight = sight_of(by, at.date(), picture())
    over = {one.id for one in papers_over(sight, rule.value, only=wanted, limit=len(wanted))}
    if over != wanted:
        raise Refused(
            f"Có {len(wanted - over)} tài liệu chưa hết thời hạn bảo quản, hoặc không do bạn giữ.",
            where="papers",
            do="Tải lại trang rồi chọn lại.",
            article=rule.citation,
        )
    made = Destruction.objects.create(citation=rule.citation, **decision.fields(by, at))
    emptied = FilePart.objects.filter(pk__in=[*wanted, *_before(rows)], destruction=None)
    files = set(emptied.exclude(file=None).values_list("file_id", flat=True))
    emptied.update(destruction=made, file=None, file_name="", note="")
    erase_unused(files)
    gone: dict[int, list[int]] = {}
    for row in rows:
        gone.setdefault(row.person_id, []).append(row.pk)
    told = [(person, None, {"papers": sorted(papers), "rule": rule.code}) for person, papers in gone.items()]
    record_many("people.destroy_papers", "person", told, by=by, at=at, why=decision.number)
    return made


def _before(rows: Collection[FilePart]) -> list[int]:
    """What the papers were before they were corrected: the same scan, or an older one. 1 statement."""
    people = {row.person_id for row in rows}
    chain = dict(
        Correction.objects.filter(person__in=people, line=Correction.PART, new_id__isnull=False).values_list(
            "new_id", "old_id"
        )
    )
    found: list[int] = []
    for row in rows:
        at = chain.get(row.pk)
        while at is not None:
            found.append(at)
            at = chain.get(at)
    return found
