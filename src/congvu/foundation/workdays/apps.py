from django.apps import AppConfig


class Workdays(AppConfig):
    name = "congvu.foundation.workdays"
    label = "workdays"
