from __future__ import annotations

import datetime as dt
import typing

import pytest
from django.test import Client

from career_relay.capabilities.crypto import keys
from career_relay.domain.ground.accounts.models import User
from career_relay.domain.ground.organizations import operations, queries
from career_relay.domain.ground.organizations.models import Invitation, Member
from career_relay.kernel import actors, clock, ids
from career_relay.kernel.tenancy.context import acting_as
from tests.portals.account.people import PASSWORD, code_in, mails_by, mails_of, path_in, signed_in, text
from tests.world import NOW, add_address, make_user

if typing.TYPE_CHECKING:
    import uuid

    from tests.world import Tenant, World

pytestmark = pytest.mark.django_db

GUEST = "guest@elsewhere.example"


def invited(tenant: Tenant, email: str = GUEST, role: str = "", now: dt.datetime | None = None) -> str:
    """Invite somebody; return the address of the page that the mail leads to."""
    with acting_as(organization=tenant.id):
        operations.invite(
            organization_id=tenant.id,
            email=email,
            role=role or list(tenant.users)[-1],
            language="ja",
            actor=actors.user(tenant.owner.pk),
            now=now or clock.now(),
        )
    return path_in(mails_by(tenant.id)[-1])


def seats(user: User) -> list[tuple[uuid.UUID, str]]:
    return [(seat.organization_id, seat.role) for seat in queries.seats_of(user.pk)]


def test_invited_person_signs_up_and_lands_in_the_invitation(client: Client, world: World) -> None:
    page = invited(world.alpha, role="auditor")
    offered = client.get(page)
    for words in ("アルファ精機株式会社への招待", "権限 監査担当"):
        assert words in text(offered), words
    assert f"/account/signup/?next={page}" in offered.content.decode()
    typed = {"name": "客人", "email": GUEST, "password1": PASSWORD, "next": page}
    client.post("/account/signup/", typed)
    guest = User.objects.get(email=GUEST)
    confirmed = client.post("/account/confirm-email/", {"code": code_in(mails_of(guest)[0])})
    assert confirmed.headers["Location"] == page
    assert client.post(page).headers["Location"] == "/home/"
    assert seats(guest) == [(world.alpha.id, "auditor")]
    assert client.get("/home/").headers["Location"] == "/employer/"


def test_invited_person_with_an_account_signs_in_and_accepts(client: Client, world: World) -> None:
    guest = make_user(GUEST, "客人")
    page = invited(world.school)
    signed = client.post("/account/login/", {"login": GUEST, "password": "relay-baton-0123", "next": page})
    assert signed.headers["Location"] == page
    assert "参加" in text(client.get(page))
    client.post(page)
    assert seats(guest) == [(world.school.id, "coordinator")]
    assert "メンバーに参加しました。" in text(client.get("/organization/"))


def test_accepting_chooses_the_new_organization(world: World) -> None:
    client = signed_in(world.beta.owner)
    client.post(invited(world.school, world.beta.owner.email))
    assert client.session["organization"] == str(world.school.id)


def test_page_tells_a_stranger_no_address(client: Client, world: World) -> None:
    page = invited(world.alpha)
    for reader in (client, signed_in(world.stranger)):
        assert GUEST not in reader.get(page).content.decode()


def test_reading_the_page_seats_nobody(world: World) -> None:
    guest = make_user(GUEST, "客人")
    page = invited(world.alpha)
    client = signed_in(guest)
    assert client.get(page).status_code == 200
    assert client.head(page).status_code == 200
    assert seats(guest) == []


def test_signed_out_acceptance_asks_to_sign_in(client: Client, world: World) -> None:
    page = invited(world.alpha)
    assert client.post(page).headers["Location"] == f"/account/login/?next={page}"


def test_others_cannot_accept_and_are_told_why(world: World) -> None:
    page = invited(world.alpha)
    for other in (world.stranger, world.beta.owner):
        client, before = signed_in(other), seats(other)
        assert "別のアドレスへの招待です" in text(client.get(page))
        answer = client.post(page)
        assert answer.status_code == 403
        assert "この招待には参加できません" in text(answer)
        assert seats(other) == before


@pytest.mark.parametrize("field", ["organization", "organization_id", "id", "seat", "next"])
def test_another_organizations_id_changes_nothing(world: World, field: str) -> None:
    guest = make_user(GUEST, "客人")
    page = invited(world.alpha, role="analyst")
    posted = {field: str(world.beta.id), "role": "owner", "kind": "operator", "email": "owner@beta.example"}
    signed_in(guest).post(f"{page}?{field}={world.beta.id}&role=owner", posted)
    assert seats(guest) == [(world.alpha.id, "analyst")]


def test_an_organization_chosen_before_changes_nothing(world: World) -> None:
    guest = make_user(GUEST, "客人")
    with acting_as(organization=world.beta.id):
        Member.objects.create(organization=world.beta.organization, user=guest, role="hiring_manager", joined_at=NOW)
    client = signed_in(guest)
    client.post(f"/switch/{world.beta.id}/")
    client.post(invited(world.alpha, role="analyst"))
    assert sorted(seats(guest)) == sorted([(world.beta.id, "hiring_manager"), (world.alpha.id, "analyst")])


def test_token_put_together_from_ids_opens_nothing(world: World) -> None:
    guest = make_user(GUEST, "客人")
    invited(world.alpha)
    with acting_as(organization=world.alpha.id):
        invitation = Invitation.objects.get()
    client = signed_in(guest)
    for token in (str(invitation.pk), invitation.token_hash.hex(), keys.token("invitation", ids.new(), 1), "x" * 43):
        assert client.get(f"/invitations/{token}/").status_code == 404
        assert client.post(f"/invitations/{token}/").status_code == 404
    assert seats(guest) == []


def test_used_revoked_expired_and_replaced_links_say_so(world: World) -> None:
    guest = make_user(GUEST, "客人")
    client = signed_in(guest)
    used = invited(world.alpha)
    client.post(used)
    expired = invited(world.beta, now=clock.now() - dt.timedelta(days=14, seconds=1))
    revoked = invited(world.agency)
    with acting_as(organization=world.agency.id):
        operations.revoke_invitation(
            organization_id=world.agency.id,
            invitation_id=Invitation.objects.get().pk,
            actor=actors.user(world.agency.owner.pk),
            now=NOW,
        )
    for page in (used, expired, revoked):
        for answer in (client.get(page), client.post(page)):
            assert answer.status_code == 404
            assert "この招待は使えません" in text(answer)
    assert len(seats(guest)) == 1


def test_member_who_is_invited_again_by_another_address_is_told(world: World) -> None:
    analyst = world.alpha.users["analyst"]
    add_address(analyst, GUEST)
    answer = signed_in(analyst).post(invited(world.alpha, role="owner"))
    assert answer.status_code == 409
    assert "すでにこの組織のメンバーです" in text(answer)
    assert seats(analyst) == [(world.alpha.id, "analyst")]
