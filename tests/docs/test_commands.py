"""What the documents tell people to type exists and answers."""

from __future__ import annotations

import pathlib
import re
import shlex
import subprocess
import sys

import pytest

from tests.database import ROOT

DOCUMENTS = [
    ROOT / "README.md",
    ROOT / "README.en.md",
    ROOT / "CONTRIBUTING.md",
    *sorted((ROOT / "docs").rglob("*.md")),
]
FENCE = re.compile(r"^ *```(\w*)\n(.*?)^ *```$", re.MULTILINE | re.DOTALL)
# Typed on the reader's own machine or server: another program's command, checked by eye.
FOREIGN = {"git", "cd", "createdb", "psql", "python3", ".venv/bin/pip"}


def commands() -> list[tuple[str, str]]:
    found = []
    for document in DOCUMENTS:
        for language, block in FENCE.findall(document.read_text()):
            if language not in {"", "sh"}:
                continue
            lines = [line.split("#")[0].strip() for line in block.splitlines()]
            found += [(document.name, line) for line in lines if line]
    return found


@pytest.mark.parametrize(("document", "command"), sorted(set(commands())))
def test_documented_command_exists(document: str, command: str) -> None:
    program, *arguments = shlex.split(command)
    if program in FOREIGN:
        assert all((ROOT / path).exists() for path in arguments if path.startswith(("src/", "requirements/")))
    elif program == "make":
        assert run(["make", "--dry-run", *arguments]) == 0
    elif program == "career-relay":
        assert run([sys.executable, "-m", "career_relay", arguments[0], "--help"]) == 0
    else:
        assert program.endswith("python")
        assert arguments[0] == "-m"
        assert pathlib.Path(ROOT, *arguments[1].split(".")).with_suffix(".py").exists()


def run(command: list[str]) -> int:
    return subprocess.run(command, cwd=ROOT, capture_output=True, check=False).returncode


def links() -> list[tuple[str, str]]:
    found = []
    for document in DOCUMENTS:
        targets = re.findall(r"\]\(([^)#]+)[^)]*\)", document.read_text())
        inside = [target for target in targets if not target.startswith(("http://", "https://", "mailto:"))]
        found += [(str(document.relative_to(ROOT)), target) for target in inside]
    return found


@pytest.mark.parametrize(("document", "target"), sorted(set(links())))
def test_linked_file_exists(document: str, target: str) -> None:
    assert (ROOT / document).parent.joinpath(target).exists()


def mentioned_paths() -> list[str]:
    text = "\n".join(document.read_text() for document in DOCUMENTS)
    return sorted(set(re.findall(r"`((?:src|tests|tools|docs|bench|requirements)/[\w./-]+)`", text)))


@pytest.mark.parametrize("path", mentioned_paths())
def test_mentioned_path_exists(path: str) -> None:
    assert (ROOT / path).exists()
