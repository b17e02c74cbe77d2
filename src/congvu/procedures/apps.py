from django.apps import AppConfig


class Procedures(AppConfig):
    name = "congvu.procedures"
    label = "procedures"
