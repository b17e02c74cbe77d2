-- How many dossiers a list holds, counted no further than `cap`: nobody needs to know whether it is 40,000 or 41,000.
-- Runs once per first page of the list.
SELECT count(*) FROM (SELECT 1 FROM dossiers_dossier d WHERE {visible} AND {filters} LIMIT %(cap)s::int) AS capped
