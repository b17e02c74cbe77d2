"""Reads of the catalogue. Each docstring states its number of SQL statements."""
