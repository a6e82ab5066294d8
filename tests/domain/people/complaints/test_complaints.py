"""A complaint from the person's words to the answer, and who can read and change it on the way."""

from __future__ import annotations

import datetime as dt
import typing

import pytest
from django.db import IntegrityError, transaction
from hypothesis import given
from hypothesis import strategies as st

from career_relay.capabilities.facts.models import Fact
from career_relay.capabilities.messaging.models import Message
from career_relay.domain.ground.organizations.models import Member
from career_relay.domain.ground.organizations.operations.errors import UnableToActWithoutRight
from career_relay.domain.people.complaints import operations, queries, rules
from career_relay.domain.people.complaints.models import Complaint
from career_relay.flows import answer_complaint, erase_candidate
from career_relay.kernel import actors, clock, ids
from career_relay.kernel.japanese import working_days
from career_relay.kernel.tenancy.context import acting_as
from tests.flows import caring
from tests.world import NOW, make_tenant

if typing.TYPE_CHECKING:
    import uuid

    from tests.flows.caring import Desk
    from tests.world import World

LATER = NOW + dt.timedelta(hours=1)
WORDS = "期限を過ぎても、連絡がありません。"
ANSWER = "紹介会社に確かめました。明日までに連絡があります。"


@pytest.fixture
def agency(world: World) -> Desk:
    """An agency that looks after Hana."""
    desk = caring.desk(world.agency, world.operator)
    caring.agree_to_introduction(world.hana.pk)
    caring.take(desk, world.hana)
    return desk


@pytest.fixture
def complaint(world: World, agency: Desk) -> Complaint:
    return told(world)


def told(world: World, now: dt.datetime = NOW) -> Complaint:
    with acting_as(candidate=world.hana.pk):
        return operations.receive(
            candidate_id=world.hana.pk,
            operator_id=world.operator.id,
            agency_id=world.agency.id,
            topic="silent",
            words=WORDS,
            now=now,
        )


def by(world: World, complaint: Complaint) -> dict[str, typing.Any]:
    actor = actors.user(world.operator.owner.pk)
    return {"operator_id": world.operator.id, "complaint_id": complaint.pk, "actor": actor, "now": LATER}


def stored(world: World, complaint: Complaint) -> Complaint:
    with acting_as(organization=world.operator.id):
        return Complaint.objects.get(pk=complaint.pk)


def kinds(**principal: uuid.UUID) -> list[str]:
    with acting_as(**principal):
        found = Fact.objects.filter(kind__startswith="complaint.").order_by("sequence")
        return list(found.values_list("kind", flat=True))


@given(st.datetimes(dt.datetime(2026, 1, 1), dt.datetime(2030, 1, 1), timezones=st.just(dt.UTC)))  # noqa: DTZ001 -- given a zone here
def test_answer_is_due_on_a_working_day_ten_of_them_on(moment: dt.datetime) -> None:
    day = rules.due_on(moment)
    assert working_days.is_working_day(day)
    assert working_days.working_days_between(clock.day_in_japan(moment), day) == rules.ANSWER_DAYS


def test_complaint_is_taken_up_and_answered_and_each_step_is_a_fact(world: World, complaint: Complaint) -> None:
    assert answer_complaint.take_up(**by(world, complaint)).state == "checking"
    answer_complaint.answer_complaint(words=ANSWER, **by(world, complaint))
    found = stored(world, complaint)
    assert (found.state, found.answer, found.answered_at) == ("answered", ANSWER, LATER)
    assert kinds(candidate=world.hana.pk) == ["complaint.received"]
    assert kinds(organization=world.operator.id) == ["complaint.taken_up", "complaint.answered"]
    with acting_as(candidate=world.hana.pk):
        [mail] = Message.objects.filter(kind="complaint_answered")
    assert mail.to_address == "hana@people.example"
    assert "/me/complaints/" in mail.text
    assert not {words for words in (ANSWER, WORDS, "つなぐ") if words in mail.text + mail.html}


def test_what_is_over_is_neither_taken_up_nor_answered_again(world: World, complaint: Complaint) -> None:
    answer_complaint.answer_complaint(words=ANSWER, **by(world, complaint))
    with pytest.raises(operations.UnableToAnswerComplaint, match="回答済み"):
        answer_complaint.take_up(**by(world, complaint))
    with pytest.raises(operations.UnableToAnswerComplaint, match="回答済み"):
        answer_complaint.answer_complaint(words="別の回答", **by(world, complaint))
    assert stored(world, complaint).answer == ANSWER


def test_only_the_operator_it_went_to_answers(world: World, complaint: Complaint) -> None:
    other = make_tenant("operator", "よその運営事務局", "elsewhere")
    theirs = by(world, complaint) | {"operator_id": other.id, "actor": actors.user(other.owner.pk)}
    outsiders = by(world, complaint) | {"actor": actors.user(world.agency.owner.pk)}
    for who, refusal in ((theirs, operations.UnableToFindComplaint), (outsiders, UnableToActWithoutRight)):
        with pytest.raises(refusal):
            answer_complaint.take_up(**who)
        with pytest.raises(refusal):
            answer_complaint.answer_complaint(words=ANSWER, **who)
    assert stored(world, complaint).state == "received"


def test_agency_and_others_read_nothing(world: World, complaint: Complaint) -> None:
    seen = {}
    for name in ("alpha", "agency", "school", "operator"):
        with acting_as(organization=getattr(world, name).id):
            seen[name] = Complaint.objects.count()
    for name in ("hana", "sora"):
        with acting_as(candidate=getattr(world, name).pk):
            seen[name] = Complaint.objects.count()
    assert seen == {"alpha": 0, "agency": 0, "school": 0, "operator": 1, "hana": 1, "sora": 0}


def test_erasure_leaves_the_dated_row_without_a_word(world: World, complaint: Complaint) -> None:
    answered = told(world)
    answer_complaint.answer_complaint(words=ANSWER, **by(world, answered))
    erase_candidate.erase_candidate(candidate_id=world.hana.pk, now=LATER)
    found = [stored(world, one) for one in (complaint, answered)]
    assert [(one.state, one.words, one.answer, one.forgotten_at) for one in found] == [
        ("closed", "", "", LATER),
        ("answered", "", "", LATER),
    ]
    assert [one.topic for one in found] == ["silent", "silent"]
    assert kinds(candidate=world.hana.pk)[-1] == "complaint.closed"
    with pytest.raises(operations.UnableToAnswerComplaint):
        answer_complaint.answer_complaint(words=ANSWER, **by(world, complaint))


def test_list_puts_what_is_due_first_and_counts_by_state(world: World, complaint: Complaint) -> None:
    older, over = told(world, NOW - dt.timedelta(days=30)), told(world, NOW - dt.timedelta(days=60))
    answer_complaint.answer_complaint(words=ANSWER, **by(world, over))
    with acting_as(organization=world.operator.id):
        found = [one.pk for one in queries.of_operator(world.operator.id)]
        counted = queries.counts(world.operator.id, clock.day_in_japan(NOW))
        assert queries.open_about(world.operator.id, world.agency.id) == 2
        assert queries.open_about(world.operator.id, world.alpha.id) == 0
    assert found == [older.pk, complaint.pk, over.pk]
    assert counted == {"all": 3, "overdue": 1, "open": 2, "received": 2, "checking": 0, "answered": 1, "closed": 0}


def as_operator(world: World, **values: typing.Any) -> None:
    with transaction.atomic(), acting_as(organization=world.operator.id):
        Complaint.objects.update(**values)


@pytest.mark.parametrize("other", ["alpha", "school"])
def test_database_refuses_a_complaint_about_who_does_not_look_after_the_person(
    world: World, agency: Desk, other: str
) -> None:
    given = {"topic": "other", "words": WORDS, "received_at": NOW, "due_on": NOW.date()}
    parties = {"candidate": world.hana, "operator": world.operator.organization}
    with pytest.raises(IntegrityError), transaction.atomic(), acting_as(candidate=world.hana.pk):
        Complaint.objects.create(agency=getattr(world, other).organization, **parties, **given)


def test_database_refuses_a_complaint_that_the_operator_writes(world: World, agency: Desk) -> None:
    given = {"topic": "other", "words": WORDS, "received_at": NOW, "due_on": NOW.date()}
    parties = {"candidate": world.hana, "operator": world.operator.organization, "agency": world.agency.organization}
    with pytest.raises(IntegrityError), transaction.atomic(), acting_as(organization=world.operator.id):
        Complaint.objects.create(**parties, **given)


def test_database_refuses_other_words_steps_back_and_strangers_seats(world: World, complaint: Complaint) -> None:
    with acting_as(organization=world.operator.id):
        seat = Member.objects.get(organization_id=world.operator.id).pk
    answered = {"state": "answered", "answer": ANSWER, "answered_at": NOW}
    wrong: list[dict[str, typing.Any]] = [
        {"words": "書きかえた"},
        {"words": ""},
        {**answered, "answered_by_id": ids.new()},
        {**answered, "answered_by_id": None},
        {"state": "checking", "taken_up_at": NOW, "taken_up_by_id": ids.new()},
        {"taken_up_at": NOW, "taken_up_by_id": seat},
    ]
    for values in wrong:
        with pytest.raises(IntegrityError):
            as_operator(world, **values)
    with pytest.raises(IntegrityError), transaction.atomic(), acting_as(candidate=world.hana.pk):
        Complaint.objects.update(**answered, answered_by_id=seat)
    as_operator(world, **answered, answered_by_id=seat)
    for later in ({"answer": "別の回答"}, {"state": "received"}, {"answered_at": LATER}):
        with pytest.raises(IntegrityError):
            as_operator(world, **later)
    assert stored(world, complaint).answer == ANSWER
