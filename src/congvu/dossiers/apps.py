from django.apps import AppConfig


class Dossiers(AppConfig):
    name = "congvu.dossiers"
    label = "dossiers"
