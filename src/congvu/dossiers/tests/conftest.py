import pytest

from congvu.dossiers.queries.calendars import units_with_own
from congvu.foundation.workdays.queries import forget_calendars


@pytest.fixture(autouse=True)
def _fresh_calendars() -> None:
    """Tests roll back and reuse calendar numbers; a server never does."""
    units_with_own.cache_clear()
    forget_calendars()
