"""Settle doubts, any number at once: accept what is proposed, correct it, or keep what stands with a reason.

A published version is never edited. What a person settles makes one new version of each procedure touched (a
correction, in force from that day); the old one is closed and stays readable. Nobody needs to know: it is one click.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction

from congvu.foundation.audit.actions import record_many
from congvu.foundation.identity.actor import Actor
from congvu.foundation.refusal import Refused
from congvu.foundation.text import composed, fold
from congvu.procedures.actions.write_versions import NewVersion, publish_written, write_versions
from congvu.procedures.models import Doubt, Procedure, ProcedureVersion
from congvu.procedures.queries.content import contents
from congvu.procedures.rules.changes import applied, filled, is_complete
from congvu.procedures.rules.content import Content, digest
from congvu.procedures.rules.doubts import Change, DoubtKind
from congvu.procedures.rules.words import DoubtState, VersionState

MOST = 2000


@dataclass(frozen=True, slots=True)
class Settled:
    """How many doubts were settled, how many corrected versions that made, and which could not be, in words."""

    doubts: int
    versions: int
    left: tuple[tuple[int, str], ...] = ()


def accept(doubt_ids: Sequence[int], *, by: Actor, at: datetime) -> Settled:
    """Do what is proposed. At most 19 statements for any number. Refuses doubts gone or settled meanwhile.

    A doubt without a complete proposal is left open and named in `left`, unless its reading stands as read.
    """
    return _settle(doubt_ids, DoubtState.ACCEPTED, lambda doubt: _proposed(doubt), "", by=by, at=at)


def correct(
    doubt_ids: Sequence[int], given: dict[str, Any], *, by: Actor, at: datetime, reason: str = ""
) -> Settled:
    """Do what is proposed with what a person gave: {"unit": "NGAY_LAM_VIEC"} gives many doubts their unit at once.

    Keys: n, unit, amount, tiers, text. At most 19 statements. Refuses as `accept`; a value that cannot be is left.
    """
    useful = {key: value for key, value in given.items() if value not in (None, "", [])}
    if not useful:
        raise Refused("Chưa điền gì để sửa.", where="sua", do="Điền đơn vị, số, mức phí hoặc nội dung đúng.")

    def changes(doubt: Doubt) -> list[Change]:
        if not doubt.proposal:
            raise Refused(
                "Nghi vấn này không sửa được tại đây.", do="Sửa bản thảo của thủ tục, hoặc giữ nguyên."
            )
        made = filled(doubt.proposal, useful)
        if not any(key in change for change in made for key in useful):
            raise Refused("Nội dung điền không hợp với nghi vấn này.", do="Chọn các nghi vấn cùng loại.")
        return made

    return _settle(doubt_ids, DoubtState.CORRECTED, changes, composed(reason), by=by, at=at)


def dismiss(doubt_ids: Sequence[int], *, reason: str, by: Actor, at: datetime) -> Settled:
    """Keep what stands, for a reason. At most 4 statements. Refuses an empty reason."""
    why = composed(reason)
    if not why:
        raise Refused("Chưa ghi lý do giữ nguyên.", where="reason", do="Ghi vì sao dữ liệu đúng như đang có.")
    return _settle(doubt_ids, DoubtState.DISMISSED, lambda doubt: [], why, by=by, at=at)


def _proposed(doubt: Doubt) -> list[Change]:
    if doubt.proposal and is_complete(doubt.proposal):
        return list(doubt.proposal)
    if doubt.kind in DoubtKind._value2member_map_ and DoubtKind(doubt.kind).as_read:
        return []
    raise Refused("Chưa có đề xuất đủ để chấp nhận.", do="Chọn «Sửa» hoặc «Giữ nguyên».")


def _settle(
    doubt_ids: Sequence[int], state: DoubtState, changes_for: Any, why: str, *, by: Actor, at: datetime
) -> Settled:
    wanted = list(dict.fromkeys(doubt_ids))
    if not wanted or len(wanted) > MOST:
        raise Refused(
            f"Chọn từ 1 đến {MOST} nghi vấn.", where="doubts", do="Đánh dấu các nghi vấn cần xử lý."
        )
    with transaction.atomic():
        doubts = list(Doubt.objects.select_for_update().filter(pk__in=wanted).order_by("id"))
        if len(doubts) < len(wanted) or any(doubt.state != DoubtState.OPEN.value for doubt in doubts):
            raise Refused(
                "Có nghi vấn đã được người khác xử lý.", where="doubts", do="Tải lại trang rồi chọn lại."
            )
        left: dict[int, str] = {}
        ready: list[tuple[Doubt, list[Change]]] = []
        for doubt in doubts:
            try:
                ready.append((doubt, changes_for(doubt)))
            except Refused as refusal:
                left[doubt.pk] = refusal.sentence()
        made = _correct_versions(ready, left, by=by, at=at)
        done = [(doubt, changes) for doubt, changes in ready if doubt.pk not in left]
        if not done and left:
            raise Refused(next(iter(left.values())), where="doubts")
        for doubt, changes in done:
            doubt.state, doubt.reason, doubt.resolution = state.value, why, changes or None
            doubt.resolved_by, doubt.resolved_name, doubt.resolved_at = by.account_id, by.name, at
        settled_as = ["state", "reason", "resolution", "resolved_by", "resolved_name", "resolved_at"]
        Doubt.objects.bulk_update([doubt for doubt, _ in done], settled_as)
        verb = {DoubtState.ACCEPTED: "accept_doubt", DoubtState.CORRECTED: "correct_doubt"}.get(
            state, "dismiss_doubt"
        )
        record_many(
            verb,
            "procedures.doubt",
            [(doubt.pk, {"state": DoubtState.OPEN.value}, {"changes": changes}) for doubt, changes in done],
            by=by,
            at=at,
            why=why,
        )
    return Settled(len(done), made, tuple(left.items()))


def _correct_versions(
    ready: list[tuple[Doubt, list[Change]]], left: dict[int, str], *, by: Actor, at: datetime
) -> int:
    """One corrected version per procedure whose content really changes. Returns how many."""
    touching = [(doubt, changes) for doubt, changes in ready if changes and doubt.procedure_id is not None]
    if not touching:
        return 0
    held = list(
        ProcedureVersion.objects.select_for_update()
        .filter(
            procedure_id__in={doubt.procedure_id for doubt, _ in touching},
            state=VersionState.PUBLISHED.value,
            valid_to__isnull=True,
        )
        .defer("original")
    )
    version_of = {version.procedure_id: version for version in held}
    said = contents((version.pk for version in held), with_source=True)
    after: dict[int, Content] = {}
    for doubt, changes in touching:
        version = version_of.get(doubt.procedure_id or 0)
        if version is None:
            left[doubt.pk] = "Thủ tục không còn bản hiện hành."
            continue
        try:
            after[version.pk] = applied(after.get(version.pk, said[version.pk]), changes)
        except Refused as refusal:
            left[doubt.pk] = refusal.sentence()
    moved = [
        version
        for version in held
        if version.pk in after and digest(after[version.pk]) != digest(said[version.pk])
    ]
    if moved:
        _publish(moved, after, by=by, at=at)
    return len(moved)


def _publish(moved: list[ProcedureVersion], after: dict[int, Content], *, by: Actor, at: datetime) -> None:
    highest = _highest_numbers([version.procedure_id for version in moved])
    day = at.date()
    written = write_versions(
        [
            NewVersion(
                procedure_id=version.procedure_id,
                number=highest[version.procedure_id] + 1,
                content=after[version.pk],
                valid_from=max(day, version.valid_from or day),
                corrects_id=version.pk,
            )
            for version in moved
        ],
        VersionState.LOADING,
    )
    publish_written(written, at=at)
    names = {version.procedure_id: version.name for version in written}
    renamed = [
        Procedure(
            pk=version.procedure_id,
            name=names[version.procedure_id],
            name_folded=fold(names[version.procedure_id]),
        )
        for version in moved
        if names[version.procedure_id] != version.name
    ]
    if renamed:
        Procedure.objects.bulk_update(renamed, ["name", "name_folded"])
    record_many(
        "correct_version",
        "procedures.procedure",
        [
            (
                new.procedure_id,
                {"version": old.pk, "number": old.number},
                {"version": new.pk, "number": new.number},
            )
            for old, new in zip(moved, written, strict=True)
        ],
        by=by,
        at=at,
        why="xử lý nghi vấn nhập liệu",
    )


def _highest_numbers(procedure_ids: list[int]) -> dict[int, int]:
    rows = ProcedureVersion.objects.filter(procedure_id__in=procedure_ids).values_list(
        "procedure_id", "number"
    )
    highest: dict[int, int] = {}
    for procedure_id, number in rows:
        highest[procedure_id] = max(number, highest.get(procedure_id, 0))
    return highest
