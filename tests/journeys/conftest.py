"""The small province of the one-stop's own tests, for stories that cross areas."""

from congvu.dossiers.tests.conftest import keyed, keyed_parallel, office, office_parallel

__all__ = ["keyed", "keyed_parallel", "office", "office_parallel"]
