-- Everything that versions say, one JSON document each: cases with channels, fees and papers; results; legal bases.
-- 1 statement for any set of versions. Indexes: the unique keys that begin with version_id, case_id; fee by channel_id.
SELECT v.id,
       jsonb_build_object(
           'name', v.name, 'tiers', to_jsonb(v.tiers), 'level_of_service', v.level_of_service,
           'authority_text', v.authority_text, 'handler_text', v.handler_text,
           'cooperating_text', v.cooperating_text, 'place_text', v.place_text, 'sequence_text', v.sequence_text,
           'conditions_text', v.conditions_text, 'subjects', to_jsonb(v.subjects),
           'decision_text', v.decision_text, 'source_url', v.source_url,
           'source', CASE WHEN %(with_source)s THEN v.original END, 'source_sha256', v.source_sha256,
           'cases', (
               SELECT COALESCE(jsonb_agg(jsonb_build_object(
                   'id', c.id, 'stable_key', c.stable_key, 'name', c.name,
                   'channels', (
                       SELECT COALESCE(jsonb_agg(jsonb_build_object(
                           'id', h.id, 'channel', h.channel, 'term_n', h.term_n, 'term_unit', h.term_unit,
                           'term_text', h.term_text, 'note', h.note,
                           'fees', (
                               SELECT COALESCE(jsonb_agg(jsonb_build_object(
                                   'amount', f.amount, 'kind', f.kind, 'per_text', f.per_text, 'text', f.text
                               ) ORDER BY f."order", f.id), '[]') FROM procedures_casefee f WHERE f.channel_id = h.id)
                       ) ORDER BY h.channel), '[]') FROM procedures_casechannel h WHERE h.case_id = c.id),
                   'papers', (
                       SELECT COALESCE(jsonb_agg(jsonb_build_object(
                           'id', p.id, 'stable_key', p.stable_key, 'group_name', p.group_name, 'name', p.name,
                           'originals', p.originals, 'copies', p.copies, 'required', p.required,
                           'form_code', p.form_code
                       ) ORDER BY p."order", p.id), '[]') FROM procedures_casepaper p WHERE p.case_id = c.id)
               ) ORDER BY c."order", c.id), '[]') FROM procedures_procedurecase c WHERE c.version_id = v.id),
           'results', (
               SELECT COALESCE(jsonb_agg(jsonb_build_object(
                   'stable_key', r.stable_key, 'code', r.code, 'name', r.name
               ) ORDER BY r."order", r.id), '[]') FROM procedures_versionresult r WHERE r.version_id = v.id),
           'bases', (
               SELECT COALESCE(jsonb_agg(jsonb_build_object(
                   'number', b.number, 'title', b.title, 'issued_on', b.issued_on, 'by', b.by
               ) ORDER BY b."order", b.id), '[]') FROM procedures_legalbasis b WHERE b.version_id = v.id)
       )::json AS content  -- json, not jsonb: Django leaves jsonb as text
FROM procedures_procedureversion v
WHERE v.id = ANY(%(versions)s::bigint[])
