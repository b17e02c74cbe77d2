"""The function that writes answered invitations and free texts again in an order of chance (actions/stir.py).

One statement over a set would go through the rows as they lie, and leave them in the order in which they were answered.
"""

from django.db import migrations

MAKE = """
CREATE FUNCTION surveys_stir(since date) RETURNS bigint LANGUAGE plpgsql AS $$
DECLARE
    one bigint;
    piece uuid;
    done bigint := 0;
BEGIN
    FOR one IN SELECT i.id FROM surveys_invitation i JOIN surveys_campaign c ON c.id = i.campaign_id
                WHERE i.answered AND c.last >= since ORDER BY random() LOOP
        UPDATE surveys_invitation SET answered = answered WHERE id = one;
        done := done + 1;
    END LOOP;
    FOR piece IN SELECT t.id FROM surveys_surveytext t JOIN surveys_campaign c ON c.id = t.campaign_id
                  WHERE c.last >= since ORDER BY random() LOOP
        UPDATE surveys_surveytext SET state = state WHERE id = piece;
        done := done + 1;
    END LOOP;
    RETURN done;
END $$;
"""


class Migration(migrations.Migration):
    dependencies = [("surveys", "0002_law")]

    operations = [migrations.RunSQL(MAKE, "DROP FUNCTION surveys_stir(date)")]
