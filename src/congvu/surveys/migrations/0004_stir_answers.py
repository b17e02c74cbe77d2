"""Answers too are written again in an order of chance, and whatever ended less than sixty days ago (actions/stir.py)."""

from django.db import migrations

FROZEN = """
CREATE OR REPLACE FUNCTION surveys_answer_frozen() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'UPDATE' AND NEW IS NOT DISTINCT FROM OLD THEN
        RETURN NEW;
    END IF;
    RAISE EXCEPTION 'Câu trả lời khảo sát không sửa, không xóa được.' USING ERRCODE = 'restrict_violation';
END $$;
"""
STIR = """
CREATE OR REPLACE FUNCTION surveys_stir(since date) RETURNS bigint LANGUAGE plpgsql AS $$
DECLARE
    one bigint;
    piece uuid;
    done bigint := 0;
BEGIN
    FOR one IN SELECT i.id FROM surveys_invitation i JOIN surveys_campaign c ON c.id = i.campaign_id
                WHERE i.answered AND (c.state <> 'CLOSED' OR c.last >= since OR c.closed_at::date >= since)
                ORDER BY random() LOOP
        UPDATE surveys_invitation SET answered = answered WHERE id = one;
        done := done + 1;
    END LOOP;
    FOR piece IN SELECT t.id FROM surveys_surveytext t JOIN surveys_campaign c ON c.id = t.campaign_id
                  WHERE c.state <> 'CLOSED' OR c.last >= since OR c.closed_at::date >= since
                  ORDER BY random() LOOP
        UPDATE surveys_surveytext SET state = state WHERE id = piece;
        done := done + 1;
    END LOOP;
    FOR piece IN SELECT a.id FROM surveys_surveyanswer a JOIN surveys_campaign c ON c.id = a.campaign_id
                  WHERE c.state <> 'CLOSED' OR c.last >= since OR c.closed_at::date >= since
                  ORDER BY random() LOOP
        UPDATE surveys_surveyanswer SET day = day WHERE id = piece;
        done := done + 1;
    END LOOP;
    RETURN done;
END $$;
"""


class Migration(migrations.Migration):
    dependencies = [("surveys", "0003_stir")]

    operations = [migrations.RunSQL(FROZEN + STIR, migrations.RunSQL.noop)]
