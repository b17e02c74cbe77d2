"""Kill -9 of a worker at the worst moment: after the mail server took the mail, before the outbox says so."""

import os
import signal
import subprocess
import sys
from collections import Counter
from pathlib import Path

import pytest
from django.db import connection

from congvu.foundation import clock
from congvu.foundation.identity.actor import SYSTEM
from congvu.foundation.notices.actions.decide import decide
from congvu.foundation.notices.actions.deliver import LEFT_OVER_MINUTES, doubt_left_over
from congvu.foundation.notices.actions.put import NewNotice, put
from congvu.foundation.notices.models import Notice, NoticeState
from congvu.foundation.notices.tests.mailserver import MailServer, a_mail_server
from congvu.foundation.workdays.days import add_minutes

pytestmark = pytest.mark.django_db(transaction=True)
COURIER = Path(__file__).parent / "courier.py"
S = NoticeState


def start(server: MailServer) -> "subprocess.Popen[bytes]":
    """A worker in a process of its own, on the database of this test."""
    own = connection.settings_dict
    url = f"postgresql://{own['USER']}:{own['PASSWORD']}@/{own['NAME']}?host={own['HOST']}"
    if own["PORT"]:
        url += f"&port={own['PORT']}"
    return subprocess.Popen(
        [sys.executable, str(COURIER), str(server.port)], env={**os.environ, "DATABASE_URL": url}
    )


def states() -> Counter[str]:
    return Counter(Notice.objects.values_list("state", flat=True))


def test_a_worker_killed_after_the_server_s_yes_leaves_a_doubt_and_never_a_second_mail() -> None:
    put([NewNotice(f"k:{n}", "email", f"nguoi{n}@example.com", "x", "x") for n in range(5)], at=clock.now())
    with a_mail_server() as server:
        worker = start(server)

        def freeze_at_the_third() -> None:
            if len(server.kept) == 3:
                worker.send_signal(signal.SIGSTOP)  # the answer goes out, and nobody is there to read it

        server.taken = freeze_at_the_third
        stopped, status = os.waitpid(worker.pid, os.WUNTRACED)
        assert stopped and os.WIFSTOPPED(status)
        worker.kill()
        worker.wait(30)
        assert states() == {S.SENT: 2, S.SENDING: 1, S.WAITING: 2}

        assert start(server).wait(60) == 0, "the next worker goes on with the rest"
        assert states() == {S.SENT: 4, S.SENDING: 1}
        later = add_minutes(clock.now(), LEFT_OVER_MINUTES + 1)
        assert doubt_left_over(at=later) == 1
        assert start(server).wait(60) == 0
        assert states() == {S.SENT: 4, S.UNCERTAIN: 1}
        assert sorted(to for to, _ in server.kept) == [f"nguoi{n}@example.com" for n in range(5)]

        doubtful = Notice.objects.get(state=S.UNCERTAIN)
        assert decide("it_went", [doubtful.pk], by=SYSTEM, at=later) == [doubtful.pk]
        assert start(server).wait(60) == 0
        assert len(server.kept) == 5
