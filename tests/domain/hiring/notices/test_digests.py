from __future__ import annotations

import datetime as dt
import typing

from career_relay.capabilities.messaging.models import Message
from career_relay.domain.ground.accounts.models import User
from career_relay.domain.hiring.notices import operations, queries
from career_relay.kernel import clock
from career_relay.kernel.tenancy.context import acting_as
from career_relay.tasks import notices as tasks
from tests.flows import mailings
from tests.flows.mailings import DAY

if typing.TYPE_CHECKING:
    import pytest

    from tests.world import World

MORNING = dt.datetime(2026, 11, 24, 8, 30, tzinfo=clock.TOKYO)


def send(world: World, now: dt.datetime = MORNING) -> int:
    with acting_as(organization=world.alpha.id):
        return operations.send_digest(organization_id=world.alpha.id, now=now)


def mails(world: World) -> list[Message]:
    with acting_as(organization=world.alpha.id):
        return list(Message.objects.filter(kind="untold_digest").order_by("to_address"))


def test_digest_tells_owner_and_recruiter_numbers_and_no_names_once_a_day(world: World) -> None:
    at = mailings.desk(world.alpha)
    mailings.apply(at, "髙﨑 花子", decided_at=MORNING - 10 * DAY)
    mailings.apply(at, "山田 空", "sora@people.example", decided_at=MORNING - DAY)
    User.objects.filter(pk=world.alpha.users["recruiter"].pk).update(language="en")
    assert [send(world), send(world), send(world, MORNING + dt.timedelta(hours=1))] == [2, 0, 0]
    owner, recruiter = mails(world)
    assert [owner.to_address, recruiter.to_address] == ["owner@alpha.example", "recruiter@alpha.example"]
    assert [owner.language, recruiter.language] == ["ja", "en"]
    assert owner.subject == "お見送りの連絡を待つ方が 2 人います"
    assert "過ぎた方：1 人\n期限内の方：1 人" in owner.text
    assert owner.suppression_list == "digest"
    for name in ("髙﨑", "花子", "山田", "people.example"):
        assert name not in owner.text + owner.html + owner.subject
    assert send(world, MORNING + DAY) == 2


def test_digest_is_not_sent_when_nobody_waits_or_all_are_about_to_be_told(world: World) -> None:
    at = mailings.desk(world.alpha)
    assert send(world) == 0
    mailings.queued(at, [mailings.apply(at).pk])
    assert (send(world), mails(world)) == (0, [])


def test_digest_comes_on_the_morning_of_a_working_day_only(world: World) -> None:
    mailings.apply(mailings.desk(world.alpha))
    holiday, afternoon = MORNING - DAY, MORNING + dt.timedelta(hours=4)
    assert [send(world, moment) for moment in (holiday, afternoon, MORNING)] == [0, 0, 2]


def test_employers_with_untold_are_those_where_somebody_waits(world: World) -> None:
    mailings.apply(mailings.desk(world.alpha))
    mailings.apply(mailings.desk(world.beta), told_at=MORNING)
    assert queries.employers_with_untold() == [world.alpha.id]


def test_employers_with_mailings_are_those_whose_mails_are_written_or_wait(world: World) -> None:
    at = mailings.desk(world.alpha)
    mailing = mailings.queued(at, [mailings.apply(at).pk])
    idle = mailings.desk(world.beta)
    mailings.draft(idle, [mailings.apply(idle).pk])
    assert queries.employers_with_mailings() == [world.alpha.id]
    mailings.stop(at, mailing)
    assert queries.employers_with_mailings() == []


def test_send_digests_goes_round_the_employers(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(clock, "now", lambda: MORNING)
    mailings.apply(mailings.desk(world.alpha))
    tasks.send_digests(timestamp=0)
    assert len(mails(world)) == 2
