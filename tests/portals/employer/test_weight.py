"""What a page costs: as many queries for many rows as for one, and a size that a slow line can bear."""

from __future__ import annotations

import typing

from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from tests.flows import story
from tests.portals.employer.desk import DAY, people_come, signed_in

if typing.TYPE_CHECKING:
    from django.test import Client

    from tests.world import World

LISTS = ("home", "links", "texts", "slots", "ledger", "counting", "start_text")
LARGEST = 60_000


def queries_of_lists(client: Client) -> dict[str, int]:
    found = {}
    for page in LISTS:
        with CaptureQueriesContext(connection) as captured:
            assert client.get(reverse(f"employer:{page}")).status_code == 200
        found[page] = len(captured)
    return found


def test_lists_ask_as_often_for_three_rows_as_for_one(world: World) -> None:
    client, link = signed_in(world.alpha.owner), story.open_link(world.alpha, DAY)
    people_come(link, 10)
    story.register(link, "person0@people.example", now=DAY)
    one = queries_of_lists(client)
    for number in range(2):
        story.create_link(world.alpha, DAY, label=f"もう {number} 本")
        story.register(link, f"person{number}@people.example", now=DAY)
    people_come(link, 20, first=10)
    assert queries_of_lists(client) == one


def test_pages_stay_small(world: World) -> None:
    people_come(story.open_link(world.alpha, DAY), 10)
    client = signed_in(world.alpha.owner)
    for page in (*LISTS, "start_terms", "start_basis", "start_link"):
        assert len(client.get(reverse(f"employer:{page}")).content) < LARGEST, page
