"""When a link opens a landing page. Derived each time from its row and its employer, never stored."""

from __future__ import annotations

import typing

from career_relay.domain.ground.organizations.models import Organization
from career_relay.domain.hiring.links.models import LegalBasis

if typing.TYPE_CHECKING:
    import datetime as dt

Ended: typing.TypeAlias = typing.Literal["", "revoked", "expired", "basis_lost", "stopped"]


def allows_link(basis: str) -> bool:
    """Tell whether this kind of legal basis lets the employer put the link into its mail."""
    return basis != LegalBasis.Kind.NONE


def ended(
    *,
    revoked_at: dt.datetime | None,
    expires_at: dt.datetime | None,
    basis: str,
    employer_state: str,
    moment: dt.datetime,
) -> Ended:
    """Return why a link opens nothing at `moment`, or an empty string while it lives.

    A basis that was taken back ends all links of the employer until a new one is recorded: the line may still stand in
    mails on their way, and nobody should be led further by a line that must not be there.
    """
    if revoked_at is not None and revoked_at <= moment:
        return "revoked"
    if expires_at is not None and expires_at <= moment:
        return "expired"
    if not allows_link(basis):
        return "basis_lost"
    return "stopped" if employer_state == Organization.State.STOPPED else ""
