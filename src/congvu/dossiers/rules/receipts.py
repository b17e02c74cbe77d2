"""A receipt of fees: what identifies it, and what its copies are called."""

COPIES = ("Liên 1: Lưu tại cơ quan thu", "Liên 2: Giao cho người nộp tiền")


def series_of(unit_code: str, year: int) -> str:
    """The series a receipt belongs to: "H99.01-26", of one one-stop and one year."""
    return f"{unit_code}-{year % 100:02}"


def numbered(number: int) -> str:
    """The number as it is printed, seven digits."""
    return f"{number:07}"


def numbered_in(number: int, year: int) -> str:
    """The number with its year, as lists and the log name a receipt: "0000012/2026"."""
    return f"{numbered(number)}/{year}"


def mark_of(prints: int) -> str:
    """What the `prints`-th paper of a receipt is marked with: nothing on the first."""
    return f"BẢN IN LẠI LẦN {prints - 1}" if prints > 1 else ""
