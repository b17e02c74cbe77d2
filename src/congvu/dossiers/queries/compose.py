"""A named `.sql` file with its marked places filled: which conditions a list needs depends on its filters.

Only our own text goes into a place (conditions written in this package, the access predicate); what a person typed
always travels as a parameter. The same filters give the same text, so PostgreSQL keeps its prepared plan.
"""

from functools import lru_cache

from congvu.foundation.sql import Statement, statement

BULK = "congvu.dossiers.bulk"


@lru_cache(maxsize=512)
def filled(name: str, **places: str) -> Statement:
    """`bulk/<name>.sql` with each `{place}` filled. Raises KeyError-like ValueError for a place left open."""
    text = str(statement(BULK, name))
    for place, words in places.items():
        marker = "{" + place + "}"
        if marker not in text:
            raise ValueError(f"{name}.sql has no place {marker}")
        text = text.replace(marker, words)
    return Statement(f"{BULK}.{name}", text)


def both(*conditions: str) -> str:
    """The conditions that are not empty, joined by AND; TRUE when there is none."""
    return " AND ".join(one for one in conditions if one) or "TRUE"
