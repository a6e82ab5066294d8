from __future__ import annotations

import datetime as dt
import typing

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from career_relay.capabilities.crypto import keys
from career_relay.domain.ground.organizations.models import Organization
from career_relay.domain.hiring.links import operations, queries
from career_relay.domain.hiring.links.models import RelayLink
from career_relay.kernel import actors
from career_relay.kernel.tenancy.context import acting_as
from tests.flows import story
from tests.world import NOW

if typing.TYPE_CHECKING:
    from tests.world import Tenant, World

LATER = NOW + dt.timedelta(minutes=5)


def token_of(link: story.Link) -> str:
    with acting_as(organization=link.organization_id):
        return queries.url(RelayLink.objects.get(pk=link.link_id)).split("/")[-2]


def lines(tenant: Tenant, now: dt.datetime = LATER) -> list[queries.LinkLine]:
    with acting_as(organization=tenant.id):
        return queries.of_organization(tenant.id, now)


@pytest.mark.parametrize(
    "token", ["", "a", "あ" * 43, "A" * 43, "A" * 10_000, "../x", "%00", "' OR 1=1 --", "A" * 42 + "="]
)
def test_opened_answers_every_unknown_token_alike(world: World, token: str) -> None:
    story.open_link(world.alpha)
    with CaptureQueriesContext(
        connection,
    ) as done:
        assert queries.opened(token, NOW) is None
    assert len(done) == 1
    assert "link_by_token" in done[0]["sql"]


def test_opened_takes_the_same_one_query_for_a_known_token(world: World) -> None:
    token = token_of(story.open_link(world.alpha))
    with CaptureQueriesContext(connection) as done:
        assert queries.opened(token, NOW) is not None
    assert len(done) == 1


def test_opened_by_the_link_id_or_the_stored_hash_opens_nothing(world: World) -> None:
    link = story.open_link(world.alpha)
    with acting_as(organization=world.alpha.id):
        stored = bytes(RelayLink.objects.get().token_hash)
    for guess in (
        str(link.link_id),
        stored.hex(),
        keys.token("invitation", link.link_id, 1),
        keys.token(queries.TOKEN, link.link_id, 2),
    ):
        assert queries.opened(guess, NOW) is None


@pytest.mark.parametrize("cause", ["revoked", "expired", "basis_lost", "stopped"])
def test_opened_tells_why_a_link_has_ended(world: World, cause: str) -> None:
    link = story.open_link(world.alpha)
    token = token_of(link)
    with acting_as(organization=world.alpha.id):
        if cause == "revoked":
            actor = actors.user(world.alpha.owner.pk)
            operations.revoke(
                organization_id=world.alpha.id, link_id=link.link_id, reason="終了", actor=actor, now=LATER
            )
        if cause == "expired":
            RelayLink.objects.update(expires_at=LATER)
        if cause == "stopped":
            Organization.objects.filter(pk=world.alpha.id).update(state="stopped")
    if cause == "basis_lost":
        story.record_basis(world.alpha, "none", LATER)
    opened = queries.opened(token, LATER)
    assert opened is not None
    assert (opened.ended, opened.is_live) == (cause, False)
    assert [(line.ended, line.is_live) for line in lines(world.alpha)] == [(cause, False)]


def test_links_live_again_when_a_basis_is_recorded_again(world: World) -> None:
    link = story.open_link(world.alpha)
    story.record_basis(world.alpha, "none", NOW + dt.timedelta(minutes=1))
    story.record_basis(world.alpha, "legal_view", NOW + dt.timedelta(minutes=3))
    with acting_as(organization=world.alpha.id):
        live = [
            queries.live_at(world.alpha.id, link.link_id, NOW + dt.timedelta(minutes=minutes)) is not None
            for minutes in range(5)
        ]
    assert live == [True, False, False, True, True]
    assert lines(world.alpha)[0].is_live


def test_of_organization_lists_own_links_newest_first(world: World) -> None:
    story.join(world.alpha)
    first = story.create_link(world.alpha, label="一")
    second = story.create_link(world.alpha, now=LATER, label="二")
    story.open_link(world.beta)
    found = lines(world.alpha)
    assert [(line.link_id, line.label) for line in found] == [(second.link_id, "二"), (first.link_id, "一")]
    assert (found[0].employment_type_name, found[0].stage_name) == ("中途", "書類選考")
    assert found[0].url.startswith("http://localhost:8000/r/")
    with acting_as(organization=world.beta.id):
        assert queries.of_organization(world.alpha.id, NOW) == []


def test_of_organization_hides_visits_under_the_small_group(world: World) -> None:
    link = story.open_link(world.alpha)
    seen = []
    for _visit in range(6):
        seen.append(lines(world.alpha)[0].visits)
        operations.record_visit(organization_id=world.alpha.id, link_id=link.link_id, door="support", now=NOW)
    assert seen == [None, None, None, None, None, 5]


def test_of_organization_takes_the_same_queries_for_many_links(world: World) -> None:
    story.join(world.alpha)
    counts = []
    for _round in range(2):
        for _link in range(3):
            story.create_link(world.alpha)
        with acting_as(organization=world.alpha.id), CaptureQueriesContext(connection) as done:
            queries.of_organization(world.alpha.id, NOW)
        counts.append(len(done))
    assert counts[0] == counts[1]
