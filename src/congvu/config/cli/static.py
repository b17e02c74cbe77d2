"""Static files: gathered, hashed and compressed into the home whenever they changed."""

import hashlib
from pathlib import Path

from django.conf import settings
from django.contrib.staticfiles.finders import get_finders
from django.core.management import call_command

STAMP = "gathered.txt"


def gather() -> bool:
    """Gather the static files if any changed since the last time; says whether it did."""
    if is_current():
        return False
    call_command("collectstatic", interactive=False, verbosity=0)
    (Path(settings.STATIC_ROOT) / STAMP).write_text(fingerprint())
    return True


def is_current() -> bool:
    """Whether what was gathered is what the code has."""
    try:
        return (Path(settings.STATIC_ROOT) / STAMP).read_text() == fingerprint()
    except OSError:
        return False


def fingerprint() -> str:
    """A hash over path, size and time of every static file; milliseconds, for it runs at each start."""
    seen = hashlib.sha256()
    for finder in get_finders():
        for name, storage in finder.list([]):
            kept = Path(storage.path(name)).stat()
            seen.update(f"{name}:{kept.st_size}:{kept.st_mtime_ns}\n".encode())
    return seen.hexdigest()
