from __future__ import annotations

import datetime as dt

import psycopg
import pytest

from career_relay.domain.ground.credits import queries
from career_relay.domain.ground.credits.models import Slot
from career_relay.domain.ground.programmes import operations as programmes
from career_relay.domain.ground.programmes.models import DEFAULT_PROGRAMME_ID
from career_relay.kernel import actors
from career_relay.kernel.clock import TOKYO
from career_relay.kernel.tenancy.context import acting_as
from tests.domain.ground.credits import book
from tests.world import NOW, World, make_tenant

WEEK = dt.timedelta(days=7)
MOMENT = dt.timedelta(microseconds=1)


def slots(world: World, now: dt.datetime = NOW) -> list[queries.SlotLine]:
    with acting_as(organization=world.alpha.id):
        return queries.slots(organization_id=world.alpha.id, programme_id=DEFAULT_PROGRAMME_ID, now=now)


def test_standing_before_the_first_count_is_zero(world: World) -> None:
    assert book.standing(world.alpha.id) == queries.Standing(
        counted=0,
        remainder=0,
        threshold=10,
        slots_total=0,
        slots_available=0,
        slots_on_hold=0,
        slots_reserved=0,
        slots_introduced=0,
        slots_used=0,
        next_usable_from=None,
    )


def test_standing_shows_the_way_to_the_next_slot(world: World) -> None:
    book.count_many(world.alpha.id, 7)
    standing = book.standing(world.alpha.id)
    assert (standing.remainder, standing.missing, standing.filled) == (7, 3, 7)


def test_standing_holds_a_slot_back_for_a_week(world: World) -> None:
    book.count_many(world.alpha.id, 10)
    book.count_many(world.alpha.id, 10, prefix="later", now=NOW + WEEK)
    first, between, last = (book.standing(world.alpha.id, now=NOW + weeks * WEEK) for weeks in (0, 1, 2))
    assert (first.slots_available, first.slots_on_hold, first.next_usable_from) == (0, 2, NOW + WEEK)
    assert (between.slots_available, between.slots_on_hold, between.next_usable_from) == (1, 1, NOW + 2 * WEEK)
    assert (last.slots_available, last.slots_on_hold, last.next_usable_from) == (2, 0, None)
    assert book.standing(world.alpha.id, now=NOW + WEEK - MOMENT).slots_available == 0


def test_standing_counts_a_used_slot_in_the_total_only(world: World) -> None:
    book.count_many(world.alpha.id, 20)
    with acting_as(organization=world.alpha.id):
        Slot.objects.filter(ordinal=1).update(state=Slot.State.USED)
    standing = book.standing(world.alpha.id, now=NOW + WEEK)
    assert (standing.slots_total, standing.slots_available) == (2, 1)


def test_standing_is_nobody_else_s(world: World) -> None:
    book.count_many(world.alpha.id, 12)
    with acting_as(organization=world.beta.id):
        foreign = queries.standing(organization_id=world.alpha.id, programme_id=DEFAULT_PROGRAMME_ID, now=NOW)
    assert foreign == book.standing(world.beta.id)


def test_slots_are_told_by_the_day_with_their_state_in_words(world: World) -> None:
    book.count_many(world.alpha.id, 30)
    with acting_as(organization=world.alpha.id):
        Slot.objects.filter(ordinal=2).update(state=Slot.State.USED)
    day, usable = dt.date(2026, 11, 23), dt.date(2026, 11, 30)
    assert [(slot.ordinal, slot.text, slot.is_on_hold) for slot in slots(world)] == [
        (1, "確認期間中", True),
        (2, "使用済み", False),
        (3, "確認期間中", True),
    ]
    assert {(slot.granted_on, slot.usable_on) for slot in slots(world)} == {(day, usable)}
    assert [(slot.text, slot.is_on_hold) for slot in slots(world, NOW + WEEK)] == [
        ("使えます", False),
        ("使用済み", False),
        ("使えます", False),
    ]


def test_statement_of_an_employer_without_ledger_is_empty(world: World) -> None:
    empty = book.statement(world.alpha.id, NOW.date())
    assert (empty.month, empty.opening, empty.lines, empty.closing) == (dt.date(2026, 11, 1), 0, (), 0)


def test_statement_runs_from_opening_to_closing(world: World) -> None:
    for day in (dt.date(2026, 10, 30), dt.date(2026, 11, 2), dt.date(2026, 12, 1)):
        noon = dt.datetime.combine(day, dt.time(12), tzinfo=TOKYO)
        book.count_many(world.alpha.id, 6, prefix=day.isoformat(), now=noon)
    october, november, december = (book.statement(world.alpha.id, dt.date(2026, month, 15)) for month in (10, 11, 12))
    assert (october.opening, october.closing, october.closing_slots) == (0, 6, 0)
    assert (november.opening, november.opening_slots, november.closing, november.closing_slots) == (6, 0, 2, 1)
    assert (december.opening, december.opening_slots, december.closing) == (2, 1, 8)
    told = [
        (line.number, line.kind, line.referral_change, line.balance, line.slot_change, line.slots)
        for line in november.lines
    ]
    assert told == [
        (7, "count", 1, 7, 0, 0),
        (8, "count", 1, 8, 0, 0),
        (9, "count", 1, 9, 0, 0),
        (10, "count", 1, 10, 0, 0),
        (11, "conversion", -10, 0, 1, 1),
        (12, "count", 1, 1, 0, 1),
        (13, "count", 1, 2, 0, 1),
    ]


@pytest.mark.parametrize(
    ("moment", "month"),
    [
        (dt.datetime(2026, 11, 30, 23, 59, 59, 999999, tzinfo=TOKYO), 11),
        (dt.datetime(2026, 12, 1, tzinfo=TOKYO), 12),
        (dt.datetime(2026, 11, 30, 15, 0, tzinfo=dt.UTC), 12),
    ],
)
def test_a_month_begins_at_midnight_in_japan(world: World, moment: dt.datetime, month: int) -> None:
    book.count(world.alpha.id, "r1", now=moment)
    lengths = {n: len(book.statement(world.alpha.id, dt.date(2026, n, 1)).lines) for n in (11, 12)}
    assert lengths == {11: int(month == 11), 12: int(month == 12)}
    december = book.statement(world.alpha.id, dt.date(2026, 12, 1))
    assert (december.opening, december.closing) == (int(month == 11), 1)


def test_lines_stand_in_the_order_of_days_even_when_two_clocks_differ(world: World) -> None:
    book.count(world.alpha.id, "first", now=NOW)
    book.count(world.alpha.id, "second", now=NOW - dt.timedelta(days=1))
    lines = book.statement(world.alpha.id, NOW.date()).lines
    assert [(line.number, line.day.day, line.balance) for line in lines] == [(2, 22, 1), (1, 23, 2)]


def test_each_line_says_why_it_is_there(world: World) -> None:
    counted = book.count_many(world.alpha.id, 10)
    book.reverse(world.alpha.id, counted[1].entry_id, reason="同じ方の二重の登録でした")
    first, second, *_, conversion, reversal = book.statement(world.alpha.id, NOW.date()).lines
    assert (first.text, first.is_reversed) == ("紹介 1 人", False)
    assert (
        first.explanation
        == "リレーリンクからの登録、メールアドレスの確認、紹介への同意がそろったため、1 人と数えました。"
    )
    assert second.is_reversed
    assert (conversion.text, conversion.origin_number) == ("無料紹介枠と交換", 10)
    assert conversion.explanation == "No. 10 で残高が 10 人に達したため、無料紹介枠 1 つと交換しました。"
    assert (reversal.text, reversal.origin_number, reversal.is_reversed) == ("紹介の取り消し", 2, False)
    assert reversal.explanation == "No. 2（2026年11月23日）の紹介を取り消しました。理由：同じ方の二重の登録でした"


def test_a_conversion_under_a_lower_threshold_names_what_it_took(world: World) -> None:
    book.count_many(world.alpha.id, 5)
    programmes.publish_policy(
        programme_id=DEFAULT_PROGRAMME_ID, actor=actors.SYSTEM, now=NOW, effective_from=NOW, threshold=3
    )
    book.count(world.alpha.id, "next")
    lines = book.statement(world.alpha.id, NOW.date()).lines[-2:]
    assert [(line.referral_change, line.balance) for line in lines] == [(-3, 3), (-3, 0)]
    assert {line.explanation for line in lines} == {"No. 6 で残高が 3 人に達したため、無料紹介枠 1 つと交換しました。"}


def test_nothing_an_employer_reads_holds_a_moment_or_a_key(world: World) -> None:
    book.count_many(world.alpha.id, 10, prefix="registration-")
    read = repr([book.statement(world.alpha.id, NOW.date()), slots(world)])
    assert ("registration-" in read, "datetime.datetime" in read) == (False, False)


TAMPERING = {
    "counter": ("UPDATE credits_holder SET counted = counted + 1", {("counted", 13, 12)}),
    "converted": ("UPDATE credits_holder SET converted = 0", {("converted", 0, 10)}),
    "slots": ("UPDATE credits_holder SET slots = 2", {("slots", 2, 1)}),
    "entries": ("UPDATE credits_holder SET entries = 14", {("entries", 14, 13), ("last number", 14, 13)}),
    "amount": (
        "UPDATE credits_posting SET amount = 5 WHERE unit = 'referral' AND account = 'balance'"
        " AND entry_id = (SELECT id FROM credits_entry WHERE number = 3)",
        {("unbalanced entries", 1, 0)},
    ),
    "posting removed": (
        "DELETE FROM credits_posting WHERE entry_id = (SELECT id FROM credits_entry WHERE number = 3)",
        {("counted", 12, 11), ("unbalanced entries", 1, 0)},
    ),
    "entry removed": (
        "DELETE FROM credits_posting WHERE entry_id = (SELECT id FROM credits_entry WHERE number = 3);"
        "DELETE FROM credits_entry WHERE number = 3",
        {("counted", 12, 11), ("entries", 13, 12)},
    ),
    "last entry removed": (
        "DELETE FROM credits_posting WHERE entry_id = (SELECT id FROM credits_entry WHERE number = 13);"
        "DELETE FROM credits_entry WHERE number = 13",
        {("counted", 12, 11), ("entries", 13, 12), ("last number", 13, 12)},
    ),
    "slot removed": (
        "DELETE FROM credits_slot",
        {("slot rows", 0, 1), ("last ordinal", 0, 1), ("available slots", 0, 1)},
    ),
    "slot renumbered": ("UPDATE credits_slot SET ordinal = 2", {("last ordinal", 2, 1)}),
    "slot used without entry": (
        "UPDATE credits_slot SET state = 'used'",
        {("available slots", 0, 1), ("used slots", 1, 0), ("slots astray", 1, 0)},
    ),
}


def test_differences_show_what_was_tampered_with(fresh_database: dict[str, str]) -> None:
    tenant, other = make_tenant("employer", "帳簿株式会社", "books"), make_tenant("employer", "隣の株式会社", "next")
    book.count_many(tenant.id, 12)
    assert queries.differences() == []
    found = {}
    with psycopg.connect(fresh_database["superuser"]) as connection:
        for name, (statement, _expected) in TAMPERING.items():
            with connection.transaction(force_rollback=True):
                connection.execute("SET LOCAL session_replication_role = replica")
                connection.execute(statement)
                rows = connection.execute("SELECT * FROM gate.ledger_differences()").fetchall()
            assert {row[:2] for row in rows} == {(tenant.id, DEFAULT_PROGRAMME_ID)}
            found[name] = {row[2:] for row in rows}
    assert found == {name: expected for name, (_statement, expected) in TAMPERING.items()}
    assert book.standing(other.id).counted == 0
