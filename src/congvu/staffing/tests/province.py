"""The whole country's communes with nine people each, written by INSERT … SELECT: what lists and tables cost at that size.

Each commune was made of two on 1/7/2025; its people, posts, functions, rooms' equipment and papers are there.
"""

from typing import Any

from django.db import connection

from congvu.demo.bareload import bare

COMMUNES, EACH = 3_321, 9
_BARE = (
    "organisation_unitversion", "organisation_unitfunctionversion", "organisation_onestopfacility",
    "organisation_qualitysystem", "people_person", "people_personversion", "people_appointment", "people_salarystep",
)  # fmt: skip
_UNITS = """
INSERT INTO organisation_unit (code, kind, recorded_at)
SELECT code, 'XA', '2015-01-01+07' FROM generate_series(%(first)s, %(last)s) n,
       LATERAL (VALUES ('H98.X' || n), ('H98.O' || n), ('H98.P' || n)) units(code)
;
INSERT INTO organisation_unitversion
  (unit_id, name, name_folded, short_name, parent_id, tier, kind, sort_key, valid_from, valid_to, recorded_at)
SELECT u.id, 'UBND xã ' || substr(code, 5), 'ubnd xa ' || lower(substr(code, 5)), '', %(province)s, 'XA', 'XA', code,
       CASE WHEN substr(code, 5, 1) = 'X' THEN date '2025-07-01' ELSE date '2015-01-01' END,
       CASE WHEN substr(code, 5, 1) <> 'X' THEN date '2025-07-01' END, '2015-01-01+07'
  FROM organisation_unit u JOIN made USING (code)
;
INSERT INTO organisation_unitevent (kind, decision_number, decided_by, effective, note, recorded_at, recorded_by)
SELECT 'HOP_NHAT', 'NQ ' || n, '', '2025-07-01', '', '2025-06-20+07', 'nhập' FROM generate_series(%(first)s, %(last)s) n
;
INSERT INTO organisation_uniteventpart (event_id, unit_id, side, share_numerator, share_denominator)
SELECT e.id, u.id, CASE WHEN part = 'X' THEN 'TO' ELSE 'FROM' END, CASE WHEN part <> 'X' THEN 1 END,
       CASE WHEN part <> 'X' THEN 1 END
  FROM generate_series(%(first)s, %(last)s) n
  JOIN organisation_unitevent e ON e.decision_number = 'NQ ' || n
 CROSS JOIN (VALUES ('X'), ('O'), ('P')) parts(part)
  JOIN organisation_unit u ON u.code = 'H98.' || part || n
"""
_REGISTERS = """
INSERT INTO organisation_unitfunction (id, recorded_at)
SELECT u.id, '2025-06-20+07' FROM organisation_unit u JOIN made USING (code) WHERE code LIKE 'H98.X%%'
;
INSERT INTO organisation_unitfunctionversion
  (function_id, unit_id, field, field_folded, text, text_folded, legal_basis, valid_from, decision_number, decision_date,
   decided_by, ending, recorded_at, recorded_by)
SELECT u.id, u.id, 'Lĩnh vực ' || u.id %% 12, 'linh vuc ' || u.id %% 12, 'Quản lý việc ' || u.id, 'quan ly viec ' || u.id,
       'Luật 72/2025/QH15', '2025-07-01', '1/QĐ', '2025-06-20', '', '', '2025-06-20+07', 'nhập'
  FROM organisation_unit u JOIN made USING (code) WHERE code LIKE 'H98.X%%'
;
INSERT INTO organisation_onestopfacility
  (unit_id, level, area, counters, computers, scanners, look_up_screens, cameras, queue_machine, rating_device, guides,
   valid_from, decision_number, decision_date, decided_by, ending, recorded_at, recorded_by)
SELECT u.id, 'HIEN_DAI', 80, 4, 5, 1, 1, 2, true, true, true, '2025-07-01', '1/QĐ', NULL, '', '', '2025-06-20+07', 'nhập'
  FROM organisation_unit u JOIN made USING (code) WHERE code LIKE 'H98.X%%'
;
INSERT INTO organisation_qualitysystem
  (unit_id, standard, scope, procedures, valid_from, decision_number, decision_date, decided_by, ending, recorded_at, recorded_by)
SELECT u.id, 'TCVN ISO 9001:2015', 'Thủ tục hành chính', 90, '2025-07-01', '1/QĐ', NULL, '', '', '2025-06-20+07', 'nhập'
  FROM organisation_unit u JOIN made USING (code) WHERE code LIKE 'H98.X%%'
"""
_PEOPLE = """
CREATE TEMPORARY TABLE crowd ON COMMIT DROP AS
SELECT nextval('people_person_id_seq') AS id, n, k, x.id AS now, o.id AS before
  FROM generate_series(%(first)s, %(last)s) n
  JOIN organisation_unit x ON x.code = 'H98.X' || n
  JOIN organisation_unit o ON o.code = 'H98.O' || n
 CROSS JOIN generate_series(1, %(each)s) k
;
INSERT INTO people_person (id, number, recorded_at) SELECT id, 'CB' || lpad(id::text, 6, '0'), '2025-06-20+07' FROM crowd
;
INSERT INTO people_personversion
  (person_id, name, name_folded, sort_key, birth, sex, ethnicity, citizen_number, hired_on, qualification, politics, details,
   valid_from, decision_number, decision_date, decided_by, recorded_at, recorded_by)
SELECT id, 'Nguyễn Thị Thu ' || chr(65 + (id %% 20)::int), 'nguyen thi thu ' || lower(chr(65 + (id %% 20)::int)),
       lower(chr(65 + (id %% 20)::int)) || ' nguyen thi thu', born, CASE WHEN id %% 2 = 0 THEN 'nam' ELSE 'nu' END, 'Kinh', '',
       '2015-01-01', 'DH', 'SC', '{}', born, '1/QĐ', date '2025-06-20', 'UBND tỉnh', timestamptz '2025-06-20+07', 'nhập'
  FROM crowd, LATERAL (SELECT date '1965-01-01' + (id * 7919 %% 12000)::int AS born) b
;
INSERT INTO people_appointment
  (person_id, unit_id, kind, pool, position, valid_from, valid_to, ending, ending_decision, decision_number, decided_by,
   recorded_at, recorded_by)
SELECT id, unit, 'full', pool, position, since, until, ending, '1/QĐ', '1/QĐ', '', '2025-06-20+07', 'nhập'
  FROM crowd, LATERAL (VALUES
    (before, 'cap_xa', 'Công chức', date '2016-01-01', date '2025-07-01', 'theo_to_chuc'),
    (now, 'cong_chuc', 'Chuyên viên', date '2025-07-01', NULL, '')) posts(unit, pool, position, since, until, ending)
;
INSERT INTO people_salarystep
  (person_id, grade, step, coefficient, over_frame, counted_from, next_due, valid_from, decision_number, decided_by,
   recorded_at, recorded_by)
SELECT id, '01.003', 3, 3.00, 0, since, since + 1095, since, '1/QĐ', '', '2025-06-20+07', 'nhập'
  FROM crowd, LATERAL (SELECT date '2023-11-01' + (id %% 1000)::int AS since) s
;
DROP TABLE crowd
"""
_POSTS = """
INSERT INTO staffing_quotadecision
  (number, signed_on, issuer, effective, title, state, note, drafted_at, drafted_by, issued_by)
SELECT %(first)s || '-' || y || '/QĐ', make_date(y, 1, 1), 'UBND tỉnh', make_date(y, 7, 1), '', 'DRAFT', '', '2015-01-01+07',
       'nhập', '' FROM (VALUES (2016), (2025)) years(y)
;
INSERT INTO staffing_quotaline (decision_id, place, kind, unit_id, pool, delta, note)
SELECT d.id, row_number() OVER (PARTITION BY d.id), 'GIAO', u.id, pool, 12, ''
  FROM staffing_quotadecision d
 CROSS JOIN (VALUES ('cong_chuc'), ('vien_chuc_nsnn'), ('cap_xa')) pools(pool)
  JOIN organisation_unit u ON (u.code LIKE 'H98.X%%') = (d.effective > '2020-01-01') AND u.code LIKE 'H98._%%'
  JOIN made USING (code)
 WHERE d.number LIKE %(first)s || '-%%'
;
UPDATE staffing_quotadecision SET state = 'ISSUED', issued_at = signed_on + time '08:00' WHERE number LIKE %(first)s || '-%%'
"""


def fill(province: Any, first: int, last: int) -> None:
    """Communes `first` to `last` with all that is theirs. Needs an open transaction; some seconds for all."""
    params = {"first": first, "last": last, "each": EACH, "province": province.pk}
    with connection.cursor() as cursor, bare(_BARE):
        cursor.execute(
            "CREATE TEMPORARY TABLE made ON COMMIT DROP AS SELECT 'H98.' || part || n AS code"
            " FROM generate_series(%(first)s, %(last)s) n, (VALUES ('X'), ('O'), ('P')) parts(part)",
            params,
        )
        for text in (_UNITS, _REGISTERS, _PEOPLE, _POSTS):
            for statement in text.split(";\n"):
                cursor.execute(statement, params)
        cursor.execute("DROP TABLE made")
        cursor.execute("ANALYZE")  # as the server does by itself: without it plans are made for empty tables
