"""Work that the database gave up in favour of others at the same rows: nothing is wrong with it, it may be done again."""

from __future__ import annotations

import psycopg

_GIVEN_UP = (psycopg.errors.DeadlockDetected, psycopg.errors.LockNotAvailable)


def gave_way(error: BaseException) -> bool:
    """Tell whether a transaction failed because somebody held what it needed, for too long or in a circle."""
    return isinstance(error.__cause__, _GIVEN_UP)
