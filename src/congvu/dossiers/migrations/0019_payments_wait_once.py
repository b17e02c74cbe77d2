"""Of one sum of a dossier one payment waits at a time; bank lines that have their answer are listed newest first."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("dossiers", "0018_results_wait_without_a_day"),
        ("organisation", "0001_initial"),
    ]

    operations = [
        migrations.AddIndex(
            model_name="bankline",
            index=models.Index(
                condition=models.Q(("verdict__in", ("unknown", "unread")), _negated=True),
                fields=["unit", "-id"],
                name="bank_line_done",
            ),
        ),
        migrations.AddConstraint(
            model_name="onlinepayment",
            constraint=models.UniqueConstraint(
                condition=models.Q(("paid_at__isnull", True)),
                fields=("dossier", "gateway", "amount"),
                name="online_payment_waits_once",
            ),
        ),
    ]
