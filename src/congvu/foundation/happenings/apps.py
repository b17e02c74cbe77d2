from django.apps import AppConfig


class Happenings(AppConfig):
    name = "congvu.foundation.happenings"
    label = "happenings"
