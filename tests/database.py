"""Test databases: migrated once into a template, cloned for each run and for each test that needs real commits.

The demo's network takes many seconds to make: it is a second template, the same one all day as long as nothing changes.
"""

from __future__ import annotations

import contextlib
import hashlib
import os
import pathlib
import subprocess
import sys
import tempfile
import typing
import uuid

import psycopg
from django.db import connections

from career_relay.kernel import clock

if typing.TYPE_CHECKING:
    import collections.abc

ROOT = pathlib.Path(__file__).resolve().parent.parent
CLONING, MAKING_DEMO = 4711, 4712  # advisory locks: no source is made or taken away while somebody copies it
SOURCES = [
    *["src/career_relay/**/migrations/*.py", "src/career_relay/**/models.py"],
    "src/career_relay/**/guards.py",
    *["src/career_relay/kernel/tenancy/*", "requirements/run.txt"],
]


def template() -> str:
    """Return the name of a migrated database for the present migrations, making it first if it is not there."""
    name = f"template_{_digest(SOURCES)}"
    with _superuser() as connection:
        connection.execute("SELECT pg_advisory_lock(%s)", [CLONING])
        if not _is_template(name, connection):
            _migrate(name, connection)
    return name


def demo_template() -> str:
    """Return the name of a database with today's demo network, as the present program makes it."""
    name = f"demo_template_{_digest(['src/**/*.py', 'src/**/templates/mail/*'], f'{clock.day_in_japan(clock.now())}')}"
    with _superuser() as connection:
        connection.execute("SELECT pg_advisory_lock(%s)", [MAKING_DEMO])
        if not _is_template(name, connection):
            _make_demo(name, connection)
    return name


def clone(name: str, source: str = "") -> None:
    """Make database `name` as a copy of a template, the empty one unless another is named."""
    source = source or template()
    with _superuser() as connection:
        connection.execute("SELECT pg_advisory_lock(%s)", [CLONING])
        # Without the log of each page a copy costs a third; the checkpoint it takes instead is cheap, as nothing is synced.
        connection.execute(f'CREATE DATABASE "{name}" TEMPLATE "{source}" OWNER relay_owner STRATEGY FILE_COPY')
    grants = (
        "REVOKE ALL ON DATABASE {0} FROM PUBLIC; GRANT CONNECT ON DATABASE {0} TO relay_app, relay_backup;"
        " GRANT TEMPORARY ON DATABASE {0} TO relay_app"
    )
    with _superuser() as connection:
        connection.execute(grants.format(f'"{name}"'))


@contextlib.contextmanager
def fresh() -> collections.abc.Iterator[dict[str, str]]:
    """Use a migrated database that holds nothing, and forget it afterwards; yields its addresses by role."""
    name = f"fresh_{uuid.uuid4().hex[:12]}"
    clone(name)
    before = point_to(name)
    try:
        yield urls(name)
    finally:
        connections.close_all()
        point_to(before)
        drop(name)


def drop(name: str) -> None:
    """Remove database `name`, whoever is still connected."""
    with _superuser() as connection:
        connection.execute(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')


def point_to(name: str) -> str:
    """Send every connection of this process to database `name`; return the one used before."""
    before = ""
    for alias in connections:
        connections[alias].close()
        before = connections.settings[alias]["NAME"]
        connections.settings[alias]["NAME"] = name
    return before


def urls(name: str) -> dict[str, str]:
    """Return the addresses of database `name` by role: app, owner, superuser."""
    variables = {"app": "DATABASE_URL", "owner": "DATABASE_OWNER_URL", "superuser": "DATABASE_SUPERUSER_URL"}
    return {role: os.environ[variable].rsplit("/", 1)[0] + f"/{name}" for role, variable in variables.items()}


def _digest(patterns: list[str], *more: str) -> str:
    digest = hashlib.sha256("".join(more).encode())
    for pattern in patterns:
        for path in sorted(ROOT.glob(pattern)):
            if path.is_file() and path.suffix != ".pyc":
                digest.update(path.read_bytes())
    return digest.hexdigest()[:16]


def _is_template(name: str, connection: psycopg.Connection[typing.Any]) -> bool:
    query = "SELECT 1 FROM pg_database WHERE datname = %s AND datistemplate"
    return connection.execute(query, [name]).fetchone() is not None


def _migrate(name: str, connection: psycopg.Connection[typing.Any]) -> None:
    connection.execute(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')
    connection.execute(f'CREATE DATABASE "{name}"')
    with psycopg.connect(urls(name)["superuser"], autocommit=True) as inside:
        inside.execute((ROOT / "src/career_relay/kernel/tenancy/roles.sql").read_text())
    _run(["migrate", "--skip-checks", "--verbosity", "0"], DATABASE_URL=urls(name)["owner"])
    connection.execute(f'ALTER DATABASE "{name}" IS_TEMPLATE true')


def _make_demo(name: str, connection: psycopg.Connection[typing.Any]) -> None:
    older = "SELECT datname FROM pg_database WHERE datname LIKE 'demo\\_template\\_%'"
    for (other,) in connection.execute(older).fetchall():
        connection.execute(f'ALTER DATABASE "{other}" IS_TEMPLATE false')
        drop(other)
    clone(name)
    with tempfile.TemporaryDirectory() as folder:
        _run(["demo"], DATABASE_URL=urls(name)["app"], RELAY_DEMO="1", RELAY_VAR=folder)
    connection.execute(f'ALTER DATABASE "{name}" IS_TEMPLATE true')


def _run(arguments: list[str], **environment: str) -> None:
    """Run a command of the program on a database, as an installation would."""
    paths = {"DJANGO_SETTINGS_MODULE": "career_relay.config.settings", "PYTHONPATH": str(ROOT / "src")}
    command = [sys.executable, "-m", "career_relay", *arguments]
    subprocess.run(command, check=True, cwd=ROOT, stdout=subprocess.DEVNULL, env={**os.environ, **paths, **environment})


def _superuser() -> psycopg.Connection[typing.Any]:
    return psycopg.connect(urls("postgres")["superuser"], autocommit=True)


def each_table(connection: typing.Any) -> collections.abc.Iterator[str]:
    """Yield the name of every table of schema public."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT tablename FROM pg_tables WHERE schemaname = 'public' ORDER BY 1")
        yield from [name for (name,) in cursor.fetchall()]


def waits_for_a_lock() -> bool:
    """Tell whether anybody waits for a lock in the database Django's connection is to."""
    with connections["default"].cursor() as cursor:
        cursor.execute("SELECT pg_stat_clear_snapshot()")
        cursor.execute(
            "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'"
        )
        [number] = cursor.fetchone()
    return bool(number)
