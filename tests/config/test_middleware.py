from __future__ import annotations

import typing

import pytest
from django.db import DataError, OperationalError, connection
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.test import Client, override_settings
from django.urls import path

from career_relay.capabilities.facts.models import Fact
from career_relay.capabilities.facts.operations import record
from career_relay.capabilities.limits.operations import TooManyTries
from career_relay.config.middleware import network_of
from career_relay.domain.ground.organizations.access import Request, seat_required
from career_relay.kernel import actors
from career_relay.kernel.errors import DomainError
from career_relay.kernel.tenancy import context
from career_relay.kernel.tenancy.context import acting_as
from tests.world import NOW, World

handler400 = "career_relay.config.errors.bad_request"
handler403 = "career_relay.config.errors.forbidden"
handler404 = "career_relay.config.errors.not_found"
handler500 = "career_relay.config.errors.server_error"


class UnableToTest(DomainError):
    code = "UNABLE_TO_TEST"


def write_and(request: HttpRequest, ending: str) -> HttpResponse:
    seat = typing.cast("Request", request).seat
    assert seat is not None
    record("invitation.revoked", actor=actors.SYSTEM, occurred_at=NOW, organization=seat.organization_id)
    if ending == "crash":
        raise RuntimeError
    if ending == "refuse":
        raise UnableToTest("できません。")
    if ending == "limit":
        raise TooManyTries(retry_after=60)
    if ending == "outage":
        raise OperationalError
    if ending == "unstorable":
        raise DataError
    return HttpResponse(status=int(ending))


def principal(request: HttpRequest) -> HttpResponse:
    found = context.current()
    return JsonResponse([str(found.organization), str(found.user), str(found.candidate)], safe=False)


urlpatterns = [
    path("sign-in", principal, name="account_login"),
    path("write/<str:ending>", write_and),
    path("principal", principal),
    path("employers", seat_required(kind="employer")(principal)),
    path("managers", seat_required(right="manage_members")(principal)),
]


@pytest.fixture
def client() -> Client:
    return Client(raise_request_exception=False)


@pytest.fixture(autouse=True)
def _routes() -> typing.Iterator[None]:
    with override_settings(ROOT_URLCONF=__name__):
        yield


def sign_in(client: Client, user: typing.Any) -> None:
    client.force_login(user, backend="allauth.account.auth_backends.AuthenticationBackend")


def facts_of(world: World) -> int:
    with acting_as(organization=world.alpha.id):
        return Fact.objects.count()


@pytest.mark.parametrize(
    ("ending", "status", "kept"),
    [
        ("200", 200, 1),
        ("404", 404, 1),
        ("500", 500, 0),
        ("503", 503, 0),
        ("crash", 500, 0),
        ("refuse", 409, 0),
        ("limit", 429, 0),
        ("outage", 503, 0),
    ],
)
def test_request_is_one_transaction(client: Client, world: World, ending: str, status: int, kept: int) -> None:
    sign_in(client, world.alpha.owner)
    response = client.get(f"/write/{ending}")
    assert response.status_code == status
    assert facts_of(world) == kept


def test_error_pages_carry_the_request_number(client: Client, world: World) -> None:
    sign_in(client, world.alpha.owner)
    response = client.get("/write/crash")
    assert response["X-Request-ID"] in response.content.decode()


def test_limits_and_outages_say_when_to_come_back(client: Client, world: World) -> None:
    sign_in(client, world.alpha.owner)
    assert client.get("/write/limit")["Retry-After"] == "60"
    assert client.get("/write/outage")["Retry-After"] == "30"


def test_member_acts_for_their_organization(client: Client, world: World) -> None:
    sign_in(client, world.alpha.owner)
    assert client.get("/principal").json() == [str(world.alpha.id), str(world.alpha.owner.id), "None"]


def test_nobody_acts_for_nobody(client: Client, world: World) -> None:
    assert client.get("/principal").json() == ["None", "None", "None"]


def test_stranger_has_no_seat(client: Client, world: World) -> None:
    sign_in(client, world.stranger)
    assert client.get("/principal").json() == ["None", str(world.stranger.id), "None"]


def test_chosen_organization_without_a_seat_is_nobody(client: Client, world: World) -> None:
    sign_in(client, world.alpha.owner)
    session = client.session
    session["organization"] = str(world.beta.id)
    session.save()
    assert client.get("/principal").json() == ["None", str(world.alpha.owner.id), "None"]


@pytest.mark.parametrize(("who", "status"), [("alpha", 200), ("agency", 404), ("stranger", 404), ("", 302)])
def test_seat_required_by_kind(client: Client, world: World, who: str, status: int) -> None:
    people = {"alpha": world.alpha.owner, "agency": world.agency.owner, "stranger": world.stranger}
    if who:
        sign_in(client, people[who])
    assert client.get("/employers").status_code == status


@pytest.mark.parametrize(("role", "status"), [("owner", 200), ("analyst", 403)])
def test_seat_required_by_right(client: Client, world: World, role: str, status: int) -> None:
    sign_in(client, world.alpha.users[role])
    assert client.get("/managers").status_code == status


@pytest.mark.parametrize(
    ("remote", "forwarded", "is_behind_proxy", "network"),
    [
        ("192.0.2.7", "", False, "192.0.2.7"),
        ("192.0.2.7", "198.51.100.1", False, "192.0.2.7"),
        ("192.0.2.7", "203.0.113.9, 198.51.100.1", True, "198.51.100.1"),
        ("2001:db8:1:2:3:4:5:6", "", False, "2001:db8:1:2::/64"),
        ("", "", False, "unknown"),
        ("192.0.2.7", "nonsense", True, "unknown"),
    ],
)
def test_network_is_what_we_saw_or_our_proxy_wrote(
    *, remote: str, forwarded: str, is_behind_proxy: bool, network: str, settings: typing.Any
) -> None:
    settings.BEHIND_PROXY = is_behind_proxy
    request = HttpRequest()
    request.META["REMOTE_ADDR"] = remote
    if forwarded:
        request.META["HTTP_X_FORWARDED_FOR"] = forwarded
    assert network_of(typing.cast("Request", request)) == network


def test_healthz_needs_no_database(client: Client) -> None:
    with override_settings(ROOT_URLCONF="career_relay.config.urls"):
        assert client.get("/healthz").status_code == 200


def test_rolled_back_database_error_leaves_the_connection_usable(client: Client, world: World) -> None:
    sign_in(client, world.alpha.owner)
    client.get("/write/outage")
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
        assert cursor.fetchone() == (1,)


def test_request_that_is_too_large_is_told_so(client: Client, world: World) -> None:
    with override_settings(ROOT_URLCONF="career_relay.config.urls"):
        response = client.post("/account/login/", {"login": "x" * 1_100_000})
    assert response.status_code == 413


def test_text_that_the_database_cannot_hold_is_a_bad_request(client: Client, world: World) -> None:
    sign_in(client, world.alpha.owner)
    assert client.get("/write/unstorable").status_code == 400
    assert facts_of(world) == 0


def test_form_without_its_token_names_the_route_alone(world: World, caplog: pytest.LogCaptureFixture) -> None:
    strict = Client(enforce_csrf_checks=True)
    with override_settings(ROOT_URLCONF="career_relay.config.urls"), caplog.at_level("DEBUG"):
        response = strict.post("/invitations/a-token-nobody-should-read/", {})
    assert response.status_code == 403
    assert "開いてから時間がたっています" in response.content.decode()
    assert "a-token-nobody-should-read" not in caplog.text
