"""Reads of the one-stop. Every list goes through `dossiers.access`; each function states its SQL statements."""
