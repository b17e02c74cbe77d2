"""The ledger of every unit on a day: a province that went from 10,000 communes to 3,321, twelve years of decisions.

Floor: one recursive statement written by hand that follows each unit to the one it was merged into and adds up its
lines; it knows no shares, no corrections, no second time. Ours also gives the base year, on the same map.
"""

from __future__ import annotations

from typing import Any

from databases import scratch_database
from harness import in_turns, main, prepare_django, report, seconds, wanted

FILL = """
INSERT INTO organisation_state (id, token, recorded_at) VALUES (1, gen_random_uuid(), '2015-01-01+07') ON CONFLICT DO NOTHING;
INSERT INTO organisation_unit (id, code, kind, recorded_at)
  SELECT n, 'H99.' || n, 'XA', '2015-01-01+07' FROM generate_series(1, {old} + {new}) n;
INSERT INTO organisation_unitversion
  (unit_id, name, name_folded, short_name, parent_id, tier, kind, sort_key, valid_from, valid_to, recorded_at)
  SELECT n, 'Xã ' || n, 'xa ' || n, '', NULL, 'XA', 'XA', lpad(n::text, 6, '0'),
         CASE WHEN n > {old} THEN date '2025-07-01' ELSE date '2015-01-01' END,
         CASE WHEN n > {old} THEN NULL ELSE date '2025-07-01' END, '2015-01-01+07'
    FROM generate_series(1, {old} + {new}) n;
INSERT INTO organisation_unitevent
  (id, kind, decision_number, decided_by, effective, note, recorded_at, recorded_by)
  SELECT n, 'HOP_NHAT', 'NQ ' || n, '', '2025-07-01', '', '2025-06-01+07', 'đo' FROM generate_series(1, {new}) n;
INSERT INTO organisation_uniteventpart (event_id, unit_id, side, share_numerator, share_denominator)
  SELECT 1 + (n - 1) % {new}, n, 'FROM', 1, 1 FROM generate_series(1, {old}) n
  UNION ALL SELECT n, {old} + n, 'TO', NULL, NULL FROM generate_series(1, {new}) n;
INSERT INTO staffing_quotadecision
  (id, number, signed_on, issuer, effective, title, state, note, drafted_at, drafted_by, issued_by)
  SELECT y, y || '/QĐ', make_date(y, 1, 1), 'UBND', make_date(y, 1, 1), '', 'DRAFT', '', '2015-01-01+07', 'đo', ''
    FROM generate_series(2015, 2026) y;
INSERT INTO staffing_quotaline (decision_id, place, kind, unit_id, pool, delta, note)
  SELECT y, 3 * n + p, CASE WHEN y = 2015 THEN 'GIAO' ELSE 'CAT_GIAM' END, n, (ARRAY['cong_chuc', 'vien_chuc_nsnn', 'cap_xa'])[p],
         CASE WHEN y = 2015 THEN 30 + n % 7 ELSE -1 END, ''
    FROM generate_series(2015, 2026) y, generate_series(1, 3) p,
         LATERAL (SELECT n FROM generate_series(1, {old} + {new}) n WHERE (n > {old}) = (y = 2026)) units;
UPDATE staffing_quotadecision SET state = 'ISSUED', issued_at = signed_on + time '08:00';
"""
FLOOR = """
WITH RECURSIVE flow AS (
    SELECT s.unit_id AS source, t.unit_id AS target
      FROM organisation_unitevent e
      JOIN organisation_uniteventpart s ON s.event_id = e.id AND s.side = 'FROM'
      JOIN organisation_uniteventpart t ON t.event_id = e.id AND t.side = 'TO'
     WHERE e.effective <= %(on)s
), stands(unit, at) AS (
    SELECT id, id FROM organisation_unit
    UNION ALL
    SELECT stands.unit, flow.target FROM stands JOIN flow ON flow.source = stands.at
), last AS (
    SELECT unit, at FROM stands s WHERE NOT EXISTS (SELECT FROM flow WHERE flow.source = s.at)
)
SELECT last.at, l.pool, sum(l.delta)
  FROM staffing_quotaline l
  JOIN staffing_quotadecision d ON d.id = l.decision_id AND d.state = 'ISSUED' AND d.effective <= %(on)s
  JOIN last ON last.unit = l.unit_id
 GROUP BY 1, 2
"""


def run(*, rounds: int = 15, old: int = 10_000, new: int = 3_321) -> dict[str, Any]:
    """Seconds, medians of `rounds` turns; `lines` a year and pool for each unit."""
    prepare_django()
    with scratch_database("ledger"):
        from datetime import date

        from django.db import connection

        from congvu.organisation.queries import picture
        from congvu.staffing.queries.ledger import balances

        with connection.cursor() as cursor:
            cursor.execute(FILL.replace("{old}", str(old)).replace("{new}", str(new)))
            cursor.execute("ANALYZE")
            cursor.execute("SELECT count(*) FROM staffing_quotaline")
            lines = cursor.fetchone()[0]
        on, base = date(2026, 11, 20), date(2015, 12, 31)
        known = picture()

        def by_hand() -> list[tuple[Any, ...]]:
            with connection.cursor() as cursor:
                cursor.execute(FLOOR, {"on": on})
                return list(cursor.fetchall())

        ours = balances([on], known)[0].posts
        floor = {(unit, pool): int(posts) for unit, pool, posts in by_hand() if posts}
        if ours != floor:
            raise RuntimeError("the fold and the statement by hand give different balances")
        times = in_turns(
            {
                "floor": lambda: seconds(by_hand),
                "balance": lambda: seconds(lambda: balances([on], known)),
                "balance_and_base": lambda: seconds(lambda: balances([base, on], known, map_on=on)),
                "with_the_organisation": lambda: seconds(lambda: balances([on], picture())),
            },
            rounds,
        )
    ratio = times["with_the_organisation"] / times["floor"]
    return report(
        "ledger",
        {
            "unit": "seconds, median",
            "lines": lines,
            "balances": len(ours),
            **{k: round(v, 4) for k, v in times.items()},
        },
        [wanted("balance of every unit on a day, over recursive SQL by hand", ratio, most=1.5)],
    )


if __name__ == "__main__":
    main(run)
