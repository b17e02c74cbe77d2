"""What the flood writes is what the actions would have written, table by table, row by row."""

from collections import Counter
from typing import Any

import pytest
from django.db import connection, transaction

from congvu.demo.aftermath import aftermath
from congvu.demo.bareload import bare
from congvu.demo.due_book import DueBook
from congvu.demo.flood import _Numbers
from congvu.demo.ink import TABLES, Ink, enter_fees
from congvu.demo.living import live
from congvu.demo.plans import Plan, Temper
from congvu.demo.tests.make import a_province, some_plans
from congvu.foundation.workdays.queries import calendar_now, current_version
from congvu.organisation.queries import picture

pytestmark = pytest.mark.django_db
LIVELY = Temper(
    refused=0.1, late=0.3, supplement=0.2, withdrawn=0.1, stopped=0.08, extended=0.6, pay_pause=0.4,
    rework=0.4, opinion=0.5, paid_first=0.5, waived=0.2,
)  # fmt: skip
COMPARED = (*TABLES, "dossiers_fee")
_ROWS = {
    "dossiers_dossier": "SELECT d.intake_key, to_jsonb(t) - 'id' FROM {t} t JOIN dossiers_dossier d ON d.id = t.id",
    "audit_auditentry": (
        "SELECT d.intake_key, to_jsonb(t) - 'id' - 'object_id' - 'recorded_at' FROM {t} t"
        " JOIN dossiers_dossier d ON t.object_kind = 'dossier' AND d.id = t.object_id"
    ),
}
_OTHER = (
    "SELECT d.intake_key, to_jsonb(t) - 'id' - 'dossier_id' - 'recorded_at' FROM {t} t"
    " JOIN dossiers_dossier d ON d.id = t.dossier_id"
)


def _rows(table: str) -> list[tuple[str, str]]:
    with connection.cursor() as cursor:
        cursor.execute(_ROWS.get(table, _OTHER).format(t=table))
        return sorted((str(key), str(sorted(dict(_loaded(row)).items()))) for key, row in cursor.fetchall())


def _loaded(row: Any) -> dict[str, Any]:
    import json

    return json.loads(row) if isinstance(row, str) else row


def _series() -> dict[str, int]:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT key, last FROM numbering_series WHERE key LIKE 'dossier:%' OR key LIKE 'receipt:%'"
        )
        return dict(cursor.fetchall())


def _lived(plans: list[Plan]) -> dict[str, Any]:
    """The tables after living the plans; taken back again."""
    with transaction.atomic():
        live(plans)
        found: dict[str, Any] = {table: _rows(table) for table in COMPARED}
        found["series"] = _series()
        transaction.set_rollback(True)
    return found


def _poured(plans: list[Plan]) -> dict[str, Any]:
    known = picture()
    spans = [known.at(unit, plans[0].acts[0].at.date()) for unit in known.unit_ids]
    standing = [span for span in spans if span is not None]
    ink = Ink({span.unit_id: span.tier for span in standing})
    numbers = _Numbers({span.unit_id: span.code for span in standing})
    book, version = DueBook(calendar_now()), current_version()
    lefts = [aftermath(plan, book, version) for plan in plans]
    with bare(TABLES):
        for left in sorted(lefts, key=lambda one: one.received_at or one.opened_at):
            ink.write(
                left,
                numbers.next(left.plan.service.receiving, left.received_at) if left.received_at else None,
            )
        ink.flush()
        numbers.keep()
    enter_fees()
    return {**{table: _rows(table) for table in COMPARED}, "series": _series()}


def test_the_flood_writes_what_the_actions_would_have_written():
    plans = some_plans(*a_province(), 240, LIVELY)
    verbs = Counter(act.verb for plan in plans for act in plan.acts)
    assert len(verbs) == 19, f"every verb must occur to be compared: {verbs}"
    lived, poured = _lived(plans), _poured(plans)
    assert len(lived["dossiers_dossier"]) == len(plans)
    for table, rows in lived.items():
        assert poured[table] == rows, table


def test_keys_and_indexes_are_back_after_loading_without_them():
    def definitions() -> list[Any]:
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT conname, pg_get_constraintdef(oid), convalidated FROM pg_constraint"
                " WHERE conrelid = ANY(%s::regclass[]) ORDER BY 1",
                [list(TABLES)],
            )
            keys = cursor.fetchall()
            cursor.execute(
                "SELECT indexname, indexdef FROM pg_indexes WHERE tablename = ANY(%s) ORDER BY 1",
                [list(TABLES)],
            )
            return [*keys, *cursor.fetchall()]

    before = definitions()
    with bare(TABLES):
        assert len(definitions()) < len(before) - 10
    assert definitions() == before
