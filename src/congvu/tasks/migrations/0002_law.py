"""The lists of content areas a new installation begins with (tasks/rules/starter.py). Rows already there are left alone."""

from django.db import migrations

from congvu.tasks.rules.starter import starter_rows


def load(apps, schema_editor):
    rule = apps.get_model("lawtable", "LawRule")
    known = set(rule.objects.values_list("code", flat=True))
    rule.objects.bulk_create(rule(**row) for row in starter_rows() if row["code"] not in known)


class Migration(migrations.Migration):
    dependencies = [("tasks", "0001_initial"), ("lawtable", "0003_starter_again")]

    operations = [migrations.RunPython(load, migrations.RunPython.noop)]
