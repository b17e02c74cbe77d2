"""The condition that a row was believed: now, or at a moment of the past."""

from datetime import datetime


def believed(alias: str, known_at: datetime | None) -> str:
    """SQL over the row called `alias`. As known at a moment it asks for the parameter `known`."""
    if known_at is None:
        return f"{alias}.superseded_at IS NULL"
    return (
        f"({alias}.recorded_at <= %(known)s::timestamptz"
        f" AND ({alias}.superseded_at IS NULL OR {alias}.superseded_at > %(known)s::timestamptz))"
    )
