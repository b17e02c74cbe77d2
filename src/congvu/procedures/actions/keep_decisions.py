"""Publication decisions met while importing: the source names a number, neither its day nor what it did."""

from collections.abc import Sequence

from congvu.procedures.models import DecisionItem, ProcedureVersion, PublicationDecision
from congvu.procedures.rules.row import decision_number
from congvu.procedures.rules.words import Action


def keep_decisions(named: Sequence[tuple[str, ProcedureVersion]]) -> None:
    """Tie versions to the decisions their rows name, making those not met before. 3 statements."""
    by_number = {decision_number(text)[0][:60] for text, _ in named if text.strip()}
    if not by_number:
        return
    PublicationDecision.objects.bulk_create(
        (PublicationDecision(number=number) for number in sorted(by_number)), ignore_conflicts=True
    )
    ids = dict(
        PublicationDecision.objects.filter(number__in=by_number, issued_on__isnull=True).values_list(
            "number", "id"
        )
    )
    DecisionItem.objects.bulk_create(
        (
            DecisionItem(
                decision_id=ids[decision_number(text)[0][:60]],
                procedure_id=version.procedure_id,
                version=version,
                action=Action.CONG_BO.value,
            )
            for text, version in named
            if text.strip()
        ),
        ignore_conflicts=True,
    )
