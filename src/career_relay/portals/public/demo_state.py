"""What the demo's page shows of the network that `career-relay demo` made, and how far its visitor has come."""

from __future__ import annotations

import dataclasses
import typing

from career_relay.domain.circle.referrals.models import Referral
from career_relay.domain.ground.accounts import queries as accounts
from career_relay.domain.ground.credits import queries as ledger
from career_relay.domain.ground.organizations import queries as organizations
from career_relay.domain.ground.programmes import queries as programmes
from career_relay.domain.hiring.intake import queries as imports
from career_relay.domain.hiring.intake.models import Batch
from career_relay.domain.hiring.links import queries as links
from career_relay.domain.hiring.notices import queries as notices
from career_relay.kernel.tenancy.context import acting_as
from career_relay.portals.public import demo_roles

if typing.TYPE_CHECKING:
    import datetime as dt
    import uuid

    from career_relay.domain.ground.programmes.models import PolicyVersion


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Story:
    """What has happened at the main employer since the demo was made."""

    imported: int
    told: int
    waiting: int
    registered: int
    counted: int
    missing: int
    slots: int

    @property
    def is_through(self) -> bool:
        """Whether a registration has moved the counter."""
        return self.counted > 0


@dataclasses.dataclass(frozen=True, slots=True)
class State:
    """The rules the demo runs by, the link of the main employer's own mail, and the story; empty before it is made."""

    policy: PolicyVersion
    link_url: str
    story: Story | None

    @property
    def is_hurried(self) -> bool:
        """Whether mails go out sooner than the programme's own rules would let them."""
        return self.policy.quiet_from is None and self.policy.sends_next_working_day_at is None


def state(now: dt.datetime) -> State:
    """Return the demo as it is now."""
    policy = programmes.policy_at(programmes.default_programme().pk, now)
    owner = accounts.by_address(demo_roles.MEMBERS[0].email)
    seats = organizations.seats_of(owner.pk) if owner else []
    if not seats:
        return State(policy=policy, link_url="", story=None)
    organization_id = seats[0].organization_id
    with acting_as(organization=organization_id):
        return State(
            policy=policy, link_url=_link_url(organization_id, now), story=_story(organization_id, policy, now)
        )


def _link_url(organization_id: uuid.UUID, now: dt.datetime) -> str:
    live = [line.url for line in links.of_organization(organization_id, now) if line.is_live]
    return live[-1] if live else ""


def _story(organization_id: uuid.UUID, policy: PolicyVersion, now: dt.datetime) -> Story:
    """Return what came after the demo was made: it was then that its hurried rules began."""
    since = policy.effective_from
    batches = [one for one in imports.latest(organization_id) if one.uploaded_at > since]
    mailings = [one for one in notices.mailings(organization_id, 1) if one.created_at > since]
    referrals = Referral.objects.filter(organization_id=organization_id, counted_at__gt=since)
    standing = ledger.standing(organization_id=organization_id, programme_id=policy.programme_id, now=now)
    return Story(
        imported=sum(one.created + one.updated for one in batches if one.state == Batch.State.COMMITTED),
        told=sum(one.sent for one in mailings),
        waiting=sum(one.waiting for one in mailings),
        registered=referrals.count(),
        counted=referrals.filter(state=Referral.State.COUNTED).count(),
        missing=standing.missing,
        slots=standing.slots_total,
    )
