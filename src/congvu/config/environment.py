"""Typed readers of the environment; a wrong value stops the start and says which."""

import contextlib
import os
import secrets
from collections.abc import Mapping
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, unquote, urlsplit

from congvu.config.postgres.layout import PORT, make_home, places


class BadSetting(SystemExit):
    """A setting that cannot be used; the message names it."""

    def __init__(self, name: str, why: str) -> None:
        super().__init__(f"congvu: {name}: {why}")


def env_text(name: str, *, default: str) -> str:
    return os.environ.get(name, default)


def env_bool(name: str, *, default: bool) -> bool:
    text = os.environ.get(name, "").strip().lower()
    if text in ("", "0", "1", "false", "true", "no", "yes"):
        return default if text == "" else text in ("1", "true", "yes")
    raise BadSetting(name, f"{text!r} is neither 1 nor 0")


def env_list(name: str, *, default: list[str]) -> list[str]:
    text = os.environ.get(name, "").strip()
    return [part.strip() for part in text.split(",") if part.strip()] if text else default


def env_number(name: str, *, default: int) -> int:
    text = os.environ.get(name, "").strip()
    if text and not (text.isascii() and text.isdigit() and len(text) < 10):
        raise BadSetting(name, f"{text!r} is not a number")
    return int(text) if text else default


def env_choice(name: str, known: tuple[str, ...], *, default: str, own: bool = False) -> str:
    """One of `known`; with `own` also the address of a class, "package.module:Name"."""
    text = os.environ.get(name, "").strip()
    if text and text not in known and not (own and ":" in text):
        raise BadSetting(name, f"{text!r} is none of {', '.join(known)}")
    return text or default


BASE_DIR = Path(__file__).resolve().parents[3]


def work_home() -> Path:
    """Where the embedded server and the files live: CONGVU_HOME, or `.congvu/` in the checkout."""
    chosen = os.environ.get("CONGVU_HOME")
    return Path(chosen).expanduser().resolve() if chosen else BASE_DIR / ".congvu"


def secret_key_from(home: Path) -> str:
    """CONGVU_SECRET_KEY, or a random key made once and kept (0600) in the home."""
    given = os.environ.get("CONGVU_SECRET_KEY")
    if given:
        return given
    kept = home / "secret_key"
    if not kept.exists():
        make_home(home)
        fresh = home / f"secret_key.{os.getpid()}"
        with os.fdopen(os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as out:
            out.write(secrets.token_urlsafe(50))
        with contextlib.suppress(FileExistsError):  # another process of the same home was first
            os.link(fresh, kept)
        fresh.unlink()
    return kept.read_text()


def database_from(environ: Mapping[str, str], home: Path) -> dict[str, Any]:
    """Django's database settings from DATABASE_URL, else the embedded server's socket in the home."""
    url = environ.get("DATABASE_URL")
    options: dict[str, Any] = {
        # The ORM's statements carry their values and are never prepared; foundation.sql prepares its hot ones by name,
        # and for those one plan a connection is enough.
        "prepare_threshold": 1_000_000,
        "server_side_binding": False,
        "options": "-c plan_cache_mode=force_generic_plan",
    }
    base: dict[str, Any] = {
        "ENGINE": "django.db.backends.postgresql",
        "CONN_MAX_AGE": None,
        "CONN_HEALTH_CHECKS": True,
        "OPTIONS": options,
    }
    if not url:
        return {**base, "NAME": "congvu", "USER": "congvu", "HOST": str(places(home).run), "PORT": str(PORT)}
    parts = urlsplit(url)
    if parts.scheme not in ("postgres", "postgresql"):
        raise BadSetting("DATABASE_URL", "must begin with postgresql://")
    try:
        port = parts.port
    except ValueError:
        raise BadSetting("DATABASE_URL", "the port is not a number") from None
    query = dict(parse_qsl(parts.query))
    host = query.pop("host", None) or parts.hostname or ""
    options.update(query)
    return {
        **base,
        "NAME": parts.path.lstrip("/") or "congvu",
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": host,
        "PORT": str(port or ""),
    }
