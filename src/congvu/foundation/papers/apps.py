from django.apps import AppConfig


class Papers(AppConfig):
    name = "congvu.foundation.papers"
    label = "papers"
