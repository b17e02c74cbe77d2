from django.apps import AppConfig


class Organisation(AppConfig):
    name = "congvu.organisation"
    label = "organisation"
