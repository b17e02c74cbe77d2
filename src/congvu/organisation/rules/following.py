"""What follows a unit that ends: each area above says what of its own sits in a unit, and carries it to the successor.

The areas are listed in `config/wiring.py` (setting FOLLOWERS_OF_UNITS), since this one may not know them.
"""

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Protocol, runtime_checkable

from congvu.foundation.identity.actor import Actor
from congvu.organisation.rules.picture import Picture

GOES, COUNTED, STAYS = "goes", "counted", "stays"


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of thing that sits in a unit. `way`: it GOES (nothing may be left behind), it is COUNTED (another rule carries
    it, what is left waits for a decision) or it STAYS as it was. `why` says so where it does not simply go."""

    code: str
    name: str
    counted: str
    way: str = GOES
    why: str = ""
    ends: str = ""


@dataclass(frozen=True, slots=True)
class Going:
    """One handing over: from a unit to the one that takes over, from a day on. `undoes`: the one this takes back."""

    handover_id: int
    event_id: int
    from_id: int
    to_id: int
    day: date
    decision: str
    undoes: int | None = None
    chosen: tuple[str, ...] | None = None


@dataclass(frozen=True, slots=True)
class Choice:
    """Something of a unit that may go to another while the unit goes on: a code of the area's own, its words, how many."""

    code: str
    words: str
    count: int


@dataclass(frozen=True, slots=True)
class Parcel:
    """What a decision gives of one unit to another, by the codes chosen."""

    from_id: int
    to_id: int
    chosen: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Example:
    """One thing of a unit, for the eye; its address is for those who hold one of `roles`. `bare`: worth showing without."""

    unit_id: int
    kind: str
    label: str
    url: str = ""
    roles: tuple[str, ...] = ()
    bare: bool = True


@dataclass(frozen=True, slots=True)
class Share:
    """What one call moved, by kind; `cursor` goes into the next call, None when nothing is left to look at. `whole`: the
    numbers are all that ever went, not what this call added."""

    moved: Mapping[str, int] = field(default_factory=dict)
    cursor: str | None = None
    whole: bool = False


class Follower(Protocol):
    """An area's part. `count` and `examples` look at the units as of the eve of `day`, moved already or not."""

    @property
    def kinds(self) -> Sequence[Kind]: ...

    def count(self, unit_ids: Sequence[int], day: date, known: Picture) -> Mapping[tuple[int, str], int]: ...

    def examples(self, unit_ids: Sequence[int], day: date, limit: int) -> Iterable[Example]: ...

    def left(self, unit_ids: Sequence[int], day: date) -> Mapping[tuple[int, str], int]:
        """What still sits in units that ended on `day`, of the kinds that go."""
        ...

    def total(self, day: date, known: Picture) -> Mapping[str, int]:
        """How many there are in the whole province on a day: no event may change that."""
        ...

    def move(self, going: Going, cursor: str, *, by: Actor, at: datetime) -> Share: ...


@runtime_checkable
class Choosing(Follower, Protocol):
    """An area of which a part may go from a unit that goes on. `move` is told what was chosen."""

    def choices(self, unit_id: int) -> Sequence[Choice]:
        """What may be chosen of a unit now."""
        ...

    def words(self, chosen: Collection[str]) -> Sequence[str]: ...

    def held(self, unit_id: int, chosen: Collection[str]) -> Mapping[str, int]:
        """How much of what was chosen sits in the unit now, by kind."""
        ...


@dataclass(frozen=True, slots=True)
class Held:
    """How many of one kind a unit holds, where they go (None: nobody was named), and some of them."""

    unit_id: int
    kind: Kind
    count: int
    to_id: int | None
    examples: tuple[Example, ...] = ()

    @property
    def asked(self) -> bool:
        """Whether a decision must still say who takes these over."""
        return self.kind.way == GOES and self.to_id is None and not self.kind.ends


@dataclass(frozen=True, slots=True)
class Totals:
    """The totals of the province before and after an event, by the name of the kind."""

    rows: tuple[tuple[str, int, int], ...] = ()

    @property
    def differing(self) -> tuple[tuple[str, int, int], ...]:
        return tuple(row for row in self.rows if row[1] != row[2])


def totals(names: Mapping[str, str], before: Mapping[str, int], after: Mapping[str, int]) -> Totals:
    """Both sides by kind, in the order of `names`."""
    return Totals(
        tuple(
            (name, before.get(code, 0), after.get(code, 0)) for code, name in names.items() if code in before
        )
    )


Told = Callable[[str], None]
