"""The four checks of a dossier as one function, and four keys copied from the frozen version unchecked: decision 0080."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

_HOLDS = """
CREATE FUNCTION dossier_holds(status smallint, received_at timestamptz, received_on date, ended_at timestamptz, ended_on date)
RETURNS boolean LANGUAGE plpgsql IMMUTABLE PARALLEL SAFE AS $$
BEGIN
    RETURN status BETWEEN 1 AND 10
       AND (received_at IS NOT NULL OR status IN (1, 3, 5))     -- received, if handled
       AND (received_at IS NULL) = (received_on IS NULL)        -- a moment has its day
       AND (ended_at IS NULL) = (ended_on IS NULL);
END $$
"""
_SIGNATURE = "dossier_holds(smallint, timestamptz, date, timestamptz, date)"


class Migration(migrations.Migration):
    dependencies = [
        ("dossiers", "0026_dossiers_follow"),
        ("organisation", "0001_initial"),
        ("procedures", "0005_fact_labels"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.RemoveConstraint(
            model_name="dossier",
            name="dossier_received_if_handled",
        ),
        migrations.RemoveConstraint(
            model_name="dossier",
            name="dossier_received_day",
        ),
        migrations.RemoveConstraint(
            model_name="dossier",
            name="dossier_ended_day",
        ),
        migrations.RemoveConstraint(
            model_name="dossier",
            name="dossier_status_known",
        ),
        migrations.AlterField(
            model_name="dossier",
            name="case",
            field=models.ForeignKey(
                db_constraint=False,
                db_index=False,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="procedures.procedurecase",
            ),
        ),
        migrations.AlterField(
            model_name="dossier",
            name="field",
            field=models.ForeignKey(
                db_constraint=False,
                db_index=False,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="procedures.field",
            ),
        ),
        migrations.AlterField(
            model_name="dossier",
            name="procedure",
            field=models.ForeignKey(
                db_constraint=False,
                db_index=False,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="procedures.procedure",
            ),
        ),
        migrations.AlterField(
            model_name="dossier",
            name="process",
            field=models.ForeignKey(
                db_constraint=False,
                db_index=False,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="procedures.processversion",
            ),
        ),
        migrations.RunSQL(_HOLDS, f"DROP FUNCTION {_SIGNATURE}"),
        migrations.AddConstraint(
            model_name="dossier",
            constraint=models.CheckConstraint(
                condition=models.Func(
                    "status",
                    "received_at",
                    "received_on",
                    "ended_at",
                    "ended_on",
                    function="dossier_holds",
                    output_field=models.BooleanField(),
                ),
                name="dossier_holds",
            ),
        ),
    ]
