"""Counting in bulk: the figures' conditions as one expression over the facts, run by DuckDB here or by Spark elsewhere."""
