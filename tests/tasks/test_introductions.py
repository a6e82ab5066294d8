from __future__ import annotations

import typing

from career_relay.kernel import clock
from career_relay.tasks import introductions
from tests.flows import introducing

if typing.TYPE_CHECKING:
    import procrastinate
    import pytest

    from tests.world import World


def test_unanswered_proposals_lapse_by_the_clock(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    made = introducing.propose(introducing.scene(world))
    monkeypatch.setattr(clock, "now", lambda: made.answer_by)
    for _ in range(2):
        introductions.keep_introductions(timestamp=0)
        assert introducing.state(made) == "lapsed"


def test_introductions_are_kept_every_ten_minutes(app: procrastinate.App) -> None:
    crons = {name: task.cron for (name, _), task in app.periodic_registry.periodic_tasks.items()}
    assert crons["keep_introductions"] == "*/10 * * * *"
