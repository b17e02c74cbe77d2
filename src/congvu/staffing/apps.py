from django.apps import AppConfig


class Staffing(AppConfig):
    name = "congvu.staffing"
    label = "staffing"
