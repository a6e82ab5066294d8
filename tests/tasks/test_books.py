from __future__ import annotations

import datetime as dt
import typing

import pytest

from career_relay.capabilities.facts.models import Fact
from career_relay.capabilities.runs import operations as runs
from career_relay.capabilities.runs import queries
from career_relay.domain.people.books import operations
from career_relay.domain.people.books.models import SeekerEntry
from career_relay.domain.people.candidates.models import Access
from career_relay.flows import end_assignment
from career_relay.flows.erase_candidate import erase_candidate
from career_relay.kernel import actors, clock, ids
from career_relay.kernel.tenancy.context import acting_as
from career_relay.tasks import books
from tests.flows import caring, introducing, placing
from tests.flows.placing import START
from tests.world import NOW

if typing.TYPE_CHECKING:
    import uuid

    from tests.world import World

A_DAY = dt.timedelta(days=1)


def swept(monkeypatch: pytest.MonkeyPatch, agency_id: uuid.UUID, day: dt.date) -> int:
    """Let the evening of a day come; return how many entries the agency still has."""
    monkeypatch.setattr("career_relay.kernel.clock.now", lambda: clock.start_of_day_in_japan(day))
    books.drop_book_entries(timestamp=0)
    with acting_as(organization=agency_id):
        return SeekerEntry.objects.count()


def test_entry_goes_two_years_after_its_end_and_not_before(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    agency = caring.desk(world.agency, world.operator)
    person = caring.person("a@people.example", name="髙﨑 花")
    caring.take(agency, person)
    assert swept(monkeypatch, agency.id, dt.date(2031, 1, 1)) == 1
    erase_candidate(candidate_id=person.pk, now=NOW)
    last = clock.day_in_japan(NOW).replace(year=NOW.year + 2)
    assert swept(monkeypatch, agency.id, last) == 1
    assert swept(monkeypatch, agency.id, last + A_DAY) == 0
    with acting_as(organization=agency.id):
        assert Fact.objects.get(kind="book.dropped").data == {"count": 1}


def test_entry_of_somebody_hired_stays_until_their_early_leaving_has_been_kept(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    scene = introducing.scene(world)
    placing.joined(scene)
    with acting_as(organization=scene.agency.id):
        entry = SeekerEntry.objects.get()
        SeekerEntry.objects.update(ended_on=entry.received_on)
    last = START.replace(year=START.year + 2, month=START.month + 6)
    assert swept(monkeypatch, scene.agency.id, last) == 1
    assert swept(monkeypatch, scene.agency.id, last + A_DAY) == 0


def test_entry_ends_though_the_agency_may_not_see_the_person_any_more(world: World) -> None:
    agency = caring.desk(world.agency, world.operator)
    person = caring.person("a@people.example", name="髙﨑 花")
    taken = caring.take(agency, person)
    with acting_as(candidate=person.pk):
        Access.objects.update(valid_until=dt.datetime(2020, 1, 1, tzinfo=dt.UTC))
    end_assignment.end_one(
        candidate_id=person.pk,
        organization_id=agency.id,
        assignment_id=taken.pk,
        reason="consent_over",
        actor=actors.SYSTEM,
        now=NOW,
    )
    with acting_as(organization=agency.id):
        entry = SeekerEntry.objects.get()
    assert (entry.name, entry.ended_on) == ("髙﨑 花", clock.day_in_japan(NOW))


def test_entry_that_is_gone_is_not_filled_in(world: World) -> None:
    agency = caring.desk(world.agency, world.operator)
    with acting_as(organization=agency.id), pytest.raises(operations.UnableToFindEntry):
        operations.fill_in(
            organization_id=agency.id, entry_id=ids.new(), address="", born_on=None, actor=agency.manager, now=NOW
        )


def test_export_book_that_breaks_ends_in_words(world: World) -> None:
    agency = caring.desk(world.agency, world.operator)
    with acting_as(organization=agency.id):
        run = runs.accept(
            organization_id=agency.id,
            kind="export_book",
            parameters={"book": "none", "year": None, "format": "csv", "language": "ja"},
            total=1,
            actor=agency.manager,
            now=NOW,
        )
    with pytest.raises(KeyError, match="none"):
        books.export_book(run=str(run.pk), organization=str(agency.id))
    with acting_as(organization=agency.id):
        found = queries.run(run.pk)
    assert found is not None
    assert found.state == "failed"
