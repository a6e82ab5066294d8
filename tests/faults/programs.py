"""The whole program on a database server of its own, both of which a test may kill."""

from __future__ import annotations

import contextlib
import dataclasses
import os
import pathlib
import re
import signal
import subprocess
import sys
import tempfile
import time
import typing

import psycopg

from tools import devdb

if typing.TYPE_CHECKING:
    import collections.abc

DATABASE = "relay"
KEY = "tests-only-key"
READY_SECONDS = 60
READY = re.compile(r"is ready: (http://\S+?)/?$", re.MULTILINE)


@dataclasses.dataclass(frozen=True)
class Service:
    """A PostgreSQL server that writes to disk as in production, under a service manager that starts it again."""

    server: devdb.Server

    @property
    def urls(self) -> dict[str, str]:
        return self.server.urls(DATABASE)

    def kill(self) -> None:
        """End the postmaster by -9; what it leaves behind is for the next start to clean up."""
        os.kill(int((self.server.data / "postmaster.pid").read_text().split()[0]), signal.SIGKILL)

    def start(self) -> None:
        """Start the server again as its service manager would, and wait until it answers."""
        with self.server.lock():
            self.server.start()

    def rows(self, statement: str) -> list[tuple[typing.Any, ...]]:
        """Ask as somebody who sees every row."""
        with psycopg.connect(self.urls["superuser"]) as connection:
            return connection.execute(statement).fetchall()


@contextlib.contextmanager
def service() -> collections.abc.Iterator[Service]:
    """Run a server with a migrated database, in a folder that the unprivileged account of a root's server may enter."""
    found = devdb.find_server()
    with tempfile.TemporaryDirectory(prefix="faults-") as folder:
        pathlib.Path(folder).chmod(0o755)
        made = Service(devdb.Server(found.bindir, found.major, test=False, home=pathlib.Path(folder, "var")))
        try:
            made.start()
            made.server.prepare(DATABASE)
            migrate = [sys.executable, "-m", "career_relay", "migrate", "--skip-checks", "--verbosity", "0"]
            subprocess.run(migrate, check=True, env=environment(made.urls["owner"], pathlib.Path(folder)))
            yield made
        finally:
            made.server.stop()


def environment(database_url: str, folder: pathlib.Path, **more: str) -> dict[str, str]:
    """Return what the program is told: this database, this folder, and nothing of the test's own settings."""
    names = ("DATABASE_", "EMAIL_", "RELAY_", "DJANGO_")
    inherited = {name: value for name, value in os.environ.items() if not name.startswith(names)}
    return inherited | {
        "DATABASE_URL": database_url,
        "DJANGO_SETTINGS_MODULE": "career_relay.config.settings",
        "PYTHONPATH": str(devdb.ROOT / "src"),
        "RELAY_KEY": KEY,
        "RELAY_VAR": str(folder),
        "RELAY_LOG_LEVEL": "WARNING",
        **more,
    }


@dataclasses.dataclass(frozen=True)
class Program:
    """`career-relay run`: web server, worker and mail receiver under the supervisor."""

    process: subprocess.Popen[bytes]
    log: pathlib.Path
    maildir: pathlib.Path
    url: str

    def worker(self) -> int:
        """Return the worker's process."""
        return self._child("career_relay worker")

    def web_process(self) -> int:
        """Return a process that serves pages; the web server's first one only keeps them."""
        served = _children(self._child("granian"))
        return next(pid for pid, command in served if "resource_tracker" not in command)

    def _child(self, words: str) -> int:
        return next(pid for pid, command in _children(self.process.pid) if words in command)


@contextlib.contextmanager
def program(database_url: str, folder: pathlib.Path, **more: str) -> collections.abc.Iterator[Program]:
    """Run the whole program until it has answered, and stop it at the end as Ctrl-C would."""
    log, told = folder / "log", environment(database_url, folder, RELAY_DEMO="1", **more)
    command = [sys.executable, "-m", "career_relay", "run", "--port", "8750"]
    with log.open("wb") as output:
        process = subprocess.Popen(command, env=told, stdout=output, stderr=subprocess.STDOUT)
    try:
        yield Program(process, log, folder / "mail", _address(process, log))
    finally:
        process.send_signal(signal.SIGINT)
        process.wait(timeout=30)


def _address(process: subprocess.Popen[bytes], log: pathlib.Path) -> str:
    deadline = time.monotonic() + READY_SECONDS
    while process.poll() is None and time.monotonic() < deadline:
        if found := READY.search(log.read_text()):
            return found.group(1)
        time.sleep(0.1)
    raise AssertionError(f"the program was not ready:\n{log.read_text()}")


def _children(parent: int) -> list[tuple[int, str]]:
    """Return the processes that `parent` started, with their commands."""
    table = subprocess.run(["ps", "-A", "-o", "pid=,ppid=,args="], check=True, capture_output=True, text=True).stdout
    lines = (line.split(maxsplit=2) for line in table.splitlines())
    return [(int(pid), command) for pid, mother, command in lines if int(mother) == parent]
