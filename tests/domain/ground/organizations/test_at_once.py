"""What two people do at the same moment, on a database where commits are real."""

from __future__ import annotations

import concurrent.futures
import threading
import typing

from django.db import connections

from career_relay.domain.ground.organizations import operations, queries
from career_relay.domain.ground.organizations.models import Member
from career_relay.domain.ground.organizations.operations import errors
from career_relay.flows.sign_up_organization import UnableToSignUpAgain, sign_up_organization
from career_relay.kernel import actors
from career_relay.kernel.errors import DomainError
from career_relay.kernel.tenancy.context import acting_as
from tests.world import NOW, make_tenant, make_user

if typing.TYPE_CHECKING:
    import collections.abc
    import uuid


def at_once(*calls: collections.abc.Callable[[], object]) -> list[type[DomainError] | None]:
    """Run the calls in threads that start together; return what each ran into."""
    barrier = threading.Barrier(len(calls))

    def run(call: collections.abc.Callable[[], object]) -> type[DomainError] | None:
        barrier.wait()
        try:
            call()
        except DomainError as error:
            return type(error)
        finally:
            connections.close_all()
        return None

    with concurrent.futures.ThreadPoolExecutor(len(calls)) as pool:
        return list(pool.map(run, calls))


def test_two_owners_who_remove_each_other_leave_one(fresh_database: dict[str, str]) -> None:
    tenant = make_tenant("employer", "アルファ精機株式会社", "alpha")
    with acting_as(organization=tenant.id):
        Member.objects.filter(role="recruiter").update(role="owner")
        owners = list(queries.members(tenant.id).filter(role="owner"))

    def remove(target: Member, by: uuid.UUID) -> None:
        with acting_as(organization=tenant.id):
            operations.remove_member(organization_id=tenant.id, member_id=target.pk, actor=actors.user(by), now=NOW)

    one, other = owners
    ran_into = at_once(lambda: remove(one, other.user_id), lambda: remove(other, one.user_id))
    with acting_as(organization=tenant.id):
        assert queries.members(tenant.id).filter(role="owner").count() == 1
    assert sorted(ran_into, key=str) == [errors.UnableToActWithoutRight, None]


def test_a_form_sent_twice_founds_once(fresh_database: dict[str, str]) -> None:
    user = make_user("new@minato.example", "新人")

    def sign_up() -> None:
        sign_up_organization(
            user_id=user.pk,
            kind="employer",
            name="みなと精機",
            industry="other",
            prefecture="14",
            mail_domain="",
            now=NOW,
        )

    ran_into = at_once(sign_up, sign_up, sign_up)
    assert ran_into.count(None) == 1
    assert ran_into.count(UnableToSignUpAgain) == 2
    assert len(queries.seats_of(user.pk)) == 1


def test_an_invitation_accepted_twice_seats_once(fresh_database: dict[str, str]) -> None:
    tenant = make_tenant("employer", "アルファ精機株式会社", "alpha")
    guest = make_user("guest@elsewhere.example", "客人")
    with acting_as(organization=tenant.id):
        operations.invite(
            organization_id=tenant.id,
            email=guest.email,
            role="analyst",
            language="ja",
            actor=actors.user(tenant.owner.pk),
            now=NOW,
        )
    token = queries.invitation_token_of(guest.pk, NOW)
    assert token is not None

    def accept() -> None:
        operations.accept_invitation(token=token, user=guest, language="ja", now=NOW)

    ran_into = at_once(accept, accept)
    assert ran_into.count(None) == 1
    assert len(queries.seats_of(guest.pk)) == 1
