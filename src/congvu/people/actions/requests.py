"""Xin, cho phép nghiên cứu hồ sơ: who is not a keeper asks, another decides, both are in the log."""

from datetime import date, datetime

from django.db import transaction

from congvu.foundation.audit.actions import record
from congvu.foundation.identity.actor import Actor
from congvu.foundation.refusal import Refused
from congvu.foundation.text import composed
from congvu.foundation.workdays.days import add_days
from congvu.people.models import FileRequest

LONGEST_DAYS = 90
ARTICLE = "Thông tư 11/2012/TT-BNV, Thông tư 07/2019/TT-BNV"


@transaction.atomic
def ask_file(
    person_id: int,
    *,
    purpose: str,
    valid_from: date,
    valid_to: date,
    sensitive: bool = False,
    by: Actor,
    at: datetime,
) -> FileRequest:
    """Ask to read the file of someone the actor sees in a list. 2 statements.

    Refuses no purpose, a period in the past, backwards or longer than 90 days.
    """
    why = composed(purpose)[:500]
    if len(why) < 5:
        raise Refused(
            "Chưa ghi mục đích nghiên cứu hồ sơ.", where="purpose", do="Ghi việc cần hồ sơ.", article=ARTICLE
        )
    if not valid_from <= valid_to <= add_days(valid_from, LONGEST_DAYS) or valid_to < at.date():
        raise Refused(
            f"Thời gian đọc phải từ hôm nay, không quá {LONGEST_DAYS} ngày.", where="valid_to", do="Sửa ngày."
        )
    if by.account_id is None:
        raise Refused("Chỉ người có tài khoản mới xin đọc hồ sơ.", do="Đăng nhập.")
    row = FileRequest.objects.create(
        person_id=person_id, asked_by_id=by.account_id, purpose=why, sensitive=sensitive, valid_from=valid_from,
        valid_to=valid_to, asked_at=at,
    )  # fmt: skip
    after = {
        "request": row.pk,
        "sensitive": sensitive,
        "from": valid_from.isoformat(),
        "to": valid_to.isoformat(),
    }
    record("people.ask_file", "person", person_id, by=by, at=at, why=why, after=after)
    return row


@transaction.atomic
def decide_request(
    request_id: int, granted: bool, *, reason: str = "", by: Actor, at: datetime
) -> FileRequest:
    """Grant or refuse a request. 3 statements. Nobody decides on his own; a refusal needs a reason.

    The caller has checked that the actor sees the person and may grant (`people.access`).
    """
    row = FileRequest.objects.select_for_update().filter(pk=request_id).first()
    if row is None or row.granted is not None:
        raise Refused("Yêu cầu này đã được quyết định.", do="Tải lại trang.")
    if row.asked_by_id == by.account_id:
        raise Refused(
            "Không tự cho phép yêu cầu của mình.", do="Đề nghị người khác có thẩm quyền quyết định."
        )
    why = composed(reason)[:500]
    if not granted and not why:
        raise Refused("Chưa ghi lý do không cho phép.", where="reason", do="Ghi lý do.")
    row.granted, row.decided_by_id, row.decided_at, row.reason = granted, by.account_id, at, why
    row.save(update_fields=["granted", "decided_by", "decided_at", "reason"])
    record(
        "people.decide_request", "person", row.person_id, by=by, at=at, why=why or row.purpose,
        after={"request": row.pk, "granted": granted, "sensitive": row.sensitive},
    )  # fmt: skip
    return row
