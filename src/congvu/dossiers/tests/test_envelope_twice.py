"""One envelope, two presses or two clerks at the same instant, each on its own connection: one envelope, one answer."""

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pytest

from congvu.config.testing.together import slowly
from congvu.dossiers.actions.envelope_door import receive_registered_envelope, refuse_envelope
from congvu.dossiers.actions.receive_envelope import receive_envelope
from congvu.dossiers.actions.register_envelope import register_envelope
from congvu.dossiers.models import Dossier, Envelope
from congvu.dossiers.rules.status import Status
from congvu.dossiers.tests.conftest import forget
from congvu.dossiers.tests.make import Place, a_place, at
from congvu.dossiers.tests.make_group import a_group, an_envelope
from congvu.foundation.identity.actor import SYSTEM
from congvu.foundation.numbering.models import Series
from congvu.foundation.refusal import Refused

pytestmark = pytest.mark.django_db(transaction=True)
NINE = at("2026-11-20 09:00")


@pytest.fixture
def place() -> Iterator[Place]:
    forget()
    yield a_place()
    forget()


def registered(place: Place) -> int:
    wanted = replace(an_envelope(place, a_group()), channel=2)
    return register_envelope(wanted, by=SYSTEM, at=NINE).id


def test_one_form_pressed_twice_at_the_counter_is_one_envelope_and_burns_no_number(place: Place) -> None:
    wanted = an_envelope(place, a_group())
    told = slowly(*(lambda: receive_envelope(wanted, by=place.clerk, at=NINE) for _ in range(2)))
    assert not [one for one in told if isinstance(one, Exception)]
    assert sorted(one.repeated for one in told) == [False, True]
    assert {one.code for one in told} == {"H99.01-LT-261120-0001"}
    assert set(Series.objects.values_list("last", flat=True)) == {1}


def test_one_form_pressed_twice_online_is_one_envelope(place: Place) -> None:
    wanted = replace(an_envelope(place, a_group()), channel=2)
    told = slowly(*(lambda: register_envelope(wanted, by=SYSTEM, at=NINE) for _ in range(2)))
    assert not [one for one in told if isinstance(one, Exception)]
    assert sorted(one.repeated for one in told) == [False, True]
    assert Envelope.objects.count() == Dossier.objects.count() == 1


def test_two_clerks_receive_at_once_and_both_are_given_the_one_code(place: Place) -> None:
    made = registered(place)
    told = slowly(*(lambda: receive_registered_envelope(made, by=place.clerk, at=NINE) for _ in range(2)))
    assert not [one for one in told if isinstance(one, Exception)]
    assert {one.code for one in told} == {"H99.01-LT-261120-0001"}
    assert sorted(one.repeated for one in told) == [False, True]


def test_one_receives_while_another_refuses_and_only_one_answer_stands(place: Place) -> None:
    made = registered(place)
    told: list[Any] = slowly(
        lambda: receive_registered_envelope(made, by=place.clerk, at=NINE),
        lambda: refuse_envelope(made, "Sai thẩm quyền", by=place.clerk, at=NINE),
    )
    assert len([one for one in told if isinstance(one, Refused)]) == 1
    row, first = Envelope.objects.get(), Dossier.objects.get()
    assert (row.code is not None) == (first.status == Status.RECEIVED)
    assert first.status in (Status.RECEIVED, Status.REFUSED)
