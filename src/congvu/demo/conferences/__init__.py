"""Conferences told in files (`*.toml`), by name."""

from pathlib import Path

_HERE = Path(__file__).parent


def names() -> tuple[str, ...]:
    """Those there are, in the order of their names."""
    return tuple(sorted(path.stem for path in _HERE.glob("*.toml")))


def text_of(name: str) -> str:
    """The file of one of `names`."""
    return (_HERE / f"{name}.toml").read_text(encoding="utf-8")
