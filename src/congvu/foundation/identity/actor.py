"""The actor: who acts, in which office, with which roles. Every action and every predicate is given one."""

from dataclasses import dataclass, field

from congvu.foundation.identity.roles import OFFICIAL_ROLES


@dataclass(frozen=True, slots=True)
class Held:
    """A role held now in a unit, own or lent by a delegation (`for_account` is then the absent officer)."""

    role: str
    unit_id: int | None
    for_account: int | None = None


@dataclass(frozen=True, slots=True)
class Actor:
    """Someone who acts. `account_id` is None for a stranger and for the system itself (`system`)."""

    account_id: int | None = None
    name: str = ""
    username: str = ""
    citizen_number: str = ""
    held: tuple[Held, ...] = field(default=())
    system: bool = False
    must_change_password: bool = (
        False  # a password given by an administrator opens only the page that replaces it
    )
    # the same few questions are asked of one actor many times in a verb
    _answers: dict[tuple[str, ...], tuple[int, ...]] = field(
        default_factory=dict, init=False, repr=False, compare=False
    )

    def has(self, *roles: str) -> bool:
        """Whether any of `roles` is held, in any unit."""
        for one in self.held:  # noqa: SIM110 asked ten times a verb; a generator takes three times as long
            if one.role in roles:
                return True
        return False

    def units(self, *roles: str) -> tuple[int, ...]:
        """The units in which any of `roles` is held (all roles when none is named), in grant order."""
        known = self._answers.get(roles)
        if known is None:
            found = (
                one.unit_id
                for one in self.held
                if one.unit_id is not None and (not roles or one.role in roles)
            )
            known = self._answers[roles] = tuple(dict.fromkeys(found))
        return known

    @property
    def office_id(self) -> int | None:
        """The unit written beside every act: the first unit in which an office is held."""
        units = self.units(*OFFICIAL_ROLES)
        return units[0] if units else None

    @property
    def is_official(self) -> bool:
        return self.has(*OFFICIAL_ROLES)

    @property
    def is_stranger(self) -> bool:
        return self.account_id is None and not self.system


STRANGER = Actor()
SYSTEM = Actor(name="Hệ thống", username="he-thong", system=True)
