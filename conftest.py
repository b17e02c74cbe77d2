"""What every test of the house needs from the database."""

import pytest
from django.db import connection

from congvu.config.testing.database import keep_starter_rows


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup, django_db_blocker) -> None:
    """Tests with real transactions empty all tables afterwards; the audit log's trigger would refuse that."""
    with django_db_blocker.unblock(), connection.cursor() as cursor:
        cursor.execute("ALTER TABLE audit_auditentry DISABLE TRIGGER audit_entry_not_emptied")
        keep_starter_rows()
