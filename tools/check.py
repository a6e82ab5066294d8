"""`make check`: every check in order, each announced and timed; the first that fails ends it."""

from __future__ import annotations

import dataclasses
import os
import shutil
import subprocess
import sys
import time
from pathlib import Path

from tools import chromium, devdb, environment

ROOT = Path(__file__).resolve().parent.parent
CODE = ("src", "tools", "tests", "bench")
PARALLEL = ("--numprocesses", "auto", "--dist", "loadscope", "--ignore=tests/faults")
WITHOUT_VERSION = ("design", "docs", "portals", "tools")
IN_CI = bool(os.environ.get("CI"))


@dataclasses.dataclass(frozen=True)
class Step:
    """One check: a program of the virtual environment, or a module of ours, and its arguments."""

    name: str
    command: tuple[str, ...]
    variables: dict[str, str] = dataclasses.field(default_factory=dict)
    reason_to_skip: str = ""

    @property
    def full_command(self) -> list[str]:
        name, *arguments = self.command
        module = [sys.executable, "-m", name]
        return [*(module if "." in name else [str(Path(sys.executable).with_name(name))]), *arguments]


def main() -> int:
    shutil.rmtree(ROOT / "var/pages", ignore_errors=True)
    began = time.monotonic()
    for step in steps(environment.of_checkout(test=True)):
        if not run(step):
            print(f"\nmake check: FAILED at {step.name}", file=sys.stderr)
            return 1
    print(f"\nmake check: all passed in {time.monotonic() - began:.0f} s")
    return 0


def run(step: Step) -> bool:
    """Run a step and tell whether it passed; what cannot run is skipped by hand only, never in CI."""
    print(f"\n== {step.name}", flush=True)
    if step.reason_to_skip:
        print(f"== {step.name}: {'FAILED' if IN_CI else 'skipped'}: {step.reason_to_skip}", flush=True)
        return not IN_CI
    began = time.monotonic()
    variables = {**os.environ, **step.variables}
    done = subprocess.run(step.full_command, cwd=ROOT, env=variables, check=False)
    result = "ok" if done.returncode == 0 else f"failed (exit code {done.returncode})"
    print(f"== {step.name}: {result}, {time.monotonic() - began:.1f} s", flush=True)
    return done.returncode == 0


def steps(project: dict[str, str]) -> list[Step]:
    """Return all steps, cheap ones first; `project` is what Django needs to start."""
    code = tuple(folder for folder in CODE if (ROOT / folder).is_dir())
    return [
        Step("lint", ("ruff", "check", *code)),
        Step("format", ("ruff", "format", "--check", *code)),
        Step("templates", ("djlint", "src", "--lint", "--quiet")),
        Step("types", ("mypy", *code), project),
        Step("contracts", ("lint-imports",)),
        Step("shape", ("tools.shape",)),
        Step("structure", ("tools.structure",)),
        Step("flow picture", ("tools.flow", "check")),
        Step("glossary", ("tools.glossary",), project),
        Step("migrations", ("career-relay", "makemigrations", "--check", "--dry-run"), project),
        Step("translations", ("tools.messages", "check"), project),
        Step("texts", ("tools.messages", "compile")),
        Step("browser", ("tools.chromium",)),
        Step("tests", ("pytest", *PARALLEL)),
        Step("html", ("tools.vnu",), reason_to_skip="" if chromium.find() or IN_CI else chromium.HOW),
        _tests_on_another_postgresql(),
        Step("faults", ("pytest", "tests/faults", "--numprocesses", "2", "--dist", "loadscope")),
    ]


def _tests_on_another_postgresql() -> Step:
    """Return the tests on the oldest installed version, so that none is taken for granted.

    With the few examples of every day: what the many explore are our rules, which no version changes. Without the pages:
    they ask the database what domain and flows ask it, and what they draw of it is the same on every version.
    """
    ignored = (f"--ignore=tests/{folder}" for folder in WITHOUT_VERSION)
    command = ("pytest", *PARALLEL, *ignored, "-m", "not browser")
    default = devdb.find_server().major
    others = sorted((major, bindir) for bindir in devdb.candidates() if (major := devdb.major(bindir)) >= devdb.OLDEST)
    if not others or others[0][0] == default:
        return Step("tests on another PostgreSQL", command, reason_to_skip="no second version is installed")
    major, bindir = others[0]
    return Step(f"tests on PostgreSQL {major}", command, {"PG_BINDIR": str(bindir), "CI": ""})


if __name__ == "__main__":
    sys.exit(main())
