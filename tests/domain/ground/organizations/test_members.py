from __future__ import annotations

import datetime as dt
import typing

import pytest

from career_relay.capabilities.facts.models import Fact
from career_relay.domain.ground.organizations import operations, queries
from career_relay.domain.ground.organizations.models import Member, Organization
from career_relay.domain.ground.organizations.operations import errors
from career_relay.kernel import actors, ids
from career_relay.kernel.tenancy.context import acting_as
from tests.world import NOW, make_user

if typing.TYPE_CHECKING:
    import uuid

    from career_relay.domain.ground.accounts.models import User
    from tests.world import Tenant, World

pytestmark = pytest.mark.django_db


def by(user: User) -> dict[str, typing.Any]:
    return {"actor": actors.user(user.pk), "now": NOW}


def seat_of(tenant: Tenant, role: str) -> uuid.UUID:
    return queries.members(tenant.id).get(user=tenant.users[role]).pk


def facts_of(tenant: Tenant) -> list[tuple[str, dict[str, object]]]:
    found = Fact.objects.filter(organization_id=tenant.id).order_by("sequence")
    return [(fact.kind, fact.data) for fact in found]


def found_employer(user: User, *, kind: str = "employer", mail_domain: str = "@Minato.example") -> Organization:
    with acting_as(organization=ids.new(), user=user.pk):
        return operations.found(
            kind=kind,
            name="  株式会社\u3000みなと精機 ",
            industry="manufacturing",
            prefecture="14",
            mail_domain=mail_domain,
            owner_id=user.pk,
            **by(user),
        )


def test_found_makes_a_trial_with_one_leading_member_and_says_so(world: World) -> None:
    organization = found_employer(world.stranger)
    with acting_as(organization=organization.pk):
        members = list(queries.members(organization.pk).values_list("user_id", "role"))
        kinds = list(Fact.objects.order_by("sequence").values_list("kind", "actor"))
    assert (organization.name, organization.mail_domain, organization.state, organization.founded_at) == (
        "株式会社 みなと精機",
        "minato.example",
        "trial",
        NOW,
    )
    assert members == [(world.stranger.pk, "owner")]
    actor = f"user:{world.stranger.pk}"
    assert kinds == [("organization.founded", actor), ("member.joined", actor)]


@pytest.mark.parametrize(("kind", "role"), [("agency", "manager"), ("school", "manager"), ("operator", "operator")])
def test_found_seats_the_leading_role_of_the_kind(world: World, kind: str, role: str) -> None:
    organization = found_employer(world.stranger, kind=kind)
    assert [(one.organization_id, one.role) for one in queries.seats_of(world.stranger.pk)] == [(organization.pk, role)]


@pytest.mark.parametrize("domain", ["gmail.com", "not a domain", "minato"])
def test_found_refuses_a_domain_that_is_not_the_companys(world: World, domain: str) -> None:
    with pytest.raises(errors.UnableToUseMailDomain, match=domain):
        found_employer(world.stranger, mail_domain=domain)
    assert queries.seats_of(world.stranger.pk) == []


def test_change_profile_changes_and_names_the_fields(world: World) -> None:
    alpha = world.alpha
    with acting_as(organization=alpha.id):
        operations.change_profile(
            organization_id=alpha.id,
            name="アルファ株式会社",
            industry="information",
            prefecture="13",
            mail_domain="",
            group_name="アルファ　グループ",
            **by(alpha.owner),
        )
        changed = queries.profile(alpha.id)
        assert (changed.name, changed.industry, changed.mail_domain) == ("アルファ株式会社", "information", "")
        assert changed.group_name == "アルファ グループ"
        assert facts_of(alpha) == [
            ("organization.changed", {"fields": ["name", "industry", "mail_domain", "group_name"]})
        ]


def test_change_profile_without_a_change_records_nothing(world: World) -> None:
    alpha = world.alpha
    same = {
        name: getattr(alpha.organization, name)
        for name in ("name", "industry", "prefecture", "mail_domain", "group_name")
    }
    with acting_as(organization=alpha.id):
        operations.change_profile(organization_id=alpha.id, **same, **by(alpha.owner))
        assert facts_of(alpha) == []


def test_change_role_changes_and_records(world: World) -> None:
    alpha = world.alpha
    with acting_as(organization=alpha.id):
        operations.change_role(
            organization_id=alpha.id, member_id=seat_of(alpha, "analyst"), role="auditor", **by(alpha.owner)
        )
        assert queries.members(alpha.id).get(user=alpha.users["analyst"]).role == "auditor"
        assert facts_of(alpha) == [("member.changed", {"role": "auditor", "before": "analyst"})]


def test_change_role_to_the_same_records_nothing(world: World) -> None:
    alpha = world.alpha
    with acting_as(organization=alpha.id):
        operations.change_role(
            organization_id=alpha.id, member_id=seat_of(alpha, "analyst"), role="analyst", **by(alpha.owner)
        )
        assert facts_of(alpha) == []


@pytest.mark.parametrize("role", ["manager", "operator", "chief", ""])
def test_change_role_refuses_a_role_of_another_kind(world: World, role: str) -> None:
    alpha = world.alpha
    with acting_as(organization=alpha.id), pytest.raises(errors.UnableToGiveRole):
        operations.change_role(
            organization_id=alpha.id, member_id=seat_of(alpha, "analyst"), role=role, **by(alpha.owner)
        )


@pytest.mark.parametrize(("handle", "role", "other"), [("alpha", "owner", "analyst"), ("agency", "manager", "adviser")])
def test_last_leader_is_neither_demoted_nor_removed(world: World, handle: str, role: str, other: str) -> None:
    tenant: Tenant = getattr(world, handle)
    target = {"organization_id": tenant.id, "member_id": None, **by(tenant.owner)}
    with acting_as(organization=tenant.id):
        target["member_id"] = seat_of(tenant, role)
        with pytest.raises(errors.UnableToLoseLastLeader):
            operations.change_role(role=other, **target)
        with pytest.raises(errors.UnableToLoseLastLeader):
            operations.remove_member(**target)
        assert queries.members(tenant.id).get(user=tenant.users[role]).role == role


def test_one_of_two_leaders_may_go(world: World) -> None:
    alpha = world.alpha
    with acting_as(organization=alpha.id):
        operations.change_role(
            organization_id=alpha.id, member_id=seat_of(alpha, "recruiter"), role="owner", **by(alpha.owner)
        )
        operations.remove_member(organization_id=alpha.id, member_id=seat_of(alpha, "owner"), **by(alpha.owner))
    assert queries.seats_of(alpha.owner.pk) == []


def test_remove_member_takes_the_seat_and_keeps_the_row(world: World) -> None:
    alpha = world.alpha
    with acting_as(organization=alpha.id):
        member_id = seat_of(alpha, "recruiter")
        operations.remove_member(organization_id=alpha.id, member_id=member_id, **by(alpha.owner))
        assert Member.objects.get(pk=member_id).removed_at == NOW
        assert facts_of(alpha) == [("member.removed", {"role": "recruiter"})]
    assert queries.seat(alpha.users["recruiter"].pk, alpha.id) is None


def test_removed_member_is_not_found_again(world: World) -> None:
    alpha = world.alpha
    with acting_as(organization=alpha.id):
        target = {"organization_id": alpha.id, "member_id": seat_of(alpha, "recruiter"), **by(alpha.owner)}
        operations.remove_member(**target)
        with pytest.raises(errors.UnableToFindMember):
            operations.remove_member(**target)
        with pytest.raises(errors.UnableToFindMember):
            operations.change_role(role="auditor", **target)


@pytest.mark.parametrize("role", ["recruiter", "hiring_manager", "analyst", "auditor"])
def test_roles_without_the_right_change_nobody(world: World, role: str) -> None:
    alpha = world.alpha
    with acting_as(organization=alpha.id):
        target = {"organization_id": alpha.id, "member_id": seat_of(alpha, "analyst"), **by(alpha.users[role])}
        with pytest.raises(errors.UnableToActWithoutRight):
            operations.change_role(role="owner", **target)
        with pytest.raises(errors.UnableToActWithoutRight):
            operations.remove_member(**target)
        with pytest.raises(errors.UnableToActWithoutRight):
            operations.change_profile(
                organization_id=alpha.id,
                name="x",
                industry="other",
                prefecture="13",
                mail_domain="",
                group_name="",
                **by(alpha.users[role]),
            )
        assert facts_of(alpha) == []


def test_a_seat_elsewhere_gives_no_right_here(world: World) -> None:
    alpha, beta = world.alpha, world.beta
    with acting_as(organization=alpha.id):
        seat = seat_of(alpha, "analyst")
        for actor in (actors.user(beta.owner.pk), actors.SYSTEM):
            with pytest.raises(errors.UnableToActWithoutRight):
                operations.remove_member(organization_id=alpha.id, member_id=seat, actor=actor, now=NOW)


def test_members_of_others_are_out_of_reach(world: World) -> None:
    alpha, beta = world.alpha, world.beta
    with acting_as(organization=beta.id):
        theirs = seat_of(beta, "analyst")
    with acting_as(organization=alpha.id), pytest.raises(errors.UnableToFindMember):
        operations.remove_member(organization_id=alpha.id, member_id=theirs, **by(alpha.owner))
    with acting_as(organization=alpha.id), pytest.raises(errors.UnableToActWithoutRight):
        operations.remove_member(organization_id=beta.id, member_id=theirs, **by(beta.owner))


def test_seats_are_listed_by_name_for_their_user_only(world: World) -> None:
    both = make_user("both@elsewhere.example", "兼任 者")
    for tenant, role in ((world.beta, "analyst"), (world.school, "coordinator")):
        with acting_as(organization=tenant.id):
            Member.objects.create(organization=tenant.organization, user=both, role=role, joined_at=NOW)
    assert [(seat.name, seat.kind, seat.role) for seat in queries.seats_of(both.pk)] == [
        ("みらい専門学校", "school", "coordinator"),
        ("ベータ商事株式会社", "employer", "analyst"),
    ]
    assert queries.seats_of(world.stranger.pk) == []


def test_seat_is_the_named_one_or_the_only_one(world: World) -> None:
    alpha, beta, user = world.alpha, world.beta, world.alpha.owner
    only = queries.seat(user.pk, None)
    assert only == queries.seat(user.pk, alpha.id)
    assert only is not None
    assert (only.organization_id, only.role) == (alpha.id, "owner")
    assert queries.seat(user.pk, beta.id) is None
    with acting_as(organization=beta.id):
        Member.objects.create(organization=beta.organization, user=user, role="analyst", joined_at=NOW)
    assert queries.seat(user.pk, None) is None
    assert queries.seat(world.stranger.pk, None) is None


def test_names_of_gives_names_of_the_asked_only(world: World) -> None:
    found = queries.names_of([world.agency.id, world.agency.id, ids.new()])
    assert {key: (one.name, one.kind) for key, one in found.items()} == {
        world.agency.id: ("つなぐ人材紹介株式会社", "agency")
    }
    assert queries.names_of([]) == {}


def test_facts_carry_no_name_and_no_address(world: World) -> None:
    alpha = world.alpha
    with acting_as(organization=alpha.id):
        operations.change_role(
            organization_id=alpha.id, member_id=seat_of(alpha, "analyst"), role="auditor", **by(alpha.owner)
        )
        later = NOW + dt.timedelta(days=1)
        operations.invite(
            organization_id=alpha.id,
            email="new@alpha.example",
            role="analyst",
            language="ja",
            actor=actors.user(alpha.owner.pk),
            now=later,
        )
        written = str(list(Fact.objects.values_list("actor", "subject_id", "data")))
    assert "alpha.example" not in written
    assert "alpha analyst" not in written
