"""The small province of the one-stop's own tests, for stories that cross areas."""

from congvu.dossiers.tests.conftest import keyed, office

__all__ = ["keyed", "office"]
