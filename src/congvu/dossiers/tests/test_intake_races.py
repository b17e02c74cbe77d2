"""One form pressed twice at the same instant, each press with its own connection: one dossier, one answer, no number lost."""

from collections.abc import Iterator
from uuid import uuid4

import pytest

from congvu.dossiers.actions.intake import PaperIn
from congvu.dossiers.actions.receive import receive
from congvu.dossiers.actions.receive_envelope import receive_envelope
from congvu.dossiers.models import Dossier, Envelope, HeldOriginal
from congvu.dossiers.tests.conftest import forget
from congvu.dossiers.tests.make import Place, a_place, at
from congvu.dossiers.tests.make_group import a_group, an_envelope
from congvu.dossiers.tests.test_money_races import at_once, refusals
from congvu.foundation.numbering.models import Series

pytestmark = pytest.mark.django_db(transaction=True)
NOW = at("2026-11-20 09:00")


@pytest.fixture
def place() -> Iterator[Place]:
    forget()
    yield a_place()
    forget()


def test_a_dossier_with_an_original_kept_is_received_once(place: Place) -> None:
    place.received()
    for _ in range(5):
        intake = place.intake(intake_key=uuid4(), papers=(PaperIn("Sổ hộ khẩu", originals=1, kept=1),))
        answers = at_once(*[lambda i=intake: receive([i], by=place.clerk, at=NOW)[0]] * 3)  # type: ignore[misc]
        assert refusals(answers) == []
        assert len({one.code for one in answers}) == 1 and sum(not one.repeated for one in answers) == 1
    assert Dossier.objects.count() == 6 and HeldOriginal.objects.count() == 5
    assert Series.objects.get().last == 6


def test_an_envelope_is_received_once(place: Place) -> None:
    group = a_group()
    for _ in range(3):
        wanted = an_envelope(place, group, key=uuid4())
        answers = at_once(*[lambda w=wanted: receive_envelope(w, by=place.clerk, at=NOW)] * 3)  # type: ignore[misc]
        assert refusals(answers) == []
        assert len({one.code for one in answers}) == 1 and sum(not one.repeated for one in answers) == 1
    assert Envelope.objects.count() == 3
    assert sorted(one.last for one in Series.objects.all()) == [3, 3]
