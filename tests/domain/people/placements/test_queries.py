"""What lists, files and figures say of placements, to each of those who may ask."""

from __future__ import annotations

import datetime as dt
import decimal
import typing

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from career_relay.domain.ground.programmes.models import PolicyVersion
from career_relay.domain.people.placements import queries
from career_relay.kernel.tenancy.context import acting_as
from tests.flows import introducing, placing
from tests.flows.placing import START
from tests.world import NOW

if typing.TYPE_CHECKING:
    from tests.flows.introducing import Scene
    from tests.world import World

DAY = dt.timedelta(days=1)
YEAR = 2026
A_YEAR_ON = START + 366 * DAY


@pytest.fixture
def scene(world: World) -> Scene:
    return introducing.scene(world)


def listed(organization_id: typing.Any, **narrowed: typing.Any) -> queries.Page:
    with acting_as(organization=organization_id):
        return queries.placements(organization_id, **narrowed)


def lower_ratio_base() -> None:
    """Let a share be told of a single person, which no policy that is published may say."""
    last = PolicyVersion.objects.latest("version")
    PolicyVersion.objects.create(
        programme_id=last.programme_id,
        version=last.version + 1,
        effective_from=NOW,
        published_by="test",
        published_at=NOW,
        smallest_ratio_base=1,
    )


def test_list_says_who_works_where_at_what_cost(scene: Scene) -> None:
    placement = placing.leave(scene, placing.joined(scene), START + 49 * DAY)
    [line] = listed(scene.agency.id).lines
    assert (line.placement_id, line.introduction_id) == (placement.pk, placement.introduction_id)
    assert (line.person_name, line.partner_name) == (introducing.NAME, "アルファ精機株式会社")
    assert (line.fee_yen, line.refund_yen, line.state_name, line.next_check_on) == (1_680_000, 504_000, "退職", None)
    [seen] = listed(scene.employer.id).lines
    assert (seen.person_name, seen.partner_name) == ("", "つなぐ人材紹介株式会社")


def test_list_counts_by_state_and_narrows(scene: Scene) -> None:
    placing.joined(scene)
    placing.also_outside(scene)
    page = listed(scene.agency.id, state="agreed")
    assert (page.total, [line.partner_name for line in page.lines]) == (1, ["外の会社株式会社"])
    assert page.counts == {"agreed": 1, "joined": 1, "not_started": 0, "left": 0}
    assert [line.start_on for line in listed(scene.agency.id).lines] == [START, START]
    assert listed(scene.employer.id).total == 1


def test_list_asks_as_much_for_two_as_for_one(scene: Scene) -> None:
    def asked() -> int:
        with CaptureQueriesContext(connection) as captured:
            listed(scene.agency.id)
        return len(captured)

    placing.joined(scene)
    for_one = asked()
    placing.also_outside(scene)
    assert asked() == for_one


def test_next_check_is_the_first_without_an_answer(scene: Scene) -> None:
    placement = placing.joined(scene)
    assert listed(scene.agency.id).lines[0].next_check_on == START + 30 * DAY
    placing.answer(scene, placing.checks(scene.agency, placement)[0], placing.at(START + 30 * DAY))
    assert listed(scene.agency.id).lines[0].next_check_on == START + 90 * DAY


def test_file_of_another_organization_is_none(scene: Scene, world: World) -> None:
    placement = placing.joined(scene)
    with acting_as(organization=world.beta.id):
        assert queries.placement(world.beta.id, placement.pk) is None


def test_file_has_entries_and_open_checks(scene: Scene) -> None:
    file = placing.file(scene.employer.id, placing.joined(scene))
    [entry] = file.entries
    assert (entry.kind, entry.amount_yen, entry.on, entry.basis_name) == ("invoice", 1_680_000, START, "連携協定")
    assert [check.days for check in file.open_checks(START + 90 * DAY)] == [30, 90]
    assert file.identity is not None
    assert (file.identity.name, sorted(file.may)) == (introducing.NAME, ["record_leaving"])


def test_person_reads_their_own_placement_without_money(scene: Scene) -> None:
    placement = placing.joined(scene)
    with acting_as(candidate=scene.person.pk):
        [line] = queries.of_person(scene.person.pk)
    assert (line.placement_id, line.employer_name, line.agency_name) == (
        placement.pk,
        "アルファ精機株式会社",
        "つなぐ人材紹介株式会社",
    )
    assert not [name for name in line.__slots__ if "yen" in name or "fee" in name]


def test_entries_are_those_of_the_days_asked_for(scene: Scene) -> None:
    placing.leave(scene, placing.joined(scene), START + 49 * DAY)
    with acting_as(organization=scene.employer.id):
        january = queries.entries(scene.employer.id, dt.date(2027, 1, 1), dt.date(2027, 1, 31))
        february = queries.entries(scene.employer.id, dt.date(2027, 2, 1), dt.date(2027, 2, 28))
    assert [(one.kind, one.amount_yen) for one in january] == [("invoice", 1_680_000)]
    assert [(one.kind, one.amount_yen, one.reason_name) for one in february] == [("refund", -504_000, "ご本人の都合")]


def test_cooperation_sums_up_by_partner(scene: Scene) -> None:
    placing.leave(scene, placing.joined(scene), START)
    with acting_as(organization=scene.employer.id):
        [line] = queries.cooperation(scene.employer.id)
    assert (line.name, line.hired, line.by_slot, line.left) == ("つなぐ人材紹介株式会社", 1, 0, 1)
    assert (line.fees_yen, line.refunds_yen) == (1_680_000, 840_000)
    with acting_as(organization=scene.agency.id):
        assert [one.name for one in queries.cooperation(scene.agency.id)] == ["アルファ精機株式会社"]


def test_figures_count_starts_and_money_of_the_year(scene: Scene) -> None:
    placement = placing.joined(scene)
    placing.answer(scene, placing.checks(scene.agency, placement)[0], placing.at(START + 30 * DAY))
    placing.leave(scene, placement, START + 49 * DAY)
    with acting_as(organization=scene.agency.id):
        found = queries.figures(scene.agency.id, YEAR, A_YEAR_ON)
        before = queries.figures(scene.agency.id, YEAR - 1, A_YEAR_ON)
    assert (found.joined, found.by_slot, found.left, found.agreed, found.not_started) == (1, 0, 1, 0, 0)
    assert (found.fees_yen, found.refunds_yen) == (1_680_000, 504_000)
    assert [(one.days, one.in_post, one.known, one.percent) for one in found.retention] == [
        (30, 1, 1, None),
        (90, 0, 1, None),
        (180, 0, 1, None),
        (365, 0, 1, None),
    ]
    assert (before.joined, before.fees_yen, before.retention[0].known) == (0, 0, 0)


def test_retention_leaves_out_days_that_have_not_come(scene: Scene) -> None:
    placing.leave(scene, placing.joined(scene), START + 40 * DAY)
    with acting_as(organization=scene.agency.id):
        found = queries.figures(scene.agency.id, YEAR, START + 60 * DAY)
    assert [(one.in_post, one.known) for one in found.retention] == [(1, 1), (0, 0), (0, 0), (0, 0)]


def test_retention_is_a_share_where_enough_are_known(scene: Scene) -> None:
    placing.leave(scene, placing.joined(scene), START + 49 * DAY)
    lower_ratio_base()
    with acting_as(organization=scene.agency.id):
        found = queries.figures(scene.agency.id, YEAR, A_YEAR_ON)
    assert [one.percent for one in found.retention] == [decimal.Decimal("100.0"), *[decimal.Decimal("0.0")] * 3]
