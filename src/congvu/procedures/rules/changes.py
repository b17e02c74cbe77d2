"""Changes to a version's content, as small JSON documents: what a doubt proposes and what its resolution did.

{"set": "term", "case": "*", "channels": [1, 3], "n": 5, "unit": "NGAY_LAM_VIEC"}   n and unit null: no due date
{"set": "fee", "case": "chung", "channels": [2], "order": 1, "amount": 50000}            amount null: see the text
{"set": "authority", "text": "Sở Tư pháp"}    likewise "decision", "name"
{"set": "tiers", "tiers": ["TINH"]}

A proposal may be incomplete ("incomplete": true): it says what must be settled, and a person fills in the rest.
"""

from collections.abc import Iterable
from dataclasses import replace
from typing import Any

from congvu.foundation.refusal import Refused
from congvu.foundation.text import composed
from congvu.procedures.rules.channels import EVERY_CASE
from congvu.procedures.rules.content import CaseContent, ChannelLine, Content
from congvu.procedures.rules.doubts import Change
from congvu.procedures.rules.terms import MOST
from congvu.procedures.rules.words import Channel, TermUnit, Tier

_TEXTS = {"authority": "authority_text", "decision": "decision_text", "name": "name"}


def is_complete(changes: Iterable[Change]) -> bool:
    """Whether every change says all that is needed to make it."""
    return not any(change.get("incomplete") for change in changes)


def filled(changes: Iterable[Change], given: dict[str, Any]) -> list[Change]:
    """Incomplete changes with what a person gave: {"unit": …}, {"n": …, "unit": …}, {"amount": …}, {"text": …}, …

    Only keys a change has are taken; a key given as None is left as proposed. The result is checked when applied.
    """
    made = []
    for change in changes:
        mine = {key: value for key, value in given.items() if key in change and value is not None}
        rest = {key: value for key, value in change.items() if key != "incomplete"}
        made.append({**rest, **mine})
    return made


def applied(content: Content, changes: Iterable[Change]) -> Content:
    """`content` with the changes made. Refuses, in words, a change that is malformed or points at nothing."""
    for change in changes:
        if change.get("incomplete"):
            raise Refused(
                "Đề xuất chưa đủ để ghi.",
                where=str(change.get("set")),
                do="Sửa: điền phần còn thiếu, hoặc giữ nguyên.",
            )
        content = _one(content, change)
    return content


def in_words(change: Change) -> str:
    """A change as one Vietnamese sentence for the screen."""
    kind = change.get("set")
    if kind == "term":
        said = f"{change['n']} {TermUnit(change['unit']).label}" if change.get("n") else "không có hạn trả"
        return f"Thời hạn: {said} ({_channel_names(change)})"
    if kind == "fee":
        amount = change.get("amount")
        said = "theo phần giải thích" if amount is None else f"{amount:,} đồng".replace(",", ".")
        return f"Mức phí: {said} ({_channel_names(change)})"
    if kind == "tiers":
        return "Cấp thực hiện: " + ", ".join(Tier(one).label for one in change["tiers"])
    names = {"authority": "Cơ quan có thẩm quyền", "decision": "Số quyết định", "name": "Tên thủ tục"}
    return f"{names.get(str(kind), 'Thay đổi')}: {change.get('text', '')}"


def _one(content: Content, change: Change) -> Content:
    kind = change.get("set")
    if kind in _TEXTS:
        text = composed(str(change.get("text", "")))
        if not text:
            raise Refused("Nội dung sửa để trống.", where="text", do="Gõ nội dung đúng.")
        return replace(content, **{_TEXTS[kind]: text})  # type: ignore[arg-type]
    if kind == "tiers":
        return replace(content, tiers=_tiers(change.get("tiers")))
    if kind == "term":
        n, unit = _term(change)
        return _on_channels(content, change, lambda line: replace(line, term_n=n, term_unit=unit))
    if kind == "fee":
        return _on_channels(content, change, lambda line: _with_amount(line, change))
    raise Refused("Không hiểu thay đổi này.", where=str(kind), do="Chọn lại cách sửa.")


def _term(change: Change) -> tuple[int | None, str | None]:
    n, unit = change.get("n"), change.get("unit")
    if n is None and unit is None:
        return None, None
    if not isinstance(n, int) or isinstance(n, bool) or not 0 < n <= MOST:
        raise Refused(f"Thời hạn «{n}» không dùng được.", where="n", do=f"Gõ số từ 1 đến {MOST}.")
    if unit not in TermUnit._value2member_map_:
        raise Refused(
            "Chưa chọn đơn vị của thời hạn.", where="unit", do="Chọn ngày, ngày làm việc, giờ làm việc…"
        )
    return n, str(unit)


def _tiers(value: Any) -> tuple[str, ...]:
    known = Tier._value2member_map_
    if not isinstance(value, list) or not value or any(one not in known for one in value):
        raise Refused("Cấp thực hiện không đúng.", where="tiers", do="Chọn ít nhất một cấp trong danh sách.")
    return tuple(dict.fromkeys(value))


def _with_amount(line: ChannelLine, change: Change) -> ChannelLine:
    amount, order = change.get("amount"), change.get("order", 1)
    if amount is not None and (
        not isinstance(amount, int) or isinstance(amount, bool) or not 0 <= amount <= 10**15
    ):
        raise Refused(f"Mức phí «{amount}» không dùng được.", where="amount", do="Gõ số đồng, không âm.")
    if not isinstance(order, int) or not 1 <= order <= len(line.fees):
        raise Refused("Không có dòng phí này.", where="order", do="Mở lại nghi vấn và chọn dòng phí đang có.")
    fees = tuple(
        replace(fee, amount=amount) if at == order else fee for at, fee in enumerate(line.fees, start=1)
    )
    return replace(line, fees=fees)


def _on_channels(content: Content, change: Change, done: Any) -> Content:
    wanted, key = set(change.get("channels") or ()), change.get("case")
    touched = 0

    def case_with(case: CaseContent) -> CaseContent:
        nonlocal touched
        if key not in (EVERY_CASE, case.stable_key):
            return case
        lines = tuple(done(line) if line.channel in wanted else line for line in case.channels)
        touched += sum(line.channel in wanted for line in case.channels)
        return replace(case, channels=lines)

    cases = tuple(case_with(case) for case in content.cases)
    if not touched:
        raise Refused(
            "Bản hiện hành không còn trường hợp hoặc cách nộp mà nghi vấn nói tới.",
            where=str(key),
            do="Giữ nguyên nghi vấn với lý do, hoặc sửa bản thảo.",
        )
    return replace(content, cases=cases)


def _channel_names(change: Change) -> str:
    return ", ".join(Channel(one).label.lower() for one in change.get("channels", ()))
