"""Rules of notifications: which event, how long before or after it, whether silence counts."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("procedures", "0002_groups"),
    ]

    operations = [
        migrations.CreateModel(
            name="NotificationRule",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("valid_from", models.DateField()),
                ("valid_to", models.DateField(null=True)),
                ("event", models.CharField(max_length=200)),
                ("n", models.IntegerField()),
                (
                    "unit",
                    models.CharField(
                        choices=[
                            ("GIO_LAM_VIEC", "giờ làm việc"),
                            ("GIO", "giờ (liên tục)"),
                            ("NGAY_LAM_VIEC", "ngày làm việc"),
                            ("NGAY", "ngày"),
                            ("TUAN", "tuần"),
                            ("THANG", "tháng"),
                            ("NAM", "năm"),
                        ],
                        max_length=16,
                    ),
                ),
                ("side", models.CharField(max_length=8)),
                ("deemed", models.BooleanField(default=False)),
                ("citation", models.CharField(max_length=300)),
                ("evidence", models.CharField(max_length=16)),
                ("deemed_citation", models.CharField(blank=True, default="", max_length=300)),
                ("published_at", models.DateTimeField()),
                (
                    "procedure",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="procedures.procedure",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("valid_to__isnull", True)),
                        fields=("procedure",),
                        name="notification_one_open",
                    ),
                    models.CheckConstraint(condition=models.Q(("n__gt", 0)), name="notification_term_whole"),
                    models.CheckConstraint(
                        condition=models.Q(("side__in", ("TRUOC", "SAU"))), name="notification_side"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("citation", ""), _negated=True), name="notification_cited"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("deemed", False),
                            models.Q(("deemed_citation", ""), _negated=True),
                            _connector="OR",
                        ),
                        name="notification_silence_cited",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("valid_to__isnull", True),
                            ("valid_to__gte", models.F("valid_from")),
                            _connector="OR",
                        ),
                        name="notification_forward",
                    ),
                ],
            },
        ),
    ]
