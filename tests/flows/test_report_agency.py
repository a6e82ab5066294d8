from __future__ import annotations

import typing

import pytest
from django.utils import translation

from career_relay.capabilities.messaging.models import Message
from career_relay.flows import end_assignment, report_agency
from career_relay.kernel import clock
from career_relay.kernel.tenancy.context import acting_as
from tests.domain.ground.agencies import room
from tests.flows import story
from tests.portals.agency import desk
from tests.world import make_tenant

if typing.TYPE_CHECKING:
    import uuid

    from tests.world import World


@pytest.fixture
def offered(world: World) -> uuid.UUID:
    """An assignment that waits for the agency's answer."""
    desk.open_agency(world)
    return desk.assignment_of(desk.person_comes(story.open_link(world.alpha, desk.before())))


def report(
    world: World, assignment_id: uuid.UUID, candidate_id: uuid.UUID | None = None, *, wants_answer: bool = False
) -> int:
    return report_agency.report_agency(
        candidate_id=candidate_id or desk.stored(world.agency, assignment_id).candidate_id,
        assignment_id=assignment_id,
        topic="money",
        words="登録料を求められました。",
        wants_answer=wants_answer,
        now=clock.now(),
    )


def mails(candidate_id: uuid.UUID) -> list[Message]:
    with acting_as(candidate=candidate_id):
        return list(Message.objects.filter(kind="agency_report"))


def sender(world: World, assignment_id: uuid.UUID) -> uuid.UUID:
    return desk.stored(world.agency, assignment_id).candidate_id


def test_report_is_mailed_to_every_member_of_the_operator_the_agency_agreed_with(
    world: World, offered: uuid.UUID
) -> None:
    desk.accept(world.agency, offered)
    make_tenant("operator", "よその運営事務局", "elsewhere")
    assert report(world, offered) == 1
    [mail] = mails(sender(world, offered))
    assert (mail.to_address, mail.state) == (world.operator.owner.email, "queued")
    assert "お金を求められた、またはお金や物を渡すと言われた" in mail.text


def test_report_names_the_agency_and_its_licence(world: World, offered: uuid.UUID) -> None:
    desk.accept(world.agency, offered)
    report(world, offered)
    [mail] = mails(sender(world, offered))
    assert [line for line in mail.text.splitlines() if line.startswith(("紹介会社: ", "許可番号: "))] == [
        "紹介会社: つなぐ人材紹介株式会社",
        f"許可番号: {room.NUMBER}",
    ]
    assert f"紹介会社: <strong>つなぐ人材紹介株式会社</strong><br>許可番号: {room.NUMBER}<br>" in mail.html


@pytest.mark.parametrize("wants_answer", [True, False])
def test_report_names_the_person_only_who_wants_an_answer(
    world: World, offered: uuid.UUID, *, wants_answer: bool
) -> None:
    desk.accept(world.agency, offered)
    report(world, offered, wants_answer=wants_answer)
    [mail] = mails(sender(world, offered))
    assert ["aoi@people.example" in body for body in (mail.text, mail.html)] == [wants_answer] * 2


def test_report_is_no_row_of_the_operator(world: World, offered: uuid.UUID) -> None:
    desk.accept(world.agency, offered)
    report(world, offered, wants_answer=True)
    with acting_as(organization=world.operator.id):
        assert list(Message.objects.filter(kind="agency_report")) == []


def test_report_is_written_in_its_readers_language(world: World, offered: uuid.UUID) -> None:
    desk.accept(world.agency, offered)
    with translation.override("en"):
        report(world, offered)
    [mail] = mails(sender(world, offered))
    assert (mail.language, "登録した方から知らせがありました" in mail.subject) == ("ja", True)


def test_nothing_is_reported_about_an_agency_that_does_not_look_after_the_person(
    world: World, offered: uuid.UUID
) -> None:
    person = desk.stored(world.agency, offered).candidate_id
    with pytest.raises(report_agency.UnableToReport):
        report(world, offered)
    desk.accept(world.agency, offered)
    with pytest.raises(report_agency.UnableToReport):
        report(world, offered, world.hana.pk)
    end_assignment.end_by_person(candidate_id=person, assignment_id=offered, excludes=False, now=clock.now())
    with pytest.raises(report_agency.UnableToReport):
        report(world, offered)
    assert (mails(person), mails(world.hana.pk)) == ([], [])
