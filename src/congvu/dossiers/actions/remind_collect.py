"""Remind applicants that their result waits at the counter (nhắc nhận kết quả)."""

from collections.abc import Iterable, Mapping
from datetime import date, datetime

from django.db.models import Max

from congvu.dossiers.actions.beside import Beside
from congvu.dossiers.actions.door import Office, perform
from congvu.dossiers.actions.now import Change, DossierNow
from congvu.dossiers.actions.outcome import Outcome
from congvu.dossiers.models import Dossier, DossierEvent
from congvu.dossiers.rules.notices import EMAIL, SMS, wants
from congvu.dossiers.rules.people import plain_phone
from congvu.dossiers.rules.status import Status
from congvu.foundation.clock import legal
from congvu.foundation.identity.actor import Actor
from congvu.foundation.identity.roles import CLERK, LEADER
from congvu.foundation.notices.rules.masks import is_email, is_mobile
from congvu.foundation.refusal import Refused

VERB = "remind_collect"


def remind_collect(
    ids: Iterable[int], *, by: Actor, at: datetime, seen: Mapping[int, int] | None = None
) -> Outcome:
    """Write the reminder down; the notice itself follows from the log (`write_notices`). 4 statements for any number.

    Refuses: no result waits, the applicant cannot be reached by mail or SMS, reminded today already.
    """
    asked = list(dict.fromkeys(ids))
    reachable, reminded = Beside(asked, _reachable, False), Beside[date | None](asked, _reminded, None)

    def decide(now: DossierNow, office: Office) -> Change:
        if not (by.system or by.has(CLERK, LEADER)):
            raise Refused(
                "Người nộp được nhắc từ bộ phận một cửa.", where=now.label, do="Báo bộ phận một cửa."
            )
        if now.status != Status.FINISHED:
            raise Refused(
                "Hồ sơ không có kết quả đang chờ nhận.",
                where=now.label,
                do="Mở hồ sơ để xem hồ sơ đang ở đâu.",
            )
        if not reachable.of(now):
            raise Refused(
                "Người nộp không để lại số di động, thư điện tử nhận được tin, hoặc đã chọn không nhận tin.",
                where=now.label,
                do="Gọi điện hoặc gửi giấy báo, rồi ghi ở «Ghi hướng dẫn».",
            )
        if reminded.of(now) == office.at.date():
            raise Refused("Hôm nay đã nhắc người nộp này.", where=now.label, do="Để hôm khác nhắc lại.")
        return Change.of(now, now.status)

    return perform(VERB, asked, decide, by=by, at=at, seen=seen)


def _reachable(ids: list[int]) -> dict[int, bool]:
    rows = Dossier.objects.filter(pk__in=ids).values_list("pk", "told_by", "owner_phone", "owner_email")
    return {
        pk: (wants(told_by, SMS) and is_mobile(plain_phone(phone)))
        or (wants(told_by, EMAIL) and is_email(email.strip()))
        for pk, told_by, phone, email in rows
    }


def _reminded(ids: list[int]) -> dict[int, date | None]:
    rows = DossierEvent.objects.filter(dossier_id__in=ids, verb=VERB).values_list("dossier_id")
    return {pk: legal(last).date() for pk, last in rows.annotate(last=Max("at"))}
