"""What the database refuses, whoever asks and however the program went wrong."""

from __future__ import annotations

import typing

import psycopg
import pytest
from django.db import DatabaseError, IntegrityError, ProgrammingError, connection, transaction

from career_relay.domain.ground.credits import operations
from career_relay.domain.ground.credits.models import Entry, Holder, Posting, Slot
from career_relay.domain.ground.programmes.models import DEFAULT_PROGRAMME_ID, FIRST_POLICY_ID
from career_relay.kernel import clock
from career_relay.kernel.tenancy.context import acting_as
from tests.domain.ground.credits import book
from tests.world import NOW, World, make_tenant

if typing.TYPE_CHECKING:
    import uuid

Leg: typing.TypeAlias = tuple[str, str, int]
UNBALANCED: dict[str, list[Leg]] = {
    "no posting": [],
    "one posting": [("balance", "referral", 1)],
    "not zero": [("network", "referral", -1), ("balance", "referral", 2)],
    "zero over both units": [("network", "referral", -1), ("available", "slot", 1)],
    "one unit skewed": [("network", "referral", -1), ("balance", "referral", 1), ("available", "slot", 1)],
}
BALANCED: list[Leg] = [("network", "referral", -1), ("balance", "referral", 1)]


def write(organization: uuid.UUID, legs: list[Leg], **changes: typing.Any) -> Entry:
    """Write an entry past our operations; the caller acts as the organization."""
    holder = operations.lock_holder(organization_id=organization, programme_id=DEFAULT_PROGRAMME_ID)
    usual = {"kind": "count", "natural_key": "past", "number": 1000, "actor": "system", "occurred_at": NOW}
    made = {"holder_id": holder.pk, "policy_version_id": FIRST_POLICY_ID}
    entry = Entry.objects.create(organization_id=organization, **usual | made | changes)
    add(entry, legs)
    return entry


def add(entry: Entry, legs: list[Leg], organization: uuid.UUID | None = None) -> None:
    owner = organization or entry.organization_id
    for account, unit, amount in legs:
        Posting.objects.create(organization_id=owner, entry=entry, account=account, unit=unit, amount=amount)


def test_a_balanced_entry_passes(world: World) -> None:
    with acting_as(organization=world.alpha.id):
        write(world.alpha.id, BALANCED)


@pytest.mark.parametrize("name", UNBALANCED)
def test_leaving_the_context_with_an_unbalanced_entry_fails(world: World, name: str) -> None:
    with pytest.raises(IntegrityError, match="does not balance"), acting_as(organization=world.alpha.id):
        write(world.alpha.id, UNBALANCED[name])


def test_taking_another_principal_s_place_with_an_unbalanced_entry_fails(world: World) -> None:
    reached = []

    def write_and_go_on() -> None:
        write(world.alpha.id, UNBALANCED["one posting"])
        with acting_as(organization=world.beta.id):
            reached.append("beta")

    with pytest.raises(IntegrityError, match="does not balance"), acting_as(organization=world.alpha.id):
        write_and_go_on()
    assert reached == []


@pytest.mark.parametrize("next_principal", ["nobody", "beta"])
def test_a_check_that_runs_under_another_principal_raises_though_it_sees_nothing(
    world: World, next_principal: str
) -> None:
    def write_and_slip_away() -> None:
        become(str(world.alpha.id))
        write(world.alpha.id, BALANCED)
        become(str(world.beta.id) if next_principal == "beta" else "")
        connection.cursor().execute("SET CONSTRAINTS ALL IMMEDIATE")

    with pytest.raises(IntegrityError, match="does not balance"), transaction.atomic():
        write_and_slip_away()


def become(organization: str) -> None:
    """Take a principal's place without the checks that `acting_as` runs."""
    connection.cursor().execute("SELECT set_config('app.organization', %s, true)", [organization])


def test_committing_an_unbalanced_entry_fails_and_leaves_nothing(fresh_database: dict[str, str]) -> None:
    tenant = make_tenant("employer", "帳簿株式会社", "books")
    with pytest.raises(IntegrityError, match="does not balance"), acting_as(organization=tenant.id):
        write(tenant.id, UNBALANCED["not zero"])
    with acting_as(organization=tenant.id):
        assert (Entry.objects.count(), Posting.objects.count(), Holder.objects.count()) == (0, 0, 0)


def test_nothing_is_added_to_an_entry_of_an_earlier_transaction(fresh_database: dict[str, str]) -> None:
    tenant = make_tenant("employer", "帳簿株式会社", "books")
    counted = book.count(tenant.id, "r1")
    balanced = [("network", "slot", -1), ("available", "slot", 1)]
    with pytest.raises(IntegrityError, match="is closed"), acting_as(organization=tenant.id):
        add(Entry.objects.get(pk=counted.entry_id), balanced)
    with acting_as(organization=tenant.id):
        assert Posting.objects.count() == 2


def test_an_entry_cannot_claim_to_be_of_another_time(fresh_database: dict[str, str]) -> None:
    tenant = make_tenant("employer", "帳簿株式会社", "books")
    with pytest.raises(IntegrityError, match="is closed"), acting_as(organization=tenant.id):
        write(tenant.id, BALANCED, recorded_at=clock.now())


def test_a_posting_for_another_tenant_is_refused(world: World) -> None:
    with acting_as(organization=world.alpha.id):
        entry = write(world.alpha.id, BALANCED)
    with pytest.raises(ProgrammingError, match="row-level security"), acting_as(organization=world.beta.id):
        add(entry, [("converted", "referral", 1)], world.alpha.id)


@pytest.mark.parametrize("legs", [BALANCED, [("converted", "referral", 1)]])
def test_a_posting_to_another_tenant_s_entry_is_refused(world: World, legs: list[Leg]) -> None:
    with acting_as(organization=world.alpha.id):
        entry = write(world.alpha.id, BALANCED)
    with pytest.raises(IntegrityError), acting_as(organization=world.beta.id):
        add(entry, legs, world.beta.id)


@pytest.mark.parametrize(
    ("key", "foreign"),
    [
        ("entry_same_tenant", {"holder_id"}),
        ("entry_origin_same_tenant", {"origin_id"}),
        ("slot_same_tenant", {"holder_id"}),
        ("slot_lot_same_tenant", {"lot_id"}),
        ("posting_same_tenant", {"entry_id"}),
    ],
)
def test_no_row_points_into_another_tenant(world: World, key: str, foreign: set[str]) -> None:
    own, other = targets_of(world.beta.id), targets_of(world.alpha.id)
    with pytest.raises(IntegrityError, match=key), acting_as(organization=world.beta.id):
        point(world.beta.id, key, own | {name: other[name] for name in foreign})


def point(organization: uuid.UUID, key: str, to: dict[str, uuid.UUID]) -> None:
    """Write a row that `key` looks at, and have the key look at once."""
    if key.startswith("entry"):
        write(organization, BALANCED, kind="conversion", holder_id=to["holder_id"], origin_id=to["origin_id"])
    elif key.startswith("posting"):
        add(Entry(pk=to["entry_id"]), [("converted", "referral", 1)], organization)
    else:
        about = {"ordinal": 1, "granted_at": NOW, "usable_from": NOW}
        Slot.objects.create(organization_id=organization, holder_id=to["holder_id"], lot_id=to["lot_id"], **about)
    connection.cursor().execute(f"SET CONSTRAINTS {key} IMMEDIATE")


def targets_of(organization: uuid.UUID) -> dict[str, uuid.UUID]:
    with acting_as(organization=organization):
        entry = write(organization, BALANCED, natural_key="target", number=1)
    return {"holder_id": entry.holder_id, "origin_id": entry.pk, "lot_id": entry.pk, "entry_id": entry.pk}


REWRITES = [
    *((table, f"UPDATE {table} SET id = id") for table in ("credits_entry", "credits_posting")),
    *(
        (table, f"DELETE FROM {table}")
        for table in ("credits_entry", "credits_posting", "credits_holder", "credits_slot")
    ),
    *(
        (table, f"TRUNCATE {table} CASCADE")
        for table in ("credits_entry", "credits_posting", "credits_holder", "credits_slot")
    ),
]


@pytest.mark.parametrize(("table", "statement"), REWRITES)
def test_application_may_not_rewrite_the_ledger(world: World, table: str, statement: str) -> None:
    book.count_many(world.alpha.id, 10)
    with pytest.raises(ProgrammingError, match="permission denied"), acting_as(organization=world.alpha.id):
        connection.cursor().execute(statement)


def test_owner_may_not_rewrite_the_ledger(fresh_database: dict[str, str]) -> None:
    tenant = make_tenant("employer", "帳簿株式会社", "books")
    book.count_many(tenant.id, 10)
    refused = []
    with psycopg.connect(fresh_database["owner"]) as owner:
        owner.execute("SELECT set_config('app.organization', %s, false)", [str(tenant.id)])
        for table, statement in REWRITES:
            with pytest.raises(psycopg.errors.RestrictViolation, match="is append-only"), owner.transaction():
                owner.execute(statement)
            refused.append((table, statement))
    assert refused == REWRITES
    assert book.standing(tenant.id).counted == 10


@pytest.mark.parametrize(
    ("model", "columns"),
    [
        (Holder, ["id", "organization_id", "programme_id"]),
        (Slot, ["id", "organization_id", "holder_id", "lot_id", "ordinal", "granted_at", "usable_from"]),
    ],
)
def test_application_may_change_counters_and_states_only(
    world: World, model: type[Holder | Slot], columns: list[str]
) -> None:
    book.count_many(world.alpha.id, 10)
    refused = []
    for field in model._meta.concrete_fields:
        try:
            with acting_as(organization=world.alpha.id):
                connection.cursor().execute(f"UPDATE {model._meta.db_table} SET {field.column} = {field.column}")
        except DatabaseError:
            refused.append(field.column)
    assert refused == columns


def test_a_natural_key_is_written_once(world: World) -> None:
    book.count(world.alpha.id, "r1")
    with pytest.raises(IntegrityError, match="entry_once"), acting_as(organization=world.alpha.id):
        write(world.alpha.id, BALANCED, natural_key="r1")


def test_a_number_is_given_once(world: World) -> None:
    book.count(world.alpha.id, "r1")
    with pytest.raises(IntegrityError, match="entry_number"), acting_as(organization=world.alpha.id):
        write(world.alpha.id, BALANCED, number=1)


def test_an_ordinal_is_given_once(world: World) -> None:
    [slot] = book.count_many(world.alpha.id, 10)[-1].slots
    about = {"ordinal": 1, "granted_at": NOW, "usable_from": NOW}
    with acting_as(organization=world.alpha.id):
        entry = write(world.alpha.id, BALANCED)
    with pytest.raises(IntegrityError, match="slot_ordinal"), acting_as(organization=world.alpha.id):
        Slot.objects.create(organization_id=world.alpha.id, holder_id=slot.holder_id, lot=entry, **about)


def test_a_count_is_reversed_once(world: World) -> None:
    counted = book.count(world.alpha.id, "r1")
    book.reverse(world.alpha.id, counted.entry_id)
    told = {"kind": "reversal", "origin_id": counted.entry_id, "reason": "もう一度", "second_actor": "user"}
    with pytest.raises(IntegrityError, match="entry_reversed_once"), acting_as(organization=world.alpha.id):
        write(world.alpha.id, BALANCED, **told)


@pytest.mark.parametrize(
    ("name", "changes"),
    [
        ("entry_reversal_told", {"kind": "reversal", "reason": "", "second_actor": "user"}),
        ("entry_reversal_told", {"kind": "reversal", "reason": "理由", "second_actor": ""}),
        ("entry_origin_told", {"kind": "count"}),
    ],
)
def test_what_must_be_told_is_told(world: World, name: str, changes: dict[str, str]) -> None:
    counted = book.count(world.alpha.id, "r1")
    with pytest.raises(IntegrityError, match=name), acting_as(organization=world.alpha.id):
        write(world.alpha.id, BALANCED, origin_id=counted.entry_id, **changes)


@pytest.mark.parametrize("kind", ["conversion", "reversal"])
def test_what_follows_from_another_entry_names_it(world: World, kind: str) -> None:
    with pytest.raises(IntegrityError, match="entry_origin_told"), acting_as(organization=world.alpha.id):
        write(world.alpha.id, BALANCED, kind=kind, reason="理由", second_actor="user")


@pytest.mark.parametrize(
    ("name", "leg"),
    [
        ("posting_not_zero", ("balance", "referral", 0)),
        ("posting_account_of_unit", ("available", "referral", 1)),
        ("posting_account_of_unit", ("balance", "slot", 1)),
        ("posting_account_of_unit", ("pocket", "referral", 1)),
        ("posting_account_of_unit", ("balance", "yen", 1)),
    ],
)
def test_a_posting_moves_something_on_an_account_of_its_unit(world: World, name: str, leg: Leg) -> None:
    with pytest.raises(IntegrityError, match=name), acting_as(organization=world.alpha.id):
        write(world.alpha.id, [leg])
