"""One sheet of numbers brought twice at the same moment, each on its own connection: every number is kept once."""

import pytest

from congvu.config.testing.together import slowly
from congvu.foundation.identity.actor import SYSTEM
from congvu.foundation.refusal import Refused
from congvu.indicators.actions.enter_figures import enter_figures
from congvu.indicators.models import HandFigure
from congvu.indicators.tests.test_hand_figures import NOW, defined, typed

pytestmark = pytest.mark.django_db(transaction=True)


def test_a_sheet_of_numbers_imported_twice_at_once_is_kept_once() -> None:
    defined()
    defined("vb.ra-soat")
    rows = [typed(61), typed(7, code="vb.ra-soat")]
    answers = slowly(*[lambda: enter_figures(rows, by=SYSTEM, at=NOW)] * 2)
    assert not [one for one in answers if isinstance(one, Exception)], answers
    assert {tuple(row.pk for row in one) for one in answers} == {tuple(row.pk for row in answers[0])}
    assert HandFigure.objects.count() == 2


def test_two_different_numbers_for_one_period_at_once_the_second_is_refused() -> None:
    defined()
    answers = slowly(*[lambda n=n: enter_figures([typed(n)], by=SYSTEM, at=NOW) for n in (61, 62)])
    (told,) = [one for one in answers if isinstance(one, Exception)]
    assert isinstance(told, Refused) and "đã có số liệu" in told.what and "Đính chính" in told.do
    assert HandFigure.objects.count() == 1
