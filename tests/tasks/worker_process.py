"""The worker as it runs in production: a process of its own, that can be told to stop and can be killed."""

from __future__ import annotations

import contextlib
import os
import pathlib
import select
import subprocess
import sys
import time
import typing

if typing.TYPE_CHECKING:
    import collections.abc

ROOT = pathlib.Path(__file__).resolve().parent.parent.parent
START_SECONDS = 30


def start(database_url: str, *, mail_port: int = 1, **variables: str) -> subprocess.Popen[str]:
    """Start a worker and return it once it works."""
    environment = {
        **os.environ,
        "DJANGO_SETTINGS_MODULE": "career_relay.config.settings",
        "PYTHONPATH": str(ROOT / "src"),
        "PYTHONUNBUFFERED": "1",
        "DATABASE_URL": database_url,
        "EMAIL_URL": f"smtp://127.0.0.1:{mail_port}",
        "EMAIL_TIMEOUT": "5",
        "RELAY_LOG_LEVEL": "INFO",
        **variables,
    }
    command = [sys.executable, "-m", "career_relay", "worker", "--skip-checks"]
    process = subprocess.Popen(command, env=environment, cwd=ROOT, stderr=subprocess.PIPE, text=True)
    assert process.stderr is not None
    deadline, said = time.monotonic() + START_SECONDS, ""
    while "worker started" not in said:
        ready, _, _ = select.select([process.stderr], [], [], max(0, deadline - time.monotonic()))
        line = process.stderr.readline() if ready else ""
        if not line:
            end(process)
            raise AssertionError(f"the worker did not start: {said}")
        said += line
    return process


def end(process: subprocess.Popen[str]) -> None:
    """Kill the process if it still runs, and leave nothing of it behind."""
    if process.poll() is None:
        process.kill()
    process.wait()
    if process.stderr:
        process.stderr.close()


@contextlib.contextmanager
def running(database_url: str, **options: typing.Any) -> collections.abc.Iterator[subprocess.Popen[str]]:
    """Have a worker for the time of the block."""
    process = start(database_url, **options)
    try:
        yield process
    finally:
        end(process)


def wait_for(condition: collections.abc.Callable[[], bool], seconds: float = 20) -> bool:
    """Tell whether the condition came true in time."""
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        if condition():
            return True
        time.sleep(0.05)
    return False
