"""What the yearly report reads from the rooms where it is kept, and the names that the agency may see."""

from __future__ import annotations

import datetime as dt
import typing

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from career_relay.domain.ground.postings import operations as postings
from career_relay.domain.people.reports import queries
from career_relay.domain.people.reports.rules import year as rules
from career_relay.kernel import clock
from career_relay.kernel.tenancy.context import acting_as
from tests.domain.ground.agencies import room
from tests.flows import introducing, placing
from tests.flows.placing import START
from tests.world import NOW

if typing.TYPE_CHECKING:
    from tests.flows.introducing import Scene
    from tests.world import World

DAY = dt.timedelta(days=1)
PERIOD = rules.Period(year=2026, today=START + 366 * DAY)


@pytest.fixture
def scene(world: World) -> Scene:
    return introducing.scene(world)


def counted(scene: Scene, period: rules.Period = PERIOD) -> dict[str, int]:
    """Return what the report of the scene's agency counts, of all occupations."""
    with acting_as(organization=scene.agency.id):
        found = rules.totals(rules.count(queries.books(scene.agency.id, period), period))
    return {figure: value for figure, value in found.items() if value}


def listed(scene: Scene, figure: str) -> list[tuple[str, str, str, int]]:
    with acting_as(organization=scene.agency.id):
        rows = rules.rows(queries.books(scene.agency.id, PERIOD), figure, PERIOD)
        found = queries.lines(rules.FIGURES[figure].book, rows)
    return [(one.name, one.company, one.occupation, one.weight) for one in found]


def test_report_counts_what_became_of_the_year(scene: Scene) -> None:
    placing.leave(scene, placing.joined(scene), START + 49 * DAY)
    assert counted(scene) == {
        "postings_open": 1,
        "postings_regular": 1,
        "seekers_open": 1,
        "seekers_new": 1,
        "hires_regular": 1,
        "hires_indefinite": 1,
        "left_early": 1,
        "fees": 1_680_000,
        "refunds": 504_000,
    }
    before = rules.Period(year=2025, today=PERIOD.today)
    after = rules.Period(year=2027, today=PERIOD.today)
    assert counted(scene, before) == {}
    assert counted(scene, after) == {"postings_open": 1, "seekers_open": 1}


def test_rows_have_the_names_the_agency_may_see(scene: Scene) -> None:
    placing.joined(scene)
    employer = "アルファ精機株式会社"
    assert listed(scene, "postings_regular") == [("経理", employer, "06", 1)]
    assert [one[:2] for one in listed(scene, "seekers_new")] == [(introducing.NAME, "")]
    assert listed(scene, "hires_regular") == [(introducing.NAME, employer, "06", 1)]
    assert listed(scene, "fees") == [(introducing.NAME, employer, "06", 1_680_000)]


def test_who_is_seen_in_post_after_half_a_year_is_known_to_have_stayed(scene: Scene) -> None:
    placement = placing.joined(scene)
    asked = placing.checks(scene.agency, placement)
    placing.answer(scene, asked[1], placing.at(START + 90 * DAY))
    assert counted(scene)["left_unknown"] == 1
    placing.answer(scene, asked[2], placing.at(START + 180 * DAY))
    assert not {"left_unknown", "left_pending", "left_early"} & set(counted(scene))
    early = rules.Period(year=2026, today=START + 100 * DAY)
    assert counted(scene, early)["left_pending"] == 1


def test_posting_counts_as_open_until_the_day_it_was_closed(scene: Scene) -> None:
    closed = dt.datetime(2027, 4, 10, 3, tzinfo=dt.UTC)
    with acting_as(organization=scene.agency.id):
        postings.close(
            organization_id=scene.agency.id, posting_id=scene.posting.pk, actor=scene.agency.adviser, now=closed
        )
    assert counted(scene)["postings_open"] == 1
    assert "postings_open" not in counted(scene, rules.Period(year=2027, today=PERIOD.today))


def test_reading_asks_as_much_for_two_hires_as_for_one(scene: Scene) -> None:
    def asked() -> int:
        with CaptureQueriesContext(connection) as captured:
            counted(scene)
            listed(scene, "hires_regular")
        return len(captured)

    placing.joined(scene)
    for_one = asked()
    placing.start_by_agency(scene, placing.also_outside(scene))
    assert asked() == for_one
    assert len(listed(scene, "hires_regular")) == 2


def test_particulars_are_those_of_the_day(world: World) -> None:
    today = clock.day_in_japan(NOW)
    room.complete(world.agency, world.operator)
    with acting_as(organization=world.agency.id):
        room.open_office(world.agency, NOW, name="支社")
        found = queries.particulars(world.agency.id, rules.Period(year=2026, today=today))
        before = queries.particulars(world.agency.id, rules.Period(year=2025, today=today))
    assert (found.number, found.offices, found.responsible, found.gives_back) == (room.NUMBER, 2, 1, True)
    assert (before.number, before.offices, before.gives_back) == ("", 0, None)
