from __future__ import annotations

import io
import pathlib
import sys
import typing

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandParser
from django.db import DatabaseError, connection

from career_relay.config import startup, supervisor


class Command(BaseCommand):
    help = "Serve: web server and worker under one supervisor; in the demo a mail receiver too."

    def add_arguments(self, parser: CommandParser) -> None:
        """Take the port to try first."""
        parser.add_argument("--port", type=int, default=8000, help="first port to try (default 8000)")

    def handle(self, *args: typing.Any, **options: typing.Any) -> None:
        """Run until told to stop and end with the supervisor's exit code."""
        startup.refuse_if_unsafe()
        folder = pathlib.Path(settings.MAILDIR) if settings.DEMO else None
        welcome: list[str] = []
        if settings.DEMO:
            sign_ins = io.StringIO()
            call_command("demo", print=True, stdout=sign_ins)
            welcome = sign_ins.getvalue().splitlines()
        connection.close()
        sys.exit(
            supervisor.main(
                port=options["port"], database_answers=database_answers, mail_folder=folder, welcome=welcome
            )
        )


def database_answers() -> bool:
    """Tell whether the database lets us in, as it does not while it starts or recovers. Keeps no connection."""
    try:
        connection.ensure_connection()
    except DatabaseError:
        return False
    finally:
        connection.close()
    return True
