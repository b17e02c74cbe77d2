-- How many dossiers of given units a list holds, counted no further than the limit. Runs once per first page of the list.
-- Index: reach_by_unit, at most the limit of each unit (list_walk).
SELECT count(*) FROM (SELECT DISTINCT near.id FROM ({walks}) near LIMIT {limit}) few
