"""Envelopes of groups of procedures, sub-dossiers of steps, and what a result says."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("dossiers", "0006_receipts"),
        ("organisation", "0001_initial"),
        ("procedures", "0002_groups"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField(
            model_name="dossier",
            name="ties",
            field=models.SmallIntegerField(db_default=0, default=0),
        ),
        migrations.AddField(
            model_name="dossierresult",
            name="verdict",
            field=models.SmallIntegerField(db_default=0, default=0),
        ),
        migrations.CreateModel(
            name="Envelope",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("intake_key", models.UUIDField(unique=True)),
                ("code", models.CharField(max_length=60, null=True, unique=True)),
                (
                    "channel",
                    models.SmallIntegerField(
                        choices=[(1, "Trực tiếp"), (2, "Trực tuyến"), (3, "Bưu chính công ích")]
                    ),
                ),
                ("return_method", models.SmallIntegerField(default=0)),
                ("subject_kind", models.SmallIntegerField(default=1)),
                ("owner_name", models.CharField(max_length=300)),
                ("owner_number", models.CharField(blank=True, default="", max_length=30)),
                ("owner_phone", models.CharField(blank=True, default="", max_length=30)),
                ("owner_email", models.CharField(blank=True, default="", max_length=200)),
                ("owner_address", models.CharField(blank=True, default="", max_length=500)),
                ("submitter_name", models.CharField(blank=True, default="", max_length=300)),
                ("submitter_number", models.CharField(blank=True, default="", max_length=30)),
                ("opened_at", models.DateTimeField()),
                ("received_at", models.DateTimeField(null=True)),
                ("due_first", models.DateField(null=True)),
                (
                    "group",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="procedures.proceduregroup",
                    ),
                ),
                (
                    "owner_account",
                    models.ForeignKey(
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "receiving_unit",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="organisation.unit",
                    ),
                ),
            ],
            options={
                "db_table": "dossiers_envelope",
            },
        ),
        migrations.CreateModel(
            name="EnvelopeMember",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("position", models.SmallIntegerField()),
                ("papers", models.JSONField(default=list)),
                ("closed_at", models.DateTimeField(null=True)),
                ("closed_why", models.TextField(blank=True, default="")),
                (
                    "competent_unit",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="organisation.unit",
                    ),
                ),
                (
                    "dossier",
                    models.OneToOneField(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="dossiers.dossier",
                    ),
                ),
                (
                    "envelope",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="members",
                        to="dossiers.envelope",
                    ),
                ),
                (
                    "procedure_version",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="procedures.procedureversion",
                    ),
                ),
            ],
            options={
                "db_table": "dossiers_envelope_member",
            },
        ),
        migrations.CreateModel(
            name="SubDossier",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("position", models.SmallIntegerField()),
                ("round", models.SmallIntegerField()),
                (
                    "dossier",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="dossiers.dossier"
                    ),
                ),
                (
                    "parent",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="dossiers.dossier"
                    ),
                ),
            ],
            options={
                "db_table": "dossiers_sub",
            },
        ),
        migrations.AddIndex(
            model_name="envelope",
            index=models.Index(fields=["receiving_unit", "-opened_at", "-id"], name="envelope_by_unit"),
        ),
        migrations.AddIndex(
            model_name="envelope",
            index=models.Index(
                condition=models.Q(("owner_account__isnull", False)),
                fields=["owner_account", "-opened_at"],
                name="envelope_by_account",
            ),
        ),
        migrations.AddConstraint(
            model_name="envelopemember",
            constraint=models.UniqueConstraint(fields=("envelope", "position"), name="envelope_member_once"),
        ),
        migrations.AddConstraint(
            model_name="envelopemember",
            constraint=models.CheckConstraint(
                condition=models.Q(("dossier__isnull", True), ("closed_at__isnull", True), _connector="OR"),
                name="envelope_member_one_way",
            ),
        ),
        migrations.AddConstraint(
            model_name="subdossier",
            constraint=models.UniqueConstraint(
                fields=("parent", "position", "round"), name="sub_once_per_step"
            ),
        ),
    ]
