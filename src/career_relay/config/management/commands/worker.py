"""`career-relay worker`: does the work that was put off, and looks after work that a crash left behind."""

from __future__ import annotations

import asyncio
import concurrent.futures
import signal
import typing

import psycopg
import structlog
from asgiref.sync import sync_to_async
from django.core.management.base import BaseCommand, CommandError
from django.db import DatabaseError, close_old_connections, connection
from procrastinate import App, PsycopgConnector, exceptions, jobs
from procrastinate.contrib.django import procrastinate_app
from procrastinate.contrib.django.utils import connector_params

from career_relay.capabilities.messaging import operations as messaging
from career_relay.kernel import clock
from career_relay.kernel.tenancy import catalogue

if typing.TYPE_CHECKING:
    import collections.abc

log = structlog.get_logger("career_relay.worker")

CONCURRENCY = 4
ASK_FOR_JOBS_SECONDS = 2.0
HEARTBEAT_SECONDS = 5.0
GONE_AFTER_SECONDS = 20.0
LOOK_AFTER_SECONDS = 3.0
PAUSE_AFTER_FAILURE_SECONDS = 2.0
GRACE_SECONDS = 8.0
CONNECTION_SECONDS = 5.0
MOST_ATTEMPTS = 5
OUTAGES = (DatabaseError, psycopg.Error, exceptions.ConnectorException, OSError)


class Command(BaseCommand):
    help = "Send mails and do all other work in the background, until told to stop (SIGTERM, SIGINT)."

    def handle(self, *args: object, **options: object) -> None:
        """Work until stopped; a database that goes away is waited for."""
        if faults := catalogue.role_faults():
            raise CommandError(" ".join(faults))
        asyncio.run(_work_until_stopped())


async def _work_until_stopped() -> None:
    stop = asyncio.Event()
    loop = asyncio.get_running_loop()
    loop.set_default_executor(concurrent.futures.ThreadPoolExecutor(CONCURRENCY + 1, thread_name_prefix="job"))
    for number in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(number, stop.set)
    log.info("worker started")
    while not stop.is_set():
        try:
            await sync_to_async(_connect)()
            await _work(stop)
        except OUTAGES as error:
            log.warning("worker waits for the database", error=type(error).__name__)
        if not stop.is_set():
            await _first_of(stop.wait(), asyncio.sleep(PAUSE_AFTER_FAILURE_SECONDS))
    log.info("worker stopped")


def _connect() -> None:
    """Renew the periodic deferrer's connection, which nobody else would; raises at once while the database is away."""
    connection.close()
    connection.ensure_connection()


async def _work(stop: asyncio.Event) -> None:
    """Run one worker with its reaper beside it; returns when told to stop, or when the database went away.

    The worker has connections of its own. Tasks go on deferring through Django's, in their own transactions, which is
    why this is a second app with the same tasks and not the first with its connector replaced. Its pool of connections
    is given up soon after the database went away, because it would try again at ever longer intervals.
    """
    connector = PsycopgConnector(kwargs=connector_params(), timeout=CONNECTION_SECONDS)
    app = procrastinate_app.app.with_connector(connector)
    async with app.open_async():
        worker = asyncio.create_task(
            app.run_worker_async(
                concurrency=CONCURRENCY,
                fetch_job_polling_interval=ASK_FOR_JOBS_SECONDS,
                update_heartbeat_interval=HEARTBEAT_SECONDS,
                stalled_worker_timeout=GONE_AFTER_SECONDS,
                shutdown_graceful_timeout=GRACE_SECONDS,
                delete_jobs="successful",
                install_signal_handlers=False,
            )
        )
        reaper = asyncio.create_task(_look_after(app))
        try:
            await _first_of(worker, reaper, stop.wait())
        finally:
            reaper.cancel()
            worker.cancel()
            await asyncio.gather(reaper, worker, return_exceptions=True)


async def _look_after(app: App) -> None:
    """Every few seconds, put mails and jobs that a crash left behind back on their way.

    A loop of the worker and not a job of the queue: a job could be left behind, or wait behind what it should mend.
    """
    while True:
        try:
            await asyncio.to_thread(_recover_mails)
            await _recover_jobs(app)
        except OUTAGES as error:
            log.warning("reaper waits for the database", error=type(error).__name__)
        await asyncio.sleep(LOOK_AFTER_SECONDS)


def _recover_mails() -> None:
    close_old_connections()
    try:
        recovery = messaging.recover(now=clock.now())
    finally:
        close_old_connections()
    if recovery.requeued or recovery.is_late:
        log.warning("mails left behind", requeued=recovery.requeued, late=recovery.is_late)


async def _recover_jobs(app: App) -> None:
    """Queue the jobs of workers that are gone again; one that was given up several times may be what ends them."""
    for job in await app.job_manager.get_stalled_jobs(seconds_since_heartbeat=GONE_AFTER_SECONDS):
        if job.attempts < MOST_ATTEMPTS:
            await app.job_manager.retry_job(job)
        else:
            await app.job_manager.finish_job(job, status=jobs.Status.FAILED, delete_job=False)
        log.warning("job left behind", task=job.task_name, job=job.id, attempts=job.attempts)


async def _first_of(*waiting: collections.abc.Awaitable[object]) -> None:
    """Wait until one of them is over; raise what it raised. Tasks that were passed in go on, coroutines are ended."""
    tasks = [asyncio.ensure_future(each) for each in waiting]
    done, rest = await asyncio.wait(tasks, return_when=asyncio.FIRST_COMPLETED)
    for task in rest:
        if task not in waiting:
            task.cancel()
    for task in done:
        task.result()
