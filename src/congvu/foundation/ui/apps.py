from django.apps import AppConfig


class Ui(AppConfig):
    name = "congvu.foundation.ui"
    label = "ui"
