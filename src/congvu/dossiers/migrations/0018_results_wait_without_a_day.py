"""Steps of giving back that wait for the applicant lose their due day: the clock ended with the result.

Touches open steps only. What is done keeps the day it had; going back does not bring the days back, and needs not.
"""

from django.db import migrations

FORGET = """
UPDATE dossiers_step s SET due_on = NULL, due_at = NULL
  FROM dossiers_dossier d
 WHERE d.id = s.dossier_id AND s.state = 1 AND s.role = 'RETURN' AND s.due_on IS NOT NULL AND d.status = 9
"""


class Migration(migrations.Migration):
    dependencies = [("dossiers", "0017_simulations")]

    operations = [migrations.RunSQL(FORGET, migrations.RunSQL.noop)]
