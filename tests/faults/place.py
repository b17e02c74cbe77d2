"""Prepares a home for the fault tests: tables, the small place of the dossiers' tests. Prints version, unit, competent."""

import os

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "congvu.config.settings")

import django

django.setup()

from django.core.management import call_command  # noqa: E402

call_command("migrate", verbosity=0)

from congvu.dossiers.tests.make import a_place  # noqa: E402

place = a_place()
print(place.version.pk, place.centre.pk, place.home_affairs.pk)
