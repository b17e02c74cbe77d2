-- Drops the facts of a set of dossiers before they are made again. Runs before facts_make.sql. {which}: the set.
-- Index: the primary key.
DELETE FROM indicators_dossierfact WHERE {which}
