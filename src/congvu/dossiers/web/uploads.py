"""Files sent with a form. They are stored at once, so that a form sent back with errors still holds them.

Between two sends the form carries a signed ticket (id and name): nobody can name another's file by its number.
"""

from dataclasses import dataclass
from datetime import datetime

from django.core import signing
from django.core.files.uploadedfile import UploadedFile
from django.http import HttpRequest

from congvu.foundation.files.actions import store
from congvu.foundation.identity.actor import Actor
from congvu.foundation.refusal import Refused
from congvu.foundation.text import composed

_SALT = "congvu.dossiers.upload"


@dataclass(frozen=True, slots=True)
class Kept:
    """A stored file as a form carries it."""

    file_id: int
    name: str
    size: int

    @property
    def ticket(self) -> str:
        return signing.dumps([self.file_id, self.name, self.size], salt=_SALT, compress=True)

    @property
    def size_words(self) -> str:
        return (
            f"{self.size / 1e6:.1f} MB".replace(".", ",")
            if self.size >= 100_000
            else f"{max(1, self.size // 1000)} kB"
        )


def is_pdf(name: str) -> bool:
    """By its name: a name that lies about the content is refused when the file is stored."""
    return name.lower().endswith(".pdf")


def not_to_sign(name: str) -> Refused:
    """Of a paper brought for signature that is no PDF: signatures are laid on its pages."""
    return Refused(
        "Văn bản đem ký phải là tệp PDF: chữ ký số đặt trên trang PDF, không đặt được vào tệp Word.",
        where=name,
        do="Trong Word chọn Tệp, Lưu thành, kiểu PDF (LibreOffice: Tệp, Xuất ra PDF) rồi chọn tệp PDF ấy;"
        " hoặc không chọn tệp, ghi «Nội dung trả lời» để hệ thống lập văn bản.",
    )


def read_ticket(ticket: str) -> Kept | None:
    """The file of a ticket; None without one. A forged or broken ticket is refused."""
    if not ticket:
        return None
    try:
        file_id, name, size = signing.loads(ticket, salt=_SALT)
    except (signing.BadSignature, ValueError, TypeError) as wrong:
        raise Refused(
            "Tệp kèm theo biểu mẫu không còn đọc được.", where="tệp", do="Chọn lại tệp rồi gửi lại."
        ) from wrong
    return Kept(int(file_id), str(name), int(size))


def keep(request: HttpRequest, field: str, *, by: Actor, at: datetime, to_sign: bool = False) -> Kept | None:
    """The file of `field`: newly sent (stored now), or carried by `<field>-ve`, or None. 2 statements when new.

    Refuses what `foundation.files` refuses: too big, empty, of an unknown kind, an ending that lies; and `to_sign` what is
    no PDF, before the form carries it along.
    """
    sent = request.FILES.get(field)
    if isinstance(sent, UploadedFile):
        if to_sign and not is_pdf(sent.name or ""):
            raise not_to_sign(composed(sent.name or "tệp"))
        stored = store(sent, by=by, at=at)
        return Kept(stored.pk, composed(sent.name or "tệp")[-255:], stored.size)
    return read_ticket(request.POST.get(f"{field}-ve", ""))
