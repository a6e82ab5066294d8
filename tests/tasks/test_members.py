from __future__ import annotations

import typing

import pytest

from career_relay.capabilities.messaging.models import Message
from career_relay.capabilities.runs import operations as runs
from career_relay.capabilities.runs import queries
from career_relay.domain.ground.organizations import operations as organizations
from career_relay.domain.ground.organizations.models import Invitation
from career_relay.kernel import actors, clock
from career_relay.kernel.tenancy.context import acting_as
from career_relay.tasks import members
from tests.world import Tenant, World, make_tenant

if typing.TYPE_CHECKING:
    from career_relay.capabilities.runs.models import Run


def accepted(tenant: Tenant, items: list[dict[str, str]]) -> Run:
    with acting_as(organization=tenant.id, user=tenant.owner.pk):
        return runs.accept(
            organization_id=tenant.id,
            kind="invite_members",
            parameters={"items": items, "language": "ja"},
            total=len(items),
            actor=actors.user(tenant.owner.pk),
            now=clock.now(),
        )


def carry_out(tenant: Tenant, run: Run) -> Run:
    members.invite_members(run=str(run.pk), organization=str(tenant.id), user=str(tenant.owner.pk))
    return reread(tenant, run)


def reread(tenant: Tenant, run: Run) -> Run:
    with acting_as(organization=tenant.id):
        found = queries.run(run.pk)
    assert found is not None
    return found


def invited(tenant: Tenant) -> list[str]:
    with acting_as(organization=tenant.id):
        return list(Invitation.objects.order_by("email").values_list("email", flat=True))


def item(name: str, role: str = "recruiter") -> dict[str, str]:
    return {"email": f"{name}@people.example", "role": role}


def test_invite_members_invites_each_and_tells_failures_in_words(world: World) -> None:
    alpha = world.alpha
    seated = {"email": alpha.users["recruiter"].email, "role": "recruiter"}
    run = carry_out(alpha, accepted(alpha, [item("a"), seated, item("b"), item("c", "adviser")]))
    with acting_as(organization=alpha.id):
        failures = queries.failures(run.pk)
        mails = list(Message.objects.order_by("to_address").values_list("to_address", flat=True))
    assert (run.state, run.done, run.failed) == ("partly_failed", 2, 2)
    assert invited(alpha) == mails == ["a@people.example", "b@people.example"]
    assert [(failure.row, failure.item) for failure in failures] == [(2, seated["email"]), (4, "c@people.example")]
    assert ["。" in failure.cause for failure in failures] == [True, True]


def test_invite_members_delivered_again_invites_nobody_twice(world: World) -> None:
    run = accepted(world.alpha, [item("a"), item("b")])
    carry_out(world.alpha, run)
    again = carry_out(world.alpha, run)
    assert (again.state, again.done, again.failed) == ("done", 2, 0)
    assert invited(world.alpha) == ["a@people.example", "b@people.example"]


def test_invite_members_goes_on_after_a_crash(world: World) -> None:
    alpha = world.alpha
    run = accepted(alpha, [item("a"), item("b")])
    with acting_as(organization=alpha.id, user=alpha.owner.pk):
        runs.start(run_id=run.pk, now=clock.now())
        runs.advance(run_id=run.pk)
    assert carry_out(alpha, run).state == "done"
    assert invited(alpha) == ["b@people.example"]


def test_invite_members_by_somebody_without_the_right_fails_each(world: World) -> None:
    alpha = world.alpha
    run = accepted(alpha, [item("a")])
    members.invite_members(run=str(run.pk), organization=str(alpha.id), user=str(alpha.users["analyst"].pk))
    assert (reread(alpha, run).state, invited(alpha)) == ("failed", [])


def test_invite_members_of_another_organization_finds_nothing(world: World) -> None:
    run = accepted(world.alpha, [item("a")])
    members.invite_members(run=str(run.pk), organization=str(world.beta.id), user=str(world.beta.owner.pk))
    assert (reread(world.alpha, run).state, invited(world.alpha), invited(world.beta)) == ("accepted", [], [])


def test_invite_members_that_breaks_keeps_what_was_done_and_says_so(fresh_database: dict[str, str]) -> None:
    alpha = make_tenant("employer", "アルファ精機株式会社", "alpha")
    run = accepted(alpha, [item("a"), {}])
    with pytest.raises(KeyError):
        carry_out(alpha, run)
    found = reread(alpha, run)
    with acting_as(organization=alpha.id):
        [failure] = queries.failures(run.pk)
    assert (found.state, found.done, found.failed, invited(alpha)) == ("partly_failed", 1, 1, ["a@people.example"])
    assert failure.cause.startswith("途中で問題が起き")


def test_invite_members_counts_each_row_in_its_own_transaction(fresh_database: dict[str, str]) -> None:
    alpha = make_tenant("employer", "アルファ精機株式会社", "alpha")
    run = accepted(alpha, [item(name) for name in "abc"])
    seen = []
    arguments = (run.pk, alpha.id, alpha.owner.pk)
    while members._invite_next(*arguments):
        seen.append((reread(alpha, run).done, len(invited(alpha))))
    assert seen == [(1, 1), (2, 2), (3, 3)]
    assert reread(alpha, run).state == "done"


def test_start_inviting_leads_to_the_task(world: World) -> None:
    alpha = world.alpha
    with acting_as(organization=alpha.id, user=alpha.owner.pk):
        run = organizations.start_inviting(
            organization_id=alpha.id,
            emails=["a@people.example"],
            role="recruiter",
            language="ja",
            actor=actors.user(alpha.owner.pk),
            now=clock.now(),
        )
    assert carry_out(alpha, run).state == "done"
