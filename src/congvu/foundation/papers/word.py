"""Word papers from a template with fields in double braces. A template is an office's file: it may show fields, repeat
rows and test them, and nothing else (the environment is sandboxed); what people typed is escaped."""

import zipfile
from collections.abc import Iterable, Mapping
from io import BytesIO
from typing import Any

import segno
from docx.opc.exceptions import PackageNotFoundError
from docx.shared import Mm
from docxtpl import DocxTemplate, InlineImage
from jinja2 import TemplateError
from jinja2.sandbox import SandboxedEnvironment

from congvu.foundation.papers.pdf import printable
from congvu.foundation.refusal import Refused

DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
MOST = 2 * 1024 * 1024  # bytes of a template
MOST_UNPACKED = 40 * 1024 * 1024
QR_FIELD = "qrTraCuu"


def render_word(template: bytes, fields: Mapping[str, Any], *, qr: str = "") -> bytes:
    """The paper: `template` with `fields` put in; `qr` is the address of the square code of the field `qrTraCuu`.

    Refuses a template that cannot be read or filled. No statement.
    """
    document = _opened(template)
    values = dict(printable(fields))
    values[QR_FIELD] = _square(document, qr) if qr else ""
    try:
        document.render(values, jinja_env=_environment(), autoescape=True)
    except (TemplateError, ValueError, TypeError, KeyError, ArithmeticError) as wrong:
        raise Refused(
            f"Mẫu Word không điền được: {wrong}", do="Quản trị viên tải mẫu mặc định về, sửa lại rồi tải lên."
        ) from wrong
    out = BytesIO()
    document.save(out)
    return out.getvalue()


def unknown_fields(template: bytes, known: Iterable[str]) -> list[str]:
    """The fields a template names that no paper of its kind has, in order. Refuses what is no template. No statement."""
    if len(template) > MOST:
        raise Refused(f"Mẫu lớn hơn {MOST >> 20} MB.", where="tep", do="Bỏ bớt hình trong mẫu.")
    document = _opened(template)
    try:
        named: set[str] = document.get_undeclared_template_variables(jinja_env=_environment())
    except TemplateError as wrong:
        raise Refused(
            f"Mẫu viết sai cú pháp: {wrong}",
            where="tep",
            do="Xem lại các dấu ngoặc {{ }} và {% %} trong mẫu.",
        ) from wrong
    return sorted(named - {*known, QR_FIELD})


def _opened(template: bytes) -> DocxTemplate:
    try:
        with zipfile.ZipFile(BytesIO(template)) as archive:
            if sum(one.file_size for one in archive.infolist()) > MOST_UNPACKED:
                raise Refused("Mẫu Word quá lớn khi mở ra.", where="tep", do="Lưu lại bằng Word rồi tải lên.")
        document = DocxTemplate(BytesIO(template))
        document.init_docx()
    except (zipfile.BadZipFile, PackageNotFoundError, KeyError, ValueError) as wrong:
        raise Refused(
            "Tệp không phải văn bản Word (.docx).", where="tep", do="Lưu lại thành .docx."
        ) from wrong
    return document


def _environment() -> SandboxedEnvironment:
    return SandboxedEnvironment(autoescape=True)


def _square(document: DocxTemplate, address: str) -> InlineImage:
    drawn = BytesIO()
    segno.make(address, error="m").save(drawn, kind="png", scale=5, border=2)
    drawn.seek(0)
    return InlineImage(document, drawn, width=Mm(22))
