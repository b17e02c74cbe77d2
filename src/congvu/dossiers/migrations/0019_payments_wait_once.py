"""Of one sum of a dossier one payment waits at a time; bank lines that have their answer are listed newest first."""

import sys
from typing import Any

from django.db import migrations, models


def one_waits(apps: Any, schema_editor: Any) -> None:
    """Of equal payments that wait, begun in two windows at once, the newest stays: that is the one on the citizen's screen.
    Says which were given up. Money that still comes under one of those is a line «chưa rõ» of the bank's file."""
    waiting = apps.get_model("dossiers", "OnlinePayment").objects.filter(paid_at=None)
    kept: dict[tuple[int, str, int], Any] = {}
    for one in waiting.select_related("dossier").order_by("-id"):
        newest = kept.setdefault((one.dossier_id, one.gateway, one.amount), one)
        if newest is not one:
            sys.stdout.write(
                f"  Hồ sơ {one.dossier.code or one.dossier_id}: hai thanh toán chờ cùng {one.amount} đồng qua "
                f"{one.gateway}; giữ {newest.reference}, bỏ {one.reference}.\n"
            )
            one.delete()


class Migration(migrations.Migration):
    dependencies = [
        ("dossiers", "0018_results_wait_without_a_day"),
        ("organisation", "0001_initial"),
    ]

    operations = [
        migrations.RunPython(one_waits, migrations.RunPython.noop, elidable=True),
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
