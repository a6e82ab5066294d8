from __future__ import annotations

import copy
import pathlib
import typing

import pytest
from procrastinate.contrib.django import procrastinate_app

from tests.capabilities.messaging import sink

if typing.TYPE_CHECKING:
    import collections.abc

    import procrastinate
    import pytest_django.fixtures

TEMPLATES = pathlib.Path(__file__).parent / "templates"


@pytest.fixture(autouse=True)
def letter_templates(settings: pytest_django.fixtures.Settings) -> None:
    """Give messaging a mail of its own to send: no domain's."""
    engines = copy.deepcopy(settings.TEMPLATES)
    engines[0]["DIRS"] = [TEMPLATES]
    settings.TEMPLATES = engines


@pytest.fixture
def mail_server(settings: pytest_django.fixtures.Settings) -> collections.abc.Iterator[sink.Sink]:
    """Run a mail server that does as it is told."""
    with sink.running() as server:
        settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", server.port
        yield server


@pytest.fixture(scope="session")
def app() -> procrastinate.App:
    """Import the tasks as the worker does."""
    found = procrastinate_app.app
    found.perform_import_paths()  # type: ignore[no-untyped-call]  # the one method procrastinate left without types
    return found
