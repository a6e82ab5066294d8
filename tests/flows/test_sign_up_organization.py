from __future__ import annotations

import typing

import pytest
from django.db import transaction

from career_relay.capabilities.facts.models import Fact
from career_relay.domain.ground.organizations import operations, queries
from career_relay.flows.sign_up_organization import (
    UnableToSignUpAgain,
    UnableToSignUpAs,
    sign_up_organization,
)
from career_relay.kernel import actors
from career_relay.kernel.tenancy import context
from career_relay.kernel.tenancy.context import acting_as
from tests.world import NOW, make_user

if typing.TYPE_CHECKING:
    import uuid

    from career_relay.domain.ground.accounts.models import User
    from career_relay.flows.sign_up_organization import SignedUp
    from tests.world import World

pytestmark = pytest.mark.django_db


def sign_up(user: User, mail_domain: str = "minato.example", kind: str = "employer") -> SignedUp:
    return sign_up_organization(
        user_id=user.pk,
        kind=kind,
        name="株式会社みなと精機",
        industry="manufacturing",
        prefecture="14",
        mail_domain=mail_domain,
        now=NOW,
    )


def seats(user_id: uuid.UUID) -> list[tuple[str, str, str, str]]:
    return [(seat.name, seat.kind, seat.state, seat.role) for seat in queries.seats_of(user_id)]


def test_sign_up_makes_an_employer_on_trial_with_its_owner_and_nothing_else(world: World) -> None:
    signed_up = sign_up(world.stranger)
    assert seats(world.stranger.pk) == [("株式会社みなと精機", "employer", "trial", "owner")]
    with acting_as(organization=signed_up.organization_id):
        kinds = list(Fact.objects.order_by("sequence").values_list("kind", flat=True))
        assert kinds == ["organization.founded", "member.joined"]
        assert not queries.profile(signed_up.organization_id).participations.exists()


def test_sign_up_leaves_the_callers_context_as_it_was(world: World) -> None:
    with acting_as(user=world.stranger.pk) as before:
        sign_up(world.stranger)
        assert context.current() == before


def test_sign_up_twice_founds_once(world: World) -> None:
    sign_up(world.stranger)
    with pytest.raises(UnableToSignUpAgain):
        sign_up(world.stranger)
    assert len(seats(world.stranger.pk)) == 1


def test_sign_up_makes_an_agency_beside_an_employer(world: World) -> None:
    sign_up(world.stranger)
    sign_up(world.stranger, kind="agency")
    assert seats(world.stranger.pk) == [
        ("株式会社みなと精機", "employer", "trial", "owner"),
        ("株式会社みなと精機", "agency", "trial", "manager"),
    ]
    with pytest.raises(UnableToSignUpAgain):
        sign_up(world.stranger, kind="agency")


@pytest.mark.parametrize("kind", ["school", "operator", "", "bank"])
def test_sign_up_as_another_kind_founds_nothing(world: World, kind: str) -> None:
    with pytest.raises(UnableToSignUpAs):
        sign_up(world.stranger, kind=kind)
    assert seats(world.stranger.pk) == []


def test_sign_up_is_open_to_members_of_others(world: World) -> None:
    coordinator = world.school.users["coordinator"]
    sign_up(coordinator)
    recruiter = world.alpha.users["recruiter"]
    sign_up(recruiter)
    assert [len(seats(user.pk)) for user in (coordinator, recruiter)] == [2, 2]


def test_sign_up_with_a_free_mail_domain_leaves_nothing(world: World) -> None:
    with pytest.raises(operations.errors.UnableToUseMailDomain):
        sign_up(world.stranger, "gmail.com")
    assert seats(world.stranger.pk) == []


def test_sign_up_is_undone_with_the_transaction_around_it(world: World) -> None:
    with transaction.atomic():
        sign_up(world.stranger)
        transaction.set_rollback(True)
    assert seats(world.stranger.pk) == []


def test_the_owner_may_act_at_once(world: World) -> None:
    user = make_user("new@minato.example", "新人")
    signed_up = sign_up(user)
    with acting_as(organization=signed_up.organization_id, user=user.pk):
        operations.invite(
            organization_id=signed_up.organization_id,
            email="second@minato.example",
            role="recruiter",
            language="ja",
            actor=actors.user(user.pk),
            now=NOW,
        )
        waiting = queries.open_invitations(signed_up.organization_id, NOW)
        assert [one.email for one in waiting] == ["second@minato.example"]
