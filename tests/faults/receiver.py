"""A counter under load, as its own process: THREADS threads receive COUNT dossiers each and say what was acknowledged.

Each line on stdout is `intake_key code`, written only after the action answered. When the database goes away the
same form (the same intake key) is sent again, as a person would press the button again.
"""

import os
import sys
import threading
import time
from uuid import uuid4

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "congvu.config.settings")

import django

django.setup()

from django.db import Error, connection  # noqa: E402

from congvu.dossiers.actions.intake import Intake, Person  # noqa: E402
from congvu.dossiers.actions.receive import receive  # noqa: E402
from congvu.foundation import clock  # noqa: E402
from congvu.foundation.identity.actor import Actor, Held  # noqa: E402

THREADS, COUNT, VERSION, UNIT, COMPETENT = (int(word) for word in sys.argv[1:6])
CLERK = Actor(1, "Trần Một Cửa", "tran", "", (Held("clerk", UNIT),))
_say = threading.Lock()


def one_counter() -> None:
    for number in range(COUNT):
        key = uuid4()
        wanted = Intake(
            intake_key=key, version_id=VERSION, channel=1, receiving_unit_id=UNIT, competent_unit_id=COMPETENT,
            owner=Person(f"Người nộp {number}"),
        )  # fmt: skip
        while True:
            try:
                made = receive([wanted], by=CLERK, at=clock.now())[0]
                break
            except Error:
                connection.close()
                time.sleep(0.05)
        with _say:
            sys.stdout.write(f"{key} {made.code}\n")
            sys.stdout.flush()
    connection.close()


counters = [threading.Thread(target=one_counter) for _ in range(THREADS)]
for counter in counters:
    counter.start()
for counter in counters:
    counter.join()
