"""200 people register while worker, web server and database are killed: each registration is whole or absent."""

from __future__ import annotations

import collections
import concurrent.futures
import contextlib
import os
import signal
import threading
import time
import typing
import urllib.parse

import pytest
from django.db import connections

from career_relay.domain.hiring.links import queries as links
from career_relay.domain.hiring.links.models import RelayLink
from career_relay.kernel import clock
from career_relay.kernel.tenancy.context import acting_as
from tests import world
from tests.faults import programs
from tests.faults.people import Letterbox, Person
from tests.flows import story

if typing.TYPE_CHECKING:
    import collections.abc
    import pathlib

    import pytest_django.plugin

    Kill = tuple[str, collections.abc.Callable[[], None]]

pytestmark = [pytest.mark.faults, pytest.mark.timeout(240)]

PEOPLE = 200
CLIENTS = 8
IMPATIENT = 10  # every tenth
ROUNDS = 3
SETTLED_SECONDS = 45
CLAIM_SECONDS = "5"
JOBS_AT_A_TIME = 4
CODE = "registration_code"

# What there is of each sign-up: candidate, identity, profile, consent, exclusion, registration, its fact, the receipt,
# referral, count in the ledger, postings of it. Everything or nothing.
PARTS = """
    SELECT (SELECT count(*) FROM candidates_candidate c WHERE c.id = s.candidate_id),
           (SELECT count(*) FROM candidates_identity i WHERE i.candidate_id = s.candidate_id),
           (SELECT count(*) FROM candidates_profile p WHERE p.candidate_id = s.candidate_id),
           (SELECT count(*) FROM consents_consent c WHERE c.candidate_id = s.candidate_id),
           (SELECT count(*) FROM candidates_exclusion e WHERE e.candidate_id = s.candidate_id),
           (SELECT count(*) FROM referrals_registration r WHERE r.id = s.id AND r.candidate_id = s.candidate_id),
           (SELECT count(*) FROM facts_fact f WHERE f.candidate_id = s.candidate_id AND f.kind = 'candidate.registered'),
           (SELECT count(*) FROM messaging_message m WHERE m.candidate_id = s.candidate_id),
           (SELECT count(*) FROM referrals_referral r WHERE r.registration_id = s.id AND r.state = 'counted'),
           (SELECT count(*) FROM credits_entry e JOIN referrals_referral r ON e.natural_key = r.id::text
             WHERE r.registration_id = s.id AND e.kind = 'count'),
           (SELECT count(*) FROM credits_posting p JOIN credits_entry e ON e.id = p.entry_id
              JOIN referrals_referral r ON e.natural_key = r.id::text WHERE r.registration_id = s.id)
    FROM candidates_signup s
"""
WHOLE = (1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 2)
ABSENT = (0,) * len(WHOLE)

# The same tables counted by themselves: nothing is left over that belongs to no sign-up.
TOTALS = """
    SELECT (SELECT count(*) FROM candidates_candidate), (SELECT count(*) FROM candidates_identity),
           (SELECT count(*) FROM candidates_profile), (SELECT count(*) FROM consents_consent),
           (SELECT count(*) FROM candidates_exclusion), (SELECT count(*) FROM referrals_registration),
           (SELECT count(*) FROM facts_fact WHERE kind = 'candidate.registered'),
           (SELECT count(*) FROM messaging_message WHERE kind = 'registration_received'),
           (SELECT count(*) FROM referrals_referral), (SELECT count(*) FROM credits_entry WHERE kind = 'count'),
           (SELECT count(*) FROM credits_posting p JOIN credits_entry e ON e.id = p.entry_id WHERE e.kind = 'count')
"""
COUNTERS = "SELECT counted, converted, slots, entries FROM credits_holder"
NUMBERS = "SELECT number FROM credits_entry ORDER BY 1"
SLOTS = "SELECT s.ordinal, e.natural_key FROM credits_slot s JOIN credits_entry e ON e.id = s.lot_id ORDER BY 1"
MESSAGES = "SELECT message_id, kind, state FROM messaging_message"
WAITING = "SELECT count(*) FROM messaging_message WHERE state IN ('draft', 'queued', 'sending')"


@pytest.fixture(scope="module")
def service() -> collections.abc.Iterator[programs.Service]:
    with programs.service() as running:
        yield running


@pytest.fixture(scope="module")
def link(
    service: programs.Service, django_db_setup: None, django_db_blocker: pytest_django.plugin.DjangoDbBlocker
) -> str:
    """The path of a live link, made by an employer in the server that will be killed."""
    with django_db_blocker.unblock(), connected_to(service):
        found = story.open_link(world.make_tenant("employer", "アルファ精機株式会社", "alpha"), clock.now())
        with acting_as(organization=found.organization_id):
            return urllib.parse.urlsplit(links.url(RelayLink.objects.get(pk=found.link_id))).path


@contextlib.contextmanager
def connected_to(service: programs.Service) -> collections.abc.Iterator[None]:
    """Send this process's connection to that server for a while."""
    connection = connections["default"]
    before = {name: connection.settings_dict[name] for name in ("HOST", "NAME")}
    connection.close()
    connection.settings_dict.update(HOST=str(service.server.socket), NAME=programs.DATABASE)
    yield
    connection.close()
    connection.settings_dict.update(before)


def test_registrations_are_whole_or_absent_after_kills(
    service: programs.Service, link: str, tmp_path: pathlib.Path
) -> None:
    people = [Person(number, is_patient=number % IMPATIENT != 0) for number in range(PEOPLE)]
    with programs.program(
        service.urls["app"], tmp_path, RELAY_BEHIND_PROXY="1", EMAIL_CLAIM_SECONDS=CLAIM_SECONDS
    ) as running:
        letterbox = Letterbox(running.maildir)
        with killing(running, service, people) as kills, concurrent.futures.ThreadPoolExecutor(CLIENTS) as clients:
            list(clients.map(lambda person: person.register(running.url, link, letterbox), people))
        wait_until_settled(service)
    assert [person.is_done for person in people] == [person.is_patient for person in people]
    assert {name for name, _ in kills} == {"worker", "web process", "database"}
    registered = check_registrations(service, people)
    check_ledger(service, registered)
    check_mails(service, letterbox, len(kills))


@contextlib.contextmanager
def killing(
    running: programs.Program, service: programs.Service, people: list[Person]
) -> collections.abc.Iterator[list[Kill]]:
    """Kill one after the other, each when some more people are through; who stands above them starts them again."""
    kills: list[Kill] = []
    is_over = threading.Event()

    def go_round() -> None:
        all_kills = [*targets(running, service)] * ROUNDS
        for number, kill in enumerate(all_kills):
            while sum(person.has_left for person in people) * len(all_kills) <= PEOPLE * number:
                if is_over.wait(0.05):
                    return
            kill[1]()
            kills.append(kill)

    thread = threading.Thread(target=go_round)
    thread.start()
    try:
        yield kills
    finally:
        is_over.set()
        thread.join()


def targets(running: programs.Program, service: programs.Service) -> collections.abc.Iterator[Kill]:
    def kill_database() -> None:
        service.kill()
        service.start()

    yield "worker", lambda: os.kill(running.worker(), signal.SIGKILL)
    yield "web process", lambda: os.kill(running.web_process(), signal.SIGKILL)
    yield "database", kill_database


def wait_until_settled(service: programs.Service) -> None:
    """Wait for the worker to finish every mail."""
    deadline = time.monotonic() + SETTLED_SECONDS
    while service.rows(WAITING) != [(0,)]:
        assert time.monotonic() < deadline, service.rows(MESSAGES)
        time.sleep(0.25)


def check_registrations(service: programs.Service, people: list[Person]) -> int:
    """Check that each is whole or absent and that whoever was told so is registered; return how many are."""
    found = collections.Counter(service.rows(PARTS))
    registered = found.pop(WHOLE)
    assert list(found) in ([], [ABSENT])
    assert service.rows(TOTALS) == [tuple(part * registered for part in WHOLE)]
    known = {address for (address,) in service.rows("SELECT email FROM candidates_identity")}
    patient = {person.address for person in people if person.is_patient}
    assert known - {person.address for person in people if not person.is_patient} == patient
    assert len(known) == registered
    return registered


def check_ledger(service: programs.Service, registered: int) -> None:
    slots = registered // 10
    assert service.rows(COUNTERS) == [(registered, slots * 10, slots, registered + slots)]
    assert service.rows(NUMBERS) == [(number,) for number in range(1, registered + slots + 1)]
    assert service.rows(SLOTS) == [(ordinal, str(ordinal)) for ordinal in range(1, slots + 1)]
    assert service.rows("SELECT * FROM gate.ledger_differences()") == []


def check_mails(service: programs.Service, letterbox: Letterbox, kills: int) -> None:
    """Check that what is called sent arrived, codes above all, and that nothing else arrived twice."""
    messages = service.rows(MESSAGES)
    arrived = collections.Counter(letter.message_id for letter in letterbox.letters())
    lost = [identifier for identifier, _, state in messages if state == "sent" and not arrived[identifier]]
    twice = [identifier for identifier, kind, _ in messages if kind != CODE and arrived[identifier] > 1]
    uncertain = [kind for _, kind, state in messages if state == "uncertain"]
    assert (lost, twice) == ([], [])
    assert {state for _, _, state in messages} <= {"sent", "uncertain"}
    assert CODE not in uncertain
    assert len(uncertain) <= kills * JOBS_AT_A_TIME
