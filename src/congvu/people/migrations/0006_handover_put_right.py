"""A record of a file's hand-over may be put right by another that says why; none is edited."""

import django.db.models.deletion
from django.db import migrations, models
from django.db.models import Q


class Migration(migrations.Migration):
    dependencies = [("people", "0005_left_people")]

    operations = [
        migrations.AddField(
            model_name="filehandover",
            name="corrects",
            field=models.OneToOneField(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="corrected_by",
                to="people.filehandover",
            ),
        ),
        migrations.AddField(
            model_name="filehandover",
            name="reason",
            field=models.CharField(blank=True, default="", max_length=500),
        ),
        migrations.AddField(
            model_name="filehandover",
            name="struck_out",
            field=models.BooleanField(default=False),
        ),
        migrations.AddConstraint(
            model_name="filehandover",
            constraint=models.CheckConstraint(
                condition=Q(corrects__isnull=True, reason="", struck_out=False)
                | Q(corrects__isnull=False) & ~Q(reason=""),
                name="handover_corrected_with_reason",
            ),
        ),
    ]
