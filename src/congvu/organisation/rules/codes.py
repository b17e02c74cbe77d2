"""Identification codes of units (QĐ 20/2020/QĐ-TTg, as amended by QĐ 09/2025/QĐ-TTg)."""

import re

from congvu.foundation.refusal import Refused

LONGEST = 35
_GROUPED = re.compile(r"[A-Y]\d{2}(?:\.[0-9A-Z]{1,5}){0,6}")  # level 1, then groups from large to small
_OTHER = re.compile(r"Z\d{2}[0-9A-Z]{1,32}")  # other organisations: no separator
_BY_QCVN_102 = re.compile(r"(\d{3})\.(\d{2})\.(\d{2})\.([A-Y]\d{2})")  # 2016: small to large
_DIGITS = re.compile(r"\d+")


def unit_code(text: str) -> str:
    """`text` as a code written large to small. Refuses what is no code. "000.00.12.H37" becomes "H37.12"."""
    code = text.strip().upper()
    old = _BY_QCVN_102.fullmatch(code)
    if old:
        third, second, first, province = old.groups()
        groups = [province, first, second, third]
        while len(groups) > 1 and not groups[-1].strip("0"):
            groups.pop()
        code = ".".join(groups)
    if len(code) > LONGEST or not (_GROUPED.fullmatch(code) or _OTHER.fullmatch(code)):
        raise Refused(
            f"«{text.strip()[:60]}» không phải mã định danh đơn vị.",
            where="code",
            do="Viết từ cấp lớn đến cấp nhỏ, cách nhau dấu chấm, ví dụ H99.08.",
            article="QĐ 20/2020/QĐ-TTg",
        )
    return code


def sort_key(code: str) -> str:
    """A key that sorts codes as people count: H99.9 before H99.10. Digits are padded to six."""
    return _DIGITS.sub(lambda found: found.group().zfill(6), code)
