-- Hot. Every version now believed, or nothing but the token when the caller's picture is still true.
-- Runs on every request that needs the organisation; 1 row when nothing changed, else one per version (hundreds).
-- Index: the primary key of organisation_state; the versions are read whole. OFFSET keeps the planner from hashing them first
-- and asking for the token afterwards (PostgreSQL 18 did): each request of a country's tree then read all of it.
SELECT s.token::text,
       v.id, v.unit_id, v.code, v.name, v.short_name, v.parent_id, v.tier, v.kind, v.sort_key,
       v.valid_from, v.valid_to, v.opened_by_id, v.closed_by_id
FROM (SELECT coalesce((SELECT token FROM organisation_state WHERE id = 1),
                      '00000000-0000-0000-0000-000000000000'::uuid) AS token) s
LEFT JOIN LATERAL (
    SELECT version.*, unit.code
    FROM organisation_unitversion version
    JOIN organisation_unit unit ON unit.id = version.unit_id
    WHERE s.token IS DISTINCT FROM %(known)s::uuid
      AND version.superseded_at IS NULL
    OFFSET 0
) v ON true
