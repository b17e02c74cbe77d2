"""Originals taken in, results used again, until when a result may be used."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("dossiers", "0014_assignments"),
    ]

    operations = [
        migrations.AddField(
            model_name="dossierresult",
            name="valid_until",
            field=models.DateField(null=True),
        ),
        migrations.CreateModel(
            name="HeldOriginal",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("name", models.CharField(max_length=2000)),
                ("count", models.SmallIntegerField()),
                ("taken_at", models.DateTimeField()),
                ("taken_by", models.BigIntegerField(null=True)),
                ("returned_at", models.DateTimeField(null=True)),
                ("returned_by", models.BigIntegerField(null=True)),
                ("returned_to", models.CharField(blank=True, default="", max_length=300)),
                ("kept_why", models.TextField(blank=True, default="")),
                (
                    "dossier",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="dossiers.dossier"
                    ),
                ),
            ],
            options={
                "db_table": "dossiers_original",
                "constraints": [
                    models.CheckConstraint(condition=models.Q(("count__gt", 0)), name="original_counted"),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("returned_at__isnull", True),
                            models.Q(("returned_to", ""), _negated=True),
                            _connector="OR",
                        ),
                        name="original_back_to_someone",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="PaperReuse",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("paper_name", models.CharField(max_length=2000)),
                ("at", models.DateTimeField()),
                (
                    "dossier",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="dossiers.dossier"
                    ),
                ),
                (
                    "result",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="dossiers.dossierresult",
                    ),
                ),
            ],
            options={
                "db_table": "dossiers_reuse",
                "constraints": [
                    models.UniqueConstraint(fields=("dossier", "result", "paper_name"), name="reuse_once")
                ],
            },
        ),
    ]
