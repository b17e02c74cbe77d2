"""An upgrade that meets two equal payments waiting says which, keeps the newest and goes on."""

from importlib import import_module
from typing import Any

import pytest
from django.apps import apps
from django.db import connection

from congvu.dossiers.models import OnlinePayment
from congvu.dossiers.tests.conftest import Office
from congvu.dossiers.tests.make import at

pytestmark = pytest.mark.django_db


def test_of_equal_payments_that_wait_the_newest_stays_and_it_is_said_which(
    office: Office, capsys: Any
) -> None:
    one = office.place.received("2026-11-16 08:00")
    with connection.cursor() as cursor:
        cursor.execute("DROP INDEX online_payment_waits_once")
    for number, (amount, paid) in enumerate(((5, None), (5, None), (5, at("2026-11-16 09:00")), (7, None))):
        OnlinePayment.objects.create(
            reference=f"CV{number}", dossier_id=one.id, gateway="demo", amount=amount,
            started_at=at("2026-11-16 08:30"), paid_at=paid,
        )  # fmt: skip
    import_module("congvu.dossiers.migrations.0019_payments_wait_once").one_waits(apps, None)
    assert set(OnlinePayment.objects.values_list("reference", flat=True)) == {"CV1", "CV2", "CV3"}
    told = capsys.readouterr().out
    assert one.code in told and "giữ CV1, bỏ CV0" in told
