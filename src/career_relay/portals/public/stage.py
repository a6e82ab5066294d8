"""What the demo's page shows of the network that `career-relay demo` made."""

from __future__ import annotations

import dataclasses
import typing

from career_relay.domain.ground.accounts import queries as accounts
from career_relay.domain.ground.organizations import queries as organizations
from career_relay.domain.ground.programmes import queries as programmes
from career_relay.domain.hiring.links import queries as links
from career_relay.kernel.tenancy.context import acting_as
from career_relay.portals.public import cast

if typing.TYPE_CHECKING:
    import datetime as dt
    import uuid

    from career_relay.domain.ground.programmes.models import PolicyVersion


@dataclasses.dataclass(frozen=True, slots=True)
class Stage:
    """The rules the demo runs by, and the link a candidate would find in the mail; empty before the demo is made."""

    policy: PolicyVersion
    link_url: str

    @property
    def is_hurried(self) -> bool:
        """Whether mails go out sooner than the programme's own rules would let them."""
        return self.policy.quiet_from is None and self.policy.sends_next_working_day_at is None


def stage(now: dt.datetime) -> Stage:
    """Return the stage as it is now."""
    policy = programmes.policy_at(programmes.default_programme().pk, now)
    owner = accounts.by_address(cast.MEMBERS[0].email)
    seats = organizations.seats_of(owner.pk) if owner else []
    return Stage(policy=policy, link_url=_link_url(seats[0].organization_id, now) if seats else "")


def _link_url(organization_id: uuid.UUID, now: dt.datetime) -> str:
    with acting_as(organization=organization_id):
        live = [line.url for line in links.of_organization(organization_id, now) if line.is_live]
    return live[-1] if live else ""
