-- Where localities went: for each asked for, the localities of today its communes became, at the asked level.
-- Look-up pages and address forms; a commune gives 1-3 rows, a province some hundreds. Indexes: locality_by_parent,
-- succession_once (old, new). A commune with no record gives one row with nulls, so that gaps are seen.
WITH RECURSIVE inside AS (
    SELECT id AS asked, id, level, level AS asked_level FROM organisation_locality WHERE id = ANY(%(ids)s::bigint[])
    UNION ALL
    SELECT inside.asked, child.id, child.level, inside.asked_level
    FROM inside JOIN organisation_locality child ON child.parent_id = inside.id
), leaf AS (
    SELECT asked, asked_level, id FROM inside WHERE level = 'XA' OR NOT EXISTS (
        SELECT FROM organisation_locality child WHERE child.parent_id = inside.id)
)
SELECT DISTINCT leaf.asked, heir.id, heir.code, heir.path,
       bool_or(s.divided) OVER (PARTITION BY leaf.asked, heir.id) AND leaf.asked_level = 'XA', s.share,
       count(*) FILTER (WHERE s.id IS NULL) OVER (PARTITION BY leaf.asked),
       bool_or(s.inferred) OVER (PARTITION BY leaf.asked, heir.id)
FROM leaf
LEFT JOIN organisation_localitysuccession s ON s.old_id = leaf.id AND NOT (s.inferred AND EXISTS (
    SELECT FROM organisation_localitysuccession given WHERE given.old_id = leaf.id AND NOT given.inferred))
LEFT JOIN organisation_locality commune ON commune.id = s.new_id
LEFT JOIN organisation_locality heir
       ON heir.id = CASE WHEN leaf.asked_level = 'TINH' THEN commune.parent_id ELSE commune.id END
