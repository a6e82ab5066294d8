from __future__ import annotations

import pytest

from career_relay.kernel.tenancy.rows import AppendOnly, Kept, PartyRows

ACTING = "nullif(current_setting('app.organization', true), '')::uuid"


def test_party_named_after_no_principal_is_an_organization() -> None:
    rows = PartyRows(name="deal", readers=["candidate", "counterparty"], writers=["candidate"])
    person = "candidate_id = nullif(current_setting('app.candidate', true), '')::uuid"
    assert rows.policies() == [
        ("party_writes", "ALL", person, person),
        ("party_reads", "SELECT", f"counterparty_id = {ACTING}", ""),
    ]


def test_writers_that_are_all_readers_need_one_policy() -> None:
    rows = PartyRows(name="deal", readers=["organization", "counterparty"], writers=["organization", "counterparty"])
    either = f"organization_id = {ACTING} OR counterparty_id = {ACTING}"
    assert rows.policies() == [("party_writes", "ALL", either, either)]


def test_signed_rows_are_read_by_every_party_and_written_by_the_signer() -> None:
    parties = ["organization", "counterparty"]
    rows = PartyRows(name="act", readers=parties, writers=parties, signed_by="by_organization")
    signed = f"by_organization_id = {ACTING} AND {ACTING} = ANY (ARRAY[organization_id, counterparty_id])"
    assert rows.policies() == [
        ("party_writes", "ALL", signed, signed),
        ("party_reads", "SELECT", f"organization_id = {ACTING} OR counterparty_id = {ACTING}", ""),
    ]


def test_only_organizations_sign() -> None:
    with pytest.raises(ValueError, match="only organizations sign"):
        PartyRows(name="act", readers=["candidate"], writers=["candidate", "organization"], signed_by="by_organization")


def test_rows_are_the_same_in_a_migration() -> None:
    for rows in (
        PartyRows(name="act", readers=["organization"], writers=["organization"], signed_by="by_organization"),
        PartyRows(name="act", readers=["organization"], writers=["organization"]),
        Kept(name="act", changes=["state"]),
        AppendOnly(name="act"),
    ):
        path, args, kwargs = rows.deconstruct()
        assert path == f"career_relay.kernel.tenancy.rows.{type(rows).__name__}"
        assert type(rows)(*args, **kwargs) == rows
    assert Kept(name="act", changes=["state"]) != Kept(name="act", changes=["version"])
