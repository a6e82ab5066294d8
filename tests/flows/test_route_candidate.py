from __future__ import annotations

import datetime as dt
import typing

import pytest
from django.db import connection

from career_relay.capabilities.messaging.models import Message
from career_relay.capabilities.messaging.operations import UnableToWrite
from career_relay.domain.ground.accounts.models import User
from career_relay.domain.ground.agencies.models import Desk as DeskRow
from career_relay.domain.ground.programmes import operations as programmes
from career_relay.domain.ground.programmes.models import DEFAULT_PROGRAMME_ID
from career_relay.domain.people.candidates import operations as candidates
from career_relay.domain.people.candidates.models import Exclusion, Profile
from career_relay.domain.people.introductions import operations as introductions
from career_relay.domain.people.routing import operations as routing
from career_relay.domain.people.routing import queries
from career_relay.domain.people.routing.models import Wish
from career_relay.flows.answer_assignment import decline_assignment
from career_relay.flows.end_assignment import end_by_agency, end_by_person
from career_relay.flows.route_candidate import Routed, route_candidate, route_waiting
from career_relay.flows.withdraw_consent import withdraw_consent
from career_relay.kernel import actors, clock, ids
from career_relay.kernel.tenancy.context import acting_as
from tests.flows import caring, story
from tests.world import NOW

if typing.TYPE_CHECKING:
    import uuid

    from tests.flows.caring import Desk
    from tests.world import World

SECOND, MONTH = dt.timedelta(seconds=1), dt.timedelta(days=30)
LATER = NOW + dt.timedelta(minutes=1)
NOTHING = Routed(offered=0, unplaced=0)
BEGUN = clock.day_in_japan(NOW).replace(year=clock.day_in_japan(NOW).year - 2)
"""The day on which a block of two years that ends today began."""


@pytest.fixture
def agency(world: World) -> Desk:
    return caring.desk(world.agency, world.operator)


def decline(agency: Desk, assignment_id: uuid.UUID, now: dt.datetime, reason: str = "other") -> None:
    decline_assignment(
        organization_id=agency.id, assignment_id=assignment_id, reason=reason, note="", actor=agency.manager, now=now
    )


def choose(candidate_id: uuid.UUID, agencies: list[Desk], now: dt.datetime) -> None:
    with acting_as(candidate=candidate_id):
        routing.choose(
            candidate_id=candidate_id,
            agencies=[one.id for one in agencies],
            actor=actors.candidate(candidate_id),
            now=now,
        )


def wish_for(candidate_id: uuid.UUID, prefecture: str, now: dt.datetime) -> None:
    actor = actors.candidate(candidate_id)
    with acting_as(candidate=candidate_id):
        candidates.correct(candidate_id=candidate_id, changes={"prefecture": prefecture}, actor=actor, now=now)


def asked(candidate_id: uuid.UUID) -> list[uuid.UUID]:
    return [one.organization_id for one in caring.assignments(candidate_id)]


def publish(now: dt.datetime, **settings: int) -> None:
    programmes.publish_policy(
        programme_id=DEFAULT_PROGRAMME_ID, actor=actors.SYSTEM, now=now, effective_from=now, **settings
    )


def people_waiting(agency: Desk) -> list[str]:
    with acting_as(organization=agency.id):
        mails = Message.objects.filter(kind="people_waiting", to_address__startswith="manager")
        return list(mails.order_by("created_at").values_list("subject", flat=True))


def test_registration_with_consent_has_the_person_routed(world: World, agency: Desk) -> None:
    link = story.open_link(world.alpha)
    agreed = story.register(link, "a@people.example").candidate_id
    story.register(link, "b@people.example", purposes=["statistics"])
    with connection.cursor() as cursor:
        cursor.execute("SELECT args->>'candidate' FROM procrastinate_jobs WHERE task_name = 'route_candidate'")
        assert cursor.fetchall() == [(str(agreed),)]
    assert route_candidate(candidate_id=agreed, now=NOW) == Routed(offered=1, unplaced=0)
    assert asked(agreed) == [agency.id]


def test_route_candidate_leaves_alone_who_agreed_to_nothing_or_has_an_agency(world: World, agency: Desk) -> None:
    assert route_candidate(candidate_id=world.hana.pk, now=NOW) == NOTHING
    assert route_candidate(candidate_id=ids.new(), now=NOW) == NOTHING
    person = caring.person("a@people.example")
    caring.route(person)
    assert route_candidate(candidate_id=person.pk, now=NOW) == NOTHING
    withdrawn = caring.person("b@people.example")
    withdraw_consent(candidate_id=withdrawn.pk, now=NOW)
    assert route_candidate(candidate_id=withdrawn.pk, now=NOW) == NOTHING


def test_a_consent_that_is_over_routes_nobody(world: World, agency: Desk) -> None:
    person = caring.person("a@people.example")
    in_two_years = NOW.replace(year=2028)
    caring.license_(world.agency, world.operator, now=in_two_years)
    assert route_candidate(candidate_id=person.pk, now=in_two_years) == NOTHING


@pytest.mark.parametrize("lost", [caring.stop, caring.suspend, caring.let_expire, caring.end_agreement])
def test_only_agencies_that_may_receive_are_asked(world: World, agency: Desk, lost: typing.Any) -> None:
    lost(agency)
    person = caring.person("a@people.example")
    assert route_candidate(candidate_id=person.pk, now=NOW) == Routed(offered=0, unplaced=1)


def test_wishes_area_and_capacity_decide_whom_to_ask(world: World) -> None:
    tokyo = caring.desk(world.agency, world.operator, prefectures=["13"], capacity=1)
    osaka = caring.new_desk(world.operator, "osaka", prefectures=["27"], occupations=["06"])
    one, two, three = (caring.person(f"{n}@people.example", prefecture="13", occupation="") for n in range(3))
    assert route_waiting(now=NOW) == Routed(offered=1, unplaced=2)
    assert [asked(person.pk) for person in (one, two, three)] == [[tokyo.id], [], []]
    with acting_as(candidate=two.pk):
        Profile.objects.update(prefecture="27", occupation="事務")
    assert route_candidate(candidate_id=two.pk, now=NOW).offered == 1
    assert asked(two.pk) == [osaka.id]


def test_an_agency_that_takes_nobody_new_is_not_asked(world: World, agency: Desk) -> None:
    with acting_as(organization=agency.id):
        DeskRow.objects.update(is_taking=False)
    caring.person("a@people.example")
    assert route_waiting(now=NOW) == Routed(offered=0, unplaced=1)


def test_agencies_take_turns(world: World, agency: Desk) -> None:
    other = caring.new_desk(world.operator, "other")
    people = [caring.person(f"{number}@people.example") for number in range(6)]
    assert route_waiting(now=NOW) == Routed(offered=6, unplaced=0)
    turns = [asked(person.pk)[0] for person in people]
    assert turns in ([agency.id, other.id] * 3, [other.id, agency.id] * 3)


def test_people_are_read_in_parts_and_nobody_is_left_out(world: World, agency: Desk) -> None:
    people = [caring.person(f"{number}@people.example", prefecture=["13", "27"][number % 2]) for number in range(5)]
    with acting_as(organization=agency.id):
        DeskRow.objects.update(prefectures=["13"])
    assert route_waiting(now=NOW, most=1) == Routed(offered=3, unplaced=2)
    assert [len(asked(person.pk)) for person in people] == [1, 0, 1, 0, 1]


def test_one_mail_tells_of_everybody_who_waits(world: World, agency: Desk) -> None:
    for number in range(3):
        caring.person(f"{number}@people.example")
    route_waiting(now=NOW, most=1)
    assert people_waiting(agency) == ["3 名の方が回答を待っています。11/25 までに回答してください｜キャリアリレー"]
    route_waiting(now=LATER)
    assert len(people_waiting(agency)) == 1


def test_declined_agency_is_not_asked_again_until_the_person_chooses_it(world: World, agency: Desk) -> None:
    person = caring.person("a@people.example")
    decline(agency, caring.route(person).pk, NOW)
    assert route_candidate(candidate_id=person.pk, now=LATER) == Routed(offered=0, unplaced=1)
    choose(person.pk, [agency], LATER)
    offer = caring.route(person, LATER)
    assert (offer.organization_id, offer.is_chosen) == (agency.id, True)


@pytest.mark.parametrize(
    ("reason", "after_a_change", "after_a_month"),
    [
        ("capacity", 0, 1),
        ("area", 1, 0),
        ("occupation", 1, 0),
        ("employment_type", 1, 0),
        ("conflict", 0, 0),
        ("other", 0, 0),
    ],
)
def test_agency_that_declined_is_asked_again_when_its_reason_is_gone(
    agency: Desk, reason: str, after_a_change: int, after_a_month: int
) -> None:
    unchanged, changed = caring.person("a@people.example"), caring.person("b@people.example")
    for person in (unchanged, changed):
        wish_for(person.pk, "13", NOW)
        decline(agency, caring.route(person).pk, NOW, reason)
        assert route_candidate(candidate_id=person.pk, now=LATER).offered == 0
    wish_for(changed.pk, "27", LATER)
    assert route_candidate(candidate_id=changed.pk, now=LATER).offered == after_a_change
    assert route_candidate(candidate_id=unchanged.pk, now=NOW + MONTH - SECOND).offered == 0
    assert route_candidate(candidate_id=unchanged.pk, now=NOW + MONTH).offered == after_a_month


@pytest.mark.parametrize(("reason", "offered"), [("agency_unable", 1), ("unreachable", 0)])
def test_agency_that_gave_a_person_back_for_want_of_time_is_asked_again_after_a_month(
    agency: Desk, reason: str, offered: int
) -> None:
    person = caring.person("a@people.example")
    taken = caring.take(agency, person)
    end_by_agency(organization_id=agency.id, assignment_id=taken.pk, reason=reason, actor=agency.manager, now=NOW)
    assert route_candidate(candidate_id=person.pk, now=NOW + MONTH - SECOND).offered == 0
    assert route_candidate(candidate_id=person.pk, now=NOW + MONTH).offered == offered


@pytest.mark.parametrize("excludes", [False, True])
def test_choosing_another_agency_keeps_away_the_one_that_was_left(
    world: World, agency: Desk, excludes: typing.Any
) -> None:
    other = caring.new_desk(world.operator, "other")
    person = caring.person("a@people.example")
    choose(person.pk, [agency], NOW)
    taken = caring.take(agency, person)
    end_by_person(candidate_id=person.pk, assignment_id=taken.pk, excludes=excludes, now=NOW)
    with acting_as(candidate=person.pk):
        assert queries.wishes(person.pk) == []
    choose(person.pk, [other], LATER)
    decline(other, caring.route(person, LATER).pk, LATER)
    assert route_candidate(candidate_id=person.pk, now=LATER) == Routed(offered=0, unplaced=1)
    with acting_as(candidate=person.pk):
        assert Exclusion.objects.exists() is excludes


def test_choosing_one_more_does_not_ask_those_again_that_said_no(world: World, agency: Desk) -> None:
    other = caring.new_desk(world.operator, "other")
    person = caring.person("a@people.example")
    choose(person.pk, [agency], NOW)
    decline(agency, caring.route(person).pk, NOW)
    with acting_as(candidate=person.pk):
        candidates.exclude(candidate_id=person.pk, organization_id=agency.id, reason=Exclusion.Reason.NAMED, now=NOW)
    choose(person.pk, [agency, other], LATER)
    assert caring.route(person, LATER).organization_id == other.id
    with acting_as(candidate=person.pk):
        wished = [(wish.organization_id, wish.rank, wish.chosen_at) for wish in Wish.objects.order_by("rank")]
        assert Exclusion.objects.exists()
    assert wished == [(agency.id, 1, NOW), (other.id, 2, LATER)]


def test_a_chosen_agency_that_is_stopped_stays_on_the_list(world: World, agency: Desk) -> None:
    other, third = (caring.new_desk(world.operator, handle) for handle in ("other", "third"))
    person = caring.person("a@people.example")
    choose(person.pk, [agency], NOW)
    for stopped in (agency, third):
        caring.stop(stopped)
    choose(person.pk, [other, agency], LATER)
    with pytest.raises(routing.UnableToChooseAgencies):
        choose(person.pk, [other, agency, third], LATER)
    with acting_as(candidate=person.pk):
        assert [wish.organization_id for wish in queries.wishes(person.pk)] == [other.id, agency.id]


def test_a_new_consent_begins_anew(world: World, agency: Desk) -> None:
    person = caring.person("a@people.example")
    decline(agency, caring.route(person).pk, NOW)
    withdraw_consent(candidate_id=person.pk, now=NOW)
    caring.agree_to_introduction(person.pk, LATER)
    assert caring.route(person, LATER).organization_id == agency.id


def test_excluded_agency_is_never_asked(world: World, agency: Desk) -> None:
    person = caring.person("a@people.example")
    with acting_as(candidate=person.pk):
        candidates.exclude(candidate_id=person.pk, organization_id=agency.id, reason=Exclusion.Reason.NAMED, now=NOW)
    assert route_candidate(candidate_id=person.pk, now=NOW) == Routed(offered=0, unplaced=1)


def test_agency_that_placed_somebody_is_asked_again_in_two_years_or_by_choice(world: World, agency: Desk) -> None:
    placed, other = caring.person("placed@people.example"), caring.person("other@people.example")
    with acting_as(organization=agency.id):
        introductions.block(
            organization_id=agency.id, candidate_id=placed.pk, placement_id=ids.new(), since=clock.day_in_japan(NOW)
        )
    two_years = dt.timedelta(days=365 * 2)
    assert route_waiting(now=NOW) == Routed(offered=1, unplaced=1)
    assert (caring.states(placed.pk), caring.states(other.pk)) == ([], ["offered"])
    assert route_candidate(candidate_id=placed.pk, now=NOW + two_years - MONTH) == Routed(offered=0, unplaced=1)
    choose(placed.pk, [agency], LATER)
    assert route_candidate(candidate_id=placed.pk, now=LATER) == Routed(offered=1, unplaced=0)


def test_block_is_over_after_two_years(world: World, agency: Desk) -> None:
    placed = caring.person("placed@people.example")
    with acting_as(organization=agency.id):
        introductions.block(
            organization_id=agency.id,
            candidate_id=placed.pk,
            placement_id=ids.new(),
            since=BEGUN - dt.timedelta(days=1),
        )
    assert route_candidate(candidate_id=placed.pk, now=NOW) == Routed(offered=1, unplaced=0)


def test_choosing_lifts_an_exclusion_and_is_limited(world: World, agency: Desk) -> None:
    person, actor = world.sora.pk, actors.candidate(world.sora.pk)
    with acting_as(candidate=person):
        candidates.exclude(candidate_id=person, organization_id=agency.id, reason=Exclusion.Reason.NAMED, now=NOW)
        for refused in ([agency.id, agency.id], [world.school.id], [ids.new()], [agency.id] * 4):
            with pytest.raises(routing.UnableToChooseAgencies):
                routing.choose(candidate_id=person, agencies=refused, actor=actor, now=NOW)
        assert queries.wishes(person) == []
        routing.choose(candidate_id=person, agencies=[agency.id], actor=actor, now=NOW)
        assert [(wish.organization_id, wish.name, wish.rank) for wish in queries.wishes(person)] == [
            (agency.id, world.agency.organization.name, 1)
        ]
        assert not Exclusion.objects.exists()
        routing.choose(candidate_id=person, agencies=[], actor=actor, now=NOW)
        assert queries.wishes(person) == []


def test_policy_lets_several_agencies_look_after_one_person(world: World, agency: Desk) -> None:
    others = [caring.new_desk(world.operator, f"other{number}") for number in range(2)]
    person = caring.person("a@people.example")
    choose(person.pk, [agency, *others], NOW)
    publish(LATER, agencies_at_once=2)
    assert route_waiting(now=LATER) == Routed(offered=2, unplaced=0)
    assert set(asked(person.pk)) == {agency.id, others[0].id}
    publish(LATER + dt.timedelta(1), agencies_at_once=3)
    assert route_candidate(candidate_id=person.pk, now=LATER + dt.timedelta(1)).offered == 1
    assert set(asked(person.pk)) == {agency.id, *(other.id for other in others)}


def test_a_second_agency_is_asked_only_if_the_person_chose_it(world: World, agency: Desk) -> None:
    other = caring.new_desk(world.operator, "other")
    person = caring.person("a@people.example")
    publish(NOW, agencies_at_once=3)
    assert route_waiting(now=NOW) == Routed(offered=1, unplaced=0)
    assert route_waiting(now=LATER) == NOTHING
    choose(person.pk, [other, agency], LATER)
    assert route_candidate(candidate_id=person.pk, now=LATER) == Routed(offered=1, unplaced=0)
    assert set(asked(person.pk)) == {agency.id, other.id}


def test_an_agency_that_cannot_be_told_keeps_no_other_from_knowing(world: World, agency: Desk) -> None:
    other = caring.new_desk(world.operator, "other")
    people = [caring.person(f"{number}@people.example") for number in range(2)]
    first, second = sorted((agency, other), key=lambda one: one.id)
    wrong = first.tenant.owner
    with acting_as(user=wrong.pk):
        User.objects.filter(pk=wrong.pk).update(email="no address")
    with pytest.raises(ExceptionGroup) as failed:
        route_waiting(now=NOW)
    assert [type(error) for error in failed.value.exceptions] == [UnableToWrite]
    assert sorted(asked(person.pk)[0] for person in people) == [first.id, second.id]
    assert (len(people_waiting(first)), len(people_waiting(second))) == (0, 1)
    assert queries.untold(NOW) == [first.id]


def test_unplaced_people_are_counted_for_the_operator_alone(world: World, agency: Desk) -> None:
    caring.stop(agency)
    caring.person("a@people.example")
    caring.person("b@people.example", now=LATER)
    for tenant, seen in ((world.operator, (2, NOW)), (world.agency, (0, None)), (world.alpha, (0, None))):
        with acting_as(organization=tenant.id):
            unplaced = queries.unplaced(LATER)
            assert (unplaced.people, unplaced.oldest) == seen
