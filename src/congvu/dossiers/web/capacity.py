"""As whom the reader would sign a dossier: known, and refused, before anything is signed."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from congvu.dossiers.actions.now import DossierNow
from congvu.dossiers.actions.right_to_sign import procedure_codes, right_to_sign, whose_step
from congvu.dossiers.queries.mandates import mandates_of
from congvu.dossiers.rules.signing import Mandate, lines
from congvu.foundation.identity.actor import Actor
from congvu.foundation.refusal import Refused
from congvu.foundation.signatures.ring import key_ring
from congvu.foundation.ui import formats
from congvu.organisation.rules.picture import Picture


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


def capacities(
    actor: Actor, states: Mapping[int, DossierNow], known: Picture, on: date
) -> dict[int, Capacity | Refused]:
    """As whom `actor` would sign each dossier, or why not. 2 statements for any number."""
    mandates, ring = mandates_of(actor), key_ring()
    found: dict[int, Capacity | Refused] = {}
    for pk, procedure in procedure_codes(states).items():
        now = states[pk]
        try:
            ring.refuse_without_key(actor.username)
            agency, mandate = right_to_sign(now, procedure, mandates, known, on)
        except Refused as why:
            found[pk] = why
            continue
        whose = whose_step(now)
        above = "" if whose == agency else known.name(whose, on)
        found[pk] = _told(mandate, known.name(agency, on), ring.has_seal(agency), above)
    return found


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


__all__ = ["Capacity", "capacities"]
