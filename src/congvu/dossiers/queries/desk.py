"""What a counter needs at hand: a version ready to receive, today's numbers, drafts, who usually decides."""

from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from django.db.models import Q

from congvu.dossiers.models import IntakeDraft
from congvu.dossiers.queries.compose import BULK, filled
from congvu.foundation.identity.models import Account
from congvu.foundation.refusal import Refused
from congvu.foundation.sql import statement
from congvu.foundation.ui import formats
from congvu.procedures.models import ProcedureVersion
from congvu.procedures.queries.content import contents
from congvu.procedures.rules.content import CaseContent, ChannelLine
from congvu.procedures.rules.words import Nature

MOST_COUNTED = 1000


@dataclass(frozen=True, slots=True)
class Offered:
    """A published version ready to receive."""

    version_id: int
    procedure_id: int
    field_id: int
    code: str
    name: str
    field: str
    handler: str
    cases: tuple[CaseContent, ...]
    notifies: bool = False  # a procedure of notification: it tells of an event

    def case(self, case_id: int | None) -> CaseContent:
        """The case chosen, or the first. Refuses one of another procedure."""
        if case_id is None:
            return self.cases[0]
        for one in self.cases:
            if one.id == case_id:
                return one
        raise Refused("Trường hợp không thuộc thủ tục này.", where="case", do="Chọn lại trường hợp.")


@lru_cache(maxsize=1024)
def offered(version_id: int) -> Offered:
    """A published version. 2 statements the first time, none after: published versions are frozen."""
    version = (
        ProcedureVersion.objects.select_related("procedure__field")
        .defer("original")
        .filter(pk=version_id, state="PUBLISHED")
        .first()
    )
    if version is None:
        raise Refused("Thủ tục chưa được công bố.", where="version", do="Chọn thủ tục đang công khai.")
    said = contents([version_id])[version_id]
    procedure = version.procedure
    return Offered(
        version.pk,
        procedure.pk,
        procedure.field_id,
        procedure.code,
        version.name,
        procedure.field.name,
        version.handler_text or version.authority_text,
        said.cases,
        procedure.nature == Nature.THONG_BAO.value,
    )


def version_by_code(code: str, on: date) -> int | None:
    """The version of a procedure in force on a day, by the procedure's code; None when there is none. 1 statement."""
    in_force = ProcedureVersion.objects.filter(procedure__code=code, state="PUBLISHED", valid_from__lte=on)
    still = in_force.filter(Q(valid_to__isnull=True) | Q(valid_to__gt=on))
    return still.values_list("pk", flat=True).first()


def way_of(case: CaseContent, channel: int) -> ChannelLine | None:
    """The line of a channel; one the version does not name has the promise of the counter."""
    lines = {line.channel: line for line in case.channels}
    return next((lines[way] for way in (channel, 1, 2, 3) if way in lines), None)


def account_of(number: str) -> int | None:
    """The account of the citizen with this ID number, so that it can be followed online. 1 statement.

    None without a number, without an account, or when more than one claims the number.
    """
    if not number:
        return None
    found = list(
        Account.objects.filter(citizen_number=number, is_active=True).values_list("pk", flat=True)[:2]
    )
    return found[0] if len(found) == 1 else None


@dataclass(frozen=True, slots=True)
class Today:
    """Numbers over the counter's door, each counted to 1,001."""

    received: int
    online: int
    ready: int

    @property
    def words(self) -> tuple[str, str, str]:
        """Received, online, ready, as they are shown."""
        received, online, ready = (
            "hơn 1.000" if n > MOST_COUNTED else formats.number(n)
            for n in (self.received, self.online, self.ready)
        )
        return received, online, ready


def desk_numbers(units: tuple[int, ...], on: date) -> Today:
    """Received today, waiting online, ready to give back, each at most 1,001. 1 statement."""
    if not units:
        return Today(0, 0, 0)
    rows = statement(BULK, "desk_numbers").rows({"units": list(units), "on": on})
    return Today(*(int(one) for one in rows[0]))


def usual_decider(procedure_id: int, field_id: int, receiving: int) -> int | None:
    """The unit that decided the latest dossier of the procedure received here, else of its field. 1 statement.

    Among the newest 300 received here; None when none of the field is among them.
    """
    found = filled("usual_decider", unit=f"{int(receiving)}::bigint")
    rows = found.rows({"procedure": procedure_id, "field": field_id})
    return int(rows[0][0]) if rows else None


def usual_deciders(procedure_ids: list[int], receiving: int) -> dict[int, int]:
    """The same for several procedures at once, by procedure; without a look at their fields. 1 statement, none for none."""
    if not procedure_ids:
        return {}
    found = filled("usual_deciders", unit=f"{int(receiving)}::bigint")
    return {int(row[0]): int(row[1]) for row in found.rows({"procedures": procedure_ids})}


def drafts_of(account_id: int, limit: int = 20) -> list[IntakeDraft]:
    """The reader's drafts, newest first, without what was typed. 1 statement."""
    return list(
        IntakeDraft.objects.filter(account_id=account_id)
        .defer("fields", "files")
        .order_by("-kept_at")[:limit]
    )


def draft_of(account_id: int, pk: int) -> IntakeDraft:
    """One draft of the reader. Refuses another's. 1 statement."""
    found = IntakeDraft.objects.filter(account_id=account_id, pk=pk).first()
    if found is None:
        raise Refused("Bản nháp không còn, hoặc của người khác.", where="nháp", do="Mở lại trang tiếp nhận.")
    return found
