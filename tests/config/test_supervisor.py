"""The supervisor with small children: each test runs it as a program of its own, as `career-relay run` is one."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
import typing
from pathlib import Path

import pytest

from career_relay.config import supervisor

if typing.TYPE_CHECKING:
    import collections.abc

SOURCE = Path(supervisor.__file__).parents[2]
PROGRAM = """
import pathlib, sys
from career_relay.config.supervisor import Child, Supervisor
grace, database, *codes = sys.argv[1:]
children = [Child(f"child {n}", (sys.executable, "-c", code)) for n, code in enumerate(codes, 1)]
keeper = Supervisor(
    children,
    database_answers=pathlib.Path(database).exists,
    grace=float(grace),
    say=lambda text: print(text, flush=True),
)
sys.exit(keeper.run(when_ready=lambda: print("ready", flush=True)))
"""
STEADY = "import os, time; print('pid', os.getpid(), flush=True); time.sleep(60)"
STUBBORN = f"import signal; signal.signal(signal.SIGTERM, signal.SIG_IGN); {STEADY}"
WITH_GRANDCHILD = f"import subprocess, sys; subprocess.Popen([sys.executable, '-c', {STEADY!r}]); {STEADY}"
HOPELESS = "raise SystemExit(3)"
WAITS = "child 1 ended, and the database does not answer: waiting for it."

Start = typing.Callable[..., subprocess.Popen[str]]


@pytest.fixture
def start() -> collections.abc.Iterator[Start]:
    started: list[subprocess.Popen[str]] = []

    def _start(*children: str, grace: float = 10, database: Path = SOURCE) -> subprocess.Popen[str]:
        """Start the supervisor with children; its database answers as long as that file is there."""
        command = [sys.executable, "-c", PROGRAM, str(grace), str(database), *children]
        whole_lines = {"PYTHONUNBUFFERED": ""}  # unbuffered, a line is written in pieces, and those of two children mix
        environment = {**os.environ, "PYTHONPATH": str(SOURCE), **whole_lines}
        program = subprocess.Popen(command, env=environment, stdout=subprocess.PIPE, text=True)
        started.append(program)
        return program

    yield _start
    for program in started:
        program.terminate()  # by -9 it would leave grandchildren behind
        program.communicate(timeout=20)


def lines_until(program: subprocess.Popen[str], count: int, word: str) -> list[str]:
    """Read on until a number of lines begin with this word, and return those."""
    assert program.stdout
    found: list[str] = []
    while len(found) < count:
        line = program.stdout.readline()
        assert line, f"ended before {count} × {word!r}"
        if line.startswith(word):
            found.append(line.strip())
    return found


def pids(program: subprocess.Popen[str], count: int) -> list[int]:
    return [int(line.split()[1]) for line in lines_until(program, count, "pid")]


def is_alive(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    status = Path(f"/proc/{pid}/stat")  # a zombie waits for its reaper, it does not live
    return not (status.exists() and status.read_text().rsplit(")", 1)[1].split()[0] == "Z")


def wait_until_gone(*numbers: int) -> None:
    deadline = time.monotonic() + 10
    while any(is_alive(number) for number in numbers):
        assert time.monotonic() < deadline, "processes are left"
        time.sleep(0.05)


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP])
def test_supervisor_stops_all_children_on_a_signal_and_exits_with_0(start: Start, number: signal.Signals) -> None:
    program = start(STEADY, STEADY)
    children = pids(program, 2)

    program.send_signal(number)

    assert program.wait(timeout=5) == 0
    wait_until_gone(*children)


def test_supervisor_starts_a_killed_child_again_and_says_so(start: Start) -> None:
    program = start(STEADY)
    (first,) = pids(program, 1)

    os.kill(first, signal.SIGKILL)

    assert lines_until(program, 1, "child 1") == ["child 1 ended (exit code -9): starting it again in 0.25 s."]
    (second,) = pids(program, 1)
    assert second != first


def test_supervisor_gives_up_a_child_that_keeps_dying_and_exits_with_1(start: Start) -> None:
    program = start(HOPELESS, STEADY)
    (steady,) = pids(program, 1)

    assert lines_until(program, 5, "child 1")[-1] == ("child 1 ended 5 times in a row (last exit code 3): giving up.")
    assert program.wait(timeout=5) == 1
    wait_until_gone(steady)


def test_supervisor_waits_for_the_database_and_says_so_once(start: Start, tmp_path: Path) -> None:
    database = tmp_path / "database"
    program = start(f"import os; os.path.exists({str(database)!r}) or exit(3); {STEADY}", database=database)
    assert lines_until(program, 1, "child 1") == [WAITS]

    time.sleep(2.5 * supervisor.ASK_DATABASE_SECONDS)
    database.touch()

    assert lines_until(program, 1, "") == ["The database answers again."]
    pids(program, 1)


def test_supervisor_does_not_count_deaths_without_a_database(start: Start, tmp_path: Path) -> None:
    database = tmp_path / "database"
    program = start(HOPELESS, database=database)
    assert lines_until(program, 1, "child 1") == [WAITS]

    database.touch()

    pauses = ["0.25", "0.5", "1", "2"]
    assert lines_until(program, 5, "child 1") == [
        *(f"child 1 ended (exit code 3): starting it again in {pause} s." for pause in pauses),
        "child 1 ended 5 times in a row (last exit code 3): giving up.",
    ]
    assert program.wait(timeout=5) == 1


def test_supervisor_ends_a_child_that_will_not_stop(start: Start) -> None:
    program = start(STUBBORN, grace=0.3)
    (child,) = pids(program, 1)

    program.terminate()

    assert lines_until(program, 1, "child 1") == ["child 1 did not stop in time and is ended."]
    assert program.wait(timeout=5) == 0
    wait_until_gone(child)


def test_supervisor_does_not_wait_after_a_second_signal(start: Start) -> None:
    program = start(STUBBORN, grace=60)
    (child,) = pids(program, 1)

    program.terminate()
    time.sleep(0.5)
    program.terminate()

    assert program.wait(timeout=5) == 0
    wait_until_gone(child)


def test_supervisor_leaves_no_grandchild_of_a_killed_child(start: Start) -> None:
    program = start(WITH_GRANDCHILD)
    numbers = pids(program, 2)
    (leader,) = [number for number in numbers if os.getpgid(number) == number]
    (grandchild,) = set(numbers) - {leader}

    os.kill(leader, signal.SIGKILL)

    wait_until_gone(grandchild)


@pytest.mark.skipif(sys.platform != "linux", reason="other systems cannot tie a child to its parent")
def test_children_stop_when_the_supervisor_is_killed(start: Start) -> None:
    program = start(STEADY)
    (child,) = pids(program, 1)

    program.kill()

    wait_until_gone(child)


def test_supervisor_tells_once_that_all_is_ready(start: Start) -> None:
    program = start(STEADY)
    lines_until(program, 1, "ready")

    program.terminate()

    assert "ready" not in program.communicate(timeout=5)[0]


def test_held_port_skips_a_port_that_somebody_listens_on() -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]

        with supervisor.held_port(port) as held:
            assert held > port


def test_held_port_is_nobody_elses_before_anybody_listens_on_it() -> None:
    with supervisor.held_port(supervisor.any_port()) as first, supervisor.held_port(first) as second:
        assert second > first


def test_answers_is_false_where_nobody_listens() -> None:
    with socket.socket() as unused:
        unused.bind(("127.0.0.1", 0))

        assert supervisor.answers(unused.getsockname()[1], "/readyz") is False
