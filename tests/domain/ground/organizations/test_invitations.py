from __future__ import annotations

import datetime as dt
import typing

import pytest
from procrastinate.contrib.django.models import ProcrastinateJob

from career_relay.capabilities.crypto import keys
from career_relay.capabilities.facts.models import Fact
from career_relay.capabilities.messaging import operations as messaging
from career_relay.capabilities.messaging import placeholders
from career_relay.capabilities.messaging.models import Message
from career_relay.domain.ground.accounts import operations as accounts
from career_relay.domain.ground.organizations import operations, queries
from career_relay.domain.ground.organizations.models import Invitation
from career_relay.domain.ground.organizations.operations import errors
from career_relay.kernel import actors, ids
from career_relay.kernel.tenancy.context import acting_as
from tests.world import NOW, add_address, make_user, unconfirm

if typing.TYPE_CHECKING:
    import uuid

    from career_relay.domain.ground.accounts.models import User
    from tests.world import Tenant, World

pytestmark = pytest.mark.django_db

GUEST = "guest@elsewhere.example"
FORTNIGHT = dt.timedelta(days=14)
MOMENT = dt.timedelta(microseconds=1)


class Target(typing.TypedDict):
    organization_id: uuid.UUID
    invitation_id: uuid.UUID
    actor: actors.Actor
    now: dt.datetime


def target_of(tenant: Tenant, invitation: Invitation, actor: actors.Actor | None = None) -> Target:
    return {
        "organization_id": tenant.id,
        "invitation_id": invitation.pk,
        "actor": actor or actors.user(tenant.owner.pk),
        "now": NOW,
    }


def invite(
    tenant: Tenant, email: str = GUEST, role: str = "", *, actor: actors.Actor | None = None, now: dt.datetime = NOW
) -> Invitation:
    with acting_as(organization=tenant.id):
        return operations.invite(
            organization_id=tenant.id,
            email=email,
            role=role or list(tenant.users)[-1],
            language="ja",
            actor=actor or actors.user(tenant.owner.pk),
            now=now,
        )


def token_of(invitation: Invitation) -> str:
    return keys.token("invitation", invitation.pk, invitation.version)


def accept(invitation: Invitation, user: User, now: dt.datetime = NOW) -> typing.Any:
    return operations.accept_invitation(token=token_of(invitation), user=user, language="ja", now=now)


def seats(user: User) -> list[tuple[uuid.UUID, str]]:
    return [(seat.organization_id, seat.role) for seat in queries.seats_of(user.pk)]


def kinds_of(tenant: Tenant) -> list[str]:
    with acting_as(organization=tenant.id):
        return list(Fact.objects.order_by("sequence").values_list("kind", flat=True))


def test_invite_offers_a_seat_for_fourteen_days_and_records(world: World) -> None:
    invitation = invite(world.alpha, " Ｇuest@Elsewhere.example", "auditor")
    assert (invitation.email, invitation.role, invitation.expires_at) == (GUEST, "auditor", NOW + FORTNIGHT)
    assert invitation.invited_by_id == world.alpha.owner.pk
    assert kinds_of(world.alpha) == ["member.invited"]


def test_only_the_hash_of_the_token_is_stored(world: World) -> None:
    invitation = invite(world.alpha)
    with acting_as(organization=world.alpha.id):
        row = Invitation.objects.values().get(pk=invitation.pk)
        mail = Message.objects.values().get()
    token = token_of(invitation)
    assert bytes(row["token_hash"]) == keys.token_hash(token)
    assert token not in str(row) + str(mail)
    assert token not in str(list(ProcrastinateJob.objects.values_list("args", flat=True)))


def test_invite_writes_a_mail_with_the_link(world: World) -> None:
    invitation = invite(world.alpha)
    with acting_as(organization=world.alpha.id):
        mail = Message.objects.get()
        values = placeholders.values(mail)
    assert (mail.to_address, mail.kind, mail.organization_id) == (GUEST, "invitation", world.alpha.id)
    assert mail.subject == "招待を確認し、メンバーに参加してください｜アルファ精機株式会社"
    assert values["url"].endswith(f"/invitations/{token_of(invitation)}/")
    for part in ("alpha ownerさん", "監査担当", "2026/12/07 (月) 14:05", "{{secret:url}}"):
        assert part in mail.text, part
    assert "{{secret:url}}" in mail.html


def test_invite_to_no_address_leaves_nothing(world: World) -> None:
    with pytest.raises(messaging.UnableToWrite):
        invite(world.alpha, "guest")
    with acting_as(organization=world.alpha.id):
        assert not Invitation.objects.exists()
    assert kinds_of(world.alpha) == []


def test_invite_refuses_a_member(world: World) -> None:
    with pytest.raises(errors.UnableToInviteMember, match=r"Recruiter@alpha\.example"):
        invite(world.alpha, "Recruiter@alpha.example")


def test_invite_refuses_while_an_invitation_waits(world: World) -> None:
    invite(world.alpha)
    with pytest.raises(errors.UnableToInviteAgain, match=GUEST):
        invite(world.alpha, now=NOW + FORTNIGHT - MOMENT)


def test_invite_replaces_an_expired_invitation(world: World) -> None:
    old = invite(world.alpha)
    new = invite(world.alpha, now=NOW + FORTNIGHT)
    with acting_as(organization=world.alpha.id):
        assert Invitation.objects.get(pk=old.pk).revoked_at == NOW + FORTNIGHT
        assert list(queries.open_invitations(world.alpha.id, NOW + FORTNIGHT)) == [new]
    assert kinds_of(world.alpha) == ["member.invited", "invitation.revoked", "member.invited"]


@pytest.mark.parametrize("role", ["manager", "operator", "chief"])
def test_invite_refuses_a_role_of_another_kind(world: World, role: str) -> None:
    with pytest.raises(errors.UnableToGiveRole):
        invite(world.alpha, role=role)


@pytest.mark.parametrize("role", ["recruiter", "hiring_manager", "analyst", "auditor"])
def test_roles_without_the_right_invite_nobody(world: World, role: str) -> None:
    alpha = world.alpha
    invitation = invite(alpha)
    actor = actors.user(alpha.users[role].pk)
    target = target_of(alpha, invitation, actor)
    with pytest.raises(errors.UnableToActWithoutRight):
        invite(alpha, "other@elsewhere.example", actor=actor)
    with acting_as(organization=alpha.id):
        with pytest.raises(errors.UnableToActWithoutRight):
            operations.revoke_invitation(**target)
        with pytest.raises(errors.UnableToActWithoutRight):
            operations.renew_invitation(language="ja", **target)
        with pytest.raises(errors.UnableToActWithoutRight):
            operations.start_inviting(
                organization_id=alpha.id, emails=[GUEST], role="analyst", language="ja", actor=actor, now=NOW
            )


def test_accept_seats_the_invited_person_in_the_role_offered(world: World) -> None:
    guest = make_user(GUEST, "客人")
    invitation = invite(world.alpha, role="auditor")
    accept(invitation, guest)
    assert seats(guest) == [(world.alpha.id, "auditor")]
    assert kinds_of(world.alpha) == ["member.invited", "member.joined"]


def test_accept_leads_into_the_inviting_organization_whoever_is_acted_for(world: World) -> None:
    guest = make_user(GUEST, "客人")
    invitation = invite(world.alpha)
    with acting_as(organization=world.beta.id, user=guest.pk):
        accept(invitation, guest)
    assert [organization for organization, _ in seats(guest)] == [world.alpha.id]
    assert kinds_of(world.beta) == []


def test_accept_refuses_everybody_else(world: World) -> None:
    invitation = invite(world.alpha)
    for other in (world.stranger, world.beta.owner, world.alpha.owner):
        before = seats(other)
        with pytest.raises(errors.UnableToAcceptForOther):
            accept(invitation, other)
        assert seats(other) == before


def test_accept_refuses_an_address_that_is_not_confirmed(world: World) -> None:
    guest = make_user(GUEST, "客人")
    unconfirm(guest)
    with pytest.raises(errors.UnableToAcceptForOther):
        accept(invite(world.alpha), guest)
    assert seats(guest) == []


def test_accept_takes_a_second_confirmed_address(world: World) -> None:
    add_address(world.stranger, GUEST)
    accept(invite(world.alpha), world.stranger)
    assert [organization for organization, _ in seats(world.stranger)] == [world.alpha.id]


def test_accept_works_once_and_until_the_last_moment(world: World) -> None:
    guest = make_user(GUEST, "客人")
    invitation = invite(world.alpha)
    with pytest.raises(errors.UnableToAcceptInvitation):
        accept(invitation, guest, NOW + FORTNIGHT)
    accept(invitation, guest, NOW + FORTNIGHT - MOMENT)
    with pytest.raises(errors.UnableToAcceptInvitation):
        accept(invitation, guest)
    assert len(seats(guest)) == 1


def test_accept_refuses_a_made_up_token(world: World) -> None:
    guest = make_user(GUEST, "客人")
    invitation = invite(world.alpha)
    for token in ("", "x" * 43, str(invitation.pk), keys.token("invitation", ids.new(), 1)):
        with pytest.raises(errors.UnableToAcceptInvitation):
            operations.accept_invitation(token=token, user=guest, language="ja", now=NOW)


def test_accept_refuses_a_member_who_was_seated_meanwhile(world: World) -> None:
    guest = make_user(GUEST, "客人")
    invitation = invite(world.alpha)
    add_address(guest, "second@elsewhere.example")
    accept(invite(world.alpha, "second@elsewhere.example"), guest)
    with pytest.raises(errors.UnableToJoinTwice):
        accept(invitation, guest)
    assert len(seats(guest)) == 1


def test_revoked_invitation_opens_nothing(world: World) -> None:
    alpha, guest = world.alpha, make_user(GUEST, "客人")
    invitation = invite(alpha)
    target = target_of(alpha, invitation)
    with acting_as(organization=alpha.id):
        operations.revoke_invitation(**target)
        with pytest.raises(errors.UnableToFindMember):
            operations.revoke_invitation(**target)
        with pytest.raises(errors.UnableToFindMember):
            operations.renew_invitation(language="ja", **target)
    with pytest.raises(errors.UnableToAcceptInvitation):
        accept(invitation, guest)
    assert kinds_of(alpha) == ["member.invited", "invitation.revoked"]


def test_renewed_invitation_has_a_new_link_and_a_new_term(world: World) -> None:
    alpha, guest, later = world.alpha, make_user(GUEST, "客人"), NOW + dt.timedelta(days=20)
    invitation = invite(alpha)
    with acting_as(organization=alpha.id):
        renewed = operations.renew_invitation(
            organization_id=alpha.id,
            invitation_id=invitation.pk,
            language="en",
            actor=actors.user(alpha.owner.pk),
            now=later,
        )
        assert Message.objects.count() == 2
    assert renewed.expires_at == later + FORTNIGHT
    with pytest.raises(errors.UnableToAcceptInvitation):
        accept(invitation, guest, later)
    accept(renewed, guest, later)
    assert kinds_of(alpha) == ["member.invited", "invitation.renewed", "member.joined"]


def test_invitations_of_others_are_out_of_reach(world: World) -> None:
    alpha, beta = world.alpha, world.beta
    theirs = invite(beta)
    target = target_of(alpha, theirs)
    with acting_as(organization=alpha.id):
        with pytest.raises(errors.UnableToFindMember):
            operations.revoke_invitation(**target)
        with pytest.raises(errors.UnableToFindMember):
            operations.renew_invitation(language="ja", **target)
        assert list(queries.open_invitations(beta.id, NOW)) == []


def test_the_same_address_may_be_invited_by_two(world: World) -> None:
    guest = make_user(GUEST, "客人")
    for tenant in (world.alpha, world.beta):
        accept(invite(tenant), guest)
    assert {organization for organization, _ in seats(guest)} == {world.alpha.id, world.beta.id}


def test_invitation_by_token_shows_what_the_page_needs(world: World) -> None:
    invitation = invite(world.school)
    offered = queries.invitation_by_token(token_of(invitation), NOW)
    assert offered == queries.OpenInvitation(
        invitation_id=invitation.pk,
        organization_id=world.school.id,
        name="みらい専門学校",
        kind="school",
        email=GUEST,
        role="coordinator",
        expires_at=NOW + FORTNIGHT,
    )
    assert offered.role_name == "コーディネーター"
    assert queries.invitation_by_token(token_of(invitation), NOW + FORTNIGHT) is None


def test_invitation_token_of_finds_the_newest_for_a_confirmed_address(world: World) -> None:
    guest = make_user(GUEST, "客人")
    assert queries.invitation_token_of(guest.pk, NOW) is None
    invite(world.alpha)
    newest = invite(world.beta, now=NOW + dt.timedelta(hours=1))
    assert queries.invitation_token_of(guest.pk, NOW + dt.timedelta(hours=1)) == token_of(newest)
    assert queries.invitation_token_of(guest.pk, NOW + dt.timedelta(days=15)) is None
    unconfirm(guest)
    assert queries.invitation_token_of(guest.pk, NOW + dt.timedelta(hours=1)) is None


def test_start_inviting_takes_the_list_in_and_puts_no_address_into_the_job(world: World) -> None:
    alpha, actor = world.alpha, actors.user(world.alpha.owner.pk)
    with acting_as(organization=alpha.id):
        run = operations.start_inviting(
            organization_id=alpha.id,
            emails=[GUEST, "second@elsewhere.example"],
            role="analyst",
            language="en",
            actor=actor,
            now=NOW,
        )
    job = ProcrastinateJob.objects.get(task_name="invite_members")
    assert (run.kind, run.state, run.total, run.started_by_id) == ("invite_members", "accepted", 2, alpha.owner.pk)
    assert job.args == {"run": str(run.pk), "organization": str(alpha.id), "user": str(alpha.owner.pk)}


def test_start_inviting_refuses_a_role_of_another_kind(world: World) -> None:
    alpha, actor = world.alpha, actors.user(world.alpha.owner.pk)
    with acting_as(organization=alpha.id), pytest.raises(errors.UnableToGiveRole):
        operations.start_inviting(
            organization_id=alpha.id, emails=[GUEST], role="adviser", language="ja", actor=actor, now=NOW
        )


def test_invitation_is_written_in_the_language_its_receiver_reads(world: World) -> None:
    accounts.change_language(user_id=world.stranger.pk, language="en")
    for invitation in (invite(world.alpha, world.stranger.email), invite(world.alpha, GUEST)):
        with acting_as(organization=world.alpha.id):
            operations.renew_invitation(language="ja", **target_of(world.alpha, invitation))
    with acting_as(organization=world.alpha.id):
        languages = list(Message.objects.order_by("created_at", "pk").values_list("to_address", "language"))
    assert sorted(languages) == [(GUEST, "ja")] * 2 + [(world.stranger.email, "en")] * 2


def test_accepting_makes_the_pages_language_the_one_of_later_mails(world: World) -> None:
    invitation = invite(world.alpha, world.stranger.email)
    operations.accept_invitation(token=token_of(invitation), user=world.stranger, language="en", now=NOW)
    world.stranger.refresh_from_db()
    assert world.stranger.language == "en"


def test_refusal_names_the_address_as_it_was_typed(world: World) -> None:
    invite(world.alpha)
    for email in ("Guest@Elsewhere.example", "Owner@Alpha.example"):
        with pytest.raises((errors.UnableToInviteAgain, errors.UnableToInviteMember), match=email):
            invite(world.alpha, email)


@pytest.mark.parametrize("email", ["no address", "", f"{'a' * 250}@people.example"])
def test_invitation_to_what_is_no_address_is_refused_and_leaves_nothing(world: World, email: str) -> None:
    with pytest.raises(messaging.UnableToWrite):
        invite(world.alpha, email)
    with acting_as(organization=world.alpha.id):
        assert not Invitation.objects.exists()
