"""What versions say, whole."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from congvu.foundation.sql import statement
from congvu.procedures.rules.content import (
    BasisLine,
    CaseContent,
    ChannelLine,
    Content,
    FeeLine,
    PaperLine,
    ResultLine,
)


def contents(version_ids: Iterable[int], *, with_source: bool = False) -> dict[int, Content]:
    """The content of each version by id; `with_source` brings the imported row too. 1 statement."""
    found = statement("congvu.procedures.bulk", "content").rows(
        {"versions": list(version_ids), "with_source": with_source}
    )
    return {int(version): content_of(said) for version, said in found}


def content_of(said: dict[str, Any]) -> Content:
    """A content from its JSON form."""
    plain = {
        key: value
        for key, value in said.items()
        if key not in ("cases", "results", "bases", "tiers", "subjects")
    }
    return Content(
        **plain,
        tiers=tuple(said["tiers"]),
        subjects=tuple(said["subjects"]),
        cases=tuple(_case(one) for one in said["cases"]),
        results=tuple(ResultLine(**one) for one in said["results"]),
        bases=tuple(_basis(one) for one in said["bases"]),
    )


def _case(said: dict[str, Any]) -> CaseContent:
    channels = tuple(
        ChannelLine(**{**one, "fees": tuple(FeeLine(**fee) for fee in one["fees"])})
        for one in said["channels"]
    )
    papers = tuple(PaperLine(**one) for one in said["papers"])
    return CaseContent(said["stable_key"], said["name"], channels, papers, said["id"])


def _basis(said: dict[str, Any]) -> BasisLine:
    issued = said["issued_on"]
    return BasisLine(
        said["number"], said["title"], date.fromisoformat(issued) if issued else None, said["by"]
    )
