"""The tree of a country on any day: 63 provinces, 705 districts and 10,000 communes until June 2025, then 34 provinces and 3,321
communes, with four rooms each; 27,000 units through time.

Floor: one recursive statement written by hand that walks from the roots in the order of the sort key; ours also counts
what is below each unit. Ours is asked as a page asks it: the picture is known to the process and checked by its token, the day
is another one each time. `cold` reads the picture anew, as the first page after a change does.
"""

from __future__ import annotations

from typing import Any

from databases import scratch_database
from harness import in_turns, main, prepare_django, report, seconds, wanted

# ids: old provinces, districts, communes, then the new provinces, communes and their rooms
FILL = """
INSERT INTO organisation_state (id, token, recorded_at) VALUES (1, gen_random_uuid(), '2015-01-01+07') ON CONFLICT DO NOTHING;
CREATE TEMP TABLE place AS
  SELECT n AS id, NULL::int AS parent, 'TINH' AS tier, true AS old FROM generate_series(1, 63) n
  UNION ALL SELECT 100 + n, 1 + n % 63, 'HUYEN', true FROM generate_series(1, 705) n
  UNION ALL SELECT 1000 + n, 101 + n % 705, 'XA', true FROM generate_series(1, {old}) n
  UNION ALL SELECT 20000 + n, NULL, 'TINH', false FROM generate_series(1, 34) n
  UNION ALL SELECT 30000 + n, 20001 + n % 34, 'XA', false FROM generate_series(1, {new}) n
  UNION ALL SELECT 40000 + 4 * n + r, 30000 + n, 'XA', false FROM generate_series(1, {new}) n, generate_series(0, 3) r;
INSERT INTO organisation_unit (id, code, kind, recorded_at)
  SELECT id, 'H99.' || id, 'KHAC', '2015-01-01+07' FROM place;
INSERT INTO organisation_unitversion
  (unit_id, name, name_folded, short_name, parent_id, tier, kind, sort_key, valid_from, valid_to, recorded_at)
  SELECT id, 'Đơn vị ' || id, 'don vi ' || id, '', parent, tier, 'KHAC', lpad(id::text, 6, '0'),
         CASE WHEN old THEN date '2015-01-01' ELSE date '2025-07-01' END, CASE WHEN old THEN date '2025-07-01' END,
         '2015-01-01+07' FROM place;
"""
FLOOR = """
WITH RECURSIVE standing AS MATERIALIZED (
    SELECT v.unit_id, u.code, v.name, v.short_name, v.parent_id, v.tier, v.kind, v.sort_key, v.valid_from, v.valid_to
      FROM organisation_unitversion v JOIN organisation_unit u ON u.id = v.unit_id
     WHERE v.superseded_at IS NULL AND v.valid_from <= %(on)s AND (v.valid_to IS NULL OR v.valid_to > %(on)s)
), walked AS (
    SELECT s.*, 0 AS depth, ARRAY[s.sort_key COLLATE "C", s.unit_id::text] AS way
      FROM standing s WHERE s.parent_id IS NULL OR NOT EXISTS (SELECT FROM standing p WHERE p.unit_id = s.parent_id)
    UNION ALL
    SELECT s.*, w.depth + 1, w.way || ARRAY[s.sort_key COLLATE "C", s.unit_id::text]
      FROM walked w JOIN standing s ON s.parent_id = w.unit_id
)
SELECT unit_id, code, name, short_name, parent_id, tier, kind, depth, valid_from, valid_to FROM walked ORDER BY way
"""


def run(*, rounds: int = 9, old: int = 10_000, new: int = 3_321) -> dict[str, Any]:
    """Seconds, medians of `rounds` turns."""
    prepare_django()
    with scratch_database("tree"):
        from datetime import date

        from django.db import connection

        from congvu.foundation.workdays.days import add_days
        from congvu.organisation.queries import picture, picture_now, tree

        with connection.cursor() as cursor:
            cursor.execute(FILL.replace("{old}", str(old)).replace("{new}", str(new)))
            cursor.execute("ANALYZE")

        def by_hand(on: date) -> list[tuple[Any, ...]]:
            with connection.cursor() as cursor:
                cursor.execute(FLOOR, {"on": on})
                return list(cursor.fetchall())

        then, now = date(2016, 1, 1), date(2026, 1, 1)
        units = {}
        for on in (then, now):
            ours, floor = tree(on), by_hand(on)
            units[on] = len(ours)
            if [(n.unit_id, n.depth) for n in ours] != [(r[0], r[7]) for r in floor]:
                raise RuntimeError("the picture and the statement by hand give different trees")
        another = {on: iter([add_days(on, n) for n in range(1, 300)]) for on in (then, now)}
        times = in_turns(
            {
                "floor_2016": lambda: seconds(lambda: by_hand(then)),
                "tree_2016": lambda: seconds(lambda: tree(next(another[then]))),
                "floor_today": lambda: seconds(lambda: by_hand(now)),
                "tree_today": lambda: seconds(lambda: tree(next(another[now]))),
                "tree_again": lambda: seconds(lambda: picture().tree(now)),
                "cold": lambda: seconds(lambda: picture_now().tree(now)),
            },
            rounds,
        )
    return report(
        "tree",
        {
            "unit": "seconds, median",
            "units_2016": units[then],
            "units_today": units[now],
            **{name: round(value, 4) for name, value in times.items()},
        },
        [
            wanted(
                "tree of a day of the old map, over recursive SQL by hand",
                times["tree_2016"] / times["floor_2016"],
                most=1.5,
            ),
            wanted(
                "tree of today, over recursive SQL by hand",
                times["tree_today"] / times["floor_today"],
                most=1.5,
            ),
            wanted("the picture read anew and its tree, over the same", times["cold"] / times["floor_today"]),
        ],
    )


if __name__ == "__main__":
    main(run)
