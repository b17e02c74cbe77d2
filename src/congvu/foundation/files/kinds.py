"""What a file is, by its first bytes and its inside: the name it came with is only checked against it."""

import zipfile
from io import BytesIO
from pathlib import PurePath

from congvu.foundation.refusal import Refused

_MAGIC = (
    (b"%PDF-", "application/pdf"),
    (b"\x89PNG\r\n\x1a\n", "image/png"),
    (b"\xff\xd8\xff", "image/jpeg"),
    (b"II*\x00", "image/tiff"),
    (b"MM\x00*", "image/tiff"),
)
_OFFICE = (
    ("word/document.xml", "application/vnd.openxmlformats-officedocument.wordprocessingml.document"),
    ("xl/workbook.xml", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
)
ENDINGS = {
    "application/pdf": (".pdf",),
    "image/png": (".png",),
    "image/jpeg": (".jpg", ".jpeg"),
    "image/tiff": (".tif", ".tiff"),
    _OFFICE[0][1]: (".docx",),
    _OFFICE[1][1]: (".xlsx",),
}

WORDS = {kind: endings[-1][1:].upper() for kind, endings in ENDINGS.items()}  # as the refusal lists them


def media_type(content: bytes) -> str | None:
    """The media type of the content, or None when it is none of the kinds a dossier may hold."""
    for magic, kind in _MAGIC:
        if content.startswith(magic):
            return kind
    if content.startswith(b"PK\x03\x04"):
        try:
            with zipfile.ZipFile(BytesIO(content)) as archive:
                names = set(archive.namelist())
        except zipfile.BadZipFile:
            return None
        return next((kind for part, kind in _OFFICE if part in names), None)
    return None


def checked_media_type(name: str, content: bytes) -> str:
    """The media type, or a refusal: unknown kind, empty file, or an ending that lies about the content."""
    ending = PurePath(name).suffix.lower()
    if not content:
        raise Refused("Tệp rỗng.", where=name, do="Chọn lại tệp có nội dung.")
    kind = media_type(content)
    if kind is None:
        raise Refused(
            "Không nhận loại tệp này.", where=name, do="Nộp tệp PDF, PNG, JPEG, TIFF, DOCX hoặc XLSX."
        )
    if ending not in ENDINGS[kind]:
        expected = " hoặc ".join(ENDINGS[kind])
        raise Refused(
            f"Tên tệp ghi «{ending or 'không đuôi'}» nhưng nội dung là {WORDS[kind]}.",
            where=name,
            do=f"Đổi đuôi thành {expected}, hoặc chọn đúng tệp.",
        )
    return kind
