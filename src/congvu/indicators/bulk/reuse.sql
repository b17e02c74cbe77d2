-- Dossiers received in a period, and how many of them used a paper again, by key. Runs when the page is opened. The papers
-- used again are few and have an index of their own; the dossiers are those of the period. Indexes: dossier_by_received,
-- paper_reused. {moment}, {known}: what was recorded later does not count, when a table is told as known then.
SELECT {key}, count(*) AS received, count(u.dossier_id) AS reused, count(*) FILTER (WHERE u.result) AS result,
       count(*) FILTER (WHERE u.paper) AS paper
  FROM dossiers_dossier s
  LEFT JOIN (SELECT p.dossier_id, bool_or(p.digitised = 3) AS result, bool_or(p.digitised = 2) AS paper
               FROM dossiers_paper p
              WHERE p.digitised IN (2, 3) AND p.added_at < {moment}
              GROUP BY p.dossier_id) u ON u.dossier_id = s.id
 WHERE s.received_on BETWEEN %(first)s::date AND %(last)s::date AND {known} AND {visible}
 GROUP BY 1
