-- Hot. What a reception must know today, in one row: the procedure of each version, its process in force, the codes and
-- tiers of the units named, the
-- calendar's number, and the policies of the clock. 1 statement for any size of set. Indexes: primary keys.
SELECT (SELECT json_agg(json_build_array(v.id, v.procedure_id, v.state,
                    (SELECT p.id FROM procedures_processversion p
                      WHERE p.procedure_id = v.procedure_id AND p.state = 'PUBLISHED'
                        AND (p.valid_from IS NULL OR p.valid_from <= %(on)s::date)
                        AND (p.valid_to IS NULL OR p.valid_to > %(on)s::date)
                      ORDER BY p.number DESC LIMIT 1)))
          FROM procedures_procedureversion v WHERE v.id = ANY(%(versions)s::bigint[])) AS versions,
       (SELECT json_agg(json_build_array(u.id, u.code,
                    (SELECT x.tier FROM organisation_unitversion x
                      WHERE x.unit_id = u.id AND x.superseded_at IS NULL AND x.valid_from <= %(on)s::date
                        AND (x.valid_to IS NULL OR x.valid_to > %(on)s::date) LIMIT 1)))
          FROM organisation_unit u WHERE u.id = ANY(%(units)s::bigint[])) AS units,
       (SELECT max(c.number) FROM workdays_calendarversion c) AS calendar_number,
       (SELECT json_object_agg(r.code, r.value) FROM lawtable_lawrule r
         WHERE r.code IN ('dossier.start_policy', 'dossier.pause_policy') AND r.valid_from <= %(on)s::date
           AND (r.valid_to IS NULL OR r.valid_to >= %(on)s::date)) AS policies
