"""`make run`: database, migrations, texts, demo network, then everything under one supervisor."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path
from typing import NoReturn

from tools import devdb, environment, messages

STATIC = Path(__file__).resolve().parent.parent / "var/static"


def main() -> NoReturn:
    messages.compile_all(messages.PACKAGE)
    quiet_demo = {"RELAY_DEMO": "1", "RELAY_LOG_LEVEL": "WARNING", "RELAY_STATIC_ROOT": str(STATIC)}
    checkout = {**quiet_demo, **environment.of_checkout()}
    powers = {devdb.VARIABLES[role] for role in ("owner", "superuser")}
    application = {name: value for name, value in checkout.items() if name not in powers}
    _call("migrate", "--verbosity=0", variables=checkout)
    _call("collectstatic", "--noinput", "--verbosity=0", variables=application)
    _call("demo", variables=application)
    os.execve(sys.executable, _command("run", *sys.argv[1:]), application)  # noqa: S606 (becomes the supervisor)


def _call(*arguments: str, variables: dict[str, str]) -> None:
    done = subprocess.run(_command(*arguments), env=variables, check=False)
    if done.returncode != 0:
        sys.exit(done.returncode)


def _command(*arguments: str) -> list[str]:
    return [sys.executable, "-m", "career_relay", *arguments]


if __name__ == "__main__":
    main()
