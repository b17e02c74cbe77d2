"""The printed forms of the one-stop, by the circular in force on the day a dossier came in.

TT 01/2018/TT-VPCP, art. 9: forms 01-06, A5, the book A4. TT 03/2025/TT-VPCP, Phụ lục I: forms 01-07, the apology became
a letter that asks for more time, the notice of stopping is new. A dossier keeps the forms it was opened under.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

RECEIPT, SUPPLEMENT, REFUSAL = "giay-tiep-nhan", "phieu-bo-sung", "phieu-tu-choi"
APOLOGY, STOPPED, CONTROL, BOOK = "phieu-xin-loi", "thong-bao-dung", "phieu-kiem-soat", "so-theo-doi"


class Paper(StrEnum):
    """The size of the sheet."""

    A4 = "a4"
    A5 = "a5"


@dataclass(frozen=True, slots=True)
class Form:
    """A printed form: number, name, sheet; `official`: not for the citizen; `missing`: why a dossier has none."""

    slug: str
    number: str
    name: str
    paper: Paper
    missing: str
    official: bool = False


@dataclass(frozen=True, slots=True)
class FormSet:
    """The forms of one circular, for dossiers that came in from a day on."""

    circular: str
    valid_from: date
    citation: str
    evidence: str  # as in foundation.lawtable: TXT, IMPL, SEC, MEM
    forms: tuple[Form, ...]

    def form(self, slug: str) -> Form | None:
        """The form of that name; None when this circular has none."""
        return next((one for one in self.forms if one.slug == slug), None)


_NOT_RECEIVED = "Hồ sơ chưa được tiếp nhận."
_NO_SUPPLEMENT = "Hồ sơ chưa có yêu cầu bổ sung nào."
_NOT_REFUSED = "Hồ sơ không bị từ chối."
_NO_EXTENSION = "Hồ sơ chưa hẹn lại lần nào."
_RECEIPT = Form(RECEIPT, "01", "Giấy tiếp nhận hồ sơ và hẹn trả kết quả", Paper.A5, _NOT_RECEIVED)
_SUPPLEMENT = Form(SUPPLEMENT, "02", "Phiếu yêu cầu bổ sung, hoàn thiện hồ sơ", Paper.A5, _NO_SUPPLEMENT)
_REFUSAL = Form(REFUSAL, "03", "Phiếu từ chối tiếp nhận giải quyết hồ sơ", Paper.A5, _NOT_REFUSED)
_CONTROL_NAME = "Phiếu kiểm soát quá trình giải quyết hồ sơ"
_BOOK_NAME = "Sổ theo dõi hồ sơ"

FORM_SETS: tuple[FormSet, ...] = (
    FormSet(
        "Thông tư 01/2018/TT-VPCP", date(2019, 1, 6), "Thông tư 01/2018/TT-VPCP, Điều 9", "TXT",
        (
            _RECEIPT, _SUPPLEMENT, _REFUSAL,
            Form(APOLOGY, "04", "Phiếu xin lỗi và hẹn lại ngày trả kết quả", Paper.A5, _NO_EXTENSION),
            Form(CONTROL, "05", _CONTROL_NAME, Paper.A5, _NOT_RECEIVED, official=True),
            Form(BOOK, "06", _BOOK_NAME, Paper.A4, "", official=True),
        ),
    ),
    FormSet(
        "Thông tư 03/2025/TT-VPCP", date(2025, 9, 15), "Thông tư 03/2025/TT-VPCP, Phụ lục I", "SEC",
        (
            _RECEIPT, _SUPPLEMENT, _REFUSAL,
            Form(
                APOLOGY, "04", "Văn bản xin lỗi và đề nghị gia hạn thời gian giải quyết", Paper.A4, _NO_EXTENSION
            ),
            Form(STOPPED, "05", "Thông báo dừng giải quyết hồ sơ", Paper.A4, "Hồ sơ chưa dừng giải quyết."),
            Form(CONTROL, "06", _CONTROL_NAME, Paper.A4, _NOT_RECEIVED, official=True),
            Form(BOOK, "07", _BOOK_NAME, Paper.A4, "", official=True),
        ),
    ),
)  # fmt: skip


def form_set(opened_on: date, sets: Sequence[FormSet] = FORM_SETS) -> FormSet:
    """The forms for a dossier that came in on a day. Before the first circular known here: that one's."""
    found = sets[0]
    for one in sets:
        if one.valid_from <= opened_on:
            found = one
    return found
