"""The standards of titles a new installation begins with (staffing/rules/starter.py). Rows already there are left alone."""

from importlib import import_module

from django.db import migrations

load = import_module("congvu.staffing.migrations.0004_law").load


class Migration(migrations.Migration):
    dependencies = [("staffing", "0004_law")]

    operations = [migrations.RunPython(load, migrations.RunPython.noop)]
