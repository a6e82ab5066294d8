from __future__ import annotations

import copy
import email
import email.policy
import gc
import os
import typing

import pytest
from aiosmtpd.controller import Controller
from xdist.scheduler import LoadScopeScheduling

from career_relay.config import supervisor
from tests import database
from tests.demo import demo_made, demo_network  # noqa: F401 -- fixtures of the modules that look at the demo
from tests.world import World, build_world

if typing.TYPE_CHECKING:
    import collections.abc
    import email.message

    import pytest_django.fixtures
    import pytest_django.plugin

EARLY = database.ROOT / "tests/domain"
NETWORK = database.ROOT / "tests/config/test_demo_network.py"
BROWSER = "tests/browser/"
BOTH_CONNECTIONS = pytest.mark.django_db(databases=["default", "limits"])


@pytest.hookimpl(wrapper=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> collections.abc.Generator[None]:
    """Let every database test use both connections, and have the last word on the order."""
    for item in items:
        if "db" in getattr(item, "fixturenames", ()) or item.get_closest_marker("django_db"):
            item.add_marker(BOTH_CONNECTIONS, append=False)
    yield
    items.sort(key=_turn)


def _turn(item: pytest.Item) -> int:
    """Return when a test's turn is, so that no process waits for another (`--dist loadscope`).

    First comes the module that has the demo's network made; then the domain's tests, many and short, while it is made;
    then the browser's, which need a copy of it and take longest; then the rest.
    """
    if item.nodeid.startswith(BROWSER):
        return 2
    if item.path == NETWORK:
        return 0
    return 1 if item.path.is_relative_to(EARLY) else 3


@pytest.hookimpl(wrapper=True, optionalhook=True)
def pytest_xdist_auto_num_workers() -> collections.abc.Generator[None, int, int]:
    """Have a process more than processors: the one that has the browser mostly waits for it."""
    processors = yield
    return processors + 1


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config: pytest.Config, log: typing.Any) -> LoadScopeScheduling | None:
    """Share the tests out by module, except that one process has all of the browser's: the program runs once."""
    return _Scheduling(config, log) if config.getvalue("dist") == "loadscope" else None


class _Scheduling(LoadScopeScheduling):  # type: ignore[misc]  # it comes without types
    def _split_scope(self, nodeid: str) -> str:
        return BROWSER if nodeid.startswith(BROWSER) else super()._split_scope(nodeid)


def pytest_collection_finish() -> None:
    """Spare the garbage collector what stays until the end: the program, its models and the collected tests."""
    gc.freeze()


@pytest.fixture(scope="session")
def django_db_setup(django_db_blocker: pytest_django.plugin.DjangoDbBlocker) -> collections.abc.Iterator[World]:
    """Give the run a clone of the migrated template, with the world in it; the role stays relay_app."""
    name = f"run_{os.getpid()}"
    with django_db_blocker.unblock():
        database.clone(name)
        database.point_to(name)
        made = build_world()
    yield made
    with django_db_blocker.unblock():
        database.point_to("postgres")
        database.drop(name)


@pytest.fixture
def fresh_database(
    django_db_setup: None, django_db_blocker: pytest_django.plugin.DjangoDbBlocker
) -> collections.abc.Iterator[dict[str, str]]:
    """Give one test a database of its own where commits are real; yields its addresses by role."""
    with django_db_blocker.unblock(), database.fresh() as urls:
        yield urls


@pytest.fixture(scope="module")
def shared_database(
    django_db_setup: None, django_db_blocker: pytest_django.plugin.DjangoDbBlocker
) -> collections.abc.Iterator[None]:
    """Give the tests of a module a database where commits are real; each makes itself a tenant that nobody else has."""
    with django_db_blocker.unblock(), database.fresh():
        yield


@pytest.fixture
def world(db: None, django_db_setup: World) -> World:
    """Employers Alpha and Beta, an agency, a school, an operator, candidates and a stranger."""
    return copy.deepcopy(django_db_setup)


class Mailbox:
    """A real SMTP server on loopback that keeps what it was given; `answer` replaces its reply to DATA or RCPT."""

    def __init__(self) -> None:
        self.messages: list[email.message.EmailMessage] = []
        self.answer_rcpt = ""
        self.answer_data = ""

    async def handle_RCPT(  # noqa: N802 -- aiosmtpd's name
        self, server: object, session: object, envelope: typing.Any, address: str, options: object
    ) -> str:
        if self.answer_rcpt:
            return self.answer_rcpt
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server: object, session: object, envelope: typing.Any) -> str:  # noqa: N802 -- aiosmtpd's name
        if self.answer_data:
            return self.answer_data
        self.messages.append(email.message_from_bytes(envelope.content, policy=email.policy.default))
        return "250 OK"

    def to(self, address: str) -> list[email.message.EmailMessage]:
        """Return the messages for one address, oldest first."""
        return [message for message in self.messages if message["To"] == address]


@pytest.fixture
def smtp(settings: pytest_django.fixtures.Settings) -> collections.abc.Iterator[Mailbox]:
    """Run a mail server for the test and point the settings to it."""
    mailbox = Mailbox()
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", supervisor.any_port()
    controller = Controller(mailbox, hostname=settings.EMAIL_HOST, port=settings.EMAIL_PORT)
    controller.start()
    yield mailbox
    controller.stop()
