from django.apps import AppConfig


class Numbering(AppConfig):
    name = "congvu.foundation.numbering"
    label = "numbering"
