from __future__ import annotations

import datetime as dt
import io
import typing

import pytest
from django.core.management import CommandError, call_command

from career_relay.config import demonstration
from career_relay.domain.circle.referrals import queries as referrals
from career_relay.domain.ground.accounts import queries as accounts
from career_relay.domain.ground.accounts.models import User
from career_relay.domain.ground.credits import queries as ledger
from career_relay.domain.ground.organizations import queries as organizations
from career_relay.domain.ground.programmes import queries as programmes
from career_relay.domain.ground.programmes.models import DEFAULT_PROGRAMME_ID, PolicyVersion
from career_relay.domain.people.candidates import queries as candidates
from career_relay.kernel import clock
from career_relay.kernel.tenancy.context import acting_as
from career_relay.portals.public import cast

if typing.TYPE_CHECKING:
    from pytest_django.fixtures import Settings


@pytest.fixture
def demo(settings: Settings, db: None) -> None:
    settings.DEMO = True


def test_network_is_three_people_from_its_next_slot(demo: None) -> None:
    now = clock.now()
    assert demonstration.make(now=now) is True
    owner = accounts.by_address(cast.MEMBERS[0].email)
    assert owner is not None
    [seat] = organizations.seats_of(owner.pk)
    with acting_as(organization=seat.organization_id):
        standing = ledger.standing(organization_id=seat.organization_id, programme_id=DEFAULT_PROGRAMME_ID, now=now)
        reasons = sorted(line.reason for line in referrals.not_counted(seat.organization_id))
        people = sorted(count or 0 for count in referrals.per_link(seat.organization_id).values())
        roles = {member.role for member in organizations.members(seat.organization_id)}
    assert (seat.name, standing.missing, standing.slots_available, standing.slots_on_hold) == (cast.EMPLOYER, 3, 1, 0)
    assert reasons == ["no_introduction_consent", "probably_same_person", "same_person"]
    assert people == [0, 0, 11]
    assert roles == {member.role for member in cast.MEMBERS}


def test_two_people_may_sign_in(demo: None) -> None:
    demonstration.make(now=clock.now())
    assert [candidates.by_address(person.email) is not None for person in cast.PEOPLE] == [True, True]


def test_policy_hurries_from_now_on(demo: None) -> None:
    now = clock.now()
    demonstration.make(now=now)
    before, after = (programmes.policy_at(DEFAULT_PROGRAMME_ID, moment) for moment in (now - dt.timedelta(days=1), now))
    assert (before.send_delay_seconds, after.send_delay_seconds, after.quiet_from) == (900, 10, None)


def test_making_it_again_changes_nothing(demo: None) -> None:
    now = clock.now()
    demonstration.make(now=now)
    counts = (User.objects.count(), PolicyVersion.objects.count())
    assert demonstration.make(now=now + dt.timedelta(days=1)) is False
    assert (User.objects.count(), PolicyVersion.objects.count()) == counts


def test_command_refuses_where_real_people_may_be(settings: Settings, db: None) -> None:
    settings.DEMO = False
    with pytest.raises(CommandError, match="RELAY_DEMO=1"):
        call_command("demo")
    assert User.objects.count() == 0


def test_command_prints_who_may_sign_in_without_making_anything(demo: None) -> None:
    out = io.StringIO()
    call_command("demo", print=True, stdout=out)
    printed = out.getvalue()
    wanted = [one.email for one in (*cast.MEMBERS, *cast.PEOPLE)]
    assert ([email in printed for email in wanted], User.objects.count()) == ([True] * len(wanted), 0)
