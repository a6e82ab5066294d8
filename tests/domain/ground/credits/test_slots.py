"""What becomes of slots: each move is told once, and the ledger says the same as the slots."""

from __future__ import annotations

import datetime as dt
import typing

import pytest

from career_relay.capabilities.facts.models import Fact
from career_relay.domain.ground.credits import operations, queries
from career_relay.domain.ground.credits.models import Entry, Slot
from career_relay.domain.ground.programmes.models import DEFAULT_PROGRAMME_ID
from career_relay.kernel import actors, ids
from career_relay.kernel.tenancy.context import acting_as
from tests.domain.ground.credits import book
from tests.world import NOW, Tenant, World

if typing.TYPE_CHECKING:
    import uuid

USABLE = NOW + dt.timedelta(days=7)


@pytest.fixture
def alpha(world: World) -> Tenant:
    book.count_many(world.alpha.id, 20)
    return world.alpha


def reserve(tenant: Tenant, key: uuid.UUID, now: dt.datetime = USABLE) -> Slot:
    with acting_as(organization=tenant.id):
        return operations.reserve(
            organization_id=tenant.id, programme_id=DEFAULT_PROGRAMME_ID, key=key, actor=book.ONE, now=now
        )


def do(tenant: Tenant, move: str, slot: Slot, **told: typing.Any) -> Slot:
    if move in {"use", "give_back"}:
        told = {"key": ids.new(), "actor": actors.SYSTEM} | told
    if move == "give_back":
        told = {"reason": "nobody"} | told
    with acting_as(organization=tenant.id):
        moved: Slot = getattr(operations, move)(organization_id=tenant.id, slot_id=slot.pk, now=USABLE, **told)
    return moved


def states(tenant: Tenant) -> list[str]:
    with acting_as(organization=tenant.id):
        return list(Slot.objects.order_by("ordinal").values_list("state", flat=True))


def postings(tenant: Tenant, kind: str) -> set[tuple[str, int]]:
    with acting_as(organization=tenant.id):
        found = Entry.objects.filter(kind=kind).values_list("postings__account", "postings__amount")
        return set(found)


def test_the_oldest_usable_slot_is_reserved_and_told(alpha: Tenant) -> None:
    key = ids.new()
    slot = reserve(alpha, key)
    assert (slot.ordinal, states(alpha)) == (1, ["reserved", "available"])
    assert postings(alpha, "reservation") == {("available", -1), ("reserved", 1)}
    with acting_as(organization=alpha.id):
        [fact] = Fact.objects.filter(kind="slot.reserved")
    assert (fact.subject_id, fact.actor, fact.data) == (slot.pk, str(book.ONE), {"ordinal": 1})
    assert reserve(alpha, ids.new()).ordinal == 2
    with pytest.raises(operations.UnableToReserveSlot):
        reserve(alpha, ids.new())


def test_slots_on_hold_are_not_reserved(alpha: Tenant) -> None:
    with pytest.raises(operations.UnableToReserveSlot):
        reserve(alpha, ids.new(), USABLE - dt.timedelta(seconds=1))
    assert states(alpha) == ["available", "available"]


def test_hire_uses_the_slot_that_was_introduced(alpha: Tenant) -> None:
    slot = reserve(alpha, ids.new())
    do(alpha, "introduce", slot)
    assert states(alpha)[0] == "introduced"
    do(alpha, "release", slot)
    do(alpha, "introduce", slot)
    do(alpha, "use", slot)
    assert states(alpha)[0] == "used"
    assert postings(alpha, "use") == {("reserved", -1), ("used", 1)}
    assert queries.differences() == []


@pytest.mark.parametrize("reached", ["reserved", "introduced", "used"])
def test_slot_comes_back_from_wherever_it_is(alpha: Tenant, reached: str) -> None:
    slot = reserve(alpha, ids.new())
    for move in ["introduce", "use"][: ["reserved", "introduced", "used"].index(reached)]:
        do(alpha, move, slot)
    do(alpha, "give_back", slot)
    assert states(alpha) == ["available", "available"]
    assert postings(alpha, "return") == {("used" if reached == "used" else "reserved", -1), ("available", 1)}
    with acting_as(organization=alpha.id):
        [fact] = Fact.objects.filter(kind="slot.returned")
    assert fact.data == {"ordinal": 1, "reason": "nobody"}
    assert reserve(alpha, ids.new()).pk == slot.pk
    assert queries.differences() == []


def test_the_same_key_has_no_second_effect(alpha: Tenant) -> None:
    keys = {move: ids.new() for move in ("reserve", "use", "give_back")}
    slot = reserve(alpha, keys["reserve"])
    assert reserve(alpha, keys["reserve"]).pk == slot.pk
    for move in ("introduce", "introduce", "use", "use", "give_back", "give_back"):
        do(alpha, move, slot, **({"key": keys[move]} if move in keys else {}))
    assert states(alpha) == ["available", "available"]
    assert reserve(alpha, ids.new()).pk == slot.pk
    do(alpha, "give_back", slot, key=keys["give_back"])
    assert states(alpha) == ["reserved", "available"]
    with acting_as(organization=alpha.id):
        assert Entry.objects.filter(kind__in=["reservation", "use", "return"]).count() == 4
        assert queries.was_used_by(alpha.id, slot.pk, keys["use"]) is True
        assert queries.was_used_by(alpha.id, slot.pk, keys["give_back"]) is False


@pytest.mark.parametrize(
    ("before", "move"),
    [
        ([], "introduce"),
        ([], "release"),
        ([], "use"),
        ([], "give_back"),
        (["reserve"], "use"),
        (["reserve", "introduce", "use"], "introduce"),
        (["reserve", "introduce", "use"], "release"),
        (["reserve", "introduce", "use"], "use"),
    ],
)
def test_slot_moves_only_from_where_it_is(alpha: Tenant, before: list[str], move: str) -> None:
    with acting_as(organization=alpha.id):
        slot = Slot.objects.get(ordinal=1)
    for step in before:
        reserve(alpha, ids.new()) if step == "reserve" else do(alpha, step, slot)
    reached = states(alpha)
    with pytest.raises(operations.UnableToMoveSlot):
        do(alpha, move, slot)
    assert states(alpha) == reached


def test_slot_of_another_employer_is_not_found(world: World, alpha: Tenant) -> None:
    slot = reserve(alpha, ids.new())
    with pytest.raises(operations.UnableToFindSlot):
        do(world.beta, "give_back", slot)


def test_statement_says_what_became_of_each_slot(alpha: Tenant) -> None:
    slot = reserve(alpha, ids.new())
    do(alpha, "introduce", slot)
    do(alpha, "use", slot)
    do(alpha, "give_back", slot, reason="left_early")
    lines = book.statement(alpha.id, USABLE.date()).lines[-3:]
    assert [(line.text, line.slot_change, line.slots, line.referral_change) for line in lines] == [
        ("枠の予約", -1, 1, 0),
        ("枠の使用", 0, 1, 0),
        ("枠の返却", 1, 2, 0),
    ]
    assert [line.explanation for line in lines] == [
        "紹介を依頼するために、第 1 枠を予約しました。",
        "第 1 枠で紹介された方が入社したため、枠を使いました。手数料は 0 円です。",
        "第 1 枠が戻り、また使えるようになりました。理由：早期に退職した",
    ]
    assert {line.origin_number for line in lines} == {11}


def test_ledger_does_not_tell_which_candidate_moved_a_slot(world: World, alpha: Tenant) -> None:
    slot = reserve(alpha, ids.new())
    do(alpha, "give_back", slot, actor=actors.candidate(world.hana.pk))
    with acting_as(organization=alpha.id):
        assert Entry.objects.get(kind="return").actor == "candidate"
        assert Fact.objects.get(kind="slot.returned").actor == "candidate"


def test_differences_show_slots_that_the_ledger_knows_elsewhere(alpha: Tenant) -> None:
    slot = reserve(alpha, ids.new())
    with acting_as(organization=alpha.id):
        Slot.objects.filter(pk=slot.pk).update(state="used")
    assert {(one.figure, one.kept, one.rebuilt) for one in queries.differences()} == {
        ("reserved slots", 0, 1),
        ("used slots", 1, 0),
        ("slots astray", 1, 0),
    }
    with acting_as(organization=alpha.id):
        Slot.objects.filter(pk=slot.pk).update(state="available")
        Slot.objects.exclude(pk=slot.pk).update(state="introduced")
    assert [(one.figure, one.kept) for one in queries.differences()] == [("slots astray", 2)]
