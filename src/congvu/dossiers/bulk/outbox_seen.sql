-- Which of the named notices their reader may deal with. Runs before a decision on them. Index: the primary key.
SELECT n.id FROM notices_notice n WHERE n.id = ANY(%(ids)s::bigint[]) AND {visible}
