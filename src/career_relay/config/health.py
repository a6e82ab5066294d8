"""Two questions a supervisor asks: is the process there, and may it be given people."""

from __future__ import annotations

import typing

from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor
from django.http import HttpResponse, JsonResponse

from career_relay.capabilities.messaging import operations as messaging
from career_relay.kernel import clock

if typing.TYPE_CHECKING:
    from django.http import HttpRequest

_migrated = False


def alive(request: HttpRequest) -> HttpResponse:
    """Say that the process answers."""
    return HttpResponse("ok\n", content_type="text/plain")


def ready(request: HttpRequest) -> HttpResponse:
    """Say whether database, migrations and queue are in order; put mails that were left behind back on their way.

    This is the reaper's second path: it runs even when every worker is gone or stuck.
    """
    try:
        faults = _faults()
    except DatabaseError:
        faults = ["database"]
    response = JsonResponse({"ready": not faults, "faults": faults}, status=503 if faults else 200)
    if faults:
        response["Retry-After"] = "5"
    return response


def _faults() -> list[str]:
    global _migrated  # noqa: PLW0603 -- asked once a process: migrations do not come undone while it runs
    if not _migrated:
        executor = MigrationExecutor(connection)
        _migrated = not executor.migration_plan(executor.loader.graph.leaf_nodes())
    if not _migrated:
        return ["migrations"]
    return ["queue"] if messaging.recover(now=clock.now()).is_late else []
