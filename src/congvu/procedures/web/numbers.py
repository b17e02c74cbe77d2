"""Numbers as typed into the forms of the catalogue."""

from congvu.foundation.refusal import Refused


def whole_number(typed: str, where: str) -> int | None:
    """ "50.000" -> 50000, "" -> None. Refuses anything else than up to 15 digits with dots or spaces between."""
    plain = typed.strip().replace(".", "").replace(" ", "")
    if not plain:
        return None
    if not (plain.isascii() and plain.isdigit() and len(plain) <= 15):
        raise Refused(
            f"«{typed[:30]}» không phải số nguyên từ 0 trở lên.",
            where=where,
            do="Gõ chữ số, ví dụ 15 hoặc 50.000.",
        )
    return int(plain)
