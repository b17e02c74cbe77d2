"""One link opened twice at the same moment is one answer."""

from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from django.db import connection

from congvu.dossiers.models import Dossier
from congvu.dossiers.tests.make import a_place
from congvu.foundation.identity.actor import STRANGER, SYSTEM
from congvu.foundation.refusal import Refused
from congvu.surveys.actions.answer import Door, answer
from congvu.surveys.actions.invite import invite
from congvu.surveys.models import SurveyAnswer
from congvu.surveys.rules.questionnaires import Given
from congvu.surveys.rules.words import LINK
from congvu.surveys.tests.make import NOW, a_campaign


@pytest.mark.django_db(transaction=True)
def test_one_link_twice_at_once_is_one_answer(frozen_clock: Any) -> None:
    place = a_place()
    place.received()
    campaign = a_campaign()
    (token,) = invite(campaign, list(Dossier.objects.all()), by=SYSTEM, at=NOW).values()

    def once(_: int) -> bool:
        try:
            answer(campaign.code, Door(LINK, token), Given((5, 5, 5)), by=STRANGER, at=NOW)
        except Refused:
            return False
        finally:
            connection.close()
        return True

    with ThreadPoolExecutor(6) as pool:
        taken = list(pool.map(once, range(6)))
    assert sum(taken) == 1 and SurveyAnswer.objects.count() == 1
