"""Peer: the same lifecycle in Viewflow 2 (one StartHandle, six human tasks, End), on the database of BENCH_DSN.

Exit 3 when Viewflow is not installed. Its state lives in its own tables, made by its own migrations.
"""

import importlib.util
import json
import os
import sys
import time

from psycopg.conninfo import conninfo_to_dict

if importlib.util.find_spec("viewflow") is None:
    sys.exit(3)

dsn = conninfo_to_dict(os.environ["BENCH_DSN"])
import django  # noqa: E402
from django.conf import settings  # noqa: E402

settings.configure(
    SECRET_KEY="bench",  # noqa: S106 a benchmark's own
    USE_TZ=True,
    DATABASES={
        "default": {
            "ENGINE": "django.db.backends.postgresql", "NAME": dsn["dbname"], "USER": dsn["user"],
            "HOST": dsn.get("host", ""), "PORT": dsn.get("port", ""), "PASSWORD": dsn.get("password", ""),
            "OPTIONS": {"options": "-c search_path=viewflow_peer"}, "CONN_MAX_AGE": None,
        }
    },
    INSTALLED_APPS=["django.contrib.contenttypes", "django.contrib.auth", "viewflow", "viewflow.workflow", "vfpeer"],
    DEFAULT_AUTO_FIELD="django.db.models.BigAutoField",
    LOGGING_CONFIG=None,
)  # fmt: skip
django.setup()

from django.contrib.auth.models import User  # noqa: E402
from django.core.management import call_command  # noqa: E402
from django.db import connection, transaction  # noqa: E402
from vfpeer.flows import DossierFlow  # noqa: E402
from viewflow.workflow.models import Task  # noqa: E402


class Request:
    """The one thing of a request Viewflow's activation reads."""

    def __init__(self, user: User) -> None:
        self.user = user


def work(flow: type, process: int, name: str, user: User) -> None:
    """One human task, as Viewflow's own assign and execute views do it on POST."""
    node = getattr(flow, name)
    with flow.lock(process), transaction.atomic():
        task = Task.objects.get(process_id=process, flow_task=node, status="NEW")
        activation = node.activation_class(task)
        activation.assign(user)
        if not node.can_execute(user, task=task):
            raise RuntimeError("the peer refused its own task")
        activation.start(Request(user))
        activation.execute()


def one(number: int, user: User) -> None:
    process = DossierFlow.start.run(code=f"V-{number}", applicant="Nguyễn Văn A", phone="0912345678")
    for step in range(1, 7):
        work(DossierFlow, process.pk, f"s{step}", user)


def prepare() -> User:
    """The peer's tables, and its one user."""
    with connection.cursor() as cursor:
        cursor.execute("CREATE SCHEMA IF NOT EXISTS viewflow_peer")
    call_command("migrate", verbosity=0)
    return User.objects.get_or_create(username="bench")[0]


def main(wanted: int = 60) -> None:
    user = prepare()
    for number in range(5):
        one(-number, user)
    started = time.perf_counter()
    for number in range(wanted):
        one(number, user)
    print(json.dumps({"lifecycles_s": wanted / (time.perf_counter() - started)}))


if __name__ == "__main__":
    main()
