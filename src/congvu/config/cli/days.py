"""A day as it is typed at the command line."""

import re
from datetime import date

from congvu.config.cli.output import BadInput

_VIETNAMESE = re.compile(r"(\d{1,2})/(\d{1,2})/(\d{4})")
_ISO = re.compile(r"\d{4}-\d{2}-\d{2}")


def day_of(text: str, where: str) -> date:
    """The day written as 2026-10-31 or 31/10/2026. BadInput, told of the option `where`, for anything else."""
    given = text.strip()
    try:
        written = _VIETNAMESE.fullmatch(given)
        if written is not None:
            return date(int(written[3]), int(written[2]), int(written[1]))
        if _ISO.fullmatch(given):
            return date.fromisoformat(given)
    except ValueError:
        raise BadInput(
            f"Không có ngày «{text}» trong lịch.", where=where, do="Kiểm tra lại ngày, tháng."
        ) from None
    raise BadInput(f"Không đọc được ngày «{text}».", where=where, do="Ghi như 2026-10-31 hoặc 31/10/2026.")
