"""Files are known by their content."""

import io
import zipfile
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from congvu.foundation import clock
from congvu.foundation.files.actions import files_folder, store
from congvu.foundation.files.kinds import media_type
from congvu.foundation.files.models import StoredFile
from congvu.foundation.identity.actor import SYSTEM
from congvu.foundation.refusal import Refused

pytestmark = pytest.mark.django_db
PDF = b"%PDF-1.7\n1 0 obj\n<<>>\nendobj\n%%EOF\n"


@pytest.fixture(autouse=True)
def folder(settings, tmp_path: Path) -> Path:  # type: ignore[no-untyped-def]
    settings.STORAGES = {**settings.STORAGES, "default": {"BACKEND": "x", "OPTIONS": {"location": tmp_path}}}
    return tmp_path


def keep(name: str, content: bytes) -> StoredFile:
    return store(SimpleUploadedFile(name, content), by=SYSTEM, at=clock.now())


def docx() -> bytes:
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w") as archive:
        archive.writestr("word/document.xml", "<w/>")
    return held.getvalue()


def test_a_file_is_kept_once_per_content() -> None:
    first, again = keep("đơn.pdf", PDF), keep("bản khác.PDF", PDF)
    assert first.pk == again.pk
    assert (files_folder() / first.path).read_bytes() == PDF
    assert first.media_type == "application/pdf"


@pytest.mark.parametrize(
    ("name", "content", "says"),
    [
        ("đơn.pdf", b"", "rỗng"),
        ("ảnh.png", PDF, "nội dung là PDF"),
        ("đơn.pdf", b"MZ\x90\x00" * 10, "Không nhận loại tệp này"),
        ("trang.pdf", b"<html><script>alert(1)</script>", "Không nhận loại tệp này"),
        ("nén.docx", b"PK\x03\x04 broken", "Không nhận loại tệp này"),
        ("khôngđuôi", PDF, "không đuôi"),
    ],
)
def test_a_file_that_lies_is_refused_in_words(name: str, content: bytes, says: str, folder: Path) -> None:
    with pytest.raises(Refused) as refusal:
        keep(name, content)
    assert says in refusal.value.what
    assert not list(folder.iterdir())


def test_a_file_over_the_limit_is_refused_before_it_is_read(settings) -> None:  # type: ignore[no-untyped-def]
    settings.CONGVU_UPLOAD_LIMIT = 1024 * 1024
    with pytest.raises(Refused, match="quá 1 MB"):
        keep("to.pdf", PDF + b"x" * 2_000_000)


def test_office_files_are_told_by_their_inside() -> None:
    assert media_type(docx()).endswith("wordprocessingml.document")  # type: ignore[union-attr]
