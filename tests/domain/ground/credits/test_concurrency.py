"""Many at the same time, with real commits: totals can hide an error, so ordinals and numbers are compared one by one."""

from __future__ import annotations

import datetime as dt
import queue
import threading
import typing

import pytest
from django.db import connection, connections

from career_relay.domain.ground.credits import operations, queries
from career_relay.domain.ground.credits.models import Entry, Holder, Slot
from career_relay.domain.ground.programmes.models import DEFAULT_PROGRAMME_ID
from career_relay.kernel import actors, ids
from career_relay.kernel.tenancy.context import acting_as
from tests.domain.ground.credits import book
from tests.world import NOW, make_tenant

if typing.TYPE_CHECKING:
    import collections.abc
    import uuid

WRITERS = 8


def together(work: collections.abc.Callable[[], typing.Any]) -> None:
    """Run `work` in every writer, all at once, each on a connection of its own; raise what any of them raised."""
    barrier, errors = threading.Barrier(WRITERS), []

    def writer() -> None:
        connection.ensure_connection()
        barrier.wait()
        try:
            work()
        except Exception as error:  # noqa: BLE001 -- handed to the test
            errors.append(error)
        finally:
            connections.close_all()

    threads = [threading.Thread(target=writer) for _ in range(WRITERS)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert errors == []


def share(counts: list[tuple[uuid.UUID, str]]) -> list[operations.Counted]:
    """Let the writers take the counts from one heap."""
    heap: queue.SimpleQueue[tuple[uuid.UUID, str]] = queue.SimpleQueue()
    for one in counts:
        heap.put(one)
    done: list[operations.Counted] = []

    def work() -> None:
        while True:
            try:
                organization, key = heap.get_nowait()
            except queue.Empty:
                return
            done.append(book.count(organization, key))

    together(work)
    return done


def assert_whole(organization: uuid.UUID, counts: int) -> None:
    with acting_as(organization=organization):
        slots, entries = Slot.objects.order_by("ordinal"), Entry.objects.order_by("number")
        assert list(slots.values_list("ordinal", flat=True)) == list(range(1, counts // 10 + 1))
        assert list(entries.values_list("number", flat=True)) == list(range(1, counts + counts // 10 + 1))
        completing = Entry.objects.filter(followers__kind="conversion").order_by("number")
        assert list(completing.values_list("number", flat=True)) == [
            11 * ordinal - 1 for ordinal in range(1, counts // 10 + 1)
        ]
        assert Holder.objects.count() == 1
    standing = book.standing(organization)
    assert (standing.counted, standing.remainder, standing.slots_total) == (counts, counts % 10, counts // 10)


@pytest.mark.timeout(300)
def test_eight_writers_on_one_employer_grant_each_slot_once(fresh_database: dict[str, str]) -> None:
    tenant = make_tenant("employer", "混雑株式会社", "busy")
    done = share([(tenant.id, f"r{number}") for number in range(1000)])
    assert_whole(tenant.id, 1000)
    assert sorted(counted.number for counted in done) == list(range(1, 1001))
    assert sorted(slot.ordinal for counted in done for slot in counted.slots) == list(range(1, 101))
    assert queries.differences() == []


def test_eight_writers_over_several_employers_keep_them_apart(fresh_database: dict[str, str]) -> None:
    tenants = [make_tenant("employer", f"混雑{number}株式会社", f"busy{number}") for number in range(4)]
    share([(tenant.id, f"r{number}") for number in range(95) for tenant in tenants])
    for tenant in tenants:
        assert_whole(tenant.id, 95)
    assert queries.differences() == []


def test_the_same_event_told_by_all_at_once_counts_once(fresh_database: dict[str, str]) -> None:
    tenant = make_tenant("employer", "混雑株式会社", "busy")
    book.count_many(tenant.id, 9)
    results: list[operations.Counted] = []
    together(lambda: results.append(book.count(tenant.id, "the tenth")))
    assert results == [results[0]] * WRITERS
    assert_whole(tenant.id, 10)


def test_a_count_reversed_by_all_at_once_is_reversed_once(fresh_database: dict[str, str]) -> None:
    tenant = make_tenant("employer", "混雑株式会社", "busy")
    counted = book.count_many(tenant.id, 2)[0]
    refused: list[operations.UnableToReverseTwice] = []

    def work() -> None:
        try:
            book.reverse(tenant.id, counted.entry_id)
        except operations.UnableToReverseTwice as refusal:
            refused.append(refusal)

    together(work)
    assert len(refused) == WRITERS - 1
    assert book.standing(tenant.id).counted == 1
    assert queries.differences() == []


def test_slots_reserved_by_all_at_once_are_each_reserved_once(fresh_database: dict[str, str]) -> None:
    tenant = make_tenant("employer", "混雑株式会社", "busy")
    book.count_many(tenant.id, 30)
    reserved: list[int] = []
    refused: list[operations.UnableToReserveSlot] = []

    def work() -> None:
        told: dict[str, typing.Any] = {
            "organization_id": tenant.id,
            "programme_id": DEFAULT_PROGRAMME_ID,
            "key": ids.new(),
        }
        try:
            with acting_as(organization=tenant.id):
                slot = operations.reserve(**told, actor=actors.SYSTEM, now=NOW + dt.timedelta(days=7))
            reserved.append(slot.ordinal)
        except operations.UnableToReserveSlot as refusal:
            refused.append(refusal)

    together(work)
    assert (sorted(reserved), len(refused)) == ([1, 2, 3], WRITERS - 3)
    assert queries.differences() == []
