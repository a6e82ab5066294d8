"""What the worker survives: another worker's death, a poisoned job, a database that goes away."""

from __future__ import annotations

import subprocess
import typing

import psycopg
import pytest
from procrastinate.contrib.django.models import ProcrastinateJob

from tests.capabilities.messaging import letters
from tests.tasks import worker_process
from tests.tasks.worker_process import wait_for

if typing.TYPE_CHECKING:
    from tests.capabilities.messaging.sink import Sink

pytestmark = pytest.mark.faults

Addresses = dict[str, str]


def superuser(addresses: Addresses, *, database: str = "") -> psycopg.Connection[typing.Any]:
    address = addresses["superuser"]
    return psycopg.connect(f"{address.rsplit('/', 1)[0]}/{database}" if database else address, autocommit=True)


def test_worker_takes_up_the_jobs_of_one_that_is_gone(fresh_database: Addresses, mail_server: Sink) -> None:
    message, hopeless = letters.queue(), letters.queue()
    with superuser(fresh_database) as connection:
        connection.execute("INSERT INTO procrastinate_workers (last_heartbeat) VALUES (now() - interval '1 hour')")
        connection.execute(
            "UPDATE procrastinate_jobs SET status = 'doing', worker_id = (SELECT id FROM procrastinate_workers)"
        )
        connection.execute("UPDATE procrastinate_jobs SET attempts = 5 WHERE args->>'message' = %s", [str(hopeless.pk)])
    with worker_process.running(fresh_database["app"], mail_port=mail_server.port):
        assert wait_for(lambda: letters.reread(message).state == "sent")
    left = ProcrastinateJob.objects.filter(task_name="send_message")
    assert {job.args["message"]: job.status for job in left} == {str(hopeless.pk): "failed"}


def test_worker_waits_for_a_database_that_went_away(fresh_database: Addresses, mail_server: Sink) -> None:
    name = fresh_database["app"].rsplit("/", 1)[1]
    with (
        worker_process.running(fresh_database["app"], mail_port=mail_server.port) as worker,
        superuser(fresh_database, database="postgres") as connection,
    ):
        letters.connections_closed()
        connection.execute(f'ALTER DATABASE "{name}" ALLOW_CONNECTIONS false')
        connection.execute("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = %s", [name])
        with pytest.raises(subprocess.TimeoutExpired):
            worker.wait(timeout=4)
        connection.execute(f'ALTER DATABASE "{name}" ALLOW_CONNECTIONS true')
        message = letters.queue()
        assert wait_for(lambda: letters.reread(message).state == "sent")
