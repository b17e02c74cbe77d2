"""Move running dossiers to another version of their procedure (chuyển phiên bản), and take a move back."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.db import transaction

from congvu.dossiers.access import Visible, movable_by
from congvu.dossiers.actions.door import moved, read_within
from congvu.dossiers.actions.outcome import Done, NotDone, Outcome
from congvu.dossiers.actions.version_plan import Judge, Plan
from congvu.dossiers.actions.version_rows import MoveDecision, write_version_move
from congvu.dossiers.models import MovedDossier, VersionMove
from congvu.dossiers.queries.compose import BULK
from congvu.dossiers.queries.version_moves import running_among
from congvu.dossiers.rules.move_terms import refuse_without_reason
from congvu.dossiers.rules.moving import refuse_unless_one_to_one
from congvu.foundation.audit.actions import record
from congvu.foundation.identity.actor import Actor
from congvu.foundation.refusal import Refused
from congvu.foundation.sql import statement
from congvu.foundation.text import composed
from congvu.organisation.queries import picture

AT_ONCE = 500
RULE = "Luật Ban hành văn bản quy phạm pháp luật, quy định chuyển tiếp của văn bản"
NOT_THEIRS = "Việc của quản trị viên công bố quy trình, hoặc của lãnh đạo."


def move_version(
    ids: Iterable[int], plan: Plan, decision: MoveDecision, procedure_id: int, *, by: Actor, at: datetime
) -> tuple[VersionMove | None, Outcome]:
    """Move a set of running dossiers, AT_ONCE at most. 8 statements for any size.

    Those that cannot move, or changed meanwhile, are refused one by one and stay under their version. Refuses the whole:
    no decision, a later day without a reason, a mapping that loses a step, and anyone but an administrator or a leader.
    """
    said = _checked(plan, decision, at)
    asked = list(dict.fromkeys(ids))
    if len(asked) > AT_ONCE:
        raise Refused(f"Mỗi lần chuyển tối đa {AT_ONCE} hồ sơ.", where="ids", do="Chuyển từng phần.")
    sight = _sight(by, at)
    found, calendars = read_within(asked, sight)
    held = running_among(sight, list(found))
    judge = Judge(plan, calendars, picture(), at)
    judged, refused = [], {}
    for one in asked:
        now = found.get(one)
        if (
            now is None
            or one not in held
            or (now.procedure_version_id, now.process_id)
            != (
                plan.before.version_id,
                plan.before.process_id,
            )
        ):
            gone = Refused("Hồ sơ không còn chạy theo bản cũ ấy.", where=str(one), do="Xem lại danh sách.")
            refused[one] = NotDone(one, now.code if now else None, gone)
            continue
        answer = judge.judged(now, held[one])
        if answer.why:
            refused[one] = NotDone(one, now.code, Refused(answer.why, where=now.label, do="Giữ theo bản cũ."))
        else:
            judged.append(answer)
    with transaction.atomic():
        move = (
            write_version_move(judged, plan, said, procedure_id, calendars.number, by=by, at=at)
            if judged
            else None
        )
        done = {} if move is None else move[1]
        if move is not None and not done:
            move[0].delete()
    for answer in judged:
        if answer.now.id not in done:
            refused[answer.now.id] = NotDone(answer.now.id, answer.now.code, moved(answer.now.label))
    outcome = Outcome(
        tuple(done[i] for i in asked if i in done), tuple(refused[i] for i in asked if i in refused)
    )
    return (move[0] if move is not None and done else None), outcome


def undo_move(move_id: int, why: str, *, by: Actor, at: datetime) -> Outcome:
    """Take a move back: dossiers nobody touched since go back exactly (version, steps, day, papers). 7 statements.

    The others are refused, each with what it was; repeated, it takes back what is left. Refuses: no reason, a move of
    dossiers the actor may not move.
    """
    reason = composed(why)
    if not reason:
        raise Refused("Chưa ghi lý do hoàn tác.", where="why", do="Ghi vì sao đưa hồ sơ về bản cũ.")
    sight = _sight(by, at)
    with transaction.atomic():
        move = VersionMove.objects.select_for_update().filter(pk=move_id).first()
        if move is None or not (sight.everything or by.account_id == move.by):
            raise Refused(
                "Không có lần chuyển này.", where=str(move_id), do="Mở lại nhật ký chuyển phiên bản."
            )
        params: dict[str, Any] = {
            "move": move_id, "at": at, "why": f"Hoàn tác lần chuyển số {move_id}: {reason}", "actor": by.account_id,
            "actor_name": by.name, "office": by.office_id,
        }  # fmt: skip
        rows = statement(BULK, "undo_move").rows(params)
        done = tuple(Done(*row) for row in rows)
        if done:
            ids = [one.dossier_id for one in done]
            params = {"move": move_id, "ids": ids, "moved_at": move.at, "units": move.units}
            statement(BULK, "undo_move_steps").run(params)
            move.undone_at, move.undone_by_name, move.undone_why = at, by.name, reason
            move.save(update_fields=["undone_at", "undone_by_name", "undone_why"])
            record(
                "undo_move", "dossiers.move", move_id, by=by, at=at, why=reason, after={"dossiers": len(ids)}
            )
        left = MovedDossier.objects.filter(move_id=move_id, undone_at__isnull=True).select_related("dossier")
        touched = tuple(
            NotDone(one.dossier_id, one.dossier.code, _touched(str(one.dossier)))
            for one in left.only("dossier__code").order_by("dossier_id")
        )
    return Outcome(done, touched)


def _touched(label: str) -> Refused:
    return Refused(
        "Đã có việc được làm trên hồ sơ này sau khi chuyển.",
        where=label,
        do="Hồ sơ này giữ theo bản mới; sửa bằng việc xử lý thường trên trang hồ sơ.",
    )


def _sight(by: Actor, at: datetime) -> Visible:
    sight = movable_by(by, at.date())
    if sight.nothing:
        raise Refused(NOT_THEIRS, do="Báo người công bố quy trình.")
    return sight


def _checked(plan: Plan, decision: MoveDecision, at: datetime) -> MoveDecision:
    """The decision as it will be kept."""
    number, about = composed(decision.number)[:60], composed(decision.about)[:1000]
    if not number or not about:
        raise Refused(
            "Chưa ghi đủ quyết định cho phép chuyển hồ sơ đang chạy.",
            where="about" if number else "number",
            do="Ghi số, ngày ký và trích yếu. Không có quyết định thì hồ sơ giữ theo bản lúc tiếp nhận.",
            article=RULE,
        )
    if decision.signed_on > at.date():
        raise Refused("Ngày ký ở tương lai.", where="signed_on", do="Sửa ngày ký.")
    refuse_without_reason(plan.due, decision.due_reason)
    refuse_unless_one_to_one(plan.chosen, plan.before.road.graph, plan.after.road.graph)
    if plan.before == plan.after:
        raise Refused("Hồ sơ đang chạy theo đúng bản ấy.", where="version", do="Chọn bản khác.")
    return MoveDecision(number, decision.signed_on, about, composed(decision.due_reason)[:4000])
