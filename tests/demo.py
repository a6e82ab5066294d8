"""The demo's network in a database of its own: copied from a template, because making it takes many seconds."""

from __future__ import annotations

import contextlib
import dataclasses
import typing
import uuid

import pytest
from django.conf import settings
from django.core.management import call_command
from django.db import connections

from career_relay.domain.ground.accounts import queries as accounts
from career_relay.domain.ground.organizations import queries as organizations
from tests import database

if typing.TYPE_CHECKING:
    import collections.abc
    import pathlib

    import pytest_django.plugin

    from career_relay.config.demo.employers import Employer
    from career_relay.config.demo.partners import Partner


@dataclasses.dataclass(frozen=True)
class Made:
    """A network: the database it is in, and the folder the demo keeps its files in."""

    database: str
    folder: pathlib.Path

    @contextlib.contextmanager
    def in_use(self) -> collections.abc.Iterator[None]:
        """Run as the demo that has this network."""
        before, name = (settings.DEMO, settings.VAR, settings.MAILDIR), database.point_to(self.database)
        settings.DEMO, settings.VAR, settings.MAILDIR = True, self.folder, str(self.folder / "mail")
        try:
            yield
        finally:
            connections.close_all()
            database.point_to(name)
            settings.DEMO, settings.VAR, settings.MAILDIR = before


@pytest.fixture(scope="session")
def demo_made(
    django_db_setup: None,
    django_db_blocker: pytest_django.plugin.DjangoDbBlocker,
    tmp_path_factory: pytest.TempPathFactory,
) -> collections.abc.Iterator[Made]:
    """Copy the network, and have `career-relay demo` write its files."""
    made = Made(f"demo_{uuid.uuid4().hex[:12]}", tmp_path_factory.mktemp("var"))
    with django_db_blocker.unblock():
        database.clone(made.database, database.demo_template())
        with made.in_use():
            call_command("demo")
        yield made
        database.drop(made.database)


@pytest.fixture(scope="module")
def demo_network(
    demo_made: Made, django_db_blocker: pytest_django.plugin.DjangoDbBlocker
) -> collections.abc.Iterator[None]:
    """Run the module's tests in the network; each leaves it as it was."""
    with django_db_blocker.unblock(), demo_made.in_use():
        yield


def id_of(organization: Employer | Partner) -> uuid.UUID:
    """Return one of the demo's organizations by its first member."""
    first = accounts.by_address(organization.address(organization.seats[0]))
    assert first is not None
    [seat] = organizations.seats_of(first.pk)
    return seat.organization_id
