from django.apps import AppConfig


class People(AppConfig):
    name = "congvu.people"
    label = "people"
