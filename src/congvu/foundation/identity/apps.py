from django.apps import AppConfig


class Identity(AppConfig):
    name = "congvu.foundation.identity"
    label = "identity"
