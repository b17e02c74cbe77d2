"""Whoever signs in at the counter finds a refund in every hand and a parcel that came back."""

import pytest

from congvu.demo import comes_back, story
from congvu.demo.tests.make import NOW, PLACES, a_province
from congvu.dossiers.models import RefundRequest, RefundState
from congvu.dossiers.queries.give_back import came_back
from congvu.foundation.workdays.queries import calendar_now

pytestmark = pytest.mark.django_db


def test_refunds_and_parcels_wait_at_the_counter() -> None:
    what, roster = a_province()
    story.tell(what, roster, calendar_now(), until=NOW, seed=7, places=PLACES)
    counter = what.province[0].receiving
    comes_back.tell(roster, counter, until=NOW)
    states = RefundRequest.objects.order_by("id").values_list("state", flat=True)
    assert list(states) == [RefundState.APPROVED, RefundState.ASKED]
    assert 1 <= len(came_back((counter,))) <= comes_back.EACH
