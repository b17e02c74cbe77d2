"""The facts as a Parquet file of the home, with a manifest that says how far they go."""

import json
from dataclasses import asdict, dataclass
from datetime import datetime
from hashlib import file_digest
from pathlib import Path

from django.conf import settings

from congvu.foundation.refusal import Refused

MANIFEST = "dossiers.json"


@dataclass(frozen=True, slots=True)
class Manifest:
    """`done`: the last event the facts of the file know; `made_at`: when the file was written, in ISO form."""

    file: str
    done: int
    rows: int
    bytes: int
    sha256: str
    made_at: str

    @property
    def path(self) -> Path:
        return folder() / self.file

    @property
    def moment(self) -> datetime:
        return datetime.fromisoformat(self.made_at)


def folder() -> Path:
    return Path(settings.CONGVU_FACTS)


def manifest() -> Manifest | None:
    """What was exported last; None when nothing was."""
    try:
        return Manifest(**json.loads((folder() / MANIFEST).read_text(encoding="utf-8")))
    except FileNotFoundError:
        return None


def exported() -> Manifest:
    """The same; refuses in words where there is none, or where the file is not the one that was written."""
    found = manifest()
    if found is None or not found.path.is_file():
        raise Refused(
            "Chưa có tệp dữ kiện để đếm hàng loạt.", where="engine", do="Chạy ./congvu facts export."
        )
    if found.path.stat().st_size != found.bytes:
        raise Refused("Tệp dữ kiện bị hỏng.", where="engine", do="Chạy ./congvu facts export.")
    return found


def sound(one: Manifest) -> bool:
    """Whether the file is, byte for byte, what was written. Reads it whole."""
    return one.path.is_file() and sha256_of(one.path) == one.sha256


def sha256_of(path: Path) -> str:
    with path.open("rb") as stream:
        return file_digest(stream, "sha256").hexdigest()


def forget_export() -> None:
    """No file is the newest any more: the next export writes one, even when no event came since."""
    (folder() / MANIFEST).unlink(missing_ok=True)


def write(one: Manifest) -> None:
    """The manifest at once, then files no manifest names are gone."""
    beside = folder() / f".{MANIFEST}"
    beside.write_text(json.dumps(asdict(one), indent=1), encoding="utf-8")
    beside.replace(folder() / MANIFEST)
    for old in folder().glob("dossiers-*.parquet"):
        if old.name != one.file:
            old.unlink(missing_ok=True)
