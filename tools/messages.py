"""Translations: `update` collects the texts, `compile` makes them usable, `check` says what is missing.

Compiling needs nothing but Babel; collecting needs gettext (Debian: apt-get install gettext).
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

PACKAGE = Path(__file__).resolve().parent.parent / "src/career_relay"
LANGUAGES = ("en",)
STAMP = '"POT-Creation-Date:'


def main(arguments: list[str]) -> int:
    if arguments == ["check"]:
        return _check()
    if arguments == ["update"]:
        collect(PACKAGE)
    elif arguments != ["compile"]:
        print(__doc__, file=sys.stderr)
        return 2
    compile_all(PACKAGE)
    return 0


def catalogues(package: Path) -> list[Path]:
    return sorted(package.glob("locale/*/LC_MESSAGES/*.po"))


def collect(package: Path) -> None:
    """Bring the catalogues up to the texts in code and templates."""
    if not shutil.which("xgettext"):
        raise SystemExit("collecting texts needs gettext (Debian: apt-get install gettext)")
    (package / "locale").mkdir(exist_ok=True)
    languages = [option for language in LANGUAGES for option in ("--locale", language)]
    layout = ("--no-wrap", "--no-obsolete", "--add-location=file")
    command = [sys.executable, "-m", "django", "makemessages", "--verbosity=0", *languages, *layout]
    without_settings = {name: value for name, value in os.environ.items() if name != "DJANGO_SETTINGS_MODULE"}
    subprocess.run(command, cwd=package, env=without_settings, check=True)


def compile_all(package: Path) -> None:
    for path in catalogues(package):
        target = path.with_suffix(".mo")
        if not target.exists() or target.stat().st_mtime < path.stat().st_mtime:
            with target.open("wb") as file:
                write_mo(file, _read(path))


def _check() -> int:
    findings = stale(PACKAGE) + [finding for path in catalogues(PACKAGE) for finding in incomplete(path)]
    for finding in findings:
        print(finding, file=sys.stderr)
    print(f"translations: {len(findings)} findings")
    return 1 if findings else 0


def stale(package: Path) -> list[str]:
    """Return the catalogues that lack texts of today, found by collecting again in a copy."""
    with tempfile.TemporaryDirectory() as folder:
        copy = Path(folder, package.name)
        shutil.copytree(package, copy)
        collect(copy)
        fresh = {path.relative_to(copy): _text(path) for path in catalogues(copy)}
    kept = {path.relative_to(package): _text(path) for path in catalogues(package)}
    changed = sorted(path for path in fresh if fresh[path] != kept.get(path))
    return [f"{path}: texts have changed: run `make messages` and translate them" for path in changed]


def incomplete(path: Path) -> list[str]:
    """Return the texts of a catalogue without a sound translation."""
    findings = []
    for message in _read(path):
        strings = message.string if isinstance(message.string, list | tuple) else [message.string]
        faults = [str(error) for error in message.check()]
        faults += ["not translated"] * (not all(strings)) + ["fuzzy"] * message.fuzzy
        if message.id:
            findings += [f"{path.name}: {message.id!r}: {fault}" for fault in faults]
    return findings


def _read(path: Path) -> Catalog:
    with path.open("rb") as file:
        return read_po(file, locale=path.parts[-3], domain=path.stem)


def _text(path: Path) -> list[str]:
    return [line for line in path.read_text().splitlines() if not line.startswith(STAMP)]


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
