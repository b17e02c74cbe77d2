from django.apps import AppConfig


class Tasks(AppConfig):
    name = "congvu.tasks"
    label = "tasks"
