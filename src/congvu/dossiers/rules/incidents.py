"""What goes wrong with a result or a paper, and what the agency owes then (NĐ 61/2018, Điều 21).

A wrong result is put right, and a lost one replaced, at the cost of the agency whose fault it is; who loses or spoils a
citizen's papers pays for new ones and apologises.
"""

from datetime import date
from enum import StrEnum

LAW = "NĐ 61/2018, Điều 21"


class IncidentKind(StrEnum):
    """What happened."""

    WRONG_RESULT = "sai-ket-qua"
    LOST_RESULT = "mat-ket-qua"
    LOST_PAPER = "mat-giay-to"

    @property
    def label(self) -> str:
        return {
            "sai-ket-qua": "Kết quả có sai sót",
            "mat-ket-qua": "Mất, hỏng kết quả",
            "mat-giay-to": "Mất, hỏng giấy tờ của người nộp",
        }[self]

    @property
    def of_result(self) -> bool:
        """Whether it needs a result to have been made."""
        return self != IncidentKind.LOST_PAPER


def missing(
    kind: IncidentKind, found_on: date, remedy: str, apology: str, apology_on: date | None, today: date
) -> tuple[str, str] | None:
    """What still keeps an incident from being settled, as (field, words); None: nothing. `apology`: the letter's number."""
    if not remedy.strip():
        return "remedy", "Chưa ghi đã khắc phục thế nào."
    if kind == IncidentKind.LOST_PAPER and not apology.strip():
        return "apology", "Mất, hỏng giấy tờ của người nộp thì phải có văn bản xin lỗi."
    if bool(apology.strip()) != (apology_on is not None):
        return "apology_on", "Văn bản xin lỗi phải có cả số và ngày."
    if apology_on is not None and not found_on <= apology_on <= today:
        return "apology_on", "Ngày văn bản xin lỗi phải từ ngày phát hiện đến hôm nay."
    return None
