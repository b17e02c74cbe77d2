"""Công Vụ: one-stop dossier handling and administrative-reform work of a Vietnamese province."""

__version__ = "0.1.0"
