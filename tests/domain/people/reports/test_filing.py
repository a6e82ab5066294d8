"""That a year's report was handed in, and that the agency was reminded of it once."""

from __future__ import annotations

import datetime as dt
import typing

import pytest
from django.db import IntegrityError, transaction
from django.db.utils import ProgrammingError

from career_relay.capabilities.facts.models import Fact
from career_relay.capabilities.messaging.models import Message
from career_relay.domain.ground.organizations.operations.errors import UnableToActWithoutRight
from career_relay.domain.people.reports import operations, queries
from career_relay.domain.people.reports.models import YearlyReport
from career_relay.kernel import actors
from career_relay.kernel.tenancy.context import acting_as
from tests.domain.ground.agencies import room

if typing.TYPE_CHECKING:
    from tests.world import World

NOW = dt.datetime(2027, 4, 20, 3, tzinfo=dt.UTC)
TODAY = dt.date(2027, 4, 20)


def file(world: World, year: int = 2026, filed_on: dt.date = TODAY, role: str = "manager") -> YearlyReport:
    with acting_as(organization=world.agency.id):
        actor = actors.user(world.agency.users[role].pk)
        return operations.file_report(
            organization_id=world.agency.id, year=year, filed_on=filed_on, actor=actor, now=NOW
        )


def test_report_is_filed_and_the_later_word_counts(world: World) -> None:
    file(world)
    file(world, filed_on=dt.date(2027, 4, 1))
    with acting_as(organization=world.agency.id):
        found = queries.filed(world.agency.id, 2026)
        facts = list(Fact.objects.filter(kind="report.filed").values_list("data", flat=True))
        assert queries.report_to_hand_in(world.agency.id, TODAY) is None
    assert found is not None
    assert found.filed_by is not None
    assert (found.filed_on, found.filed_by.user) == (dt.date(2027, 4, 1), world.agency.owner)
    assert facts == [{"year": 2026}, {"year": 2026}]


@pytest.mark.parametrize(
    ("year", "filed_on", "words", "field"),
    [
        (2026, "2027-03-31", "2027/03/31 に終わりました", "filed_on"),
        (2026, "2027-04-21", "2027/03/31 に終わりました", "filed_on"),
        (2027, "2027-04-20", "2028/03/31 に終わります", ""),
    ],
)
def test_report_is_filed_between_the_end_of_its_year_and_today(
    world: World, year: int, filed_on: str, words: str, field: str
) -> None:
    with pytest.raises(operations.UnableToFileReport) as caught:
        file(world, year, dt.date.fromisoformat(filed_on))
    assert words in str(caught.value)
    assert caught.value.data.get("field", "") == field


def test_report_is_filed_by_a_manager_alone(world: World) -> None:
    with pytest.raises(UnableToActWithoutRight):
        file(world, role="adviser")


def test_report_is_wanted_in_april_and_a_month_longer(world: World) -> None:
    with acting_as(organization=world.agency.id):
        found = [
            queries.report_to_hand_in(world.agency.id, dt.date(2027, month, day))
            for month, day in ((3, 31), (4, 1), (5, 31), (6, 1))
        ]
    assert [period and period.year for period in found] == [None, 2026, 2026, None]


def test_reminder_goes_once_to_the_managers_of_licensed_agencies(world: World) -> None:
    assert queries.to_remind(2026, TODAY) == []
    room.complete(world.agency, world.operator)
    assert queries.to_remind(2026, TODAY) == [world.agency.id]
    with acting_as(organization=world.agency.id):
        told = [operations.remind(organization_id=world.agency.id, year=2026, now=NOW) for _turn in range(2)]
        [mail] = Message.objects.filter(kind="report_due")
    assert told == [True, False]
    assert "2027/04/30" in mail.text
    assert "/agency/reports/2026/" in mail.text
    assert queries.to_remind(2026, TODAY) == []


def test_nobody_is_reminded_of_what_was_handed_in(world: World) -> None:
    room.complete(world.agency, world.operator)
    file(world)
    assert queries.to_remind(2026, TODAY) == []
    with acting_as(organization=world.agency.id):
        assert not operations.remind(organization_id=world.agency.id, year=2026, now=NOW)


def test_database_keeps_the_row_and_wants_the_whole_word(world: World) -> None:
    report = file(world)
    with acting_as(organization=world.agency.id):
        for change in ({"year": 2025}, {"organization_id": world.beta.id}):
            with pytest.raises(ProgrammingError), transaction.atomic():
                YearlyReport.objects.filter(pk=report.pk).update(**change)
        with pytest.raises(IntegrityError), transaction.atomic():
            YearlyReport.objects.filter(pk=report.pk).update(filed_on=None)
        with pytest.raises(ProgrammingError), transaction.atomic():
            YearlyReport.objects.filter(pk=report.pk).delete()
