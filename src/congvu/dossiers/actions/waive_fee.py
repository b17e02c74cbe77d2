"""Waive what is owed, wholly or by a share, on a ground of the law (miễn, giảm phí, lệ phí)."""

from collections.abc import Iterable, Mapping
from datetime import datetime

from congvu.dossiers.actions.door import Office, perform
from congvu.dossiers.actions.money import balances, checked_amount, due_now, enter, refuse_unless_till
from congvu.dossiers.actions.now import Change, DossierNow
from congvu.dossiers.actions.outcome import Outcome
from congvu.dossiers.rules.money import FeeIn, FeeKind
from congvu.dossiers.rules.status import Status
from congvu.dossiers.rules.waivers import BY_CODE, ground_label, share_of
from congvu.foundation.identity.actor import Actor
from congvu.foundation.refusal import Refused


def waive_fee(
    ids: Iterable[int],
    reason: str,
    *,
    amount: int | None = None,
    percent: int | None = None,
    ground: str = "khac",
    by: Actor,
    at: datetime,
    seen: Mapping[int, int] | None = None,
) -> Outcome:
    """Waive `amount` đồng, or `percent` of what each dossier owes (neither: all), on a ground of rules.waivers. 3 statements
    for any size. A reason is required: who, by which text."""
    if not reason.strip():
        raise Refused(
            "Chưa ghi lý do miễn, giảm.", where="reason", do="Ghi đối tượng và văn bản cho miễn, giảm."
        )
    if ground not in BY_CODE:
        raise Refused("Không có diện miễn, giảm này.", where="ground", do="Chọn trong danh sách.")
    if percent is not None and (amount is not None or not 1 <= percent <= 100):
        raise Refused(
            "Ghi số tiền, hoặc ghi tỷ lệ từ 1 đến 100 phần trăm; không ghi cả hai.", where="percent"
        )
    asked = list(dict.fromkeys(ids))
    checked_amount(amount)
    ledgers = balances(asked)

    def decide(now: DossierNow, office: Office) -> Change:
        refuse_unless_till(now, office)
        if now.status == Status.PAYMENT:
            raise Refused(
                "Hồ sơ đang tạm dừng chờ nộp.", where=now.label, do="Tiếp tục giải quyết rồi mới miễn, giảm."
            )
        balance = ledgers.of(now)
        owed, charge = due_now(now, balance, None)
        waived = amount or (share_of(owed, percent) if percent else owed)
        if not 0 < waived <= owed:
            raise Refused(
                f"Chỉ còn phải nộp {owed} đồng.", where="amount", do="Nhập không quá số còn phải nộp."
            )
        change = Change.of(
            now, now.status, reason=f"{waived} đồng, {ground_label(ground).lower()}: {reason.strip()}"
        )
        entry = FeeIn(FeeKind.WAIVED, waived, reason=reason.strip(), ground=ground, percent=percent)
        enter(change, balance, *charge, entry)
        return change

    return perform("waive_fee", asked, decide, by=by, at=at, seen=seen)
