"""The rules of leaving when offices are reorganised (staffing/rules/starter.py). Rows already there are left alone."""

from importlib import import_module

from django.db import migrations

load = import_module("congvu.staffing.migrations.0004_law").load


class Migration(migrations.Migration):
    dependencies = [("staffing", "0006_people_released")]

    operations = [migrations.RunPython(load, migrations.RunPython.noop)]
