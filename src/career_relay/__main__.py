"""`career-relay <command>`: every command of the program, Django's own included."""

from __future__ import annotations

import os
import sys

from django.core.exceptions import ImproperlyConfigured
from django.core.management import execute_from_command_line


def main() -> None:
    """Run one command."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "career_relay.config.settings")
    try:
        execute_from_command_line(sys.argv)
    except ImproperlyConfigured as error:
        sys.exit(f"Career Relay can't start: {error} docs/reference/settings.md says what each variable is.")


if __name__ == "__main__":
    main()
