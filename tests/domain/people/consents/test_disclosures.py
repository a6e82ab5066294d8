"""The gate of disclosure: by the one operation, and by every way round it that the application's role could take."""

from __future__ import annotations

import contextlib
import datetime as dt
import typing

import pytest
from django.db import IntegrityError, ProgrammingError, connection, transaction

from career_relay.domain.ground.agencies.models import Licence
from career_relay.domain.people.candidates import operations as candidates
from career_relay.domain.people.candidates.models import Access, Exclusion
from career_relay.domain.people.consents import operations, queries
from career_relay.domain.people.consents.models import Consent, ProvisionRecord
from career_relay.flows.grant_consents import grant_consents
from career_relay.flows.withdraw_consent import withdraw_consent
from career_relay.kernel import actors
from career_relay.kernel.tenancy.context import acting_as
from tests.flows import caring
from tests.world import NOW

if typing.TYPE_CHECKING:
    import collections.abc
    import uuid

    from tests.flows.caring import Desk
    from tests.world import World

    Leg = typing.Callable[[World, Desk], None]

SECOND = dt.timedelta(seconds=1)
LATER = NOW + dt.timedelta(days=30)
BOTH = tuple(ProvisionRecord.Side)


@pytest.fixture
def agency(world: World) -> Desk:
    caring.agree_to_introduction(world.sora.pk)
    return caring.desk(world.agency, world.operator)


def write(
    world: World, *, sides: tuple[str, ...] = BOTH, longer: dt.timedelta = dt.timedelta(), now: dt.datetime = NOW
) -> Access:
    """Write an access as the person, by hand. The caller acts as them."""
    given = Consent.objects.filter(candidate=world.sora.pk).order_by("-purpose").reverse()[0]
    access = Access.objects.create(
        candidate=world.sora,
        organization=world.agency.organization,
        scope=Access.Scope.INTRODUCTION,
        granted_at=now,
        valid_until=(given.valid_until or NOW.replace(year=2028)) + longer,
    )
    for side in sides:
        owner, other = (world.operator, world.agency) if side == "giver" else (world.agency, world.operator)
        ProvisionRecord.objects.create(
            candidate=world.sora,
            organization=owner.organization,
            side=side,
            counterparty=other.organization,
            consent=given,
            access_id=access.pk,
            items=["name"],
            obtained="registration",
            provided_at=now,
            keep_until=now.replace(year=2029),
        )
    return access


@contextlib.contextmanager
def as_person(world: World) -> collections.abc.Iterator[None]:
    with transaction.atomic(), acting_as(candidate=world.sora.pk):
        yield


def slip_away(world: World) -> None:
    """Write what is not allowed, and be nobody when it is looked at."""
    write(world, sides=())
    with connection.cursor() as cursor:
        cursor.execute("SELECT set_config('app.candidate', '', true)")


def disclose(world: World, now: dt.datetime = NOW) -> Access:
    person = world.sora.pk
    with acting_as(candidate=person):
        return operations.disclose(
            candidate_id=person,
            organization_id=world.agency.id,
            giver_id=world.operator.id,
            actor=actors.user(world.agency.owner.pk),
            now=now,
        )


def exclude(world: World, agency: Desk) -> None:
    with acting_as(candidate=world.sora.pk):
        candidates.exclude(
            candidate_id=world.sora.pk, organization_id=agency.id, reason=Exclusion.Reason.NAMED, now=NOW
        )


def withdraw(world: World, agency: Desk) -> None:
    withdraw_consent(candidate_id=world.sora.pk, now=NOW)


def agree_to_something_else(world: World, agency: Desk) -> None:
    with acting_as(candidate=world.sora.pk):
        Consent.objects.update(purpose=Consent.Purpose.STATISTICS)


def lose_licence(world: World, agency: Desk) -> None:
    with acting_as(organization=agency.id):
        Licence.objects.all().delete()


def end_agreement(world: World, agency: Desk) -> None:
    caring.end_agreement(agency)


LEGS: dict[str, tuple[Leg, str, type[operations.UnableToDisclose]]] = {
    "no consent": (agree_to_something_else, "no live consent", operations.UnableToDiscloseWithoutConsent),
    "consent withdrawn": (withdraw, "no live consent", operations.UnableToDiscloseWithoutConsent),
    "no licence": (lose_licence, "may receive", operations.UnableToDiscloseToAgency),
    "licence expired": (
        lambda _, agency: caring.let_expire(agency),
        "may receive",
        operations.UnableToDiscloseToAgency,
    ),
    "agency stopped": (lambda _, agency: caring.stop(agency), "may receive", operations.UnableToDiscloseToAgency),
    "no agreement": (end_agreement, "may receive", operations.UnableToDiscloseToAgency),
    "agreement suspended": (
        lambda _, agency: caring.suspend(agency),
        "may receive",
        operations.UnableToDiscloseToAgency,
    ),
    "excluded": (exclude, "excluded", operations.UnableToDiscloseToExcluded),
}


def test_whole_disclosure_passes_by_hand_too(world: World, agency: Desk) -> None:
    """Without this the refusals below could come from anything."""
    with acting_as(candidate=world.sora.pk):
        write(world)
    assert caring.name_seen(agency.id, world.sora.pk) == "山田 空"


@pytest.mark.parametrize("leg", LEGS)
def test_database_refuses_a_disclosure_that_lacks_a_leg(world: World, agency: Desk, leg: str) -> None:
    take_away, refusal, _error = LEGS[leg]
    take_away(world, agency)
    with pytest.raises(IntegrityError, match=refusal), as_person(world):
        write(world)
    assert caring.name_seen(agency.id, world.sora.pk) == ""


@pytest.mark.parametrize("leg", LEGS)
def test_operation_says_which_leg_is_missing(world: World, agency: Desk, leg: str) -> None:
    take_away, _refusal, error = LEGS[leg]
    take_away(world, agency)
    with pytest.raises(error):
        disclose(world)
    with acting_as(candidate=world.sora.pk):
        assert not ProvisionRecord.objects.exists()


@pytest.mark.parametrize("sides", [(), ("giver",), ("receiver",)])
def test_database_refuses_a_disclosure_without_both_records(world: World, agency: Desk, sides: tuple[str, ...]) -> None:
    with pytest.raises(IntegrityError, match="not on record"), as_person(world):
        write(world, sides=sides)


def test_database_refuses_a_disclosure_that_outlasts_its_consent(world: World, agency: Desk) -> None:
    with pytest.raises(IntegrityError, match="no live consent"), as_person(world):
        write(world, longer=SECOND)


def test_database_checks_nothing_for_anybody_but_the_person(world: World, agency: Desk) -> None:
    with pytest.raises(IntegrityError, match="not checked as its person"), as_person(world):
        slip_away(world)


@pytest.mark.parametrize("change", [{"organization_id": "beta"}, {"granted_at": LATER}, {"candidate_id": "hana"}])
def test_access_never_becomes_another_one(world: World, agency: Desk, change: dict[str, typing.Any]) -> None:
    access = disclose(world)
    whom = {"beta": world.beta.id, "hana": world.hana.pk}
    change = {field: whom.get(value, value) if isinstance(value, str) else value for field, value in change.items()}
    with pytest.raises(Exception, match=r"another one|row-level security"), as_person(world):
        Access.objects.filter(pk=access.pk).update(**change)


def test_access_is_prolonged_by_a_longer_consent_alone(world: World, agency: Desk) -> None:
    access = disclose(world)
    for longer, is_refused in ((-SECOND, False), (SECOND, True)):
        refusal = pytest.raises(IntegrityError, match="no live consent") if is_refused else contextlib.nullcontext()
        with refusal, as_person(world):
            Access.objects.filter(pk=access.pk).update(valid_until=access.valid_until + longer)


@pytest.mark.parametrize(
    "change", ["UPDATE consents_provisionrecord SET items = '{}'", "DELETE FROM consents_provisionrecord"]
)
def test_records_are_never_changed_or_deleted(world: World, agency: Desk, change: str) -> None:
    disclose(world)
    with (
        pytest.raises(ProgrammingError, match="permission denied"),
        as_person(world),
        connection.cursor() as cursor,
    ):
        cursor.execute(change)


def test_second_disclosure_follows_the_first(world: World, agency: Desk) -> None:
    first = disclose(world)
    second = disclose(world, LATER)
    with acting_as(candidate=world.sora.pk):
        assert [access.pk for access in Access.objects.all()] == [second.pk]
        given = queries.provisions(world.sora.pk)
    assert [provision.provided_at for provision in given] == [second.granted_at, first.granted_at]


def test_withdrawal_closes_at_once_and_keeps_the_records(world: World, agency: Desk) -> None:
    disclose(world)
    withdraw_consent(candidate_id=world.sora.pk, now=LATER)
    assert caring.name_seen(agency.id, world.sora.pk) == ""
    with acting_as(candidate=world.sora.pk):
        assert len(queries.provisions(world.sora.pk)) == 1


def test_withdrawing_something_else_leaves_the_agency_its_sight(world: World, agency: Desk) -> None:
    disclose(world)
    person = world.sora.pk
    grant_consents(candidate_id=person, purposes=["statistics"], language="ja", now=NOW)
    with acting_as(candidate=person):
        statistics = Consent.objects.get(purpose="statistics")
    withdraw_consent(candidate_id=person, consent_id=statistics.pk, now=LATER)
    assert caring.name_seen(agency.id, person) == "山田 空"


@pytest.mark.parametrize(("lost", "lasts"), [(None, LATER), (caring.stop, NOW)])
def test_second_yes_prolongs_what_agencies_see_unless_they_lost_their_ground(
    world: World, agency: Desk, lost: typing.Callable[[Desk], None] | None, lasts: dt.datetime
) -> None:
    disclose(world)
    if lost:
        lost(agency)
    caring.agree_to_introduction(world.sora.pk, LATER)
    assert sight_until(world.sora.pk) == lasts.replace(year=lasts.year + 2)


def sight_until(candidate_id: uuid.UUID) -> dt.datetime:
    with acting_as(candidate=candidate_id):
        return Access.objects.get().valid_until
