"""Sửa mẫu báo cáo: an office keeps its own edition of a template. Reports already begun stay as they are."""

from datetime import datetime

from django.db import transaction
from django.db.models import Max

from congvu.foundation.audit.actions import record
from congvu.foundation.identity.actor import Actor
from congvu.foundation.refusal import Refused
from congvu.organisation.models import Unit
from congvu.organisation.queries import picture
from congvu.reports.access import refuse_unless_writes
from congvu.reports.actions.reckoning import clean, today_of
from congvu.reports.models import ReportTemplate
from congvu.reports.queries.templates import template_of
from congvu.reports.rules.text import read


@transaction.atomic
def keep_template(code: str, unit_id: int, body: str, *, by: Actor, at: datetime) -> ReportTemplate:
    """The next edition of a unit's own template. 5 statements. Refuses a text that is not understood, with its line."""
    refuse_unless_writes(by, unit_id, today_of(at), picture())
    text = clean(body)
    problems = read(text).problems
    if problems:
        raise Refused(f"Dòng {problems[0].line}: {problems[0].what}", where="noi-dung", do=problems[0].do)
    Unit.objects.select_for_update(no_key=True).get(pk=unit_id)  # one edition at a time
    own = ReportTemplate.objects.filter(code=template_of(code).code, unit=unit_id)
    last = own.aggregate(last=Max("edition"))["last"] or 0
    made = ReportTemplate.objects.create(
        code=code, unit_id=unit_id, edition=last + 1, body=text, recorded_at=at, recorded_by=by.name[:200]
    )
    record(
        "reports.keep_template", "report_template", made.pk, by=by, at=at,
        after={"code": code, "unit": unit_id, "edition": made.edition},
    )  # fmt: skip
    return made
