"""Every page of this portal, asked for by those it is not for. A new page fails here until it has its line.

The world and what Beta has in it are made once: whatever a test does to them is rolled back.
"""

from __future__ import annotations

import typing

import pytest
from django.db import transaction
from django.test import Client

from career_relay.capabilities.runs import operations as runs
from career_relay.domain.ground.organizations import operations, queries
from career_relay.kernel import actors
from career_relay.kernel.tenancy.context import acting_as
from career_relay.portals.account import urls
from tests import database
from tests.isolation import agreements
from tests.portals import pages
from tests.portals.account.people import mails_by, path_in, signed_in
from tests.world import NOW, World, build_world, make_tenant

if typing.TYPE_CHECKING:
    import collections.abc

    import pytest_django.plugin

    from tests.world import Tenant

FREE = frozenset({"home", "start", "switch", "switch_to", "security", "invitation"})
RIGHTS: dict[str, str | None] = {
    "organization": None,
    "organization_edit": "change_organization",
    "members": None,
    "member": "manage_members",
    "member_remove": "manage_members",
    "invite": "manage_members",
    "invite_many": "manage_members",
    "invitation_renew": "manage_members",
    "invitation_revoke": "manage_members",
    "agreements": "see_agreements",
    "agreement": "see_agreements",
    "agreement_new": "manage_agreements",
    "agreement_draft": "manage_agreements",
    "agreement_draft_edit": "manage_agreements",
    "agreement_draft_discard": "manage_agreements",
    "agreement_amend": "manage_agreements",
    "agreement_accept": "manage_agreements",
    "agreement_decline": "manage_agreements",
    "agreement_suspend": "manage_agreements",
    "agreement_resume": "manage_agreements",
    "agreement_end": "manage_agreements",
    "agreement_review": "manage_agreements",
    "mails": "see_mail",
    "mail": "see_mail",
    "runs": "see_runs",
    "run": "see_runs",
    "run_failures": "see_runs",
    "run_file": "see_runs",
}
PAGES = pages.by_name(urls.urlpatterns)
OF_ONE_THING = frozenset(name for name, page in PAGES.items() if "<uuid:" in str(page.pattern))
CANARY = "canary@beta.example"


@pytest.fixture(scope="module")
def world(
    django_db_setup: None, django_db_blocker: pytest_django.plugin.DjangoDbBlocker
) -> collections.abc.Iterator[World]:
    with django_db_blocker.unblock(), database.fresh():
        yield build_world()


@pytest.fixture(scope="module")
def addresses(world: World) -> dict[str, str]:
    """Return the address of every page by name, with objects of Beta in it."""
    return addresses_of(world.beta)


@pytest.fixture(autouse=True)
def rolled_back(addresses: dict[str, str]) -> collections.abc.Iterator[None]:
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


def addresses_of(tenant: Tenant) -> dict[str, str]:
    """Return the address of every page by name, with objects of this tenant in it."""
    with acting_as(organization=tenant.id):
        member = queries.members(tenant.id).get(user=tenant.users["analyst"])
        actor = actors.user(tenant.owner.pk)
        invitation = operations.invite(
            organization_id=tenant.id, email=CANARY, role="analyst", language="ja", actor=actor, now=NOW
        )
        run = runs.accept(
            organization_id=tenant.id, kind="invite_members", parameters={}, total=1, actor=actor, now=NOW
        )
        runs.start(run_id=run.pk, now=NOW)
        runs.fail_item(run_id=run.pk, row=1, item=CANARY, cause=CANARY)
        runs.finish(run_id=run.pk, now=NOW, file_name="canary.csv", file=CANARY.encode())
    [mail] = mails_by(tenant.id)
    found = {
        **agreements.fill(tenant, make_tenant("agency", CANARY, "partner"), CANARY),
        "organization_id": tenant.id,
        "member_id": member.pk,
        "invitation_id": invitation.pk,
        "message_id": mail.pk,
        "run_id": run.pk,
        "token": path_in(mail).split("/")[2],
    }
    return {name: f"/{_filled(str(page.pattern), found)}" for name, page in PAGES.items()}


def _filled(route: str, values: dict[str, object]) -> str:
    for name, value in values.items():
        route = route.replace(f"<uuid:{name}>", str(value)).replace(f"<str:{name}>", str(value))
    return route


def test_every_page_has_its_line() -> None:
    assert set(PAGES) == FREE | set(RIGHTS)


@pytest.mark.parametrize("method", ["get", "post"])
@pytest.mark.parametrize("page", sorted(RIGHTS))
def test_other_organizations_things_are_not_found(
    world: World, addresses: dict[str, str], page: str, method: str
) -> None:
    address = addresses[page]
    answer = getattr(signed_in(world.alpha.owner), method)(address, {"role": "owner"})
    assert CANARY not in answer.content.decode()
    assert str(world.beta.id) not in answer.content.decode()
    if page in OF_ONE_THING:
        assert answer.status_code in (404, 405)


@pytest.mark.parametrize("page", ["member_remove", "invitation_renew", "invitation_revoke"])
def test_other_organizations_things_stay_as_they_are(world: World, addresses: dict[str, str], page: str) -> None:
    address = addresses[page]
    assert signed_in(world.alpha.owner).post(address).status_code == 404
    with acting_as(organization=world.beta.id):
        assert queries.members(world.beta.id).count() == 5
        assert queries.open_invitations(world.beta.id, NOW).get().version == 1


@pytest.mark.parametrize("method", ["get", "post"])
@pytest.mark.parametrize("page", sorted((set(RIGHTS) | FREE) - {"invitation"}))
def test_signed_out_people_are_asked_to_sign_in(
    world: World, addresses: dict[str, str], page: str, method: str
) -> None:
    address = addresses[page]
    answer = getattr(Client(), method)(address)
    if answer.status_code != 405:
        assert answer.headers["Location"] == f"/account/login/?next={address}"


@pytest.mark.parametrize("method", ["get", "post"])
@pytest.mark.parametrize("page", sorted(RIGHTS))
def test_people_without_a_seat_find_nothing(world: World, addresses: dict[str, str], page: str, method: str) -> None:
    answer = getattr(signed_in(world.stranger), method)(addresses[page])
    assert answer.status_code in (404, 405)
    assert CANARY not in answer.content.decode()


@pytest.mark.parametrize("page", sorted(page for page, right in RIGHTS.items() if right))
def test_colleagues_without_the_right_are_told_so(world: World, addresses: dict[str, str], page: str) -> None:
    address = addresses[page]
    client = signed_in(world.beta.users["hiring_manager"])
    answers = [client.get(address), client.post(address)]
    assert {answer.status_code for answer in answers} <= {403, 405}
    assert 403 in {answer.status_code for answer in answers}
    assert not [answer for answer in answers if CANARY in answer.content.decode()]


@pytest.mark.parametrize("page", sorted(RIGHTS))
def test_forms_want_their_token(world: World, addresses: dict[str, str], page: str) -> None:
    client = Client(enforce_csrf_checks=True)
    client.force_login(world.beta.owner)
    assert client.post(addresses[page]).status_code in (403, 405)
