from __future__ import annotations

import datetime as dt
import typing

import pytest

from career_relay.capabilities.messaging import operations as messaging
from career_relay.capabilities.messaging.models import Message
from career_relay.domain.ground.accounts.models import User
from career_relay.domain.ground.agreements import queries
from career_relay.domain.ground.agreements.models import Agreement
from career_relay.kernel import clock
from career_relay.kernel.tenancy.context import acting_as
from career_relay.tasks import agreements
from tests.domain.ground.agreements import deal
from tests.world import World

if typing.TYPE_CHECKING:
    from tests.world import Tenant


def reminders(tenant: Tenant) -> list[str]:
    with acting_as(organization=tenant.id):
        found = Message.objects.filter(kind="agreement_review").order_by("created_at", "to_address")
        return list(found.values_list("to_address", flat=True))


def review_in(agreement: Agreement, days: int) -> None:
    day = clock.day_in_japan(clock.now()) + dt.timedelta(days=days)
    with acting_as(organization=agreement.organization_id):
        Agreement.objects.filter(pk=agreement.pk).update(review_on=day)


def test_both_sides_are_reminded_of_a_review_once(world: World) -> None:
    agreement = deal.live(world.alpha, world.agency)
    review_in(agreement, 31)
    agreements.remind_of_reviews(timestamp=0)
    assert reminders(world.alpha) == []
    review_in(agreement, 30)
    agreements.remind_of_reviews(timestamp=0)
    agreements.remind_of_reviews(timestamp=0)
    assert (reminders(world.alpha), reminders(world.agency)) == (["owner@alpha.example"], ["manager@agency.example"])
    review_in(agreement, 0)
    agreements.remind_of_reviews(timestamp=0)
    assert (len(reminders(world.alpha)), len(reminders(world.agency))) == (2, 2)
    assert reminders(world.beta) == []


def test_nobody_is_reminded_of_what_has_ended(world: World) -> None:
    agreement = deal.live(world.alpha, world.agency)
    deal.end(world.agency, agreement)
    review_in(agreement, 0)
    agreements.remind_of_reviews(timestamp=0)
    assert (reminders(world.alpha), reminders(world.agency)) == ([], [])


def test_agreement_that_cannot_be_told_keeps_no_other_waiting(world: World) -> None:
    bound = {deal.live(one, world.agency): one for one in (world.alpha, world.beta)}
    for agreement in bound:
        review_in(agreement, 0)
    employers = {agreement.pk: one for agreement, one in bound.items()}
    first, second = [employers[due.agreement_id] for due in queries.reviews_near(clock.day_in_japan(clock.now()))]
    User.objects.filter(pk=first.owner.pk).update(email="nowhere")
    with pytest.raises(ExceptionGroup) as caught:
        agreements.remind_of_reviews(timestamp=0)
    assert [type(one) for one in caught.value.exceptions] == [messaging.UnableToWrite]
    assert (reminders(first), reminders(second)) == ([], [second.owner.email])
    assert reminders(world.agency) == [world.agency.owner.email]
