import pytest

from congvu.dossiers.queries.calendars import kept
from congvu.foundation.workdays.queries import forget_calendars


@pytest.fixture(autouse=True)
def _fresh_calendars() -> None:
    """Tests roll back and reuse calendar numbers; a server never does."""
    kept.cache_clear()
    forget_calendars()
