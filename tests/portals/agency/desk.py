"""What the tests of this portal share: an agency that may receive people, and people who are put before it."""

from __future__ import annotations

import datetime as dt
import re
import typing

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from career_relay.domain.ground.agreements import operations as agreements
from career_relay.domain.ground.agreements import queries as agreement_queries
from career_relay.domain.people.routing.models import Assignment
from career_relay.flows import answer_assignment, route_candidate
from career_relay.kernel import actors, clock
from career_relay.kernel.tenancy.context import acting_as
from tests.domain.ground.agencies import room
from tests.flows import story

if typing.TYPE_CHECKING:
    import uuid

    from career_relay.domain.ground.accounts.models import User
    from tests.portals.pages import Answer
    from tests.world import Tenant, World

BACKEND = "allauth.account.auth_backends.AuthenticationBackend"
A_MINUTE = dt.timedelta(minutes=1)
MOST_QUERIES = 30


def before() -> dt.datetime:
    """Return a quarter of an hour ago: pages read the real clock."""
    return clock.now() - 15 * A_MINUTE


def signed_in(user: User) -> Client:
    client = Client()
    client.force_login(user, backend=BACKEND)
    return client


def text(response: Answer) -> str:
    """Return a page as it is read: no tags, spaces made one."""
    page = re.sub(r"<(script|style|head).*?</\1>", " ", response.content.decode(), flags=re.DOTALL)
    return " ".join(re.sub(r"<[^>]+>", " ", page).split())


def agree(agency: Tenant, operator: Tenant, now: dt.datetime) -> None:
    """Have the operator propose the usual agreement, and the agency's manager sign it."""
    with acting_as(organization=operator.id, user=operator.owner.pk):
        proposed = agreements.propose_standard(
            operator_id=operator.id, agency_id=agency.id, actor=actors.user(operator.owner.pk), now=now
        )
    with acting_as(organization=agency.id, user=agency.owner.pk):
        detail = agreement_queries.detail(agency.id, proposed.pk)
        assert detail is not None
        agreements.accept(
            agreement_id=proposed.pk, text_hash=detail.latest.text_hash, name="責任者", **room.by(agency, now)
        )


def open_agency(world: World, agency: Tenant | None = None, now: dt.datetime | None = None) -> Tenant:
    """Give an agency, the world's unless another is named, all it needs to receive people."""
    agency, now = agency or world.agency, now or before()
    room.complete(agency, world.operator, now)
    agree(agency, world.operator, now)
    return agency


def person_comes(link: story.Link, email: str = "aoi@people.example", **typed: typing.Any) -> uuid.UUID:
    """Register somebody through an employer's link, and have them put before an agency; return who it is."""
    now = typed.pop("now", before())
    person = story.register(link, email, now=now, **typed).candidate_id
    route_candidate.route_candidate(candidate_id=person, now=now)
    return person


def assignment_of(candidate_id: uuid.UUID) -> uuid.UUID:
    """Return the newest assignment of a person."""
    with acting_as(candidate=candidate_id):
        return Assignment.objects.filter(candidate_id=candidate_id).latest("offered_at", "pk").pk


def accept(agency: Tenant, assignment_id: uuid.UUID, now: dt.datetime | None = None) -> None:
    """Have the agency's manager take a person on."""
    now = now or before() + A_MINUTE
    with acting_as(organization=agency.id, user=agency.owner.pk):
        answer_assignment.accept_assignment(assignment_id=assignment_id, **room.by(agency, now))


def taken(agency: Tenant, link: story.Link, email: str = "aoi@people.example", **typed: typing.Any) -> uuid.UUID:
    """Have somebody come and the agency take them on; return the assignment."""
    assignment_id = assignment_of(person_comes(link, email, **typed))
    accept(agency, assignment_id)
    return assignment_id


def stored(agency: Tenant, assignment_id: uuid.UUID) -> Assignment:
    with acting_as(organization=agency.id):
        return Assignment.objects.get(pk=assignment_id)


def change(agency: Tenant, assignment_id: uuid.UUID, **values: typing.Any) -> None:
    """Make an assignment as time would have made it."""
    with acting_as(organization=agency.id):
        Assignment.objects.filter(pk=assignment_id).update(**values)


def asked(client: Client, address: str) -> int:
    """Return how many questions a page asks the database, and see that it is read without writing."""
    with CaptureQueriesContext(connection) as captured:
        assert client.get(address).status_code == 200
    statements = [query["sql"].lstrip().split(maxsplit=1)[0] for query in captured]
    assert not {"INSERT", "UPDATE", "DELETE"} & set(statements)
    return sum(word not in {"SAVEPOINT", "RELEASE"} for word in statements)
