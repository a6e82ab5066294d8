"""Writes the sample exports in demo/ anew: `python -m tools.samples`."""

from __future__ import annotations

import datetime as dt
import sys
from pathlib import Path

import django

FOLDER = Path(__file__).resolve().parent.parent / "demo"
# A fixed day, so that the files only change when what writes them does. A running demo offers them as of its own day.
DAY = dt.date(2026, 11, 20)


def main() -> int:
    django.setup()
    from career_relay.config.demo import samples  # noqa: PLC0415 (needs the set-up)

    samples.write(FOLDER, DAY)
    print(f"samples: {len(samples.contents(DAY))} files in demo/")
    return 0


if __name__ == "__main__":
    sys.exit(main())
