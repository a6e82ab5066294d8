"""Finds the browser of the browser tests, and installs Debian's where that is allowed (root and apt-get)."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys

# The same browser without windows first: it needs a third less of the processor.
NAMES = ("chromium-headless-shell", "chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
PACKAGES = ("chromium-headless-shell", "fonts-noto-cjk")
HOW = (
    f"install Chromium (Debian: apt-get install {' '.join(PACKAGES)}) and have it on PATH as one of {', '.join(NAMES)}"
)


def main() -> int:
    path = find() or (_install() if _may_install() else None)
    if path:
        print(f"browser: {path}")
        return 0
    print(f"no Chromium: browser tests are skipped; to run them, {HOW}", file=sys.stderr)
    return 1 if os.environ.get("CI") else 0


def find() -> str | None:
    """Return the path of the first browser that Playwright can drive."""
    return next((path for name in NAMES if (path := shutil.which(name))), None)


def _may_install() -> bool:
    return os.geteuid() == 0 and shutil.which("apt-get") is not None


def _install() -> str | None:
    print(f"no Chromium: installing {', '.join(PACKAGES)} ...", flush=True)
    environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    for command in (("update",), ("install", "-y", "--no-install-recommends", *PACKAGES)):
        done = subprocess.run(
            ["apt-get", "-qq", *command],
            env=environment,
            check=False,
        )
        if done.returncode != 0:
            return None
    return find()


if __name__ == "__main__":
    sys.exit(main())
