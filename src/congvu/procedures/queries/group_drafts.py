"""What the page that writes a group needs: the drafts, and of each procedure named its papers and results."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from congvu.procedures.models import GroupDraft, Procedure, ProcedureGroup
from congvu.procedures.queries.content import contents
from congvu.procedures.queries.versions import versions_in_force
from congvu.procedures.rules.content import PaperLine
from congvu.procedures.rules.words import VersionState


@dataclass(frozen=True, slots=True)
class GroupChoice:
    """A procedure in force that may be a member: its papers are those of its first case, as the forms ask for them."""

    id: int
    code: str
    name: str
    papers: tuple[PaperLine, ...]
    results: tuple[str, ...]

    @property
    def paper_names(self) -> dict[str, str]:
        return {one.stable_key: one.name for one in self.papers}


def group_choices(codes: Iterable[str], on: date) -> dict[str, GroupChoice]:
    """By code, those of the procedures in force on a day. 3 statements, none for none."""
    ids = dict(Procedure.objects.filter(code__in=list(codes)).values_list("id", "code")) if codes else {}
    versions = versions_in_force(list(ids), on) if ids else {}
    said = contents([one.pk for one in versions.values()]) if versions else {}
    found = {}
    for pk, version in versions.items():
        content = said[version.pk]
        results = tuple(one.name for one in content.results)
        found[ids[pk]] = GroupChoice(pk, ids[pk], content.name, content.cases[0].papers, results)
    return found


def group_drafts() -> list[GroupDraft]:
    """Every draft, by name. 1 statement: there are a few."""
    return list(GroupDraft.objects.order_by("name", "id"))


def group_draft(code: str) -> GroupDraft | None:
    """The draft of a group. 1 statement."""
    return GroupDraft.objects.filter(code=code).first()


def group_versions(code: str) -> list[ProcedureGroup]:
    """Every published version of a group, newest first. 1 statement."""
    return list(
        ProcedureGroup.objects.filter(code=code, state=VersionState.PUBLISHED.value).order_by("-number")
    )
