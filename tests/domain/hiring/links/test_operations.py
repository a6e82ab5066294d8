from __future__ import annotations

import concurrent.futures
import datetime as dt
import threading
import typing

import pytest
from django.db import DatabaseError, connections, transaction

from career_relay.capabilities.facts.models import Fact
from career_relay.domain.ground.programmes import operations as programmes
from career_relay.domain.ground.programmes import terms
from career_relay.domain.ground.programmes.models import DEFAULT_PROGRAMME_ID
from career_relay.domain.hiring.links import operations, queries
from career_relay.domain.hiring.links.models import LegalBasis, RelayLink, Visit
from career_relay.kernel import actors
from career_relay.kernel.tenancy.context import acting_as
from tests.flows import story
from tests.world import NOW, make_tenant

if typing.TYPE_CHECKING:
    from tests.world import Tenant, World

LATER = NOW + dt.timedelta(minutes=5)


def revoke(tenant: Tenant, link: story.Link, reason: str = "文面を改めるため", now: dt.datetime = LATER) -> RelayLink:
    with acting_as(organization=tenant.id):
        return operations.revoke(
            organization_id=tenant.id,
            link_id=link.link_id,
            reason=reason,
            actor=actors.user(tenant.owner.pk),
            now=now,
        )


def kinds(tenant: Tenant) -> list[tuple[str, dict[str, typing.Any]]]:
    with acting_as(organization=tenant.id):
        return list(Fact.objects.order_by("sequence").values_list("kind", "data"))


def test_create_static_makes_a_link_whose_token_opens_it(world: World) -> None:
    link = story.open_link(world.alpha)
    with acting_as(organization=world.alpha.id):
        row = RelayLink.objects.get()
        url = queries.url(row)
    assert (row.pk, row.label, row.mode, row.expires_at) == (link.link_id, "中途・書類選考", "static", None)
    opened = queries.opened(url.split("/")[-2], NOW)
    assert opened == queries.OpenedLink(
        link_id=link.link_id,
        organization_id=world.alpha.id,
        employer_name="アルファ精機株式会社",
        programme_id=DEFAULT_PROGRAMME_ID,
        ended="",
    )
    assert kinds(world.alpha)[-1] == (
        "link.created",
        {"mode": "static", "stage": "documents", "employment_type": "mid_career"},
    )


def test_create_static_needs_participation_and_then_a_basis(world: World) -> None:
    with pytest.raises(operations.UnableToCreateLinkOutsideProgramme):
        story.create_link(world.alpha)
    user = world.alpha.owner.pk
    with acting_as(organization=world.alpha.id):
        programmes.join(
            organization_id=world.alpha.id,
            programme_id=DEFAULT_PROGRAMME_ID,
            terms_version=terms.CURRENT.version,
            user_id=user,
            actor=actors.user(user),
            now=NOW,
        )
    with pytest.raises(operations.UnableToCreateLinkWithoutBasis):
        story.create_link(world.alpha)
    story.record_basis(world.alpha, "none")
    with pytest.raises(operations.UnableToCreateLinkWithoutBasis):
        story.create_link(world.alpha)
    story.record_basis(world.alpha, "legal_view", LATER)
    assert story.create_link(world.alpha).organization_id == world.alpha.id


def test_create_static_keeps_the_label_as_typed(world: World) -> None:
    story.join(world.alpha)
    link = story.create_link(world.alpha, label=" 髙卒\u200b採用　 2027 ")
    with acting_as(organization=world.alpha.id):
        assert RelayLink.objects.get(pk=link.link_id).label == "髙卒採用 2027"


def test_record_basis_keeps_every_one_and_the_latest_counts(world: World) -> None:
    story.record_basis(world.alpha, "legal_view")
    story.record_basis(world.alpha, "none", LATER)
    with acting_as(organization=world.alpha.id):
        told = [queries.latest_basis(world.alpha.id), queries.latest_basis(world.alpha.id, NOW)]
        assert [basis and basis.kind for basis in told] == ["none", "legal_view"]
        with pytest.raises(DatabaseError), transaction.atomic():
            LegalBasis.objects.update(kind="legal_view")
    assert kinds(world.alpha) == [("basis.recorded", {"kind": "legal_view"}), ("basis.recorded", {"kind": "none"})]
    with acting_as(organization=world.beta.id):
        assert queries.latest_basis(world.alpha.id) is None


def test_revoke_ends_the_link_for_good_and_keeps_the_reason_out_of_the_facts(world: World) -> None:
    link = story.open_link(world.alpha)
    revoke(world.alpha, link)
    again = revoke(world.alpha, link, "もう一度", LATER + dt.timedelta(hours=1))
    assert (again.revoked_at, again.revoked_reason) == (LATER, "文面を改めるため")
    assert [fact for fact in kinds(world.alpha) if fact[0] == "link.revoked"] == [("link.revoked", {})]


def test_revoke_refuses_foreign_links_and_empty_reasons(world: World) -> None:
    link = story.open_link(world.alpha)
    with pytest.raises(operations.UnableToRevokeLink):
        revoke(world.beta, link)
    for empty in ("", " \u3000\u200b"):
        with pytest.raises(operations.UnableToRevokeLinkWithoutReason):
            revoke(world.alpha, link, empty)
    with acting_as(organization=world.alpha.id):
        assert RelayLink.objects.get().revoked_at is None


def test_record_visit_keeps_the_day_and_nothing_finer(world: World) -> None:
    link = story.open_link(world.alpha)
    midnight = dt.datetime(2026, 11, 23, 15, tzinfo=dt.UTC)
    for moment in (midnight - dt.timedelta(seconds=1), midnight):
        operations.record_visit(organization_id=world.alpha.id, link_id=link.link_id, door="no_thanks", now=moment)
    with acting_as(organization=world.alpha.id):
        visits = list(Visit.objects.order_by("day"))
    assert [(visit.day.isoformat(), visit.door, visit.count, visit.pk.version) for visit in visits] == [
        ("2026-11-23", "no_thanks", 1, 4),
        ("2026-11-24", "no_thanks", 1, 4),
    ]


def test_record_visit_counts_by_link_day_and_door_and_keeps_no_fact(world: World) -> None:
    first = story.open_link(world.alpha)
    second = story.create_link(world.alpha)
    before = kinds(world.alpha)
    for link, door in ((first, "support"), (first, "support"), (first, "no_thanks"), (second, "support")):
        operations.record_visit(organization_id=world.alpha.id, link_id=link.link_id, door=door, now=NOW)
    with acting_as(organization=world.alpha.id):
        counted = set(Visit.objects.values_list("link_id", "door", "count"))
    assert counted == {
        (first.link_id, "support", 2),
        (first.link_id, "no_thanks", 1),
        (second.link_id, "support", 1),
    }
    assert kinds(world.alpha) == before


def test_record_visit_loses_none_of_those_at_the_same_moment(fresh_database: dict[str, str]) -> None:
    alpha = make_tenant("employer", "アルファ精機株式会社", "alpha")
    link, threads = story.open_link(alpha), 8
    barrier = threading.Barrier(threads)

    def press(_thread: int) -> None:
        try:
            barrier.wait()
            for _ in range(10):
                operations.record_visit(organization_id=alpha.id, link_id=link.link_id, door="support", now=NOW)
        finally:
            connections.close_all()

    with concurrent.futures.ThreadPoolExecutor(threads) as pool:
        list(pool.map(press, range(threads)))
    with acting_as(organization=alpha.id):
        assert Visit.objects.get().count == 80


def test_record_visit_of_a_foreign_link_is_refused(world: World) -> None:
    link = story.open_link(world.alpha)
    with pytest.raises(DatabaseError), transaction.atomic():
        operations.record_visit(organization_id=world.beta.id, link_id=link.link_id, door="support", now=NOW)
