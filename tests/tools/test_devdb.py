"""The private server in checkouts of its own: a copy of the tool, with the roles, in a fresh folder."""

from __future__ import annotations

import contextlib
import dataclasses
import os
import re
import shutil
import signal
import subprocess
import sys
import tempfile
import typing
from pathlib import Path

import pytest

from tools import devdb

if typing.TYPE_CHECKING:
    import collections.abc

NO_VARIABLES = dict.fromkeys(devdb.VARIABLES.values(), "")


@dataclasses.dataclass(frozen=True)
class Checkout:
    """A folder with devdb in it."""

    folder: Path

    def run(self, *arguments: str, **variables: str) -> subprocess.CompletedProcess[str]:
        command = [sys.executable, "tools/devdb.py", *arguments]
        environment = {**os.environ, **NO_VARIABLES, **variables}
        return subprocess.run(command, cwd=self.folder, env=environment, capture_output=True, text=True, check=False)

    def sql(self, statement: str) -> str:
        options = ("--test", "--role", "superuser")
        url = self.run("url", *options).stdout.strip()
        psql = devdb.find_server().bindir / "psql"
        return subprocess.run(
            [psql, "-XAtqc", statement, url], capture_output=True, text=True, check=True
        ).stdout.strip()

    @property
    def pid_file(self) -> Path:
        (path,) = self.folder.glob("var/test-pg*/postmaster.pid")
        return path

    @property
    def pid(self) -> int:
        return int(self.pid_file.read_text().split()[0])


@contextlib.contextmanager
def new_checkout(mode: int) -> collections.abc.Iterator[Checkout]:
    with tempfile.TemporaryDirectory() as parent:
        checkout = Checkout(Path(parent, "checkout"))
        roles = devdb.ROLES_SQL.relative_to(devdb.ROOT)
        for part in (Path("tools/devdb.py"), roles):
            (checkout.folder / part).parent.mkdir(parents=True)
            shutil.copy(devdb.ROOT / part, checkout.folder / part)
        Path(parent).chmod(mode)
        yield checkout
        checkout.run("stop", "--test")


@pytest.fixture(scope="module")
def checkout() -> collections.abc.Iterator[Checkout]:
    with new_checkout(0o755) as made:
        yield made


def test_start_can_be_repeated_and_prints_the_address_of_the_unprivileged_role(checkout: Checkout) -> None:
    first, second = checkout.run("start", "--test"), checkout.run("start", "--test")

    assert (first.returncode, first.stderr) == (0, "")
    assert re.fullmatch(r"postgres://relay_app@%2F\S+%2Fpg-[0-9a-f]{12}/relay\n", first.stdout)
    assert second.stdout == first.stdout


def test_start_listens_on_no_port_and_speaks_utf8(checkout: Checkout) -> None:
    checkout.run("start", "--test")

    settings = "listen_addresses", "server_encoding", "lc_ctype", "fsync"
    shown = [checkout.sql(f"SHOW {name}") for name in settings[:2] + settings[3:]]

    assert shown == ["", "UTF8", "off"]
    assert checkout.sql("SELECT datctype FROM pg_database WHERE datname = 'relay'") == "C.UTF-8"


def test_data_survive_kill_9(checkout: Checkout) -> None:
    checkout.run("start", "--test")
    checkout.sql("SET synchronous_commit = on; CREATE TABLE kept AS SELECT 42 AS value")

    os.kill(checkout.pid, signal.SIGKILL)
    again = checkout.run("start", "--test")

    assert again.returncode == 0, again.stderr
    assert checkout.sql("SELECT value FROM kept") == "42"


def test_start_gets_over_a_pid_file_that_names_a_stranger(checkout: Checkout) -> None:
    checkout.run("start", "--test")
    text = checkout.pid_file.read_text().replace(f"{checkout.pid}\n", f"{os.getpid()}\n", 1)
    path = checkout.pid_file
    checkout.run("stop", "--test")

    path.write_text(text)
    again = checkout.run("start", "--test")

    assert again.returncode == 0, again.stderr
    assert checkout.pid != os.getpid()


def test_deleted_data_are_replaced_while_their_server_still_runs() -> None:
    with new_checkout(0o755) as checkout:
        first = checkout.run("start", "--test").stdout
        pid = checkout.pid
        shutil.rmtree(checkout.pid_file.parent)
        second = checkout.run("start", "--test")
        os.kill(pid, signal.SIGQUIT)

        assert second.returncode == 0, second.stderr
        assert second.stdout != first
        assert checkout.sql("SELECT current_setting('data_directory')") == str(checkout.pid_file.parent)


def test_address_of_a_database_that_does_not_exist_yet_is_refused() -> None:
    with new_checkout(0o755) as checkout:
        assert checkout.run("url", "--test").stderr == (
            "devdb: there is no database yet: python tools/devdb.py start --test\n"
        )


def test_stop_can_be_repeated_and_status_tells(checkout: Checkout) -> None:
    checkout.run("start", "--test")
    running = checkout.run("status", "--test")

    stopped = [checkout.run("stop", "--test").returncode for _ in range(2)]
    afterwards = checkout.run("status", "--test")

    assert (running.returncode, " runs: " in running.stdout) == (0, True)
    assert stopped == [0, 0]
    assert (afterwards.returncode, " stopped: " in afterwards.stdout) == (3, True)


def test_two_starts_at_once_take_turns(checkout: Checkout) -> None:
    checkout.run("stop", "--test")
    command = [sys.executable, "tools/devdb.py", "start", "--test"]
    environment = {**os.environ, **NO_VARIABLES}

    both = [
        subprocess.Popen(command, cwd=checkout.folder, env=environment, stdout=subprocess.DEVNULL) for _ in range(2)
    ]

    assert [process.wait(timeout=60) for process in both] == [0, 0]


def test_a_checkout_in_a_private_folder_has_a_server_of_its_own(checkout: Checkout) -> None:
    if os.geteuid() == 0 and subprocess.run(["unshare", "--user", "true"], check=False).returncode != 0:
        pytest.skip("root without user namespaces cannot serve from a private folder")
    first = checkout.run("start", "--test").stdout
    with new_checkout(0o700) as other:
        second = other.run("start", "--test")

        assert second.returncode == 0, second.stderr
        assert second.stdout != first
        assert other.sql("SELECT current_setting('data_directory')") == str(other.pid_file.parent)


def test_given_address_is_used_and_nothing_is_started() -> None:
    with new_checkout(0o700) as checkout:
        started = checkout.run("start", DATABASE_URL="postgres://somebody@db/relay")
        owner = checkout.run("url", "--role", "owner", DATABASE_URL="postgres://somebody@db/relay")

        assert started.stdout == "postgres://somebody@db/relay\n"
        assert owner.stderr == "devdb: DATABASE_URL is set, so set DATABASE_OWNER_URL as well.\n"
        assert not (checkout.folder / "var").exists()


def test_a_folder_without_a_recent_server_is_refused(checkout: Checkout, tmp_path: Path) -> None:
    old = tmp_path / "postgres"
    old.write_text("#!/bin/sh\necho 'postgres (PostgreSQL) 14.9'\n")
    old.chmod(0o755)

    refused = checkout.run("start", PG_BINDIR=str(tmp_path))

    assert (refused.returncode, refused.stderr) == (1, f"devdb: PG_BINDIR has no PostgreSQL 15 or newer: {tmp_path}\n")


@pytest.mark.skipif(os.geteuid() != 0, reason="concerns root only")
def test_root_without_a_way_to_leave_root_is_told_what_to_do(checkout: Checkout, tmp_path: Path) -> None:
    refused = checkout.run("start", PATH=str(tmp_path))

    assert refused.returncode == 1
    assert "run as a normal user, move the checkout out of root's home, or set DATABASE_URL" in refused.stderr
