from __future__ import annotations

import typing

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from tests.flows import story
from tests.portals.employer.desk import DAY, signed_in

if typing.TYPE_CHECKING:
    from career_relay.domain.ground.accounts.models import User
    from tests.world import World

READERS = {"owner", "recruiter", "analyst", "auditor"}
EVERYBODY = READERS | {"hiring_manager"}
MANAGERS = {"owner", "recruiter"}
PAGES = {
    "home": EVERYBODY,
    "start_terms": {"owner"},
    "start_basis": {"owner"},
    "start_link": MANAGERS,
    "start_text": READERS,
    "links": READERS,
    "link_create": MANAGERS,
    "basis": READERS,
    "basis_new": {"owner"},
    "texts": READERS,
    "slots": READERS,
    "ledger": READERS,
    "counting": READERS,
}


def answers(user: User) -> dict[str, int]:
    client = signed_in(user)
    return {page: client.get(reverse(f"employer:{page}")).status_code for page in PAGES}


def test_pages_open_for_the_roles_that_have_their_right(world: World) -> None:
    story.open_link(world.alpha, DAY)
    for role, user in world.alpha.users.items():
        assert answers(user) == {page: 200 if role in allowed else 403 for page, allowed in PAGES.items()}, role


def test_pages_ask_nobody_in_particular_to_sign_in(db: None) -> None:
    for page in PAGES:
        response = Client().get(reverse(f"employer:{page}"))
        assert (response.status_code, response.headers["Location"].split("?")[0]) == (302, reverse("account_login"))


def test_pages_are_not_there_for_other_kinds_and_strangers(world: World) -> None:
    for user in (world.agency.owner, world.school.owner, world.operator.owner, world.stranger):
        assert set(answers(user).values()) == {404}


def test_pages_write_nothing_when_read(world: World) -> None:
    link = story.open_link(world.alpha, DAY)
    client = signed_in(world.alpha.owner)
    own = [reverse(f"employer:{page}", args=[link.link_id]) for page in ("link", "link_revoke")]
    with CaptureQueriesContext(connection) as captured:
        for address in [*own, *(reverse(f"employer:{page}") for page in PAGES)]:
            client.get(address)
            client.head(address)
    writing = ("INSERT", "UPDATE", "DELETE")
    assert [query["sql"] for query in captured if query["sql"].lstrip().startswith(writing)] == []


def test_link_of_another_employer_is_not_there(world: World) -> None:
    story.open_link(world.alpha, DAY)
    foreign = story.open_link(world.beta, DAY)
    client = signed_in(world.alpha.owner)
    revoke = reverse("employer:link_revoke", args=[foreign.link_id])
    found = [
        client.get(reverse("employer:link", args=[foreign.link_id])),
        client.get(revoke),
        client.post(revoke, {"reason": "x"}),
    ]
    assert [response.status_code for response in found] == [404, 404, 404]


def test_navigation_offers_only_what_opens(world: World) -> None:
    for user in world.alpha.users.values():
        client = signed_in(user)
        items = client.get(reverse("employer:home")).context["frame"].navigation
        assert {client.get(item.url).status_code for item in items} == {200}, user.name
        assert [item.label for item in items if item.current] == ["ホーム"]


def test_navigation_marks_the_room_a_page_belongs_to(world: World) -> None:
    client = signed_in(world.alpha.owner)
    rooms = {
        "employer:link_create": "リレーリンク",
        "employer:start_terms": "ホーム",
        "employer:counting": "数え方と対象外",
        "account:members": "メンバー",
    }
    for view, label in rooms.items():
        items = client.get(reverse(view)).context["frame"].navigation
        assert [str(item.label) for item in items if item.current] == [label]
