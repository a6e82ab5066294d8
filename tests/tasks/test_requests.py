from __future__ import annotations

import typing

from career_relay.domain.ground.requests.models import Call
from career_relay.kernel import clock
from career_relay.kernel.tenancy.context import acting_as
from career_relay.tasks import requests
from tests.flows import caring, requesting

if typing.TYPE_CHECKING:
    from tests.world import World


def test_task_takes_back_what_time_has_decided(world: World) -> None:
    agency = requesting.bound(world.alpha, world.operator, "one", now=clock.now())
    posting = requesting.posting(world.alpha)
    [call] = requesting.calls(world.alpha, requesting.ask(world.alpha, posting.pk, agency, now=clock.now()).request_id)
    caring.stop(agency)
    requests.keep_requests(timestamp=0)
    with acting_as(organization=world.alpha.id):
        assert Call.objects.get(pk=call.pk).state == "lapsed"
    assert requesting.request(world.alpha, call.request_id).close_reason == "nobody"
