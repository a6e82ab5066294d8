from __future__ import annotations

import typing

import pytest
from procrastinate.contrib.django import procrastinate_app

from tests.capabilities.messaging.conftest import letter_templates, mail_server

if typing.TYPE_CHECKING:
    import procrastinate

__all__ = ["letter_templates", "mail_server"]


@pytest.fixture(scope="session")
def app() -> procrastinate.App:
    """Import the tasks as the worker does."""
    found = procrastinate_app.app
    found.perform_import_paths()  # type: ignore[no-untyped-call]  # the one method procrastinate left without types
    return found
