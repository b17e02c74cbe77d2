"""Who left, found by index: whose file must go on, whose papers are over."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("organisation", "0004_law"),
        ("people", "0004_unpaid"),
    ]

    operations = [
        migrations.AddIndex(
            model_name="appointment",
            index=models.Index(
                condition=models.Q(
                    ("superseded_at__isnull", True),
                    (
                        "ending__in",
                        ("nghi_huu", "thoi_viec", "buoc_thoi_viec", "tu_tran", "chuyen_ra", "ra_ngoai_nsnn"),
                    ),
                ),
                fields=["valid_to", "person"],
                name="appointment_left",
            ),
        ),
    ]
