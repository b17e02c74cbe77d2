from django.db import migrations, models

_TOLD = ("since", "dossier_id", "unit_id", "tier", "field_id", "channel", "received_on", "status", "due_on")
_MONTH_ON = models.ExpressionWrapper(models.F("since") + 31, output_field=models.DateField())


class Migration(migrations.Migration):
    dependencies = [
        ("indicators", "0004_boards_and_lines"),
    ]

    operations = [
        migrations.RemoveIndex(model_name="dossierfact", name="fact_by_end"),
        migrations.AddIndex(
            model_name="dossierfact",
            index=models.Index(
                condition=models.Q(("ended_on__isnull", False), ("till", "9999-12-31")),
                fields=["ended_on"],
                include=_TOLD,
                name="fact_by_end",
            ),
        ),
        migrations.AddIndex(
            model_name="dossierfact",
            index=models.Index(
                condition=models.Q(("till__lte", _MONTH_ON)),
                fields=["till"],
                include=(*_TOLD, "ended_on"),
                name="fact_short",
            ),
        ),
        migrations.AddIndex(
            model_name="dossierfact",
            index=models.Index(
                condition=models.Q(
                    ("till__gt", _MONTH_ON),
                    models.Q(("till__lt", "9999-12-31"), ("ended_on__isnull", True), _connector="OR"),
                ),
                fields=["till"],
                include=(*_TOLD, "ended_on"),
                name="fact_long",
            ),
        ),
    ]
