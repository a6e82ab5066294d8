from __future__ import annotations

import typing

import psycopg
import pytest

from career_relay.kernel.tenancy import catalogue
from tests.isolation import wall


@pytest.fixture
def connection(fresh_database: dict[str, str]) -> typing.Iterator[wall.Connection]:
    with psycopg.connect(fresh_database["superuser"]) as connection:
        yield connection


def test_wall_has_no_hole(connection: wall.Connection) -> None:
    assert wall.faults(connection) == []


def test_catalogue_is_what_the_models_declare(db: None) -> None:
    assert catalogue.lint() == []


def test_application_role_may_serve(db: None) -> None:
    assert catalogue.role_faults() == []
