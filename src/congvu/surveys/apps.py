from django.apps import AppConfig


class Surveys(AppConfig):
    name = "congvu.surveys"
    label = "surveys"
