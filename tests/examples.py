"""How much the slow searches for a counter-example try: a little at every turn, more in CI."""

from __future__ import annotations

import os

IN_CI = bool(os.environ.get("CI"))


def examples(number: int, *, in_ci: int) -> int:
    """Return how many examples to try here."""
    return in_ci if IN_CI else number
