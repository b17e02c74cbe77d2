"""Which Word template a unit prints by: its own, else the province's, else the one that comes with the programme."""

from collections import Counter
from collections.abc import Collection, Iterable, Sequence
from datetime import datetime

from django.core.files.base import ContentFile
from django.db import transaction
from django.db.models import Q

from congvu.foundation.audit.actions import record
from congvu.foundation.files.actions import read_stored, store
from congvu.foundation.identity.actor import Actor
from congvu.foundation.identity.roles import ADMIN
from congvu.foundation.papers.models import PaperTemplate
from congvu.foundation.papers.word import unknown_fields
from congvu.foundation.refusal import Refused


def template_of(kind: str, unit_id: int) -> bytes | None:
    """The office's template of a kind of paper, None when the programme's own counts. 1 statement."""
    rows = (
        PaperTemplate.objects.filter(Q(unit_id=unit_id) | Q(unit_id=None), kind=kind)
        .select_related("file")
        .order_by("-id")[:50]
    )
    newest: dict[int | None, PaperTemplate] = {}
    for row in rows:
        newest.setdefault(row.unit_id, row)
    for one in (newest.get(unit_id), newest.get(None)):
        if one is not None and one.file is not None:
            return read_stored(one.file)
    return None


def templates_in_use(kinds: Sequence[str]) -> list[PaperTemplate]:
    """The newest template of each kind and unit, of those put in place and not taken back. 1 statement."""
    rows = (
        PaperTemplate.objects.filter(kind__in=kinds)
        .order_by("kind", "unit_id", "-id")
        .distinct("kind", "unit_id")
    )
    return [row for row in rows if row.file_id is not None]


def own_templates(unit_ids: Collection[int]) -> dict[int, int]:
    """How many templates of its own each unit prints by; units without one are left out. 1 statement."""
    rows = PaperTemplate.objects.filter(unit_id__in=list(unit_ids)).order_by("kind", "unit_id", "-id")
    used = [row.unit_id for row in rows.distinct("kind", "unit_id") if row.file_id is not None]
    return dict(Counter(unit for unit in used if unit is not None))


def put_template(
    kind: str,
    unit_id: int | None,
    name: str,
    content: bytes,
    known: Iterable[str],
    *,
    by: Actor,
    at: datetime,
) -> list[str]:
    """Put an office's template in place; answers the fields it names that stay empty. 4 statements.

    Refuses: who is no administrator, no Word file, too big, wrong syntax.
    """
    _only_admin(by)
    unknown = unknown_fields(content, known)
    with transaction.atomic():
        kept = store(ContentFile(content, name), by=by, at=at)
        made = PaperTemplate.objects.create(
            kind=kind, unit_id=unit_id, file=kept, file_name=name[-255:], added_at=at, added_by=by.account_id
        )
        after = {"kind": kind, "unit": unit_id, "file": kept.sha256, "unknown": unknown}
        record("put_template", "papertemplate", made.pk, by=by, at=at, after=after)
    return unknown


def take_back(kind: str, unit_id: int | None, *, by: Actor, at: datetime) -> None:
    """Print by the programme's own template again. The office's stays on record. 2 statements."""
    _only_admin(by)
    with transaction.atomic():
        made = PaperTemplate.objects.create(kind=kind, unit_id=unit_id, added_at=at, added_by=by.account_id)
        record(
            "take_back_template",
            "papertemplate",
            made.pk,
            by=by,
            at=at,
            after={"kind": kind, "unit": unit_id},
        )


def _only_admin(by: Actor) -> None:
    if not (by.system or by.has(ADMIN)):
        raise Refused("Chỉ quản trị viên đổi mẫu phiếu.", do="Đề nghị quản trị viên của đơn vị.")
