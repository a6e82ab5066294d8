"""Every route, every method, everybody: nothing of Beta comes out to anyone who is not Beta.

Routes are taken from the URL resolver. A route with a parameter that has no foreign object here fails, so a new page
is not forgotten.
"""

from __future__ import annotations

import dataclasses
import typing
import uuid

import pytest
from django.db import transaction
from django.http import HttpResponse
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver

from career_relay.capabilities.crypto import keys
from career_relay.capabilities.messaging import operations as messaging
from career_relay.capabilities.runs import operations as runs
from career_relay.domain.ground.organizations.models import Invitation, Member
from career_relay.domain.people.consents.models import Consent
from career_relay.kernel import actors
from career_relay.kernel.tenancy.context import acting_as
from career_relay.portals.candidate import cookies
from tests import database
from tests.examples import examples
from tests.flows import story
from tests.isolation import agencies, agreements, complaints, hiring, introductions, routing
from tests.world import NOW, ROLES, World, build_world, make_candidate, make_tenant

if typing.TYPE_CHECKING:
    import collections.abc

    import pytest_django.plugin

METHODS = ("get", "post")
RARE_METHODS = ("head", "put", "patch", "delete", "options")
WHO_TRIES_RARE_METHODS = {"nobody", "employer owner"}
OTHERS = ["employer", "agency", "school", "operator"]
# The first role of a kind has the widest rights; CI has all of them try.
PEOPLE = [
    *["nobody", "stranger", "candidate"],
    *[f"{kind} {role}" for kind in OTHERS for role in ROLES[kind][: examples(1, in_ci=9)]],
]
CANARY = "かなりあベータ"
# Pages that are the same for everybody, or that somebody else's mail leads to by a secret in the address.
PUBLIC_PARAMETERS: dict[str, dict[str, object]] = {
    "design/frame/<slug:name>/": {"name": "professional"},
    "design/error/<int:status>/": {"status": 404},
    "demo/samples/<str:name>": {"name": "broken.csv"},
    "demo/mail/<str:key>/": {"key": "nothing"},
    "demo/mail/<str:key>/html/": {"key": "nothing"},
    "agency/books/<slug:book>/": {"book": "seekers"},
    "agency/books/<slug:book>/file/": {"book": "seekers"},
    "agency/reports/<int:year>/": {"year": 2026},
    "agency/reports/<int:year>/file/": {"year": 2026},
    "agency/reports/<int:year>/filed/": {"year": 2025},
    "agency/reports/<int:year>/<slug:figure>/": {"year": 2026, "figure": "fees"},
    "operator/yearly/<int:year>/": {"year": 2026},
    "operator/yearly/<int:year>/file/": {"year": 2026},
    "employer/ledger/<int:year>/<int:month>/": {"year": 2026, "month": 11},
    "employer/ledger/<int:year>/<int:month>/file/": {"year": 2026, "month": 11},
}
GUESSED_TOKENS = {"invitations/<str:token>/", "r/<str:token>/", "unsubscribe/<str:token>/"}


@dataclasses.dataclass(frozen=True)
class Beta:
    """What Beta and Sora have, and what must therefore never be seen by the others."""

    objects: dict[str, uuid.UUID]
    canaries: list[bytes]


def routes(
    resolver: URLResolver | None = None, prefix: str = ""
) -> collections.abc.Iterator[tuple[str, dict[str, typing.Any]]]:
    """Yield every route with its converters by parameter."""
    for entry in (resolver or get_resolver()).url_patterns:
        route = prefix + str(entry.pattern)
        if isinstance(entry, URLPattern):
            yield route, entry.pattern.converters
        else:
            yield from routes(entry, route)


ROUTES = dict(routes())


@pytest.fixture(scope="module")
def world(
    django_db_setup: None, django_db_blocker: pytest_django.plugin.DjangoDbBlocker
) -> collections.abc.Iterator[World]:
    """Make the world once, in a database of its own: each request is rolled back, and everybody finds it as it was."""
    with django_db_blocker.unblock(), database.fresh():
        yield build_world()


@pytest.fixture(scope="module")
def beta(world: World) -> Beta:
    """Fill Beta's rooms, and Sora's, with things that have a name."""
    link = story.open_link(world.beta)
    with acting_as(organization=world.beta.id, user=world.beta.owner.id):
        named = story.create_link(world.beta, label=CANARY)
        invitation = Invitation.objects.create(
            organization=world.beta.organization,
            email="invited@canary-beta.example",
            role="analyst",
            token_hash=keys.token_hash("beta"),
            invited_by=world.beta.owner,
            invited_at=NOW,
            expires_at=NOW.replace(year=2030),
        )
        message = messaging.queue(
            template="mail/slot_granted",
            to="told@canary-beta.example",
            language="ja",
            context={"organization": CANARY, "counted": 10, "slots": [], "page_url": "/"},
            organization=world.beta.id,
            now=NOW,
        )
        run = runs.accept(
            organization_id=world.beta.id,
            kind="invite_members",
            parameters={},
            total=1,
            actor=actors.user(world.beta.owner.id),
            now=NOW,
        )
        runs.fail_item(run_id=run.pk, row=1, item="failed@canary-beta.example", cause=CANARY)
        member = Member.objects.get(role="analyst")
    sora = story.register(link, "sora@canary-beta.example", name=CANARY)
    with acting_as(candidate=sora.candidate_id):
        consent = Consent.objects.get()
    agency = make_tenant("agency", "かなた人材紹介株式会社", "other-agency")
    carer = make_tenant("agency", "こなた人材紹介株式会社", "another-agency")
    carried = routing.fill(carer, make_candidate(CANARY, "carried@canary-beta.example"), CANARY, world.operator)
    objects = {
        "link_id": named.link_id,
        "member_id": member.pk,
        "invitation_id": invitation.pk,
        "message_id": message.pk,
        "run_id": run.pk,
        "organization_id": world.beta.id,
        "consent_id": consent.pk,
        **hiring.fill(world.beta, CANARY, "canary-beta.example"),
        **carried,
        **complaints.fill(carried["assignment_id"], carer.id, CANARY),
        **introductions.fill(carer, world.beta, carried["assignment_id"], CANARY),
        **agencies.fill(agency, CANARY, "canary-beta.example"),
        **agreements.fill(world.beta, agency, CANARY),
    }
    hidden = [CANARY, "canary-beta.example", "beta.example", world.beta.organization.name, str(sora.candidate_id)]
    ids = [str(identifier) for identifier in objects.values()]
    return Beta(objects, [text.encode() for text in [*hidden, *ids, str(named.organization_id), str(link.link_id)]])


def client_of(world: World, name: str) -> Client:
    """Sit somebody down who is not Beta: each role of each other organization, a stranger, a candidate, nobody."""
    client = Client(raise_request_exception=False)
    tenants = {"employer": world.alpha, "agency": world.agency, "school": world.school, "operator": world.operator}
    if name == "candidate":
        client.cookies[cookies.SESSION.name] = _session_of(world)
    elif name != "nobody":
        kind, _, role = name.partition(" ")
        user = tenants[kind].users[role] if role else world.stranger
        client.force_login(user, backend="allauth.account.auth_backends.AuthenticationBackend")
    return client


def _session_of(world: World) -> str:
    response = HttpResponse()
    cookies.SESSION.write(response, world.hana.pk, world.hana.session_version)
    return response.cookies[cookies.SESSION.name].value


def address(route: str, beta: Beta) -> tuple[str, bool]:
    """Return the path of a route filled with Beta's objects, and whether it names one."""
    values: dict[str, typing.Any] = {}
    names_an_object = False
    for parameter in ROUTES[route]:
        if route in PUBLIC_PARAMETERS:
            values[parameter] = PUBLIC_PARAMETERS[route][parameter]
        elif route in GUESSED_TOKENS:
            values[parameter], names_an_object = keys.token("guess", beta.objects["link_id"], 1), True
        else:
            assert parameter in beta.objects, f"{route}: name an object of Beta's for {parameter!r} in this test"
            values[parameter], names_an_object = beta.objects[parameter], True
    path = route
    for parameter, converter in ROUTES[route].items():
        start = path.index("<")
        path = path[:start] + str(values[parameter]) + path[path.index(">", start) + 1 :]
        assert converter is not None
    return f"/{path}", names_an_object


@pytest.mark.parametrize("name", PEOPLE)
def test_nothing_of_beta_comes_out(world: World, beta: Beta, name: str) -> None:
    faults = []
    client = client_of(world, name)
    cookies_before = client.cookies.output(header="", sep=";")
    for route in ROUTES:
        path, names_an_object = address(route, beta)
        for method in METHODS + (RARE_METHODS if name in WHO_TRIES_RARE_METHODS else ()):
            client.cookies.load(cookies_before)
            with transaction.atomic():
                faults += [
                    f"{method} {path}: {fault}"
                    for fault in holes(client, method, path, beta, names_an_object=names_an_object)
                ]
                transaction.set_rollback(True)
    assert not faults, "\n".join(faults)


def holes(client: Client, method: str, path: str, beta: Beta, *, names_an_object: bool) -> list[str]:
    """Return what came out of one request that should not have."""
    response = getattr(client, method)(path)
    said = b"".join([b"".join(response), str(response.headers).encode()]).replace(path.encode(), b"")
    found = [canary.decode() for canary in beta.canaries if canary in said]
    if response.status_code >= 500 and response.status_code != 503:
        found.append(f"status {response.status_code}")
    if names_an_object and response.status_code not in {302, 403, 404, 405} and method != "options":
        found.append(f"status {response.status_code}")
    return found


def test_beta_sees_what_is_its_own(world: World, beta: Beta) -> None:
    """The canaries are alive: without this the test above could pass on empty pages."""
    client = Client()
    client.force_login(world.beta.owner, backend="allauth.account.auth_backends.AuthenticationBackend")
    seen = b"".join(
        client.get(path).content
        for path in [
            "/employer/links/",
            "/employer/imports/",
            "/employer/applications/",
            "/employer/notices/",
            "/organization/mail/",
            "/organization/members/",
        ]
    )
    assert [canary.decode() for canary in beta.canaries if canary in seen][:3] == [
        CANARY,
        "canary-beta.example",
        "beta.example",
    ]
