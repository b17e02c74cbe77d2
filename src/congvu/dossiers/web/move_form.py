"""What an official decides when running dossiers change version: counterparts of steps, the day, papers, the decision."""

from typing import Any

from django.http import QueryDict

from congvu.dossiers.actions.version_plan import Plan, Side, asks_of
from congvu.dossiers.actions.version_rows import MoveDecision
from congvu.dossiers.rules.move_terms import DueChoice, PaperChoice
from congvu.dossiers.rules.moving import counterparts, refuse_unless_one_to_one
from congvu.foundation.refusal import Refused
from congvu.foundation.ui.forms import DayField, PlainForm, TextField


class DecisionForm(PlainForm):
    """The decision that lets the dossiers move."""

    number = TextField(label="Số quyết định", max_length=60, help_text="Ví dụ 88/QĐ-UBND")
    signed_on = DayField(label="Ngày ký")
    about = TextField(label="Trích yếu", max_length=1000)
    due_reason = TextField(
        label="Lý do hẹn muộn hơn",
        max_length=4000,
        required=False,
        help_text="In trong thư xin lỗi và hẹn lại",
    )

    def __init__(self, *args: Any, later: bool = False, **more: Any) -> None:
        super().__init__(*args, **more)
        if not later:
            del self.fields["due_reason"]

    @property
    def decision(self) -> MoveDecision:
        said = self.cleaned_data
        return MoveDecision(said["number"], said["signed_on"], said["about"], said.get("due_reason", ""))


def said_before(data: QueryDict) -> dict[str, str]:
    """The decision typed for the turn before, for the form of the next."""
    return {name: data.get(name, "") for name in DecisionForm.base_fields if name in data}


class UndoForm(PlainForm):
    """Why a move is taken back."""

    why = TextField(label="Lý do hoàn tác", max_length=1000)


def planned(data: QueryDict, before: Side, after: Side) -> Plan:
    """The plan as chosen on the page, sound or not (`fault_of`); what is not chosen is as the rules propose it.

    5 statements the first time the server sees these versions, none after.
    """
    old, new = before.road.graph, after.road.graph
    proposed = counterparts(old, new)
    chosen = {at: _position(data.get(f"buoc-{at}", ""), to) for at, to in proposed.items()}
    asked = frozenset(at for at in new.position.values() if data.get(f"lam-{at}"))
    asks = asks_of(before.version_id, after.version_id) if before.version_id != after.version_id else None
    return Plan(before, after, chosen, asked, _due(data), _papers(data), asks)


def fault_of(plan: Plan) -> Refused | None:
    """Why the counterparts chosen cannot be: a step would be lost. None when they can."""
    try:
        refuse_unless_one_to_one(plan.chosen, plan.before.road.graph, plan.after.road.graph)
    except Refused as refusal:
        return refusal
    return None


def _position(typed: str, proposed: int | None) -> int | None:
    """ "-" says that the step has no counterpart; anything unreadable leaves what the rules propose."""
    if typed == "-":
        return None
    return int(typed) if typed.isascii() and typed.isdigit() and len(typed) < 4 else proposed


def _due(data: QueryDict) -> DueChoice:
    typed = data.get("han", "")
    return DueChoice(typed) if typed in list(DueChoice) else DueChoice.NOT_LATER


def _papers(data: QueryDict) -> PaperChoice:
    typed = data.get("giay", "")
    return PaperChoice(typed) if typed in list(PaperChoice) else PaperChoice.NONE


def kept(plan: Plan) -> dict[str, Any]:
    """The choices as the parameters of an address."""
    graph = plan.before.road.graph
    proposed = counterparts(graph, plan.after.road.graph)
    said: dict[str, Any] = {
        f"buoc-{at}": "-" if to is None else to for at, to in plan.chosen.items() if to != proposed.get(at)
    }
    said |= {f"lam-{at}": 1 for at in sorted(plan.asked)}
    if plan.due is not DueChoice.NOT_LATER:
        said["han"] = plan.due.value
    if plan.papers is not PaperChoice.NONE:
        said["giay"] = plan.papers.value
    return said


def step_choices(plan: Plan, open_at: dict[int, int]) -> list[dict[str, Any]]:
    """Each old step with the counterpart chosen and how many dossiers are at it now."""
    new = plan.after.road.specs
    return [
        {
            "position": at,
            "name": spec.name,
            "here": open_at.get(at, 0),
            "choices": [(to, f"{to}. {one.name}", to == plan.chosen.get(at)) for to, one in new.items()],
            "none": plan.chosen.get(at) is None,
        }
        for at, spec in plan.before.road.specs.items()
    ]


def new_steps(plan: Plan) -> list[dict[str, Any]]:
    """The steps of the new process that stand for none of the old."""
    taken = set(plan.chosen.values())
    specs = plan.after.road.specs
    return [
        {"position": at, "name": spec.name, "asked": at in plan.asked}
        for at, spec in specs.items()
        if at not in taken
    ]


def radio(choices: Any, chosen: Any) -> list[tuple[str, str, bool]]:
    """(value, words, chosen) of an enumeration's members."""
    return [(one.value, one.label, one is chosen) for one in choices]
