from django.apps import AppConfig


class Notices(AppConfig):
    name = "congvu.foundation.notices"
    label = "notices"
