"""The environment of a development checkout: its private database and a key of its own."""

from __future__ import annotations

import os
import secrets
from pathlib import Path

from tools import devdb

KEY = Path(__file__).resolve().parent.parent / "var/key"


def of_checkout(*, test: bool = False) -> dict[str, str]:
    """Start the database and return the variables that the project's programs need; those already set win."""
    try:
        urls = devdb.start(test=test)
    except (devdb.DevdbError, OSError) as error:
        raise SystemExit(f"devdb: {error}") from None
    ours = {devdb.VARIABLES[role]: url for role, url in urls.items()}
    ours |= {"DJANGO_SETTINGS_MODULE": "career_relay.config.settings", "RELAY_KEY": _key()}
    return {**ours, **os.environ}


def _key() -> str:
    """Make a key once: links and codes of the demo stay valid over restarts."""
    if not KEY.exists():
        KEY.parent.mkdir(exist_ok=True)
        KEY.touch(mode=0o600)
        KEY.write_text(secrets.token_urlsafe(48))
    return KEY.read_text()
