from __future__ import annotations

from django.apps import apps
from django.db import connection

KEYS = """
    SELECT conrelid::regclass::text, confrelid::regclass::text FROM pg_constraint
    WHERE contype = 'f' AND connamespace = 'public'::regnamespace
"""


def tables_of(group: str) -> set[str]:
    return {
        model._meta.db_table
        for model in apps.get_models(include_auto_created=True)
        if model.__module__.startswith(f"career_relay.domain.{group}.")
    }


def reachable(start: set[str], keys: list[tuple[str, str]]) -> set[str]:
    """Every table that foreign keys lead to, over any number of steps."""
    found, size = set(start), -1
    while len(found) != size:
        size = len(found)
        found |= {target for source, target in keys if source in found}
    return found


def test_no_foreign_key_leads_from_one_stream_to_the_other(db: None) -> None:
    with connection.cursor() as cursor:
        cursor.execute(KEYS)
        keys = cursor.fetchall()
    hiring, people, circle = tables_of("hiring"), tables_of("people"), tables_of("circle")
    assert hiring
    assert people
    assert reachable(hiring, keys) & (people | circle) == set()
    assert reachable(people, keys) & (hiring | circle) == set()
    assert reachable(tables_of("ground"), keys) & (hiring | people | circle) == set()


def test_registration_is_the_only_row_that_names_both(db: None) -> None:
    with connection.cursor() as cursor:
        cursor.execute(KEYS)
        keys = cursor.fetchall()
    both = {
        source
        for source, _ in keys
        if {target for origin, target in keys if origin == source} & tables_of("hiring")
        and {target for origin, target in keys if origin == source} & tables_of("people")
    }
    assert both == {"referrals_registration"}
