from django.apps import AppConfig


class Indicators(AppConfig):
    name = "congvu.indicators"
    label = "indicators"
