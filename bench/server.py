"""A migrated database of its own on the private test server, for the time of a measurement."""

from __future__ import annotations

import contextlib
import os
import subprocess
import sys
from typing import TYPE_CHECKING

from tools import devdb

if TYPE_CHECKING:
    from collections.abc import Iterator


@contextlib.contextmanager
def database(name: str) -> Iterator[dict[str, str]]:
    """Yield the URLs by role of a fresh database `name`, with the program's environment set to it; drop it afterwards."""
    if os.environ.get("DATABASE_URL"):
        raise SystemExit("A bench measures on its own server, so that figures compare: unset DATABASE_URL.")
    devdb.start(test=True)
    server = devdb.find_server(test=True)
    drop = f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)'
    server.sql("postgres", "-c", drop)
    devdb.create_database(name, test=True)
    urls = devdb.urls(test=True, database=name)
    settings = {
        "DJANGO_SETTINGS_MODULE": "career_relay.config.settings",
        "RELAY_KEY": "bench",
        "RELAY_LOG_LEVEL": "ERROR",
    }
    migrate = [sys.executable, "-m", "career_relay", "migrate", "--skip-checks", "--verbosity", "0"]
    subprocess.run(migrate, check=True, env={**os.environ, **settings, "DATABASE_URL": urls["owner"]})
    os.environ.update(settings, DATABASE_URL=urls["app"])
    try:
        yield urls
    finally:
        server.sql("postgres", "-c", drop)
