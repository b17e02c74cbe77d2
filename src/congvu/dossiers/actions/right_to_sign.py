"""By which right a result is signed: the mandate of the agency that holds the step of signing, or of one above it."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date

from congvu.dossiers.actions.now import DossierNow
from congvu.dossiers.models import Dossier
from congvu.dossiers.rules.signing import Mandate, issuing
from congvu.dossiers.rules.steps import SIGN
from congvu.organisation.rules.picture import Picture


def right_to_sign(
    now: DossierNow, procedure: str, mandates: Mapping[int, Sequence[Mandate]], known: Picture, on: date
) -> tuple[int, Mandate]:
    """The agency that issues the paper and the mandate to sign for it (NĐ 30/2020, art. 13). Refuses without. No statement."""
    unit = whose_step(now)
    agencies = [unit, *(span.unit_id for span in known.ancestors(unit, on))]
    return issuing(agencies, mandates, on, procedure)


def whose_step(now: DossierNow) -> int:
    """The unit of the open step of signing, else of what is open, else the competent one. No statement."""
    running = now.open_steps
    step = next((one for one in running if one.role == SIGN), running[0] if running else None)
    return step.unit_id if step else now.competent_unit_id


def procedure_codes(ids: Iterable[int]) -> dict[int, str]:
    """The code of each dossier's procedure, which a mandate may be limited to. 1 statement."""
    return dict(Dossier.objects.filter(pk__in=list(ids)).values_list("pk", "procedure__code"))
