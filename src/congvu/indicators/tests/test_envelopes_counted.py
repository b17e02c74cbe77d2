"""Form 06 counts each procedure of an envelope as a dossier, when its own turn came; the envelope itself never."""

from datetime import date

import pytest

from congvu.dossiers.actions.receive_envelope import receive_envelope
from congvu.dossiers.models import Envelope
from congvu.dossiers.tests.make import a_place, at
from congvu.dossiers.tests.make_group import a_group, an_envelope
from congvu.dossiers.tests.test_envelopes import born
from congvu.foundation.identity.actor import SYSTEM
from congvu.indicators.queries.form06 import By, form06


@pytest.mark.django_db
def test_members_are_counted_by_procedure_and_the_envelope_never() -> None:
    place = a_place()
    made = receive_envelope(an_envelope(place, a_group()), by=place.clerk, at=at("2026-11-20 09:00"))
    days = (date(2026, 11, 1), date(2026, 11, 30))
    first = form06(SYSTEM, *days, today=days[1], by=By.UNIT).total
    born(place, made)
    later = form06(SYSTEM, *days, today=days[1], by=By.UNIT).total
    assert (first.c3, later.c3, later.c7) == (1, 3, 1)
    assert Envelope.objects.count() == 1
