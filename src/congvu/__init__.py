"""Công Vụ: one-stop dossier handling and administrative-reform work of a Vietnamese province."""
