-- Procedures with dossiers received in the period, one row a procedure: some hundred rows out of the period's dossiers.
-- What was received counts, whoever asks: no dossier is named. Population used_procedures. Index: dossier_by_received.
SELECT p.id, NULL::bigint AS unit_id, 1 AS n, p.name AS title, u.received || ' hồ sơ · ' || p.code AS subtitle, p.code AS ref,
       coalesce(v.level_of_service, 'CHUA_RO') AS level,
       CASE WHEN u.online > 0 THEN 'co' ELSE 'khong' END AS online
  FROM (SELECT d.procedure_id, max(d.procedure_version_id) AS version_id, count(*) AS received,
               count(*) FILTER (WHERE d.channel = 2) AS online
          FROM dossiers_dossier d
         WHERE d.received_on BETWEEN %(first)s::date AND %(last)s::date
           AND d.opened_at < coalesce(%(known_until)s::timestamptz, 'infinity')
         GROUP BY d.procedure_id) u
  JOIN procedures_procedure p ON p.id = u.procedure_id AND p.kind <> 'LICH_SU'
  LEFT JOIN procedures_procedureversion v ON v.id = u.version_id
