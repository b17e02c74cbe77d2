"""What a bank tells of a payment, and how it proves that it was the bank: HMAC-SHA256 over moment and body."""

import hashlib
import hmac
import json
import re
from dataclasses import dataclass

from congvu.foundation.refusal import Refused

FRESH = 300  # seconds a report may be on its way; an older one is refused whoever signed it
REFERENCE = re.compile(r"CV[0-9A-HJKMNP-TV-Z]{10}")
LONGEST = 4096  # bytes of a report


class NotTheBank(Refused):
    """Not signed, signed with another key, or too old."""

    status = 403


@dataclass(frozen=True, slots=True)
class Told:
    """A report: our reference, the bank's transaction, how much (đồng)."""

    reference: str
    transaction: str
    amount: int


def signed(secret: str, moment: str, body: bytes) -> str:
    """The signature of a body told at a moment (seconds since 1970, as text)."""
    return hmac.new(secret.encode(), moment.encode() + b"." + body, hashlib.sha256).hexdigest()


def read_report(body: bytes, moment: str, signature: str, *, secret: str, now: int) -> Told:
    """The report, once it is known to come from the holder of `secret` just now. Compared in constant time."""
    if not secret or not hmac.compare_digest(signed(secret, moment, body).encode(), signature.encode()):
        raise NotTheBank("Chữ ký của báo có không đúng.", do="Kiểm tra khóa chung với ngân hàng.")
    if not (moment.isascii() and moment.isdigit() and len(moment) < 12) or abs(now - int(moment)) > FRESH:
        raise NotTheBank(
            "Báo có quá cũ, hoặc đồng hồ hai bên lệch nhau.", do="Gửi lại với thời điểm hiện tại."
        )
    try:
        said = json.loads(body)
        told = Told(str(said["reference"]), str(said["transaction"]).strip(), said["amount"])
    except (ValueError, KeyError, TypeError) as wrong:
        raise Refused("Không đọc được báo có.", do="Gửi JSON có reference, transaction, amount.") from wrong
    if not REFERENCE.fullmatch(told.reference) or not 0 < len(told.transaction) <= 100:
        raise Refused("Báo có thiếu mã tham chiếu hoặc mã giao dịch.", where=told.reference[:25])
    if not isinstance(told.amount, int) or isinstance(told.amount, bool) or told.amount <= 0:
        raise Refused("Số tiền của báo có không đúng.", where=told.reference)
    return told
