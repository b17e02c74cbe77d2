"""The secret of a key while a set waits to be signed: sealed in a file of the home, opened with a key kept elsewhere.

Neither half is worth anything alone: a copy of the database opens nothing, a copy of the home is a sealed file. The
halves meet only in the process that signs, and for an hour at most.
"""

import binascii
from contextlib import suppress
from datetime import datetime
from pathlib import Path

from cryptography.fernet import Fernet, InvalidToken

from congvu.foundation.signatures.authority import write_secret

LASTS = 3600  # seconds: 500 papers take about a minute, a slow time stamper ten
_FOLDER = "waiting"


def seal(folder: Path, name: str, secret: str, at: datetime) -> str:
    """Keep `secret` sealed under `name` (ours, never typed); the answer opens it. No statement."""
    key = Fernet.generate_key()
    write_secret(folder / _FOLDER / name, Fernet(key).encrypt_at_time(secret.encode(), int(at.timestamp())))
    return key.decode()


def unseal(folder: Path, name: str, key: str, at: datetime) -> str | None:
    """The secret kept under `name`; None when it is gone, older than an hour, or sealed with another key."""
    try:
        sealed = (folder / _FOLDER / name).read_bytes()
        return Fernet(key).decrypt_at_time(sealed, LASTS, int(at.timestamp())).decode()
    except (OSError, InvalidToken, ValueError, binascii.Error):
        return None


def forget(folder: Path, name: str) -> None:
    """Drop what is sealed under `name`, if anything."""
    with suppress(FileNotFoundError):
        (folder / _FOLDER / name).unlink()
