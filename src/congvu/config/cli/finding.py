"""What a check of `doctor` found."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Finding:
    """One thing looked at: state is ok, warn (good to know) or bad (must be mended)."""

    check: str
    state: str
    what: str
    do: str = ""
