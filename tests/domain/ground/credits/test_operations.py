from __future__ import annotations

import datetime as dt
import typing

import pytest
from django.conf import settings
from django.db import connection

from career_relay.capabilities.facts.models import Fact
from career_relay.domain.ground.credits import operations, queries
from career_relay.domain.ground.credits.models import Entry, Holder, Posting, Slot
from career_relay.domain.ground.programmes import operations as programmes
from career_relay.domain.ground.programmes import queries as programme_queries
from career_relay.domain.ground.programmes.models import DEFAULT_PROGRAMME_ID, FIRST_POLICY_ID
from career_relay.kernel import actors, ids
from career_relay.kernel.tenancy.context import acting_as
from tests.domain.ground.credits import book
from tests.world import NOW, World

LATER = NOW + dt.timedelta(days=3)


def publish(threshold: int, now: dt.datetime = NOW) -> None:
    programmes.publish_policy(
        programme_id=DEFAULT_PROGRAMME_ID, actor=actors.SYSTEM, now=now, effective_from=now, threshold=threshold
    )


def postings_of(organization: typing.Any, entry: typing.Any) -> set[tuple[str, str, int]]:
    with acting_as(organization=organization):
        return set(Posting.objects.filter(entry=entry).values_list("account", "unit", "amount"))


def ordinals(organization: typing.Any) -> list[int]:
    with acting_as(organization=organization):
        return list(Slot.objects.order_by("ordinal").values_list("ordinal", flat=True))


def test_holder_is_made_at_first_use_and_kept(world: World) -> None:
    with acting_as(organization=world.alpha.id):
        first = operations.lock_holder(organization_id=world.alpha.id, programme_id=DEFAULT_PROGRAMME_ID)
        again = operations.lock_holder(organization_id=world.alpha.id, programme_id=DEFAULT_PROGRAMME_ID)
        assert (first.counted, first.converted, first.slots, first.entries) == (0, 0, 0, 0)
        assert again == first
        assert list(Holder.objects.all()) == [first]


def test_count_writes_one_balanced_entry(world: World) -> None:
    counted = book.count(world.alpha.id, "r1")
    with acting_as(organization=world.alpha.id):
        [entry] = Entry.objects.all()
        assert (entry.pk, entry.kind, entry.natural_key, entry.number) == (counted.entry_id, "count", "r1", 1)
        assert (entry.policy_version_id, entry.occurred_at, entry.actor) == (FIRST_POLICY_ID, NOW, "system")
        assert (entry.origin_id, entry.reason, entry.second_actor) == (None, "", "")
    assert postings_of(world.alpha.id, counted.entry_id) == {("network", "referral", -1), ("balance", "referral", 1)}
    assert (counted.number, counted.slots, counted.slot) == (1, (), None)


def test_the_tenth_count_grants_a_slot_in_the_same_breath(world: World) -> None:
    *nine, tenth = book.count_many(world.alpha.id, 10)
    assert [counted.slots for counted in nine] == [()] * 9
    [slot] = tenth.slots
    assert (tenth.number, tenth.slot) == (10, slot)
    assert (slot.ordinal, slot.state, slot.granted_at) == (1, "available", NOW)
    assert slot.usable_from == NOW + dt.timedelta(days=7)
    with acting_as(organization=world.alpha.id):
        lot = Entry.objects.get(pk=slot.lot_id)
        assert (lot.kind, lot.number, lot.origin_id, lot.natural_key) == ("conversion", 11, tenth.entry_id, "1")
    assert postings_of(world.alpha.id, slot.lot_id) == {
        ("balance", "referral", -10),
        ("converted", "referral", 10),
        ("network", "slot", -1),
        ("available", "slot", 1),
    }


def test_slot_is_told_as_a_fact_that_carries_the_day_only(world: World) -> None:
    [slot] = book.count_many(world.alpha.id, 10)[-1].slots
    with acting_as(organization=world.alpha.id):
        [fact] = Fact.objects.filter(kind="slot.granted")
    assert (fact.subject_id, fact.actor, fact.data) == (slot.pk, "system", {"ordinal": 1, "usable_from": "2026-11-30"})
    assert fact.occurred_at == dt.datetime(2026, 11, 22, 15, tzinfo=dt.UTC)  # midnight in Japan


def test_the_remainder_is_carried_over(world: World) -> None:
    counted = book.count_many(world.alpha.id, 25)
    assert [one.number for one in counted if one.slot] == [10, 20]
    standing = book.standing(world.alpha.id)
    assert (standing.counted, standing.remainder, standing.missing, standing.slots_total) == (25, 5, 5, 2)


def test_counting_again_gives_the_same_and_changes_nothing(world: World) -> None:
    counted = book.count_many(world.alpha.id, 12)
    before = book.statement(world.alpha.id, NOW.date())
    assert [book.count(world.alpha.id, f"r{n}", now=LATER) for n in range(1, 13)] == counted
    assert book.statement(world.alpha.id, NOW.date()) == before
    assert ordinals(world.alpha.id) == [1]
    with acting_as(organization=world.alpha.id):
        assert Fact.objects.count() == 1


def test_the_same_key_counts_for_each_employer(world: World) -> None:
    one, other = book.count(world.alpha.id, "r1"), book.count(world.beta.id, "r1")
    assert (one.number, other.number) == (1, 1)
    assert one.entry_id != other.entry_id


def test_ledger_does_not_tell_which_candidate_acted(world: World) -> None:
    with acting_as(organization=world.alpha.id):
        holder = operations.lock_holder(organization_id=world.alpha.id, programme_id=DEFAULT_PROGRAMME_ID)
        policy = programme_queries.policy_at(DEFAULT_PROGRAMME_ID, NOW)
        who = actors.candidate(world.hana.pk)
        operations.count(holder=holder, policy=policy, natural_key="r1", actor=who, now=NOW)
        assert [entry.actor for entry in Entry.objects.all()] == ["candidate"]


def test_a_lower_threshold_grants_everything_due_at_the_next_count(world: World) -> None:
    book.count_many(world.alpha.id, 9)
    publish(3)
    assert book.standing(world.alpha.id).missing == 1
    counted = book.count(world.alpha.id, "next")
    assert [slot.ordinal for slot in counted.slots] == [1, 2, 3]
    assert counted.slot == counted.slots[0]
    assert book.count(world.alpha.id, "next") == counted
    assert book.standing(world.alpha.id).remainder == 1


def test_a_higher_threshold_waits_longer_and_takes_nothing_back(world: World) -> None:
    book.count_many(world.alpha.id, 13)
    publish(20)
    assert (book.standing(world.alpha.id).remainder, book.standing(world.alpha.id).missing) == (3, 17)
    assert ordinals(world.alpha.id) == [1]


def test_each_entry_keeps_the_policy_it_was_made_under(world: World) -> None:
    first = book.count(world.alpha.id, "r1")
    publish(2, LATER)
    book.count(world.alpha.id, "r2", now=LATER)
    book.reverse(world.alpha.id, first.entry_id, now=LATER)
    lines = book.statement(world.alpha.id, NOW.date()).lines
    assert [(line.kind, line.policy_version) for line in lines] == [
        ("count", 1),
        ("count", 2),
        ("conversion", 2),
        ("reversal", 1),
    ]


def test_slots_of_a_programme_without_hold_are_usable_at_once(world: World) -> None:
    programmes.publish_policy(
        programme_id=DEFAULT_PROGRAMME_ID, actor=actors.SYSTEM, now=NOW, effective_from=NOW, slot_hold_days=0
    )
    [slot] = book.count_many(world.alpha.id, 10)[-1].slots
    assert slot.usable_from == NOW


def test_reverse_takes_one_count_back(world: World) -> None:
    counted = book.count_many(world.alpha.id, 3)[1]
    taken = book.reverse(world.alpha.id, counted.entry_id, reason=" 同じ方の二重の登録でした ", now=LATER)
    assert taken.balance == 2
    with acting_as(organization=world.alpha.id):
        entry = Entry.objects.get(pk=taken.entry_id)
        assert (entry.kind, entry.number, entry.origin_id) == ("reversal", 4, counted.entry_id)
        assert (entry.reason, entry.occurred_at) == ("同じ方の二重の登録でした", LATER)
        assert (entry.actor, entry.second_actor) == (str(book.ONE), str(book.OTHER))
        [fact] = Fact.objects.filter(kind="credit.reversed")
        assert (fact.subject_id, fact.actor, fact.data) == (entry.pk, str(book.ONE), {"day": "2026-11-26"})
    assert postings_of(world.alpha.id, taken.entry_id) == {("network", "referral", 1), ("balance", "referral", -1)}
    assert book.standing(world.alpha.id).counted == 2


def test_a_balance_below_zero_grants_nothing_until_it_has_recovered(world: World) -> None:
    counted = book.count_many(world.alpha.id, 10)
    for one in counted[:3]:
        book.reverse(world.alpha.id, one.entry_id)
    owed = book.standing(world.alpha.id)
    assert (owed.counted, owed.remainder, owed.missing, owed.filled) == (7, -3, 13, 0)
    again = book.count_many(world.alpha.id, 13, prefix="again")
    assert [bool(one.slot) for one in again] == [False] * 12 + [True]
    assert ordinals(world.alpha.id) == [1, 2]


def test_a_used_slot_is_never_clawed_back(world: World) -> None:
    counted = book.count_many(world.alpha.id, 10)
    with acting_as(organization=world.alpha.id):
        Slot.objects.update(state=Slot.State.USED)
    for one in counted:
        book.reverse(world.alpha.id, one.entry_id)
    with acting_as(organization=world.alpha.id):
        assert list(Slot.objects.values_list("ordinal", "state")) == [(1, "used")]
    assert book.standing(world.alpha.id).remainder == -10


def test_a_reversed_referral_counted_again_stays_reversed(world: World) -> None:
    counted = book.count(world.alpha.id, "r1")
    book.reverse(world.alpha.id, counted.entry_id)
    assert book.count(world.alpha.id, "r1", now=LATER) == counted
    assert book.standing(world.alpha.id).counted == 0


@pytest.mark.parametrize("reason", ["", " \n", "長" * 201])
def test_reverse_without_a_fitting_reason_is_refused(world: World, reason: str) -> None:
    counted = book.count(world.alpha.id, "r1")
    with pytest.raises(operations.UnableToReverseWithoutReason):
        book.reverse(world.alpha.id, counted.entry_id, reason=reason)


@pytest.mark.parametrize("second", [book.ONE, actors.SYSTEM, actors.candidate(ids.new())])
def test_reverse_without_a_second_person_is_refused(world: World, second: actors.Actor) -> None:
    counted = book.count(world.alpha.id, "r1")
    for one, other in ((book.ONE, second), (second, book.ONE)):
        with pytest.raises(operations.UnableToReverseAlone):
            book.reverse(world.alpha.id, counted.entry_id, actor=one, second_actor=other)


def test_reverse_of_a_conversion_or_reversal_is_refused(world: World) -> None:
    counted = book.count_many(world.alpha.id, 10)
    taken = book.reverse(world.alpha.id, counted[0].entry_id)
    for entry in (counted[-1].slots[0].lot_id, taken.entry_id, ids.new()):
        with pytest.raises(operations.UnableToReverseEntry):
            book.reverse(world.alpha.id, entry)


def test_reverse_of_another_employer_s_count_is_refused(world: World) -> None:
    counted = book.count(world.alpha.id, "r1")
    book.count(world.beta.id, "r1")
    with pytest.raises(operations.UnableToReverseEntry):
        book.reverse(world.beta.id, counted.entry_id)


def test_reverse_twice_is_refused_and_changes_nothing(world: World) -> None:
    book.count_many(world.alpha.id, 2)
    counted = book.count(world.alpha.id, "r3")
    book.reverse(world.alpha.id, counted.entry_id)
    with pytest.raises(operations.UnableToReverseTwice) as refusal:
        book.reverse(world.alpha.id, counted.entry_id, reason="もう一度")
    assert refusal.value.data == {"number": 3}
    assert book.standing(world.alpha.id).counted == 2


def test_count_is_two_statements(world: World) -> None:
    book.count(world.alpha.id, "first")
    statements: list[str] = []

    def listen(execute: typing.Any, sql: str, *rest: typing.Any) -> typing.Any:
        statements.append(sql.strip()[:26])
        return execute(sql, *rest)

    policy = programme_queries.policy_at(DEFAULT_PROGRAMME_ID, NOW)
    with acting_as(organization=world.alpha.id), connection.execute_wrapper(listen):
        holder = operations.lock_holder(organization_id=world.alpha.id, programme_id=DEFAULT_PROGRAMME_ID)
        operations.count(holder=holder, policy=policy, natural_key="r1", actor=actors.SYSTEM, now=NOW)
    assert statements == ["SELECT id, counted, conver", "SELECT * FROM credits_post"]


def test_differences_are_none_after_all_kinds_of_entries(world: World) -> None:
    counted = book.count_many(world.alpha.id, 21)
    book.reverse(world.alpha.id, counted[4].entry_id)
    book.count_many(world.beta.id, 3)
    assert queries.differences() == []
    assert "ledger_differences" in settings.GATE_FUNCTIONS
