"""Reads of the indicators: every figure through the access predicate, every number with its records.

form06.form06 · records.form06_records · series.on_time, solved_records · imports.imported_counts, import_records
"""
