"""A yardstick writes as much as the program; a column that came later would otherwise be noticed by nobody."""

from __future__ import annotations

import typing

import psycopg
from psycopg import sql

from bench import registration
from tests import database
from tests.flows import story
from tests.world import make_tenant


def rows(address: str) -> dict[str, int]:
    """Return how many rows each table has."""
    with psycopg.connect(address) as connection:
        count = "SELECT count(*) FROM {}"
        found = {}
        for table in database.each_table(connection):
            row = connection.execute(sql.SQL(count).format(sql.Identifier(table))).fetchone()
            assert row is not None
            found[table] = int(row[0])
    return found


def added(before: dict[str, int], after: dict[str, int]) -> dict[str, int]:
    return {table: after[table] - before[table] for table in after if after[table] != before[table]}


def test_raw_registration_writes_as_many_rows_of_each_table_as_a_registration(fresh_database: dict[str, str]) -> None:
    link = story.open_link(make_tenant("employer", "アルファ精機株式会社", "alpha"))
    receipt = registration.register_first(link)
    people: list[typing.Any] = registration.sign_ups(2)
    at_first = rows(fresh_database["superuser"])
    story.confirm(link, people[0].id, code=people[0].code)
    with_ours = rows(fresh_database["superuser"])
    options = f"-c app.organization={link.organization_id}"
    with psycopg.connect(fresh_database["app"], autocommit=True, options=options) as connection:
        connection.execute(registration.raw_script(link, receipt, people[1]).encode())
    with_raw = rows(fresh_database["superuser"])
    assert added(at_first, with_ours)["referrals_referral"] == 1
    assert added(with_ours, with_raw) == added(at_first, with_ours)
