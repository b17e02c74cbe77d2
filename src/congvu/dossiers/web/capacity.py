"""As whom the reader would sign a dossier: known, and refused, before anything is signed."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Protocol

from congvu.dossiers.actions.now import DossierNow
from congvu.dossiers.models import Dossier
from congvu.dossiers.queries.mandates import mandates_of
from congvu.dossiers.rules.signing import Mandate, chosen, lines
from congvu.dossiers.rules.steps import OPEN, SIGN
from congvu.foundation.identity.actor import Actor
from congvu.foundation.refusal import Refused
from congvu.foundation.signatures.ring import key_ring
from congvu.foundation.ui import formats
from congvu.organisation.rules.picture import Picture


class SomeStep(Protocol):
    @property
    def state(self) -> int: ...
    @property
    def role(self) -> str: ...
    @property
    def unit_id(self) -> int: ...


@dataclass(frozen=True, slots=True)
class Capacity:
    """The block of the signature, the agency whose paper and seal it is, and by what right."""

    lines: tuple[str, ...]
    agency: str
    words: str
    article: str
    basis: str
    until: date | None
    limited: str
    sealed: bool
    instead_of: str = ""  # the agency whose step it is, when the paper goes out in the name of one above it

    @property
    def short(self) -> str:
        """For a line of a set: "KT. GIÁM ĐỐC, PHÓ GIÁM ĐỐC; Sở Nội vụ"."""
        return f"{', '.join(self.lines)}; {self.agency}"


def right_to_sign(
    mandates: Mapping[int, Sequence[Mandate]],
    steps: Iterable[SomeStep],
    competent: int,
    procedure: str,
    known: Picture,
    on: date,
) -> tuple[int, Mandate]:
    """The agency that issues the paper and the right to sign for it: the step's own, or one above it. Refuses without."""
    unit = _whose_step(steps, competent)
    agencies = [unit, *(span.unit_id for span in known.ancestors(unit, on))]
    agency = next((one for one in agencies if one in mandates), unit)
    return agency, chosen(mandates.get(agency, ()), on, procedure)


def capacities(
    actor: Actor, states: Mapping[int, DossierNow], known: Picture, on: date
) -> dict[int, Capacity | Refused]:
    """As whom `actor` would sign each dossier, or why not. 2 statements for any number."""
    mandates, ring = mandates_of(actor), key_ring()
    rows = Dossier.objects.filter(pk__in=states).values_list("pk", "procedure__code")
    found: dict[int, Capacity | Refused] = {}
    for pk, procedure in rows:
        now = states[pk]
        try:
            ring.refuse_without_key(actor.username)
            agency, mandate = right_to_sign(mandates, now.steps, now.competent_unit_id, procedure, known, on)
        except Refused as why:
            found[pk] = why
            continue
        whose = _whose_step(now.steps, now.competent_unit_id)
        above = "" if whose == agency else known.name(whose, on)
        found[pk] = _told(mandate, known.name(agency, on), ring.has_seal(agency), above)
    return found


def _whose_step(steps: Iterable[SomeStep], competent: int) -> int:
    """The unit of the open step of signing, else of what is open, else the competent one."""
    running = [step for step in steps if step.state == OPEN]
    step = next((one for one in running if one.role == SIGN), running[0] if running else None)
    return step.unit_id if step else competent


def _told(mandate: Mandate, agency: str, sealed: bool, above: str) -> Capacity:
    some = sorted(mandate.procedures)
    limited = ", ".join(some[:3]) + (
        f" và {formats.number(len(some) - 3)} thủ tục khác" if len(some) > 3 else ""
    )
    return Capacity(
        lines(mandate),
        agency,
        mandate.form.words,
        mandate.form.article,
        mandate.basis,
        mandate.valid_to,
        limited,
        sealed,
        above,
    )


__all__ = ["Capacity", "capacities", "right_to_sign"]
