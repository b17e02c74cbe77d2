"""The communes of 2025 put together in a province with many dossiers: events, then everything that follows the old units.

The sheet is the real one of Lạng Sơn (194 communes into 65) when it lies beside the checkout, else a synthetic one of that
size. A tenth of the dossiers are open, a fiftieth are results that wait; the rest is the past and stays. Floor: the same rows
by hand-written set-based SQL over the same tables (dossiers, steps, reach, event, audit, the row to bring it back by), in one
transaction, rolled back. Ours keeps each share with how far it came, so that it goes on after kill -9.
"""

from __future__ import annotations

import sys
import time
from datetime import date, datetime
from typing import Any

from databases import scratch_database
from harness import ROOT, main, prepare_django, report, wanted

REAL = ROOT.parent / "shared" / "data" / "administrative_units" / "lang_son_old_to_new.csv"
DAY = date(2025, 7, 1)
NUMBER = "1672/NQ-UBTVQH15"
_said = [0.0]
FILL = """
INSERT INTO dossiers_dossier (id, intake_key, code, procedure_id, procedure_version_id, process_id, case_id, field_id, tier,
       receiving_unit_id, competent_unit_id, channel, summary, owner_name, opened_at, received_at, received_on, due_on,
       ended_at, ended_on, returned_at, status, delivery, last_event_at)
  SELECT n, gen_random_uuid(), 'B-' || n, %(procedure)s, %(version)s, %(process)s, %(case)s, %(field)s, 'XA', u, u, 1,
         'Hồ sơ ' || n, 'Nguyễn Văn A', t, t, t::date, t::date + 10,
         CASE WHEN kind > 9 THEN t END, CASE WHEN kind > 9 THEN t::date END, CASE WHEN kind > 11 THEN t END,
         CASE WHEN kind <= 9 THEN 4 WHEN kind <= 11 THEN 9 ELSE 10 END,
         CASE WHEN kind <= 9 THEN 0 WHEN kind <= 11 THEN 1 ELSE 2 END, t
    FROM (SELECT n, n %% 100 AS kind, timestamptz '2024-01-01 08:00+07' + n * interval '40 s' AS t,
                 (%(units)s::bigint[])[1 + (n / 100) %% cardinality(%(units)s::bigint[])] AS u
            FROM generate_series(0, %(dossiers)s - 1) n) made;
INSERT INTO dossiers_reach (unit_id, opened_at, dossier_id)
  SELECT competent_unit_id, opened_at, id FROM dossiers_dossier;
INSERT INTO dossiers_step (dossier_id, position, round, name, unit_id, role, state, opened_at, due_on, note)
  SELECT id, CASE WHEN status = 4 THEN 2 ELSE 5 END, 1, 'Thẩm định', competent_unit_id,
         CASE WHEN status = 4 THEN 'LEAD' ELSE 'RETURN' END, 1, opened_at, CASE WHEN status = 4 THEN due_on END, ''
    FROM dossiers_dossier WHERE status IN (4, 9);
"""
FLOOR = """
CREATE TEMPORARY TABLE going ON COMMIT DROP AS
  SELECT d.id, d.status, d.due_on, d.ended_on, d.opened_at, d.tier, m.old, m.new, d.ended_on IS NULL AS competent
    FROM dossiers_dossier d JOIN unnest(%(old)s::bigint[], %(new)s::bigint[]) AS m (old, new) ON m.old = d.receiving_unit_id
   WHERE d.status IN (4, 9);
ANALYZE going;
UPDATE dossiers_dossier d SET receiving_unit_id = g.new,
       competent_unit_id = CASE WHEN g.competent THEN g.new ELSE d.competent_unit_id END, version = d.version + 1,
       last_event_at = now()
  FROM going g WHERE d.id = g.id;
UPDATE dossiers_step s SET unit_id = g.new FROM going g WHERE s.dossier_id = g.id AND s.state = 1;
INSERT INTO dossiers_reach (unit_id, opened_at, dossier_id) SELECT new, opened_at, id FROM going ON CONFLICT DO NOTHING;
INSERT INTO dossiers_former_unit (dossier_id, unit_id, tier, until) SELECT id, old, tier, now() FROM going WHERE competent;
INSERT INTO dossiers_followed (handover_id, dossier_id, receiving, competent, steps)
  SELECT %(handover)s, id, true, competent, '{}' FROM going;
INSERT INTO dossiers_event (dossier_id, at, verb, status_from, status_to, due_on, ended_on, reason)
  SELECT id, now(), 'go_along', status, status, due_on, ended_on, 'NQ' FROM going;
INSERT INTO audit_auditentry (at, actor_name, verb, object_kind, object_id, why, before, after)
  SELECT now(), 'Hệ thống', 'go_along', 'dossier', id, 'NQ', jsonb_build_object('receiving_unit', old),
         jsonb_build_object('receiving_unit', new)
    FROM going;
"""


def run(*, dossiers: int = 1_000_000) -> dict[str, Any]:
    """Seconds: the events, the handing over, the floor of the handing over."""
    prepare_django()
    with scratch_database("reorganise"):
        from congvu.foundation.clock import LEGAL_ZONE
        from congvu.foundation.identity.actor import SYSTEM
        from congvu.organisation.actions.carry_out import carry_out
        from congvu.organisation.actions.recording import Decision
        from congvu.organisation.actions.rehearse import conserving
        from congvu.organisation.actions.reorganise import communes_before, reorganise
        from congvu.organisation.models import Handover
        from congvu.organisation.rules.lists import read_listing
        from congvu.organisation.rules.reorganisation import DIVIDED, Share, plan

        real = REAL.exists()
        listing = read_listing(REAL.read_bytes() if real else _synthetic(), "bảng")
        communes = _communes(listing.went)
        _fill(dossiers, communes)
        at = datetime(2025, 7, 1, 0, 5, tzinfo=LEGAL_ZONE)
        asked = plan(listing.went, communes_before(DAY))
        answers = {
            one.code: tuple(Share(code, None) for code, _ in one.choices)
            for one in asked.questions
            if one.kind == DIVIDED
        }
        found, before = plan(listing.went, communes_before(DAY), answers), _counts()
        said: dict[str, Any] = {"effective": DAY, "decision": Decision(NUMBER), "by": SYSTEM, "at": at}
        events = _seconds(lambda: conserving(lambda: reorganise(found, **said), DAY))
        floor = _floor()
        ours = _seconds(lambda: carry_out(at=at, told=_told))

        after = _counts()
        if after["dead"] or {**before, "dead": 0} != {**after, "dead": 0}:
            raise RuntimeError(f"not conserved: {before} then {after}")
        handed = Handover.objects.filter(moved_at__isnull=False).count()
    moved = before["open"] + before["waiting"]
    return report(
        "reorganise",
        {
            "unit": "seconds",
            "sheet": "real" if real else "synthetic",
            "communes": len(communes),
            "handed_over": handed,
            "dossiers": dossiers,
            "moved": moved,
            "events_s": round(events, 2),
            "handing_over_s": round(ours, 2),
            "floor_s": round(floor, 2),
            "moved_per_s": round(moved / ours) if ours else None,
        },
        [
            wanted(
                "handing over, over the same rows by hand-written SQL in one transaction",
                ours / floor,
                most=3,
            )
        ],
    )


def _synthetic() -> bytes:
    """194 communes of 11 districts into 65, three at a time."""
    lines = [f"{n},Huyện {n // 18},Xã Số {n},{90000 + n // 3},Xã Mới {n // 3},False" for n in range(194)]
    return "\n".join(["wardCode,district,ward,newWardCode,newWard,isDividedWard", *lines]).encode()


def _communes(went: Any) -> list[int]:
    """A unit for every old commune, under its district."""
    from congvu.organisation.rules.kinds import HUYEN, TINH, XA
    from congvu.organisation.tests.make import a_unit

    root = a_unit("H37", "UBND tỉnh", kind="UBND", tier=TINH)
    districts: dict[str, Any] = {}
    made = []
    for line in {one.old_code: one for one in went}.values():
        if line.district not in districts:
            code = f"H37.D{len(districts) + 1}"
            districts[line.district] = a_unit(code, f"UBND {line.district}", root, "HUYEN", tier=HUYEN)
        above = districts[line.district]
        made.append(a_unit(f"{above.code}.{line.old_code}", f"UBND {line.old_name}", above, "XA", tier=XA).id)
    return made


def _fill(dossiers: int, communes: list[int]) -> None:
    from django.db import connection

    from congvu.dossiers.tests.make import a_process, a_version

    version = a_version()
    process = a_process(version, [
        ("Tiếp nhận", "RECEIVE", "RECEIVER", None, "0.5"), ("Thẩm định", "LEAD", "COMPETENT", None, "2"),
        ("Trả kết quả", "RETURN", "RECEIVER", None, "0.5"),
    ])  # fmt: skip
    case = version.cases.get() if hasattr(version, "cases") else None
    values = {
        "procedure": version.procedure_id, "version": version.pk, "process": process.pk, "case": case.pk if case else None,
        "field": version.procedure.field_id, "units": communes, "dossiers": dossiers,
    }  # fmt: skip
    with connection.cursor() as cursor:
        for text in FILL.strip().split(";\n"):
            cursor.execute(text, values)
        cursor.execute("VACUUM ANALYZE")


def _floor() -> float:
    """The rows by hand, rolled back, and the dead ones swept away."""
    from django.db import connection, transaction

    from congvu.organisation.models import Handover

    going = list(Handover.objects.order_by("id").values_list("id", "from_unit_id", "to_unit_id"))
    values = {"handover": going[0][0], "old": [one[1] for one in going], "new": [one[2] for one in going]}
    with transaction.atomic(), connection.cursor() as cursor:
        took = _seconds(lambda: [cursor.execute(text, values) for text in FLOOR.strip().split(";\n")])
        transaction.set_rollback(True)
    with connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE")
    return took


def _counts() -> dict[str, int]:
    """What must be the same before and after; `dead`: open or waiting work at units that are no more."""
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT count(*), count(*) FILTER (WHERE status = 4), count(*) FILTER (WHERE status = 9),"
            " (SELECT count(*) FROM dossiers_step WHERE state = 1),"
            " count(*) FILTER (WHERE status IN (4, 9) AND receiving_unit_id IN (SELECT from_unit_id FROM organisation_handover))"
            " FROM dossiers_dossier"
        )
        row = cursor.fetchone()
    return dict(zip(("all", "open", "waiting", "steps", "dead"), row, strict=True))


def _seconds(work: Any) -> float:
    started = time.perf_counter()
    work()
    return time.perf_counter() - started


def _told(words: str) -> None:
    if time.monotonic() - _said[0] > 1:
        _said[0] = time.monotonic()
        print(words, file=sys.stderr)


if __name__ == "__main__":
    main(run)
