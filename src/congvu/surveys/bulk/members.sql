-- A page of a sample by unit and order of drawing. Rows: at most `limit`. Index: invitation_by_stratum.
SELECT i.id, i.unit_id, i.place, i.state, i.answered, i.why, coalesce(d.code, ''), was.place
  FROM surveys_invitation i
  JOIN dossiers_dossier d ON d.id = i.dossier_id
  LEFT JOIN surveys_invitation was ON was.id = i.replaces_id
 WHERE i.campaign_id = %(campaign)s::bigint AND i.place IS NOT NULL
   AND (%(unit)s::bigint IS NULL OR i.unit_id = %(unit)s::bigint)
   AND (i.unit_id, i.place) > (%(after_unit)s::bigint, %(after_place)s::bigint)
 ORDER BY i.unit_id, i.place
 LIMIT %(limit)s::int
