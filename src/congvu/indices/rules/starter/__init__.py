"""Sets a province begins with, in the form an office would type them. Each is drafted with its citation and evidence, and
approved by the province's own decision: nothing here scores anybody by itself."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Starter:
    """A set to begin with. `table`: rows as `rules.sets.read_table` takes them."""

    code: str
    name: str
    audience: str
    measure: str
    whole: str
    step: str
    bands: str
    citation: str
    evidence: str
    table: str
