"""A kept file as the answer to a request."""

from pathlib import Path
from urllib.parse import quote

from django.http import FileResponse
from django.utils.text import get_valid_filename

from congvu.foundation.files.actions import files_folder
from congvu.foundation.files.models import StoredFile
from congvu.foundation.refusal import Refused
from congvu.foundation.text import fold

_SHOWN = ("application/pdf", "image/png", "image/jpeg")  # what a browser may show; all else is downloaded
_SANDBOX = "default-src 'none'; img-src 'self'; object-src 'self'; style-src 'unsafe-inline'; sandbox"


class NotOnDisk(Refused):
    status = 404


def file_response(stored: StoredFile, name: str) -> FileResponse:
    """The bytes with headers that keep a hostile paper harmless: its own kind, no sniffing, no scripts, no cache."""
    path = Path(files_folder()) / stored.path
    if not path.is_file():
        raise NotOnDisk(
            "Tệp không còn trên máy chủ.", where=name, do="Báo bộ phận kỹ thuật phục hồi từ bản sao lưu."
        )
    shown = stored.media_type in _SHOWN
    response = FileResponse(path.open("rb"), content_type=stored.media_type)
    plain = get_valid_filename(fold(Path(name).stem).replace(" ", "-") or "tep") + Path(name).suffix.lower()
    response["Content-Disposition"] = (
        f"{'inline' if shown else 'attachment'}; filename=\"{plain}\"; filename*=UTF-8''{quote(name)}"
    )
    response["Content-Security-Policy"] = _SANDBOX
    response["X-Content-Type-Options"] = "nosniff"
    response["Cache-Control"] = "private, no-store"
    return response
