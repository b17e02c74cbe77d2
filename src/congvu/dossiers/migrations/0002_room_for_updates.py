"""Room on each page for rows that change in place: a verb rewrites the dossier and its steps several times (HOT)."""

from django.db import migrations

_FILL = "ALTER TABLE {t} SET (fillfactor = {f})"


class Migration(migrations.Migration):
    dependencies = [("dossiers", "0001_initial")]

    operations = [
        migrations.RunSQL(
            [_FILL.format(t="dossiers_dossier", f=70), _FILL.format(t="dossiers_step", f=80)],
            [_FILL.format(t="dossiers_dossier", f=100), _FILL.format(t="dossiers_step", f=100)],
        )
    ]
