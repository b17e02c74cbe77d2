from django.apps import AppConfig


class Indices(AppConfig):
    name = "congvu.indices"
    label = "indices"
