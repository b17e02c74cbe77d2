"""`congvu worker`: runs the jobs. Stops after the job in hand on TERM or INT; takes up what a killed worker left."""

import argparse
import asyncio
import logging
from typing import TYPE_CHECKING

from congvu.config.cli.output import OK, PROBLEM, note

if TYPE_CHECKING:
    from procrastinate.manager import JobManager

STALLED_SECONDS = 60  # a living worker gives a sign every 10 seconds
logger = logging.getLogger("congvu.worker")


def add_parser(subparsers: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    parser = subparsers.add_parser("worker", description="Chạy việc nền cho tới khi được bảo dừng.")
    parser.add_argument(
        "--concurrency", type=int, default=2, metavar="N", help="số việc cùng lúc (mặc định 2)"
    )
    parser.add_argument("--once", action="store_true", help="làm hết việc đang chờ rồi thoát")


def run(args: argparse.Namespace) -> int:
    from congvu.config.cli.ready import django_ready

    django_ready()
    from procrastinate.exceptions import ConnectorException

    try:
        asyncio.run(work(concurrency=args.concurrency, until_stopped=not args.once))
    except ConnectorException as error:
        note(
            f"congvu worker: mất cơ sở dữ liệu ({error.__cause__ or error}); dừng, việc đang dở sẽ được làm lại."
        )
        return PROBLEM
    note("congvu worker: đã dừng.")
    return OK


async def work(*, concurrency: int, until_stopped: bool) -> None:
    """Run jobs; beside them, every minute, put jobs of dead workers back into the queue."""
    from procrastinate.contrib.django import app
    from procrastinate.contrib.django.django_connector import DjangoConnector

    connector = app.connector
    assert isinstance(connector, DjangoConnector)
    with app.replace_connector(connector.get_worker_connector()):
        async with app.open_async():
            await take_up_stalled(app.job_manager)
            rescue = asyncio.create_task(_keep_taking_up(app.job_manager))
            try:
                await app.run_worker_async(
                    name="congvu",
                    concurrency=concurrency,
                    wait=until_stopped,
                    shutdown_graceful_timeout=20,
                    delete_jobs="successful",  # what was done is in the audit log; the queue stays small
                )
            finally:
                rescue.cancel()


async def take_up_stalled(jobs: "JobManager") -> int:
    """Put jobs whose worker died back into the queue; returns how many. Every job of ours may run twice."""
    from procrastinate.exceptions import UniqueViolation
    from procrastinate.jobs import Status

    count = 0
    for job in await jobs.get_stalled_jobs(seconds_since_heartbeat=STALLED_SECONDS):
        try:
            await jobs.retry_job(job)
        except UniqueViolation:  # the same work waits already under its queueing lock; once is enough
            await jobs.finish_job(job, Status.FAILED, delete_job=True)
        count += 1
    await jobs.prune_stalled_workers(STALLED_SECONDS)
    if count:
        logger.warning("took up %s jobs a stopped worker had left", count)
    return count


async def _keep_taking_up(jobs: "JobManager") -> None:
    while True:
        await asyncio.sleep(60)
        try:
            await take_up_stalled(jobs)
        except Exception:  # the database may be away for a moment; the worker itself waits and goes on
            logger.exception("could not look for stalled jobs")
