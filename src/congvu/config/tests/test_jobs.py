"""Jobs leave room for one another."""

import pytest

from congvu.config.jobs import simulate
from congvu.dossiers.models import Simulation
from congvu.dossiers.tests.conftest import Office, office
from congvu.dossiers.tests.test_simulation import ordered

__all__ = ["office"]
pytestmark = pytest.mark.django_db


def test_a_run_tries_one_process_and_leaves_the_queue_to_the_next(office: Office) -> None:
    for _ in range(2):
        ordered(office)
    states = Simulation.State
    simulate(timestamp=0)
    assert list(Simulation.objects.order_by("id").values_list("state", flat=True)) == [
        states.DONE,
        states.WAITING,
    ]
    simulate(timestamp=0)
    assert not Simulation.objects.filter(state=states.WAITING).exists()
