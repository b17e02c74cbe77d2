"""What a version says, as one value: read from a source row, edited in a draft, compared, corrected, stored.

`id` is the row's own number once stored (0 before); it says nothing and takes no part in comparing.
"""

import json
from dataclasses import asdict, dataclass, field
from datetime import date
from hashlib import sha256
from typing import Any

from congvu.procedures.rules.words import FeeKind, ServiceLevel


@dataclass(frozen=True, slots=True)
class FeeLine:
    """`amount` in đồng: 0 free, None when only the text says."""

    amount: int | None = None
    kind: str = FeeKind.CHUNG.value
    per_text: str = ""
    text: str = ""


@dataclass(frozen=True, slots=True)
class ChannelLine:
    """A way of handing in; `term_n` and `term_unit` are both given or both None."""

    channel: int
    term_n: int | None = None
    term_unit: str | None = None
    term_text: str = ""
    note: str = ""
    fees: tuple[FeeLine, ...] = ()
    id: int = field(default=0, compare=False)


@dataclass(frozen=True, slots=True)
class PaperLine:
    name: str
    stable_key: str = ""
    group_name: str = ""
    originals: int = 1
    copies: int = 0
    required: bool = True
    form_code: str = ""
    id: int = field(default=0, compare=False)


@dataclass(frozen=True, slots=True)
class CaseContent:
    """One case. The only case of a simple procedure is called "Trường hợp chung"."""

    stable_key: str = "chung"
    name: str = "Trường hợp chung"
    channels: tuple[ChannelLine, ...] = ()
    papers: tuple[PaperLine, ...] = ()
    id: int = field(default=0, compare=False)


@dataclass(frozen=True, slots=True)
class ResultLine:
    name: str
    stable_key: str = ""
    code: str = ""


@dataclass(frozen=True, slots=True)
class BasisLine:
    number: str = ""
    title: str = ""
    issued_on: date | None = None
    by: str = ""


@dataclass(frozen=True, slots=True)
class Content:
    """The whole of a version, without its number, state and period."""

    name: str
    tiers: tuple[str, ...] = ()
    level_of_service: str = ServiceLevel.CHUA_RO.value
    authority_text: str = ""
    handler_text: str = ""
    cooperating_text: str = ""
    place_text: str = ""
    sequence_text: str = ""
    conditions_text: str = ""
    subjects: tuple[str, ...] = ()
    decision_text: str = ""
    source_url: str = ""
    cases: tuple[CaseContent, ...] = (CaseContent(),)
    results: tuple[ResultLine, ...] = ()
    bases: tuple[BasisLine, ...] = ()
    source: dict[str, Any] | None = field(default=None, compare=False)
    source_sha256: str = field(default="", compare=False)


def digest(content: Content) -> str:
    """SHA-256 over everything a version says (the source row left out): equal digests, equal versions."""
    said = _without(asdict(content), ("id", "source", "source_sha256"))
    return sha256(json.dumps(said, ensure_ascii=False, sort_keys=True, default=str).encode()).hexdigest()


def _without(value: Any, keys: tuple[str, ...]) -> Any:
    if isinstance(value, dict):
        return {key: _without(one, keys) for key, one in value.items() if key not in keys}
    return [_without(one, keys) for one in value] if isinstance(value, list | tuple) else value
