"""The two statements that write a verb, for a set and for one dossier: the same rows, and never a whole table read."""

from collections.abc import Callable
from typing import Any

import pytest
from django.db import IntegrityError, connection, transaction

from congvu.dossiers.actions.complete_step import complete_step
from congvu.dossiers.actions.finish import finish
from congvu.dossiers.actions.hand_over import hand_over
from congvu.dossiers.actions.intake import PaperIn
from congvu.dossiers.actions.outcome import Outcome
from congvu.dossiers.actions.receive import receive
from congvu.dossiers.actions.request_supplement import request_supplement
from congvu.dossiers.actions.resume import resume
from congvu.dossiers.actions.return_result import return_result
from congvu.dossiers.actions.withdraw import withdraw
from congvu.dossiers.tests.make import Place, a_place, a_version, at

Verb = Callable[[list[int]], Outcome]
_OWN = {"id", "dossier_id", "code", "intake_key", "recorded_at", "object_id"}  # what no two dossiers share


def verbs(place: Place) -> list[Verb]:
    """From reception to the result, with a pause on the way."""
    clerk, specialist, police = place.clerk, place.specialist, place.police_officer
    return [
        lambda ids: hand_over(ids, "Chuyển Sở", by=clerk, at=at("2026-11-02 10:00")),
        lambda ids: request_supplement(ids, "Thiếu CCCD", by=specialist, at=at("2026-11-03 08:00")),
        lambda ids: resume(ids, by=specialist, at=at("2026-11-04 08:00")),
        lambda ids: complete_step(ids, "Đủ", by=specialist, at=at("2026-11-05 09:00")),
        lambda ids: complete_step(ids, facts={"dien_tich": "80"}, by=police, at=at("2026-11-06 09:00")),
        lambda ids: finish(ids, by=place.chairman, at=at("2026-11-09 09:00")),
        lambda ids: return_result(ids, by=clerk, at=at("2026-11-10 09:00")),
    ]


def rows(table: str, key: str, one: int) -> list[dict[str, Any]]:
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT * FROM {table} WHERE {key} = %s", [one])  # noqa: S608 our own names
        names = [column.name for column in cursor.description]
        found = [
            {name: value for name, value in zip(names, row, strict=True) if name not in _OWN}
            for row in cursor.fetchall()
        ]
    return sorted(found, key=str)  # a set may write the rows of one dossier in another order


def everything(one: int) -> dict[str, list[dict[str, Any]]]:
    beside = ("step", "event", "pause", "paper", "reach", "fee")
    kept = {name: rows(f"dossiers_{name}", "dossier_id", one) for name in beside}
    kept["dossier"] = rows("dossiers_dossier", "id", one)
    kept["audit"] = [  # the audit of a reception names the code
        {**row, "after": {**row["after"], "code": None} if isinstance(row["after"], dict) else row["after"]}
        for row in rows("audit_auditentry", "object_id", one)
        if row["verb"] != "receive"
    ]
    return kept


@pytest.mark.django_db
def test_a_dossier_written_alone_gets_the_rows_it_gets_in_a_set() -> None:
    place = a_place()
    alone, *together = (place.received("2026-11-02 09:00").id for _ in range(3))
    for verb in verbs(place):
        assert not verb([alone]).refused
        assert not verb(together).refused
    assert everything(alone) == everything(together[0]) == everything(together[1])


@pytest.mark.django_db
def test_a_dossier_received_alone_gets_the_rows_it_gets_in_a_set() -> None:
    place = a_place()
    costly = a_version("1.000077", name="Thủ tục có phí", fee=50_000)
    papers = (PaperIn("Đơn đề nghị", originals=1), PaperIn("Bản sao CCCD", certified=2))
    intakes = [place.intake(version_id=costly.pk, papers=papers, copies=2) for _ in range(3)]
    alone, *together = (
        one.id
        for some in (intakes[:1], intakes[1:])
        for one in receive(some, by=place.clerk, at=at("2026-11-02 09:00"))
    )
    assert everything(alone) == everything(together[0]) == everything(together[1])
    assert [len(everything(alone)[name]) for name in ("paper", "fee", "reach")] == [2, 1, 2]


@pytest.mark.django_db
def test_a_withdrawal_writes_the_same_alone_and_in_a_set() -> None:
    place = a_place()
    ids = [place.received("2026-11-02 09:00").id for _ in range(3)]
    hand_over(ids, by=place.clerk, at=at("2026-11-02 10:00"))
    for some in (ids[:1], ids[1:]):
        withdraw(some, "Đơn xin rút", by=place.clerk, at=at("2026-11-03 10:00"))
    assert everything(ids[0]) == everything(ids[1])


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("size", [1, 3])
def test_statements_planned_on_empty_tables_read_only_the_dossiers_named(size: int) -> None:
    connection.close()  # another connection plans anew
    place = a_place()
    first = receive([place.intake()], by=place.clerk, at=at("2026-11-02 08:00"))[0].id
    spare = receive([place.intake() for _ in range(size)], by=place.clerk, at=at("2026-11-02 08:00"))
    for verb in verbs(place):
        verb([first] if size == 1 else [one.id for one in spare])
    made = receive([place.intake() for _ in range(120)], by=place.clerk, at=at("2026-11-02 09:00"))
    chosen = [one.id for one in made[:size]]
    with transaction.atomic():
        for verb in verbs(place):
            before = touched()
            assert not verb(chosen).refused
            after = touched()
            most = {table: after[table] - before[table] for table in after}
            assert max(most.values()) <= 40, most


def touched() -> dict[str, int]:
    """Rows and index entries read so far in this transaction, by table."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT relname, coalesce(seq_tup_read, 0) + coalesce(idx_tup_fetch, 0) FROM pg_stat_xact_user_tables"
            " WHERE relname LIKE 'dossiers%'"
        )
        return dict(cursor.fetchall())


@pytest.mark.django_db
@pytest.mark.parametrize(
    "wrong",
    ["status = 0", "status = 11", "received_at = NULL", "received_on = NULL", "ended_at = now()", "ended_on = '2026-11-03'",
     "received_at = NULL, received_on = NULL"],
)  # fmt: skip
def test_the_database_refuses_a_dossier_that_contradicts_itself(wrong: str) -> None:
    one = a_place().received("2026-11-02 09:00").id
    with connection.cursor() as cursor, pytest.raises(IntegrityError, match="dossier_holds"):
        cursor.execute(f"UPDATE dossiers_dossier SET {wrong} WHERE id = %s", [one])  # noqa: S608 our own words
