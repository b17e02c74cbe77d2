"""Groups of procedures in force, with what each member asks for. Published groups are frozen, so they are kept."""

from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from django.db.models import Q

from congvu.procedures.models import GroupMember, GroupPaper, ProcedureGroup
from congvu.procedures.queries.content import contents
from congvu.procedures.queries.versions import versions_in_force
from congvu.procedures.rules.content import CaseContent, Content
from congvu.procedures.rules.groups import PaperUse
from congvu.procedures.rules.words import VersionState


@dataclass(frozen=True, slots=True)
class MemberOf:
    """A member as the group has it. `unit_id` None: the agency is chosen at the counter."""

    position: int
    procedure_id: int
    code: str
    name: str
    after: tuple[int, ...]
    unit_id: int | None
    papers: tuple[PaperUse, ...]


@dataclass(frozen=True, slots=True)
class GroupOf:
    """A published group."""

    id: int
    code: str
    name: str
    basis: str
    evidence: str
    decision: str
    decided_on: date
    issuer: str
    valid_from: date
    note: str
    members: tuple[MemberOf, ...]

    def member(self, position: int) -> MemberOf:
        return next(one for one in self.members if one.position == position)


@dataclass(frozen=True, slots=True)
class MemberAsks:
    """A member with its version in force: what the counter must know."""

    member: MemberOf
    version_id: int
    name: str
    handler: str
    case: CaseContent
    tiers: tuple[str, ...] = ()

    def use_of(self, paper_key: str) -> PaperUse | None:
        """How the group meets a paper; None: it is handed in as any other."""
        return next((one for one in self.member.papers if one.paper_key == paper_key), None)


def groups_in_force(on: date) -> list[ProcedureGroup]:
    """Every group in force on a day, by name. 1 statement: a province has a few dozen."""
    return list(ProcedureGroup.objects.filter(_in_force(on)).order_by("name_folded", "id"))


def group_by_code(code: str, on: date) -> GroupOf | None:
    """The group with a code in force on a day. 1 statement, 3 the first time."""
    pk = ProcedureGroup.objects.filter(_in_force(on), code=code).values_list("pk", flat=True).first()
    return None if pk is None else group_of(pk)


def group_sent(code: str, pk: int) -> GroupOf | None:
    """The published group a form was opened with, in force or not; None for a number of another group. 1 statement, 4
    the first time."""
    known = ProcedureGroup.objects.filter(pk=pk, code=code, state=VersionState.PUBLISHED.value)
    return group_of(pk) if known.exists() else None


def still_open(group: GroupOf, on: date) -> bool:
    """Whether a group is in force on a day; its end is the one thing that may still change. 1 statement."""
    return ProcedureGroup.objects.filter(_in_force(on), pk=group.id).exists()


@lru_cache(maxsize=512)
def group_of(group_id: int) -> GroupOf:
    """A published group, whole. 3 statements the first time, none after."""
    group = ProcedureGroup.objects.get(pk=group_id, state=VersionState.PUBLISHED.value)
    rows = GroupMember.objects.filter(group=group).select_related("procedure").order_by("position")
    uses: dict[int, list[PaperUse]] = {}
    for one in GroupPaper.objects.filter(member__group=group).order_by("id"):
        uses.setdefault(one.member_id, []).append(PaperUse(one.paper_key, one.share, one.result_of))
    members = tuple(
        MemberOf(
            row.position, row.procedure_id, row.procedure.code, row.procedure.name, tuple(row.after), row.unit_id,
            tuple(uses.get(row.pk, ())),
        )
        for row in rows
    )  # fmt: skip
    return GroupOf(
        group.pk, group.code, group.name, group.basis, group.evidence, group.decision_number, group.decided_on,
        group.decision_issuer, group.valid_from, group.note, members,
    )  # fmt: skip


def asked_by(group: GroupOf, on: date) -> tuple[MemberAsks, ...]:
    """The members whose procedure is in force on a day, with its first case. 1 statement, 2 the first time a version is
    met: a published one is frozen."""
    versions = versions_in_force([one.procedure_id for one in group.members], on)
    said = contents_of(tuple(sorted(one.pk for one in versions.values())))
    found = []
    for member in group.members:
        version = versions.get(member.procedure_id)
        if version is not None:
            handler = version.handler_text or version.authority_text
            found.append(
                MemberAsks(
                    member, version.pk, version.name, handler, said[version.pk].cases[0], tuple(version.tiers)
                )
            )
    return tuple(found)


@lru_cache(maxsize=512)
def contents_of(version_ids: tuple[int, ...]) -> dict[int, Content]:
    """The contents of published versions. 1 statement the first time, none after."""
    return contents(version_ids)


def _in_force(on: date) -> Q:
    return Q(state=VersionState.PUBLISHED.value, valid_from__lte=on) & (
        Q(valid_to__isnull=True) | Q(valid_to__gt=on)
    )
