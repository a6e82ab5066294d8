from __future__ import annotations

import typing

import pytest
from django.utils import translation

from career_relay.capabilities.messaging.models import Message
from career_relay.flows import end_assignment, report_agency
from career_relay.kernel import clock
from career_relay.kernel.tenancy.context import acting_as
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


def report(world: World, assignment_id: uuid.UUID, candidate_id: uuid.UUID | None = None) -> int:
    return report_agency.report_agency(
        candidate_id=candidate_id or desk.stored(world.agency, assignment_id).candidate_id,
        assignment_id=assignment_id,
        topic="money",
        words="登録料を求められました。",
        wants_answer=False,
        now=clock.now(),
    )


def mails(operator_id: uuid.UUID) -> list[Message]:
    with acting_as(organization=operator_id):
        return list(Message.objects.filter(kind="agency_report"))


def test_report_is_mailed_to_every_member_of_the_operator_the_agency_agreed_with(
    world: World, offered: uuid.UUID
) -> None:
    desk.accept(world.agency, offered)
    other = make_tenant("operator", "よその運営事務局", "elsewhere")
    assert report(world, offered) == 1
    [mail] = mails(world.operator.id)
    assert (mail.to_address, mail.state) == (world.operator.owner.email, "queued")
    assert "お金を求められた、またはお金や物を渡すと言われた" in mail.text
    assert mails(other.id) == []


def test_report_is_written_in_its_readers_language(world: World, offered: uuid.UUID) -> None:
    desk.accept(world.agency, offered)
    with translation.override("en"):
        report(world, offered)
    [mail] = mails(world.operator.id)
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
    assert mails(world.operator.id) == []
