"""What both sides do at the same moment, on a database where commits are real."""

from __future__ import annotations

import typing

import pytest

from career_relay.domain.ground.agreements import operations
from career_relay.domain.ground.agreements.models import Agreement, AgreementAct
from career_relay.domain.ground.agreements.operations import errors
from career_relay.kernel.tenancy.context import acting_as
from tests.domain.ground.agreements import deal
from tests.domain.ground.organizations.test_at_once import at_once
from tests.world import NOW, Tenant, make_tenant

if typing.TYPE_CHECKING:
    import collections.abc
    import uuid


@pytest.fixture
def pair(fresh_database: dict[str, str]) -> tuple[Tenant, Tenant]:
    return (
        make_tenant("employer", "アルファ精機株式会社", "alpha"),
        make_tenant("agency", "つなぐ人材紹介株式会社", "agency"),
    )


def proposal(one: Tenant, other: Tenant, **changes: typing.Any) -> collections.abc.Callable[[], Agreement]:
    """Return the call that proposes what was drafted and read before."""
    known = deal.read(one, deal.draft(one, other, **changes))
    return lambda: deal.send(one, known)


def acts(tenant: Tenant) -> list[str]:
    with acting_as(organization=tenant.id):
        return list(AgreementAct.objects.order_by("pk").values_list("act", flat=True))


def test_two_sides_that_propose_to_each_other_open_one_agreement(pair: tuple[Tenant, Tenant]) -> None:
    one, other = pair
    ran_into = at_once(proposal(one, other), proposal(other, one))
    assert sorted(ran_into, key=str) == [errors.UnableToProposeMeanwhile, None]
    with acting_as(organization=one.id):
        [agreement] = Agreement.objects.all()
    assert (agreement.offered, acts(one)) == (1, ["proposed"])


def test_a_proposal_sent_twice_is_made_once(pair: tuple[Tenant, Tenant]) -> None:
    send = proposal(*pair)
    ran_into = at_once(send, send, send)
    assert sorted(ran_into, key=str) == [errors.UnableToFindDraft, errors.UnableToFindDraft, None]
    assert acts(pair[0]) == ["proposed"]


def test_accept_sent_twice_is_done_once(pair: tuple[Tenant, Tenant]) -> None:
    agreement = deal.propose(*pair)
    read = deal.offered_hash(pair[1], agreement.pk)

    def accept() -> None:
        deal.accept(pair[1], agreement, text_hash=read)

    assert sorted(at_once(accept, accept), key=str) == [errors.UnableToActNow, None]
    assert acts(pair[0]) == ["proposed", "accepted"]


def test_accept_and_taking_back_at_once_leave_one_of_them(pair: tuple[Tenant, Tenant]) -> None:
    agreement = deal.propose(*pair)
    read = deal.offered_hash(pair[1], agreement.pk)
    ran_into = at_once(
        lambda: deal.accept(pair[1], agreement, text_hash=read),
        lambda: deal.end(pair[0], agreement),
    )
    done = acts(pair[0])
    if ran_into == [None, None]:
        assert done == ["proposed", "accepted", "ended"]
    else:
        assert (ran_into, done) == ([errors.UnableToActNow, None], ["proposed", "ended"])
    assert not deal.is_live(*pair)


def test_accept_and_another_proposal_at_once_never_accept_what_was_not_read(pair: tuple[Tenant, Tenant]) -> None:
    agreement = deal.propose(*pair)
    read = deal.offered_hash(pair[1], agreement.pk)
    offer_another = proposal(*pair, slot="none")
    accepted, offered = at_once(lambda: deal.accept(pair[1], agreement, text_hash=read), offer_another)
    now = deal.detail(pair[1], agreement).line.agreement
    assert ((accepted, offered), (now.version, now.offered)) in [
        ((None, errors.UnableToProposeMeanwhile), (1, 0)),
        ((errors.UnableToSignOtherText, None), (0, 2)),
    ]


def test_both_sides_end_at_once_and_one_end_is_told(pair: tuple[Tenant, Tenant]) -> None:
    agreement = deal.live(*pair)
    ran_into = at_once(lambda: deal.end(pair[0], agreement), lambda: deal.end(pair[1], agreement))
    assert sorted(ran_into, key=str) == [errors.UnableToActNow, None]
    assert acts(pair[0]).count("ended") == 1


def test_both_sides_suspend_at_once_and_one_holds_it(pair: tuple[Tenant, Tenant]) -> None:
    agreement = deal.live(*pair)
    ran_into = at_once(lambda: deal.suspend(pair[0], agreement), lambda: deal.suspend(pair[1], agreement))
    assert sorted(ran_into, key=str) == [errors.UnableToActNow, None]
    holder = pair[ran_into.index(None)]
    assert deal.resume(holder, agreement).state == "live"


def test_reminder_asked_for_twice_is_sent_once(pair: tuple[Tenant, Tenant]) -> None:
    agreement = deal.live(*pair)
    told: list[int | None] = []

    def remind(organization_id: uuid.UUID) -> None:
        day = agreement.review_on
        assert day is not None
        with acting_as(organization=organization_id):
            told.append(
                operations.remind_of_review(
                    organization_id=organization_id, agreement_id=agreement.pk, today=day, now=NOW
                )
            )

    at_once(lambda: remind(pair[0].id), lambda: remind(pair[1].id))
    assert sorted(told, key=str) == [0, None]
