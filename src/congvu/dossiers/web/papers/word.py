"""Slips as Word: the programme's own templates, built from the same words as the printed forms, and their filling.

A template is plain Word with fields in double braces: an administrator downloads it, changes it, and puts it back.
"""

from functools import cache
from io import BytesIO
from typing import Any

from docx import Document
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.shared import Mm, Pt

from congvu.dossiers.rules.slips import APOLOGY, CONTROL, RECEIPT, REFUSAL, STOPPED, SUPPLEMENT, Form, Paper
from congvu.foundation.papers.templates import template_of
from congvu.foundation.papers.word import render_word

_FIELDS = (
    "mau", "soMau", "tenMau", "kho", "thongTu", "tieuDeTrai1", "tieuDeTrai2", "tenDiaDanh", "ngayThangNam",
    "donViTiepNhan", "maHoSo", "tenNguoiNop", "nguoiNopHoSo", "kenhThucHien", "diaChiNguoiNop", "soDienThoaiNguoiNop",
    "emailNguoiNop", "soGiayToNguoiNop", "chuHoSo", "diaChiChuHoSo", "soDienThoaiChuHoSo", "emailChuHoSo",
    "soGiayToChuHoSo", "trichYeuHoSo", "tenTTHC", "maTTHC", "tenDonVi", "soBoHoSo", "thoiHanXuLyHoSo", "thoiGianNop",
    "ngayTiepNhan", "ngayHenTra", "nhanKetQuaTai", "thanhPhanHoSos", "buocs", "nguoiTiepNhan", "nguoiHuongDan",
    "nguoiTuChoi", "lyDo", "thoiGianLap", "ngayHenTraCu", "ngayHenTraMoi", "linkTraCuu", "diaChiTraCuu",
)  # fmt: skip
KNOWN = frozenset(_FIELDS)  # what `fields.slip_fields` makes; a test holds the two equal
_PERSON = (
    "Họ tên chủ hồ sơ: {{ chuHoSo }}. Số giấy tờ: {{ soGiayToChuHoSo }}.",
    "Địa chỉ: {{ diaChiChuHoSo }}.",
    "Số điện thoại: {{ soDienThoaiChuHoSo }}. Email: {{ emailChuHoSo }}.",
    "Nội dung yêu cầu giải quyết: {{ trichYeuHoSo }}.",
)
_PAPERS = "BẢNG GIẤY TỜ"  # a mark of ours: here the table of papers stands
_STEPS = "BẢNG BƯỚC"
_BODY: dict[str, tuple[str, ...]] = {
    RECEIPT: (
        "{{ donViTiepNhan }}:",
        "Tiếp nhận hồ sơ của Ông (Bà): {{ tenNguoiNop }} ({{ kenhThucHien }}).",
        "Địa chỉ: {{ diaChiNguoiNop }}.",
        "Số điện thoại: {{ soDienThoaiNguoiNop }}. Email: {{ emailNguoiNop }}.",
        "Số căn cước/Hộ chiếu: {{ soGiayToNguoiNop }}.",
        "Nội dung yêu cầu giải quyết: {{ trichYeuHoSo }}.",
        "Thủ tục: {{ tenTTHC }} ({{ maTTHC }}). Chủ hồ sơ: {{ chuHoSo }}, {{ diaChiChuHoSo }}.",
        "1. Thành phần hồ sơ, số lượng mỗi loại giấy tờ:", _PAPERS,
        "2. Số lượng hồ sơ: {{ soBoHoSo }} bộ.",
        "3. Thời gian giải quyết hồ sơ theo quy định là: {{ thoiHanXuLyHoSo }}.",
        "4. Thời gian nhận hồ sơ: {{ ngayTiepNhan }}.",
        "5. Thời gian trả kết quả giải quyết hồ sơ: {{ ngayHenTra }}.",
        "6. Đăng ký nhận kết quả tại: {{ nhanKetQuaTai }}.",
        "Tra cứu tình hình giải quyết tại {{ linkTraCuu }}. Vào Sổ theo dõi hồ sơ: Quyển số ……, số thứ tự ……",
    ),
    SUPPLEMENT: (
        "{{ donViTiepNhan }} tiếp nhận hồ sơ/yêu cầu của Ông/Bà:", *_PERSON,
        "Yêu cầu Ông/Bà hoàn thiện hồ sơ gồm những nội dung như sau:", _PAPERS,
        "Lý do: {{ lyDo }}", "Yêu cầu lúc {{ thoiGianLap }}.",
        "Nếu có vướng mắc, Ông/Bà tra cứu tại {{ linkTraCuu }} hoặc liên hệ {{ donViTiepNhan }} để được hướng dẫn./.",
    ),
    REFUSAL: (
        "{{ donViTiepNhan }} tiếp nhận hồ sơ của:", *_PERSON, "Thời gian nộp: {{ thoiGianNop }} ({{ kenhThucHien }}).",
        "Qua xem xét, {{ donViTiepNhan }} thông báo không tiếp nhận, giải quyết hồ sơ này với lý do cụ thể như sau:",
        "{{ lyDo }}", "Xin thông báo cho Ông/Bà được biết và thực hiện./.",
    ),
    APOLOGY: (
        "Kính gửi: {{ chuHoSo }}",
        "Ngày {{ ngayTiepNhan }}, {{ donViTiepNhan }} tiếp nhận hồ sơ của Ông/Bà về: {{ trichYeuHoSo }};"
        " mã hồ sơ {{ maHoSo }}; thời gian hẹn trả kết quả: ngày {{ ngayHenTraCu }}.",
        "Đến nay hồ sơ chưa có kết quả giải quyết. Lý do: {{ lyDo }}",
        "{{ tenDonVi }} xin lỗi Ông/Bà vì sự chậm trễ này và hẹn trả kết quả vào ngày {{ ngayHenTraMoi }}.",
        "Rất mong nhận được sự thông cảm của Ông/Bà./.",
    ),
    STOPPED: (
        "Kính gửi: {{ chuHoSo }}",
        "{{ donViTiepNhan }} đã tiếp nhận hồ sơ mã {{ maHoSo }} của Ông/Bà lúc {{ ngayTiepNhan }}, về: {{ trichYeuHoSo }}.",
        "{{ tenDonVi }} thông báo dừng giải quyết hồ sơ từ {{ thoiGianLap }}. Lý do và căn cứ: {{ lyDo }}",
        "Ông/Bà liên hệ {{ donViTiepNhan }} để được hướng dẫn và nhận lại giấy tờ./.",
    ),
    CONTROL: (
        "Nội dung hồ sơ: {{ trichYeuHoSo }}.", "Người nộp: {{ tenNguoiNop }}. Chủ hồ sơ: {{ chuHoSo }}, {{ diaChiChuHoSo }}.",
        "Cơ quan giải quyết: {{ tenDonVi }}. Ngày nhận: {{ ngayTiepNhan }}.",
        "Thời gian giải quyết theo quy định: {{ thoiHanXuLyHoSo }}. Hẹn trả: {{ ngayHenTra }}. Số lượng: {{ soBoHoSo }} bộ.",
        _STEPS, "Phiếu lập thành 02 bản, đi cùng hồ sơ; mỗi bên giữ 01 bản có giá trị như nhau.",
    ),
}  # fmt: skip
_SIGNS = {
    RECEIPT: (("NGƯỜI NỘP HỒ SƠ", "nguoiNopHoSo"), ("NGƯỜI TIẾP NHẬN HỒ SƠ", "nguoiTiepNhan")),
    SUPPLEMENT: (("", ""), ("NGƯỜI HƯỚNG DẪN", "nguoiHuongDan")),
    REFUSAL: (("NGƯỜI NỘP HỒ SƠ", "nguoiNopHoSo"), ("NGƯỜI TỪ CHỐI", "nguoiTuChoi")),
    APOLOGY: (("", ""), ("THỦ TRƯỞNG CƠ QUAN", "")),
    STOPPED: (("", ""), ("THỦ TRƯỞNG CƠ QUAN", "")),
    CONTROL: (("NGƯỜI GIAO", ""), ("NGƯỜI NHẬN", "")),
}
_PAPER_ROW = ("index", "ten", "soBanChinh", "nhanBanGiay", "soBanSao")
_STEP_ROW = ("coQuan", "ten", "giaoNhan", "chuyen", "ketQua", "ghiChu")


def slip_word(fields: dict[str, Any], form: Form, unit_id: int) -> bytes:
    """A slip as Word, by the template of the unit when it has one. 1 statement."""
    template = template_of(form.slug, unit_id) or default_template(form)
    return render_word(template, fields, qr=fields["diaChiTraCuu"])


@cache
def default_template(form: Form) -> bytes:
    """The programme's own template of a form: a Word file with its fields. No statement."""
    document = Document()
    page = document.sections[0]
    small = form.paper == Paper.A5
    page.page_width, page.page_height = (Mm(148), Mm(210)) if small else (Mm(210), Mm(297))
    page.left_margin, page.right_margin = (Mm(12), Mm(12)) if small else (Mm(30), Mm(18))
    page.top_margin = page.bottom_margin = Mm(12) if small else Mm(20)
    style = document.styles["Normal"]
    style.font.name, style.font.size = "Times New Roman", Pt(9.5 if small else 13)
    style.paragraph_format.space_after = Pt(2)
    _head(document)
    _line(document, "Mẫu số {{ soMau }} ({{ thongTu }})", align=WD_ALIGN_PARAGRAPH.RIGHT)
    _line(document, "{{ tenMau|upper }}", bold=True, align=WD_ALIGN_PARAGRAPH.CENTER)
    for text in _BODY[form.slug]:
        if text == _PAPERS:
            _table(
                document,
                "thanhPhanHoSos",
                ("TT", "Thành phần hồ sơ", "Bản chính", "Bản chứng thực", "Bản photo"),
                _PAPER_ROW,
            )
        elif text == _STEPS:
            _table(
                document,
                "buocs",
                ("Tên cơ quan", "Bước", "Giao, nhận", "Chuyển", "Kết quả", "Ghi chú"),
                _STEP_ROW,
            )
        else:
            _line(document, text)
    _signs(document, _SIGNS[form.slug])
    out = BytesIO()
    document.save(out)
    return out.getvalue()


def _line(place: Any, text: str, *, bold: bool = False, align: Any = None) -> None:
    paragraph = place.add_paragraph()
    paragraph.add_run(text).bold = bold
    if align is not None:
        paragraph.alignment = align


def _head(document: Any) -> None:
    left, right = document.add_table(rows=1, cols=2).rows[0].cells
    centre = WD_ALIGN_PARAGRAPH.CENTER
    for cell, texts in (
        (left, (("{{ tieuDeTrai1|upper }}", False), ("{{ tieuDeTrai2|upper }}", True), ("Mã hồ sơ: {{ maHoSo }}", False))),
        (right, (("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", True), ("Độc lập - Tự do - Hạnh phúc", True),
                 ("{{ tenDiaDanh }}, {{ ngayThangNam }}", False), ("{{ qrTraCuu }}", False))),
    ):  # fmt: skip
        for text, bold in texts:
            _line(cell, text, bold=bold, align=centre)
        cell._element.remove(cell.paragraphs[0]._element)


def _table(document: Any, rows: str, headings: tuple[str, ...], fields: tuple[str, ...]) -> None:
    """A table that repeats its row for each entry of `rows`, the way docxtpl repeats rows."""
    table = document.add_table(rows=4, cols=len(headings))
    table.style = "Table Grid"
    for cell, text in zip(table.rows[0].cells, headings, strict=True):
        cell.paragraphs[0].add_run(text).bold = True
    table.rows[1].cells[0].text = f"{{%tr for dong in {rows} %}}"
    for cell, name in zip(table.rows[2].cells, fields, strict=True):
        cell.text = f"{{{{ dong.{name} }}}}"
    table.rows[3].cells[0].text = "{%tr endfor %}"


def _signs(document: Any, pairs: tuple[tuple[str, str], ...]) -> None:
    cells = document.add_table(rows=1, cols=len(pairs)).rows[0].cells
    for cell, (title, name) in zip(cells, pairs, strict=True):
        if title:
            centre = WD_ALIGN_PARAGRAPH.CENTER
            _line(cell, title, bold=True, align=centre)
            _line(cell, "(Ký, ghi rõ họ tên)", align=centre)
            _line(cell, "", align=centre)
            _line(cell, f"{{{{ {name} }}}}" if name else "", bold=True, align=centre)
