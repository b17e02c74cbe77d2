"""Handing over in a process that dies (kill -9): what was kept is kept, the next run takes up where it was."""

import os
import subprocess
import sys
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from django.db import connection

from congvu.dossiers.actions.hand_over import hand_over
from congvu.dossiers.actions.receive import receive
from congvu.dossiers.models import Dossier, DossierEvent, FollowedDossier
from congvu.dossiers.tests.conftest import Office
from congvu.dossiers.tests.make import at
from congvu.organisation.actions.carry_out import carry_out
from congvu.organisation.actions.merge import merge
from congvu.organisation.actions.recording import Decision
from congvu.organisation.models import Handover, HandoverLine, Unit

SRC = Path(__file__).resolve().parents[3]
MANY = 60
CHILD = """
import django; django.setup()
from datetime import datetime
from congvu.dossiers.actions import go_along
from congvu.foundation.clock import LEGAL_ZONE
from congvu.organisation.actions.carry_out import carry_out
go_along.AT_ONCE = 1
carry_out(at=datetime(2026, 11, 20, 14, tzinfo=LEGAL_ZONE), told=lambda words: print(words, flush=True))
"""


def address() -> str:
    of = connection.settings_dict
    return f"postgresql://{of['USER']}:{of['PASSWORD']}@/{of['NAME']}?host={of['HOST']}&port={of['PORT'] or 5432}"


@pytest.mark.django_db(transaction=True)
def test_a_run_that_is_killed_is_taken_up_where_it_was(office: Office) -> None:
    place, heir = office.place, Unit.objects.get(code="H99.09")
    made = receive([place.intake() for _ in range(MANY)], by=place.clerk, at=at("2026-11-16 08:00"))
    ids = [one.id for one in made]
    hand_over(ids, by=place.clerk, at=at("2026-11-16 09:00")).only()
    said: Any = {"decision": Decision("15/NQ-HĐND", date(2026, 11, 10)), "by": place.admin}
    merge([place.home_affairs.pk], heir.pk, effective=date(2026, 11, 19), **said, at=at("2026-11-18 09:00"))
    child = subprocess.Popen(
        [sys.executable, "-c", CHILD],
        stdout=subprocess.PIPE,
        env={**os.environ, "DATABASE_URL": address(), "PYTHONPATH": str(SRC), "CONGVU_TESTING": "1"},
    )
    assert child.stdout is not None and child.stdout.readline(), "the child never began"
    child.kill()
    child.wait()
    child.stdout.close()
    one, kept = Handover.objects.get(), FollowedDossier.objects.count()
    assert 0 < kept < MANY and one.moved_at is None, "killed in the middle"
    assert Dossier.objects.filter(competent_unit=heir.pk).count() == kept, "what was kept is whole"
    assert carry_out(at=at("2026-11-20 15:00")) == 1
    assert Dossier.objects.filter(pk__in=ids, competent_unit=heir.pk).count() == MANY
    assert FollowedDossier.objects.count() == DossierEvent.objects.filter(verb="go_along").count() == MANY
    line = HandoverLine.objects.get(kind="dossier")
    assert (line.found, line.moved) == (MANY, MANY), "nothing counted twice"
