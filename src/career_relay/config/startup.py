"""Before anybody is served: refuse when the database would not hold the wall."""

from __future__ import annotations

import sys

from career_relay.kernel.tenancy import catalogue


def refuse_if_unsafe() -> None:
    """End the process when our role could pass the wall or the catalogue departs from the declared row classes."""
    if faults := catalogue.role_faults() + catalogue.lint():
        sys.exit("Career Relay does not serve with this database:\n" + "\n".join(f"- {fault}" for fault in faults))
