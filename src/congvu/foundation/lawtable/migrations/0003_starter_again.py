"""Rules that joined the starter set since: those whose code is not known yet are loaded, all others left alone."""

from django.db import migrations

from congvu.foundation.lawtable.starter import starter_rows


def load(apps, schema_editor):
    rule = apps.get_model("lawtable", "LawRule")
    known = set(rule.objects.values_list("code", flat=True))
    rule.objects.bulk_create(rule(**row) for row in starter_rows() if row["code"] not in known)


class Migration(migrations.Migration):
    dependencies = [("lawtable", "0002_starter")]

    operations = [migrations.RunPython(load, migrations.RunPython.noop)]
