"""The audit log cannot be changed, and the chain says so when someone manages to."""

import pytest
from django.db import DatabaseError, connection, transaction

from congvu.foundation import clock
from congvu.foundation.audit.actions import record, record_many
from congvu.foundation.audit.chain import seal, verify
from congvu.foundation.audit.models import AuditEntry, AuditSeal
from congvu.foundation.audit.queries import of_object, page
from congvu.foundation.identity.actor import Actor, Held

pytestmark = pytest.mark.django_db
CLERK = Actor(7, "Trần Một Cửa", "tran", "", (Held("clerk", 3),))


def acts(count: int) -> None:
    record_many("receive", "dossier", [(n, None, {"n": n}) for n in range(count)], by=CLERK, at=clock.now())


def tamper(sql: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE audit_auditentry DISABLE TRIGGER USER")
        cursor.execute(sql)
        cursor.execute("ALTER TABLE audit_auditentry ENABLE TRIGGER USER")


def test_an_act_keeps_who_where_what_why() -> None:
    record(
        "publish",
        "version",
        5,
        by=CLERK,
        at=clock.now(),
        why="QĐ 12",
        before={"state": "DRAFT"},
        after={"state": "PUBLISHED"},
    )
    entry = of_object("version", 5)[0]
    assert (entry.actor_name, entry.office_id, entry.verb, entry.why) == (
        "Trần Một Cửa",
        3,
        "publish",
        "QĐ 12",
    )
    assert (entry.before, entry.after) == ({"state": "DRAFT"}, {"state": "PUBLISHED"})


def test_a_sealed_log_verifies() -> None:
    acts(5)
    assert seal(at=clock.now()) == 5
    acts(3)
    assert seal(at=clock.now()) == 3
    assert seal(at=clock.now()) == 0
    verdict = verify()
    assert (verdict.seals, verdict.rows, verdict.unsealed, verdict.problems) == (2, 8, 0, ())
    assert AuditSeal.objects.order_by("id").last().head == verdict.head


@pytest.mark.parametrize("sql", ["UPDATE audit_auditentry SET why = 'x'", "DELETE FROM audit_auditentry"])
def test_rows_cannot_be_changed_or_deleted(sql: str) -> None:
    acts(1)
    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(sql)
    assert AuditEntry.objects.count() == 1


@pytest.mark.parametrize(
    ("sql", "says"),
    [
        ("UPDATE audit_auditentry SET why = 'khác' WHERE object_id = 2", "nội dung đã bị thay đổi"),
        ("DELETE FROM audit_auditentry WHERE object_id = 2", "đã niêm"),
        ("TRUNCATE audit_auditentry", "đã niêm"),
        ("UPDATE audit_auditseal SET head = repeat('a', 64) WHERE rows = 5", "thay đổi"),
    ],
)
def test_tampering_past_the_trigger_is_found(sql: str, says: str) -> None:
    acts(5)
    seal(at=clock.now())
    acts(2)
    seal(at=clock.now())
    tamper(sql)
    assert any(says in problem for problem in verify().problems)


def test_pages_go_back_by_key() -> None:
    acts(7)
    first = page(limit=3)
    assert len(first) == 4
    second = page(limit=3, before_id=first[2].pk)
    assert [entry.object_id for entry in first[:3] + second[:3]] == [6, 5, 4, 3, 2, 1]
    assert page(kind="unit") == []
