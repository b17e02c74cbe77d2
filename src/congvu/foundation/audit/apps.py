from django.apps import AppConfig


class Audit(AppConfig):
    name = "congvu.foundation.audit"
    label = "audit"
