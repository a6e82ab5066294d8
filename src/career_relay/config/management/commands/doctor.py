from __future__ import annotations

import datetime as dt
import smtplib
import typing

from django.conf import settings
from django.core import mail
from django.core.management.base import BaseCommand, CommandError
from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor
from procrastinate.contrib.django.models import ProcrastinateWorker

from career_relay.capabilities import documents
from career_relay.capabilities.messaging import queries as messaging
from career_relay.domain.ground.credits import queries as ledger
from career_relay.kernel import clock
from career_relay.kernel.tenancy import catalogue

SHORTEST_KEY = 32
HEARD_OF = dt.timedelta(minutes=1)


class Command(BaseCommand):
    help = "Look this deployment over and say what is wrong and what to do about it."

    def handle(self, *args: typing.Any, **options: typing.Any) -> None:
        """Run every check; raise CommandError when one found something."""
        found = 0
        for title, check in CHECKS.items():
            try:
                faults = check()
            except DatabaseError as error:
                faults = [f"The database did not answer ({type(error).__name__}). Is DATABASE_URL right?"]
            self.stdout.write(("✗ " if faults else "✓ ") + title)
            for fault in faults:
                self.stdout.write(f"    {fault}")
            found += len(faults)
        if found:
            message = f"{found} finding(s)."
            raise CommandError(message)


def _migrations() -> list[str]:
    executor = MigrationExecutor(connection)
    plan = executor.migration_plan(executor.loader.graph.leaf_nodes())
    return [f"{len(plan)} migration(s) are not applied. Run: career-relay migrate"] if plan else []


def _key() -> list[str]:
    if len(settings.RELAY_KEY) >= SHORTEST_KEY:
        return []
    return [f"RELAY_KEY has {len(settings.RELAY_KEY)} characters. Use at least {SHORTEST_KEY} random ones."]


def _address() -> list[str]:
    if settings.DEMO or settings.IS_HTTPS:
        return []
    return [f"RELAY_SITE_URL is {settings.SITE_URL}. Use https:// outside the demo: cookies and links depend on it."]


def _mail() -> list[str]:
    try:
        with mail.get_connection():
            return []
    except (OSError, smtplib.SMTPException) as error:
        place = f"{settings.EMAIL_HOST}:{settings.EMAIL_PORT}"
        return [f"The mail server {place} did not answer ({type(error).__name__}). Check EMAIL_URL."]


def _worker() -> list[str]:
    is_alive = ProcrastinateWorker.objects.filter(last_heartbeat__gt=clock.now() - HEARD_OF).exists()
    return [] if is_alive else ["No worker has been heard of for a minute. Start: career-relay worker"]


def _queue() -> list[str]:
    if messaging.is_late(now=clock.now()):
        return ["A mail has been due for more than five minutes. Is the worker running, does the mail server answer?"]
    return []


def _ledger() -> list[str]:
    return [
        f"Organization {found.organization_id}, {found.figure}: {found.kept} is kept, the postings say {found.rebuilt}."
        " Stop the worker and the web server, and look for who wrote past the program."
        for found in ledger.differences()
    ]


def _documents() -> list[str]:
    if documents.is_ready():
        return []
    return ["Pango is missing, so no PDF can be made. On Debian: libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0."]


CHECKS: dict[str, typing.Callable[[], list[str]]] = {
    "Role of the application": catalogue.role_faults,
    "Row level security, gate, append-only tables": catalogue.lint,
    "Migrations": _migrations,
    "Key": _key,
    "Address": _address,
    "Mail server": _mail,
    "Worker": _worker,
    "Mails on time": _queue,
    "Ledger": _ledger,
    "Documents": _documents,
}
