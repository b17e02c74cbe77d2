from django.db import migrations, models

KNOWN = """
UPDATE reports_reportversion SET writers = jsonb_build_array(drafter_id)
 WHERE drafter_id IS NOT NULL AND state IN ('DRAFT', 'CHECKED');
"""


class Migration(migrations.Migration):
    dependencies = [
        ("reports", "0002_conference_files"),
    ]

    operations = [
        migrations.AddField(
            model_name="reportversion",
            name="writers",
            field=models.JSONField(default=list),
        ),
        migrations.RunSQL(KNOWN, migrations.RunSQL.noop),
    ]
