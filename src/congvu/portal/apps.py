from django.apps import AppConfig


class Portal(AppConfig):
    name = "congvu.portal"
    label = "portal"
