from __future__ import annotations

import datetime as dt
import typing

import pytest

from career_relay.capabilities.messaging import operations as messaging
from career_relay.capabilities.messaging.models import Message
from career_relay.domain.ground.accounts.models import User
from career_relay.domain.people.complaints import operations
from career_relay.kernel.tenancy.context import acting_as
from career_relay.tasks import complaints
from tests.flows import caring
from tests.world import NOW, make_tenant

if typing.TYPE_CHECKING:
    from tests.world import Tenant, World


def overdue_mails(operator: Tenant) -> list[str]:
    with acting_as(organization=operator.id):
        found = Message.objects.filter(kind="complaints_overdue").order_by("created_at")
        return [mail.subject for mail in found]


def on(monkeypatch: pytest.MonkeyPatch, days: int) -> None:
    """Let a morning come so many days after the complaints."""
    monkeypatch.setattr("career_relay.kernel.clock.now", lambda: NOW + dt.timedelta(days=days))


def complain(world: World, operator: Tenant) -> None:
    with acting_as(candidate=world.hana.pk):
        operations.receive(
            candidate_id=world.hana.pk,
            operator_id=operator.id,
            agency_id=world.agency.id,
            topic="money",
            words="登録料を求められました。",
            now=NOW,
        )


def test_operator_is_told_once_of_what_is_overdue_and_one_failure_keeps_no_other_waiting(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    caring.agree_to_introduction(world.hana.pk)
    caring.take(caring.desk(world.agency, world.operator), world.hana)
    other = make_tenant("operator", "よその運営事務局", "elsewhere")
    for operator in (world.operator, world.operator, other):
        complain(world, operator)
    on(monkeypatch, 10)
    complaints.remind_of_complaints(timestamp=0)
    assert (overdue_mails(world.operator), overdue_mails(other)) == ([], [])
    User.objects.filter(pk=other.owner.pk).update(email="nowhere")
    on(monkeypatch, 20)
    for _morning in range(2):
        with pytest.raises(ExceptionGroup) as caught:
            complaints.remind_of_complaints(timestamp=0)
        assert [type(one) for one in caught.value.exceptions] == [messaging.UnableToWrite]
    [subject] = overdue_mails(world.operator)
    assert "回答の期限を過ぎた苦情が 2 件あります" in subject
