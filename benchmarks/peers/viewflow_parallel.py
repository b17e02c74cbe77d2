"""Peer: two agencies at once in Viewflow 2. Arguments: dossiers a set, how many. Set-up as in the lifecycle's peer."""

import json
import sys
import time

import viewflow_lifecycle  # first: it configures Django, or leaves when Viewflow is not here
from django.contrib.auth.models import User
from django.db import transaction
from vfpeer.flows import ParallelFlow


def one_set(number: int, size: int, user: User) -> None:
    with transaction.atomic():
        made = [
            ParallelFlow.start.run(code=f"P-{number}-{n}", applicant="Nguyễn Văn A", phone="0912345678")
            for n in range(size)
        ]
    for name in ("receive", "lead", "police", "sign", "give_back"):
        with transaction.atomic():
            for process in made:
                viewflow_lifecycle.work(ParallelFlow, process.pk, name, user)
    if type(made[0]).objects.filter(pk__in=[one.pk for one in made], status="DONE").count() != size:
        raise RuntimeError("the peer left a dossier unfinished")


def main(size: int, wanted: int) -> None:
    user = viewflow_lifecycle.prepare()
    for number in range(5):
        one_set(-1 - number, 1, user)
    sets = max(1, wanted // size)
    started = time.perf_counter()
    for number in range(sets):
        one_set(number, size, user)
    print(json.dumps({"lifecycles_s": sets * size / (time.perf_counter() - started)}))


if __name__ == "__main__":
    main(int(sys.argv[1]), int(sys.argv[2]))
