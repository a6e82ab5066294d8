from __future__ import annotations

import typing

import pytest

from career_relay.capabilities.runs import operations as runs
from career_relay.capabilities.runs.models import Run
from career_relay.kernel.tenancy.context import acting_as
from tests.portals.employer import files
from tests.portals.employer.desk import signed_in, text

if typing.TYPE_CHECKING:
    from tests.world import World

LIST, FILE = "/employer/applications/", "/employer/applications/file/"


def test_list_is_taken_away_as_it_is_shown(world: World) -> None:
    files.application(world.alpha, outcome="rejected")
    client = signed_in(world.alpha.owner)
    shown = client.get(LIST, {"outcome": "rejected", "sort": "name", "column": ["told", "stage"]})
    answer = client.post(FILE, {"address": shown.context["list"].address})
    with acting_as(organization=world.alpha.id):
        run = Run.objects.get()
    assert run.parameters[runs.ITEMS] == [
        {"filter": "outcome=rejected", "sort": "name", "columns": ["stage", "told"]},
    ]
    assert answer.headers["Location"] == f"/organization/runs/{run.pk}/"
    assert "応募者の一覧の CSV" in text(client.get(answer.headers["Location"]))


@pytest.mark.parametrize(
    ("role", "status", "buttons"),
    [("owner", 302, 1), ("recruiter", 302, 1), ("auditor", 302, 1), ("hiring_manager", 403, 0), ("analyst", 403, 0)],
)
def test_only_those_who_see_every_applicant_take_them_away(world: World, role: str, status: int, buttons: int) -> None:
    files.application(world.alpha)
    client = signed_in(world.alpha.users[role])
    assert (client.post(FILE).status_code, client.get(LIST).content.decode().count(FILE)) == (status, buttons)
