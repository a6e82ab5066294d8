from __future__ import annotations

import typing

import psycopg
import pytest
from psycopg import sql

from career_relay.domain.people.candidates.models import Profile
from career_relay.kernel.tenancy import catalogue, rows
from career_relay.kernel.tenancy.catalogue import statements
from tests.isolation import wall


@pytest.fixture
def connection(fresh_database: dict[str, str]) -> typing.Iterator[wall.Connection]:
    with psycopg.connect(fresh_database["superuser"]) as connection:
        yield connection


def test_wall_has_no_hole(connection: wall.Connection) -> None:
    assert list(wall.faults(connection)) == []


def test_catalogue_is_what_the_models_declare(db: None) -> None:
    assert catalogue.lint() == []


@pytest.mark.parametrize("scopes", [["introduction"], ["introduction", "visit"]])
def test_policy_is_known_again_as_the_server_prints_it(connection: wall.Connection, scopes: list[str]) -> None:
    declared = rows.PersonRows(name="shared", shared_through="candidates_access", scopes=scopes)
    with wall.undone(connection):
        connection.execute(
            sql.SQL("DROP POLICY person ON candidates_profile; DROP POLICY shared ON candidates_profile")
        )
        connection.execute(sql.SQL(declared.create_statement(Profile)))
        present = [
            text for (text,) in connection.execute(statements.PRESENT).fetchall() if "candidates_profile" in text
        ]
    assert statements.faults([declared.create_statement(Profile)], present) == []


def test_application_role_may_serve(db: None) -> None:
    assert catalogue.role_faults() == []
