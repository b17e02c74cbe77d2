"""Collect what the applicant owes at the counter (thu phí, lệ phí; NĐ 61/2018 art. 22)."""

from collections.abc import Iterable, Mapping
from datetime import datetime

from congvu.dossiers.actions.door import Office, perform
from congvu.dossiers.actions.now import Change, DossierNow
from congvu.dossiers.actions.outcome import Outcome
from congvu.dossiers.rules.status import Money, Status
from congvu.foundation.identity.actor import Actor
from congvu.foundation.identity.roles import CLERK, LEADER
from congvu.foundation.refusal import Refused


def collect_fee(
    ids: Iterable[int], receipt: str = "", *, by: Actor, at: datetime, seen: Mapping[int, int] | None = None
) -> Outcome:
    """Mark a set as paid; `receipt` is the number of the receipt. 2 statements. The handling does not move: a dossier
    that waits for its payment (status 6) is resumed instead, since its clock stands."""

    def decide(now: DossierNow, office: Office) -> Change:
        if not (by.system or by.has(CLERK, LEADER)):
            raise Refused(
                "Phí, lệ phí được thu tại bộ phận một cửa.", where=now.label, article="NĐ 61/2018, Điều 22"
            )
        if now.status == Status.PAYMENT:
            raise Refused(
                "Hồ sơ đang tạm dừng chờ nộp.", where=now.label, do="Dùng «Tiếp tục» khi người nộp đã nộp."
            )
        if now.money != Money.OWED:
            raise Refused(
                f"Hồ sơ ở tình trạng «{now.money.label}», không có khoản phải thu.", where=now.label
            )
        change = Change.of(now, now.status, reason=receipt)
        change.money = Money.PAID
        return change

    return perform("collect_fee", ids, decide, by=by, at=at, seen=seen)
