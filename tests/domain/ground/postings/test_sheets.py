"""What people write of postings, as the agency or the employer that keeps them."""

from __future__ import annotations

import dataclasses
import datetime as dt
import typing

import pytest

from career_relay.capabilities.facts.models import Fact
from career_relay.domain.ground.postings import operations, queries
from career_relay.domain.ground.postings.models import JobPosting
from career_relay.domain.ground.postings.rules import Terms
from career_relay.kernel import actors, ids
from career_relay.kernel.tenancy.context import acting_as
from tests.flows import requesting
from tests.flows.requesting import TERMS
from tests.world import NOW, Tenant, World

if typing.TYPE_CHECKING:
    import uuid

TODAY = dt.date(2026, 11, 23)
OUTSIDE = dataclasses.replace(TERMS, employer_address="大阪市北区", employer_contact="人事部 06-0000-0000")


def write(tenant: Tenant, posting_id: uuid.UUID | None = None, **changes: typing.Any) -> JobPosting:
    with acting_as(organization=tenant.id):
        return operations.write(
            organization_id=tenant.id,
            posting_id=posting_id,
            sheet=requesting.sheet(**changes),
            actor=actors.user(tenant.owner.pk),
            now=NOW,
            is_agency=tenant.organization.kind == "agency",
        )


def outside(tenant: Tenant, **changes: typing.Any) -> JobPosting:
    """Write a complete posting of an employer outside the network."""
    return write(tenant, **{"hiring_employer_name": "外の会社", "terms": OUTSIDE, **changes})


def changed(tenant: Tenant) -> list[list[str]]:
    with acting_as(organization=tenant.id):
        found = Fact.objects.filter(kind="posting.changed").order_by("sequence")
        return [fact.data["fields"] for fact in found]


def listed(tenant: Tenant, **asked: typing.Any) -> list[str]:
    with acting_as(organization=tenant.id):
        return [line.title for line in queries.of_agency(tenant.id, **asked).lines]


def test_new_posting_of_an_agency_is_found_by_its_own_key(world: World) -> None:
    posting = outside(world.agency, title=" 経理 ", openings=2, received_on=TODAY)
    assert (posting.key, posting.title, posting.created_at) == (f"sheet:{posting.pk}", "経理", NOW)
    assert (posting.hiring_employer_name, posting.openings, posting.received_on) == ("外の会社", 2, TODAY)
    with acting_as(organization=world.agency.id):
        kept = queries.posting(world.agency.id, posting.pk)
        assert kept is not None
        assert Terms.of(kept.terms) == OUTSIDE
        assert queries.posting(world.agency.id, ids.new()) is None


def test_writing_again_changes_and_tells_only_what_is_new(world: World) -> None:
    posting = outside(world.agency)
    before = len(changed(world.agency))
    assert outside(world.agency, posting_id=posting.pk).pk == posting.pk
    assert len(changed(world.agency)) == before
    outside(world.agency, posting_id=posting.pk, openings=3, terms=dataclasses.replace(OUTSIDE, trial="なし"))
    assert changed(world.agency)[before:] == [["openings", "terms"]]


def test_employer_completes_the_posting_that_a_file_named(world: World) -> None:
    with acting_as(organization=world.alpha.id):
        named = [operations.Named("p1", "経理", external_id="P-1")]
        found = operations.ensure(organization_id=world.alpha.id, named=named, now=NOW)
    posting = write(world.alpha, found["p1"], title="経理（連結決算）")
    assert (posting.pk, posting.key, posting.external_id) == (found["p1"], "p1", "P-1")
    with acting_as(organization=world.alpha.id):
        assert queries.proposable(world.alpha.id, TODAY) == [posting]
        operations.forget_unused(organization_id=world.alpha.id, posting_ids=[posting.pk])
        assert JobPosting.objects.filter(pk=posting.pk).exists()


def test_network_employer_is_named_by_its_own_name(world: World) -> None:
    posting = write(world.agency, hiring_employer_id=world.alpha.id, hiring_employer_name="別の名前")
    assert (posting.hiring_employer_id, posting.hiring_employer_name) == (world.alpha.id, "アルファ精機株式会社")
    for nobody in (world.school.id, ids.new()):
        with pytest.raises(operations.UnableToWriteSheet) as refusal:
            write(world.agency, hiring_employer_id=nobody)
        assert set(refusal.value.faults) == {"hiring_employer_name"}


def test_agency_keeps_no_posting_of_barred_work(world: World) -> None:
    with pytest.raises(operations.UnableToPlaceBarredWork, match="建設業務"):
        outside(world.agency, title="建設作業員")
    assert write(world.alpha, title="建設作業員").title == "建設作業員"


def test_posting_of_another_organization_is_not_found(world: World) -> None:
    posting = outside(world.agency)
    with pytest.raises(operations.UnableToFindPosting):
        write(world.alpha, posting.pk)


def test_only_open_complete_and_valid_postings_are_proposable(world: World) -> None:
    agency = world.agency
    good = [
        outside(agency, title="A"),
        outside(agency, title="B", valid_until=TODAY),
        write(agency, title="C", hiring_employer_id=world.alpha.id),
    ]
    outside(agency, title="期限切れ", valid_until=TODAY - dt.timedelta(days=1))
    outside(agency, title="所在地がない", terms=TERMS)
    closed = outside(agency, title="終了")
    with acting_as(organization=agency.id):
        operations.close(organization_id=agency.id, posting_id=closed.pk, actor=actors.SYSTEM, now=NOW)
        assert [one.pk for one in queries.proposable(agency.id, TODAY)] == [one.pk for one in good]


def test_list_of_an_agency_is_searched_counted_and_paged(world: World, django_assert_num_queries: typing.Any) -> None:
    agency = world.agency
    outside(agency, title="経理", terms=TERMS, hiring_employer_name="山田商店")
    closed = outside(agency, title="営業")
    outside(agency, title="看護師", occupation="04", valid_until=TODAY)
    with acting_as(organization=agency.id):
        operations.close(organization_id=agency.id, posting_id=closed.pk, actor=actors.SYSTEM, now=NOW)
        with django_assert_num_queries(2):
            page = queries.of_agency(agency.id)
    assert (page.total, page.page, page.pages, page.counts) == (2, 1, 1, {"open": 2, "closed": 1})
    [nurse, accountant] = page.lines
    assert (nurse.occupation_name, nurse.prefecture_name, nurse.is_complete, nurse.valid_until) == (
        "医療・看護・保健の職業",
        "東京都",
        True,
        TODAY,
    )
    assert (accountant.employer_name, accountant.is_complete, accountant.is_open) == ("山田商店", False, True)
    assert accountant.salary == "5,000,000 円から 7,000,000 円"
    assert listed(agency, words="山田 経理") == ["経理"]
    assert listed(agency, words="山田 看護") == []
    assert listed(agency, state="closed") == ["営業"]
    assert listed(agency, page=9) == ["看護師", "経理"]
    assert listed(world.alpha) == []
