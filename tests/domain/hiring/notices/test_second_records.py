"""One person under two records is told by one mail; two people are told by two, also when that turns out late."""

from __future__ import annotations

import typing

import pytest

from career_relay.domain.hiring.applications.models import Applicant, Application
from career_relay.domain.hiring.notices import operations, queries
from career_relay.domain.hiring.notices.models import Notice
from career_relay.flows import notify_rejections
from career_relay.kernel.tenancy.context import acting_as
from tests import hiring
from tests.flows import mailings
from tests.flows.mailings import DAY, Desk
from tests.world import NOW

if typing.TYPE_CHECKING:
    from career_relay.domain.hiring.notices.models import Mailing
    from tests.world import World

LATER = NOW + 2 * DAY
SECRET = "秘密職"


@pytest.fixture
def at(world: World) -> Desk:
    return mailings.desk(world.alpha, joins=False)


@pytest.fixture
def both(at: Desk) -> tuple[Application, Application]:
    """Write down what looks like one person who applied for two postings."""
    first = mailings.apply(at, "山田 花子", "hana@people.example")
    return first, mailings.apply(at, "山田花子", "hana@people.example", posting=hiring.posting(at.tenant, SECRET))


def test_second_record_without_a_notice_any_more_is_not_told_in_the_others_mail(
    at: Desk, both: tuple[Application, Application]
) -> None:
    first, second = both
    mailing = mailings.draft(at, [first.pk, second.pk])
    with acting_as(organization=at.tenant.id):
        assert Notice.objects.filter(applicant_id=second.applicant_id, tells=None).delete()[0] == 1
    turn_out(at, second)
    mailing = mailings.write(at, mailing, has_link=False)
    mailings.confirm(at, mailing)
    mailings.prepare(at, mailing)
    said = send(at, mailing)
    assert {to: SECRET in text for to, text in said.items()} == {"hana@people.example": False}


def turn_out(at: Desk, other: Application, email: str = "hanae@people.example") -> None:
    """Write down that the second one is somebody else."""
    with acting_as(organization=at.tenant.id):
        Applicant.objects.filter(pk=other.applicant_id).update(email=email, name="山田 花江")


def send(at: Desk, mailing: Mailing) -> dict[str, str]:
    """Send what waits; return by address what was said."""
    sent = mailings.send_all(at, mailing, LATER)
    return {mail.to_address: mail.text for mail in mailings.messages(at, mailing) if mail.pk in sent}


def review(at: Desk, application: Application) -> int:
    with acting_as(organization=at.tenant.id):
        return notify_rejections.review_waiting(
            organization_id=at.tenant.id, applicant_ids=[application.applicant_id], now=NOW
        )


def notice_of(at: Desk, mailing: Mailing, application: Application) -> Notice:
    with acting_as(organization=at.tenant.id):
        return Notice.objects.get(mailing=mailing, applicant_id=application.applicant_id)


def test_two_who_looked_like_one_in_a_draft_each_get_their_own_mail(
    at: Desk, both: tuple[Application, Application]
) -> None:
    mailing = mailings.draft(at, [one.pk for one in both])
    assert sorted(mailings.left_out(at, mailing).values()) == ["", "same_address"]
    turn_out(at, both[1])
    mailings.confirm(at, mailings.write(at, mailing, has_link=False), expected=2)
    mailings.prepare(at, mailing)
    mails = send(at, mailing)
    assert {address: SECRET in text for address, text in mails.items()} == {
        "hana@people.example": False,
        "hanae@people.example": True,
    }
    assert [mailings.told_at(at, one) for one in both] == [LATER, LATER]


def test_one_who_stays_one_is_told_of_both_however_often_the_draft_is_looked_at(
    at: Desk, both: tuple[Application, Application]
) -> None:
    mailing = mailings.write(at, mailings.draft(at, [one.pk for one in both]), has_link=False)
    for _time in range(2):
        with acting_as(organization=at.tenant.id):
            operations.review_draft(organization_id=at.tenant.id, mailing_id=mailing.pk)
    mailings.confirm(at, mailing, expected=1)
    mailings.prepare(at, mailing)
    [text] = send(at, mailing).values()
    assert (SECRET in text, [mailings.told_at(at, one) for one in both]) == (True, [LATER, LATER])


def test_second_record_is_not_sent_in_the_place_of_who_was_taken_out(
    at: Desk, both: tuple[Application, Application]
) -> None:
    mailing = mailings.draft(at, [one.pk for one in both])
    [taken_out] = [pk for pk, reason in mailings.left_out(at, mailing).items() if not reason]
    with acting_as(organization=at.tenant.id):
        held = Notice.objects.get(mailing=mailing, applicant_id=taken_out)
        operations.take_out(organization_id=at.tenant.id, notice_id=held.pk)
    mailings.write(at, mailing, has_link=False)
    assert sorted(mailings.left_out(at, mailing).values()) == ["same_address", "taken_out"]
    turn_out(at, both[1])
    mailings.write(at, mailing, has_link=False)
    assert "" in mailings.left_out(at, mailing).values()


def test_two_who_turned_out_after_confirming_are_not_mixed_up(at: Desk, both: tuple[Application, Application]) -> None:
    mailing = mailings.write(at, mailings.draft(at, [one.pk for one in both]), has_link=False)
    mailings.confirm(at, mailing)
    turn_out(at, both[1])
    mailings.prepare(at, mailing)
    mails = send(at, mailing)
    assert [SECRET in text for text in mails.values()] == [next(iter(mails)) == "hanae@people.example"]
    told = {one.pk for one in both if mailings.told_at(at, one)}
    assert (len(told), mailings.open_tells(at)) == (1, told)
    left = next(one for one in both if one.pk not in told)
    assert mailings.left_out(at, mailings.draft(at, [left.pk], LATER)) == {left.applicant_id: ""}


@pytest.mark.parametrize("number", [0, 1])
def test_waiting_mail_that_tells_of_somebody_else_too_is_taken_back(
    at: Desk, both: tuple[Application, Application], number: int
) -> None:
    mailing = mailings.queued(at, [one.pk for one in both], has_link=False)
    turn_out(at, both[number])
    assert review(at, both[number]) == 1
    assert (send(at, mailing), mailings.open_tells(at)) == ({}, set())
    with acting_as(organization=at.tenant.id):
        [line] = queries.people(mailing, "stopped")
    assert line.reason == "送信の前に取りやめました（応募者や応募の情報が、文面と違うものに変わりました）。"
    again = mailings.queued(at, [one.pk for one in both], has_link=False)
    assert len(send(at, again)) == 2
