-- How many dossiers of given units a list holds, counted no further than `cap`. Runs once per first page of the list.
-- Index: reach_by_unit, at most `cap` rows of each unit.
SELECT count(*) FROM (
    SELECT DISTINCT near.id
      FROM {units} AS u (unit)
     CROSS JOIN LATERAL (
           SELECT d.id
             FROM dossiers_reach r JOIN dossiers_dossier d ON d.id = r.dossier_id
            WHERE r.unit_id = u.unit AND {inside} AND {filters}
            ORDER BY r.opened_at DESC, r.dossier_id DESC
            LIMIT {limit}) near
     LIMIT {limit}) few
