"""Step drafts, as the actions of old take them, as a process: without `leads_to` anywhere, one after another."""

from collections.abc import Sequence

from congvu.procedures.rules.checks import StepDraft
from congvu.procedures.rules.process.graph import Agency, Branch, Process, Step
from congvu.procedures.rules.words import AgencyKind, TermUnit


def from_drafts(steps: Sequence[StepDraft]) -> Process:
    """The process of checked drafts (`refuse_unless_walkable`)."""
    keys = [step.stable_key or f"buoc-{at}" for at, step in enumerate(steps, start=1)]
    explicit = any(step.leads_to for step in steps)
    made = []
    for at, step in enumerate(steps, start=1):
        onward = step.leads_to if explicit else tuple(range(at + 1, min(at + 1, len(steps)) + 1))
        fixed = step.agency_kind == AgencyKind.FIXED.value
        made.append(
            Step(
                key=keys[at - 1],
                name=step.name,
                agency=Agency(step.agency_kind, step.unit_id if fixed else None, "", step.agency_text),
                role=step.role,
                officer=step.officer_role,
                duty=step.duty,
                term_n=step.term_n,
                term_unit=step.term_unit or TermUnit.NGAY_LAM_VIEC.value,
                branches=(Branch(tuple(keys[to - 1] for to in onward)),) if onward else (),
            )
        )
    return Process(tuple(made))
