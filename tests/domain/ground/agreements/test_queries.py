from __future__ import annotations

import datetime as dt
import typing

import pytest

from career_relay.domain.ground.agencies.models import Stop
from career_relay.domain.ground.agreements import operations, queries
from career_relay.kernel.tenancy.context import acting_as
from tests.domain.ground.agreements import deal
from tests.world import NOW, World

if typing.TYPE_CHECKING:
    import pytest_django

TODAY = dt.date(2026, 11, 23)


def test_list_says_who_waits_for_whom(world: World) -> None:
    deal.propose(world.alpha, world.agency, now=NOW - dt.timedelta(days=2))
    deal.propose(world.school, world.alpha, now=NOW - dt.timedelta(days=1))
    deal.live(world.operator, world.alpha)
    with acting_as(organization=world.alpha.id):
        lines = queries.of_organization(world.alpha.id)
    assert [(line.partner.kind, line.agreement.state, line.waits_for_us, line.waits_for_them) for line in lines] == [
        ("operator", "live", False, False),
        ("school", "proposed", True, False),
        ("agency", "proposed", False, True),
    ]


def test_list_costs_the_same_however_long(
    world: World, django_assert_num_queries: pytest_django.DjangoAssertNumQueries
) -> None:
    deal.live(world.alpha, world.agency)
    for number in range(3):
        if number == 1:
            deal.live(world.alpha, world.school)
            deal.propose(world.operator, world.alpha)
        with acting_as(organization=world.alpha.id), django_assert_num_queries(2):
            queries.of_organization(world.alpha.id)


def test_terms_in_force_are_read_at_once_whatever_is_on_the_table(
    world: World, django_assert_num_queries: pytest_django.DjangoAssertNumQueries
) -> None:
    deal.live(world.alpha, world.agency, slot="one_replacement")
    deal.propose(world.agency, world.alpha, slot="none")
    deal.live(world.operator, world.alpha)
    deal.suspend(world.alpha, deal.live(world.school, world.alpha))
    with acting_as(organization=world.alpha.id), django_assert_num_queries(1):
        found = queries.live_terms(world.alpha.id)
    assert {partner: terms.slot for partner, terms in found.items()} == {
        world.agency.id: "one_replacement",
        world.operator.id: "none",
    }


def test_partners_are_those_with_a_live_agreement(world: World) -> None:
    deal.live(world.alpha, world.agency)
    deal.propose(world.alpha, world.school)
    suspended = deal.live(world.operator, world.alpha)
    deal.suspend(world.operator, suspended)
    with acting_as(organization=world.alpha.id):
        assert set(queries.live_partners(world.alpha.id)) == {world.agency.id}
        assert [one.name for one in queries.partners(world.alpha.id, "agency")] == ["つなぐ人材紹介株式会社"]
        assert queries.partners(world.alpha.id, "school") == []
        assert list(queries.partner_names(world.alpha.id).values()) == [
            "つなぐ人材紹介株式会社",
            "みらい専門学校",
            "キャリアリレー運営事務局",
        ]
    with acting_as(organization=world.beta.id):
        assert queries.live_partners(world.beta.id) == {}


def test_nothing_is_live_between_strangers(world: World) -> None:
    deal.live(world.alpha, world.agency)
    with acting_as(organization=world.beta.id):
        assert queries.live_between(world.alpha.id, world.agency.id) is None
        assert queries.live_between(world.beta.id, world.agency.id) is None


def ready(world: World) -> None:
    """Make everything so that the agency may be given people."""
    deal.license_agency(world.agency, world.operator)
    deal.live(world.operator, world.agency)


def test_agency_may_receive_with_licence_and_live_agreement_whoever_asks(world: World) -> None:
    ready(world)
    for asking in (world.agency.id, world.beta.id, None):
        with acting_as(organization=asking):
            assert queries.may_receive(world.agency.id, TODAY) is True
    with acting_as(candidate=world.hana.pk):
        assert queries.may_receive(world.agency.id, TODAY) is True
        assert queries.may_receive(world.alpha.id, TODAY) is False


@pytest.mark.parametrize(
    ("day", "may"),
    [
        (dt.date(2026, 3, 31), False),
        (dt.date(2026, 4, 1), True),
        (dt.date(2029, 3, 31), True),
        (dt.date(2029, 4, 1), False),
    ],
)
def test_agency_may_receive_on_the_days_of_its_licence(world: World, day: dt.date, may: bool) -> None:  # noqa: FBT001
    ready(world)
    assert queries.may_receive(world.agency.id, day) is may


@pytest.mark.parametrize("state", ["submitted", "refused"])
def test_agency_without_a_confirmed_licence_may_not_receive(world: World, state: str) -> None:
    deal.live(world.operator, world.agency)
    licence = deal.license_agency(world.agency, world.operator)
    licence.state = state
    if state == "submitted":
        licence.decided_at, licence.decided_by = None, ""
    else:
        licence.reason = "番号が読み取れません"
    with acting_as(organization=world.agency.id, user=world.operator.owner.pk):
        licence.save(update_fields=["state", "decided_at", "decided_by", "reason"])
    assert queries.may_receive(world.agency.id, TODAY) is False


def test_stopped_agency_may_not_receive_until_the_stop_ends(world: World) -> None:
    ready(world)
    with acting_as(organization=world.agency.id):
        stop = Stop.objects.create(organization=world.agency.organization, reason="確認のため", since=NOW, by="user:1")
    assert queries.may_receive(world.agency.id, TODAY) is False
    with acting_as(organization=world.agency.id, user=world.operator.owner.pk):
        Stop.objects.filter(pk=stop.pk).update(ended_at=NOW)
    assert queries.may_receive(world.agency.id, TODAY) is True


def test_agency_may_receive_only_while_the_agreement_with_an_operator_is_live(world: World) -> None:
    deal.license_agency(world.agency, world.operator)
    deal.live(world.alpha, world.agency)
    assert queries.may_receive(world.agency.id, TODAY) is False
    agreement = deal.propose(world.operator, world.agency)
    assert queries.may_receive(world.agency.id, TODAY) is False
    deal.accept(world.agency, agreement)
    assert queries.may_receive(world.agency.id, TODAY) is True
    deal.suspend(world.operator, agreement)
    assert queries.may_receive(world.agency.id, TODAY) is False
    deal.resume(world.operator, agreement)
    assert queries.may_receive(world.agency.id, TODAY) is True
    deal.end(world.agency, agreement)
    assert queries.may_receive(world.agency.id, TODAY) is False


def test_reviews_near_are_those_whose_reminder_is_due(world: World) -> None:
    agreement = deal.live(world.alpha, world.agency)
    deal.propose(world.alpha, world.school)
    due = queries.Due(agreement_id=agreement.pk, organization_id=world.alpha.id)
    review = dt.date(2027, 11, 23)
    assert queries.reviews_near(review - dt.timedelta(days=31)) == []
    assert queries.reviews_near(review - dt.timedelta(days=30)) == [due]

    def remind(day: dt.date) -> int | None:
        with acting_as(organization=world.alpha.id):
            return operations.remind_of_review(
                organization_id=world.alpha.id, agreement_id=agreement.pk, today=day, now=NOW
            )

    assert [remind(review - dt.timedelta(days=left)) for left in (31, 30, 29)] == [None, 30, None]
    assert queries.reviews_near(review - dt.timedelta(days=1)) == []
    assert queries.reviews_near(review) == [due]
    assert [remind(review), remind(review)] == [0, None]
    assert queries.reviews_near(review + dt.timedelta(days=9)) == []
