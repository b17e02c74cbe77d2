"""Processes as graphs, out of their rows; and what lint says about one on a day."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.db.models import Q

from congvu.organisation.queries import picture
from congvu.organisation.rules.picture import Picture
from congvu.procedures.models import CaseChannel, ProcessStep, ProcessVersion, StepLink
from congvu.procedures.rules.process.conditions import Condition
from congvu.procedures.rules.process.finding import Finding
from congvu.procedures.rules.process.graph import Agency, Branch, Process, Step
from congvu.procedures.rules.process.lint import lint
from congvu.procedures.rules.process.terms import WORKING, WholeTerm, amount_of, measure_of
from congvu.procedures.rules.words import Archetype, TermUnit, VersionState


@dataclass(frozen=True, slots=True)
class StoredProcess:
    """A process version as a graph. `step_ids`: the row of each key; keys are stable from version to version."""

    id: int
    graph: Process
    step_ids: dict[str, int]


@dataclass(frozen=True, slots=True)
class VersionGraph:
    """A process version with its graph, for a screen."""

    version: ProcessVersion
    graph: Process


def stored_process(process_id: int) -> StoredProcess:
    """The graph of one process version. 3 statements. A published one never changes: keep it as long as you like.

    Refuses nothing: an unknown id gives a process without steps.
    """
    archetype = ProcessVersion.objects.filter(pk=process_id).values_list("archetype", flat=True).first()
    graph, ids = _graphs({process_id: archetype or Archetype.APPROVAL.value})[process_id]
    return StoredProcess(process_id, graph, ids)


def versions_of(procedure_id: int, on: date) -> tuple[VersionGraph | None, VersionGraph | None]:
    """The process in force on a day and the draft, each None when there is none. 3 statements, 1 when neither is."""
    in_force = _in_force(on)
    found = list(
        ProcessVersion.objects.filter(in_force | Q(state=VersionState.DRAFT.value), procedure_id=procedure_id)
        .defer("original")
        .order_by("-number")
    )
    published = next((one for one in found if one.state == VersionState.PUBLISHED.value), None)
    draft = next((one for one in found if one.state == VersionState.DRAFT.value), None)
    graphs = _graphs({one.pk: one.archetype for one in (published, draft) if one is not None})

    def made(one: ProcessVersion | None) -> VersionGraph | None:
        return None if one is None else VersionGraph(one, graphs[one.pk][0])

    return made(published), made(draft)


def graphs_of(versions: Sequence[ProcessVersion]) -> list[VersionGraph]:
    """Process versions already read, with their graphs. 2 statements for any number, none for none."""
    graphs = _graphs({one.pk: one.archetype for one in versions})
    return [VersionGraph(one, graphs[one.pk][0]) for one in versions]


def _in_force(on: date) -> Q:
    return (
        Q(state=VersionState.PUBLISHED.value)
        & (Q(valid_from__isnull=True) | Q(valid_from__lte=on))
        & (Q(valid_to__isnull=True) | Q(valid_to__gt=on))
    )


def _graphs(archetypes: Mapping[int, str]) -> dict[int, tuple[Process, dict[str, int]]]:
    """Graphs with the ids of their steps. 2 statements for any number, none for none."""
    if not archetypes:
        return {}
    rows: dict[int, list[ProcessStep]] = {one: [] for one in archetypes}
    found = ProcessStep.objects.filter(process_version_id__in=archetypes)
    for row in found.select_related("unit", "sub_procedure").order_by("position"):
        rows[row.process_version_id].append(row)
    keys = {row.pk: row.stable_key for held in rows.values() for row in held}
    out: dict[int, list[StepLink]] = {}
    links = StepLink.objects.filter(from_step__process_version_id__in=archetypes)
    for link in links.order_by("from_step", "branch", "to_step__position"):
        out.setdefault(link.from_step_id, []).append(link)
    return {
        one: (
            Process(
                tuple(_step(row, _branches(out.get(row.pk, ()), keys)) for row in rows[one]),
                tuple(row.stable_key for row in rows[one] if row.starts),
                archetype,
            ),
            {row.stable_key: row.pk for row in rows[one]},
        )
        for one, archetype in archetypes.items()
    }


def _step(row: ProcessStep, branches: tuple[Branch, ...]) -> Step:
    code = row.unit.code if row.unit is not None else ""
    return Step(
        key=row.stable_key,
        name=row.name,
        agency=Agency(row.agency_kind, row.unit_id, code, row.agency_text),
        role=row.role,
        officer=row.officer_role,
        duty=row.duty,
        term_n=row.term_n,
        term_unit=row.term_unit or TermUnit.NGAY_LAM_VIEC.value,
        branches=branches,
        join=row.join,
        kind=row.kind,
        sub_procedure=row.sub_procedure.code if row.sub_procedure is not None else "",
        labels=tuple(row.fact_labels.items()),
    )


def _branches(links: Iterable[StepLink], keys: dict[int, str]) -> tuple[Branch, ...]:
    grouped: dict[int, list[StepLink]] = {}
    for link in links:
        grouped.setdefault(link.branch, []).append(link)
    return tuple(
        Branch(
            tuple(keys[link.to_step_id] for link in group if link.to_step_id is not None),
            tuple(Condition(one["fact"], one["operator"], one["value"]) for one in group[0].conditions),
            group[0].back,
            group[0].max_rounds,
        )
        for _, group in sorted(grouped.items())
    )


def process_of_code(code: str, on: date, *, draft: bool = False) -> ProcessVersion | None:
    """The process in force on a day under a procedure's (or an imported process's) code, or its draft. 1 statement."""
    wanted = Q(state=VersionState.DRAFT.value) if draft else _in_force(on)
    return ProcessVersion.objects.filter(wanted, code=code).defer("original").order_by("-number").first()


def whole_term(procedure_id: int, total_hours: Decimal | None, on: date) -> WholeTerm | None:
    """The term the steps must fit into: the longest the procedure promises on a day, or the process's own whole term,
    whichever is shorter; a promise in calendar time only when the process has none of its own. 1 statement."""
    promised = CaseChannel.objects.filter(
        Q(case__version__valid_from__lte=on),
        Q(case__version__valid_to__isnull=True) | Q(case__version__valid_to__gt=on),
        case__version__procedure_id=procedure_id,
        case__version__state=VersionState.PUBLISHED.value,
        term_n__isnull=False,
    ).values_list("term_n", "term_unit")
    terms = [WholeTerm(Decimal(n), unit) for n, unit in promised if n is not None and unit is not None]
    own = [] if total_hours is None else [WholeTerm(total_hours, TermUnit.GIO_LAM_VIEC.value)]
    working = [one for one in terms if measure_of(one.unit) == WORKING]
    if terms and len(working) == len(terms):
        own.append(max(working, key=_amount))
    if own:
        return min(own, key=_amount)
    return max(terms, key=_amount) if terms and len({one.unit for one in terms}) == 1 else None


def findings(
    procedure_id: int,
    process: Process,
    *,
    on: date,
    total_hours: Decimal | None = None,
    known: Picture | None = None,
) -> list[Finding]:
    """What lint says about a process of a procedure that would begin on a day. 2 statements, 1 with `known`."""
    units = {node.unit_id for node in (known or picture()).tree(on)}
    return lint(process, term=whole_term(procedure_id, total_hours, on), units_on_date=units, on=on)


def _amount(term: WholeTerm) -> Decimal:
    return amount_of(term.n, term.unit)
