"""Apologise and set a new day (xin lỗi và hẹn lại, form 04; NĐ 61/2018 art. 19.9)."""

from collections.abc import Iterable, Mapping
from datetime import date, datetime

from django.db import transaction

from congvu.dossiers.actions.door import Office, perform
from congvu.dossiers.actions.now import Change, DossierNow
from congvu.dossiers.actions.outcome import Outcome
from congvu.dossiers.models import DossierExtension
from congvu.dossiers.rules import clock
from congvu.dossiers.rules.status import Status
from congvu.foundation.identity.actor import Actor
from congvu.foundation.refusal import Refused

ARTICLE = "NĐ 61/2018, Điều 19.9"


def extend(
    ids: Iterable[int],
    new_due: date,
    reason: str,
    *,
    by: Actor,
    at: datetime,
    seen: Mapping[int, int] | None = None,
) -> Outcome:
    """Set a new due day with an apology: once, and at the latest one working day before the old one. 3 statements."""
    if not reason.strip():
        raise Refused(
            "Chưa ghi lý do chậm.", where="reason", do="Ghi lý do để in vào văn bản xin lỗi.", article=ARTICLE
        )
    before: dict[int, date] = {}

    def decide(now: DossierNow, office: Office) -> Change:
        before[now.id] = _checked(now, new_due, office)
        change = Change.of(now, now.status, reason=reason)
        change.due_on, change.due_at = new_due, None
        change.extensions += 1
        change.calendar_version = office.calendars.number
        return change

    with transaction.atomic():
        outcome = perform("extend", ids, decide, by=by, at=at, seen=seen)
        DossierExtension.objects.bulk_create(
            DossierExtension(
                dossier_id=one.dossier_id, at=at, due_before=before[one.dossier_id], due_after=new_due, reason=reason,
                approved_by=by.account_id,
            )
            for one in outcome.done
        )  # fmt: skip
    return outcome


def _checked(now: DossierNow, new_due: date, office: Office) -> date:
    """The old due day, when the rules allow to move it to `new_due`."""
    if now.status not in (Status.RECEIVED, Status.HANDLING) or now.due_on is None:
        raise Refused(
            f"Hồ sơ đang ở trạng thái «{now.status.label}»"
            + ("" if now.due_on else ", không có ngày hẹn")
            + ", không hẹn lại được.",
            where=now.label,
        )
    if now.extensions:
        raise Refused(
            "Hồ sơ đã hẹn lại một lần.",
            where=now.label,
            do="Không được hẹn lại lần thứ hai.",
            article=ARTICLE,
        )
    calendar = office.calendars.of(now.competent_unit_id)
    latest = clock.latest_apology(now.due_on, calendar)
    if office.at.date() > latest:
        raise Refused(
            f"Đã quá ngày cuối để xin lỗi và hẹn lại ({latest:%d/%m/%Y}).",
            where=now.label,
            do="Giải quyết ngay; hồ sơ được tính đúng như thực tế.",
            article=ARTICLE,
        )
    if new_due <= now.due_on:
        raise Refused(
            f"Ngày hẹn mới phải sau {now.due_on:%d/%m/%Y}.", where=now.label, do="Chọn ngày muộn hơn."
        )
    if not clock.is_working(new_due, calendar):
        raise Refused(f"{new_due:%d/%m/%Y} là ngày nghỉ.", where=now.label, do="Chọn một ngày làm việc.")
    return now.due_on
