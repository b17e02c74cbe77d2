from django.apps import AppConfig


class Files(AppConfig):
    name = "congvu.foundation.files"
    label = "files"
