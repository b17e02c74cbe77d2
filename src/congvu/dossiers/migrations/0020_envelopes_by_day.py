"""The list of envelopes over all counters, newest first."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("dossiers", "0019_payments_wait_once")]

    operations = [
        migrations.AddIndex(
            model_name="envelope",
            index=models.Index(fields=["-opened_at", "-id"], name="envelope_newest"),
        ),
    ]
