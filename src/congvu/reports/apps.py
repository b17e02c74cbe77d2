from django.apps import AppConfig


class Reports(AppConfig):
    name = "congvu.reports"
    label = "reports"
