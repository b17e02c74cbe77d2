"""The event a notification tells of."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("dossiers", "0015_originals_and_reuse"),
        ("procedures", "0003_notifications"),
    ]

    operations = [
        migrations.CreateModel(
            name="DossierNotification",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("event_on", models.DateField()),
                (
                    "dossier",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="dossiers.dossier"
                    ),
                ),
                (
                    "rule",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="procedures.notificationrule",
                    ),
                ),
            ],
            options={
                "db_table": "dossiers_notification",
            },
        ),
    ]
