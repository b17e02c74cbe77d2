-- Part of receive.sql: the papers handed in.
), papered AS (
    INSERT INTO dossiers_paper (dossier_id, case_paper_id, "order", name, received, originals, certified, copies,
                                       digitised, file_id, file_name, added_at, added_by)
    SELECT m.id, p.case_paper, p."order", p.name, p.received, p.originals, p.certified, p.copies, p.digitised, p.file,
           p.file_name, %(at)s::timestamptz, %(actor)s::bigint
      FROM want w JOIN made m USING (intake_key)
      JOIN json_to_recordset(%(papers)s::json) AS p (
        ord int, case_paper bigint, "order" smallint, name text, received boolean, originals smallint, certified smallint,
        copies smallint, digitised smallint, file bigint, file_name text) ON p.ord = w.ord
