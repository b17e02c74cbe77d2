"""Taking numbers. Set-based verbs take theirs inside their own statement (see dossiers/bulk/receive.sql)."""

from django.db import connection, transaction


def take(key: str, count: int = 1) -> int:
    """Take `count` numbers of the series and return the first. 1 statement; must run in a transaction.

    Gap-free: the row stays locked until the caller commits, and a roll-back gives the numbers back.
    """
    if not connection.in_atomic_block:
        raise transaction.TransactionManagementError("numbers are taken in the transaction that uses them")
    if count < 1:
        raise ValueError("count must be at least 1")
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO numbering_series (key, last) VALUES (%s, %s) "
            "ON CONFLICT (key) DO UPDATE SET last = numbering_series.last + excluded.last RETURNING last",
            [key, count],
        )
        return int(cursor.fetchone()[0]) - count + 1
