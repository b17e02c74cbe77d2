from django.apps import AppConfig


class Lawtable(AppConfig):
    name = "congvu.foundation.lawtable"
    label = "lawtable"
