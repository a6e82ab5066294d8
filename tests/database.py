"""Test databases: migrated once into a template, cloned for each run and for each test that needs real commits."""

from __future__ import annotations

import hashlib
import os
import pathlib
import subprocess
import sys
import typing

import psycopg
from django.db import connections

if typing.TYPE_CHECKING:
    import collections.abc

ROOT = pathlib.Path(__file__).resolve().parent.parent
SOURCES = ["src/career_relay/**/migrations/*.py", "src/career_relay/kernel/tenancy/*", "requirements/run.txt"]


def template() -> str:
    """Return the name of a migrated database for the present migrations, making it first if it is not there."""
    digest = hashlib.sha256()
    for pattern in SOURCES:
        for path in sorted(ROOT.glob(pattern)):
            if path.is_file():
                digest.update(path.read_bytes())
    name = f"template_{digest.hexdigest()[:16]}"
    with _superuser() as connection:
        connection.execute("SELECT pg_advisory_lock(4711)")
        if not connection.execute("SELECT 1 FROM pg_database WHERE datname = %s AND datistemplate", [name]).fetchone():
            _migrate(name, connection)
    return name


def clone(name: str) -> None:
    """Make database `name` as a copy of the template."""
    source = template()
    with _superuser() as connection:
        connection.execute("SELECT pg_advisory_lock(4711)")
        connection.execute(f'CREATE DATABASE "{name}" TEMPLATE "{source}" OWNER relay_owner')
    grants = "REVOKE ALL ON DATABASE {0} FROM PUBLIC; GRANT CONNECT ON DATABASE {0} TO relay_app, relay_backup"
    with _superuser() as connection:
        connection.execute(grants.format(f'"{name}"'))


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


def _migrate(name: str, connection: psycopg.Connection[typing.Any]) -> None:
    connection.execute(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')
    connection.execute(f'CREATE DATABASE "{name}"')
    with psycopg.connect(urls(name)["superuser"], autocommit=True) as inside:
        inside.execute((ROOT / "src/career_relay/kernel/tenancy/roles.sql").read_text())
    environment = {
        **os.environ,
        "DATABASE_URL": urls(name)["owner"],
        "DJANGO_SETTINGS_MODULE": "career_relay.config.settings",
    }
    command = [sys.executable, "-m", "career_relay", "migrate", "--skip-checks", "--verbosity", "0"]
    subprocess.run(command, check=True, cwd=ROOT, env={**environment, "PYTHONPATH": str(ROOT / "src")})
    connection.execute(f'ALTER DATABASE "{name}" IS_TEMPLATE true')


def _superuser() -> psycopg.Connection[typing.Any]:
    return psycopg.connect(urls("postgres")["superuser"], autocommit=True)


def each_table(connection: typing.Any) -> collections.abc.Iterator[str]:
    """Yield the name of every table of schema public."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT tablename FROM pg_tables WHERE schemaname = 'public' ORDER BY 1")
        yield from [name for (name,) in cursor.fetchall()]
