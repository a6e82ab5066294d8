from __future__ import annotations

import typing
import urllib.parse

from django.core.management.commands import migrate
from django.db import connections

from career_relay.config import settings


class Command(migrate.Command):
    help = "Bring the database to the present schema, as its owner (DATABASE_OWNER_URL)."

    def handle(self, *args: typing.Any, **options: typing.Any) -> None:
        """Connect as relay_owner where its address is given: the application's own role may not change tables."""
        if settings.env.str("DATABASE_OWNER_URL", default=""):
            owner = settings.env.db("DATABASE_OWNER_URL")
            connection = connections[options["database"]]
            connection.close()
            connection.settings_dict.update(
                USER=owner["USER"],
                PASSWORD=owner["PASSWORD"],
                HOST=urllib.parse.unquote(owner["HOST"]),
                PORT=owner["PORT"],
            )
        super().handle(*args, **options)
