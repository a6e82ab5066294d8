"""Whether a registration counts for the employer, and why. Pure.

What becomes of the person afterwards is not among the circumstances: being hired elsewhere can't be an input.
"""

from __future__ import annotations

import dataclasses
import typing

from career_relay.domain.circle.referrals.models import Referral, Registration

if typing.TYPE_CHECKING:
    from career_relay.domain.ground.programmes.models import PolicyVersion

_DOTS_DO_NOT_MATTER = {"gmail.com", "googlemail.com"}


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Circumstances:
    """All that is looked at, as it is when the employer's counters are locked."""

    source_type: str
    has_introduction_consent: bool
    is_same_person: bool
    is_known_to_network: bool
    is_member: bool
    is_of_own_domain: bool
    is_probably_same_person: bool
    has_link_counted_another: bool


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Decision:
    """What a registration means to the credit, with the reason both sides read."""

    state: Referral.State
    reason: Referral.Reason


def decide(circumstances: Circumstances, policy: PolicyVersion) -> Decision:
    """Return whether the registration counts. What is certain is said before what is only suspected.

    A suspicion never drops anything: it goes to review with its reason.
    """
    state, reason = Referral.State, Referral.Reason
    known = circumstances.is_known_to_network and not policy.counts_person_known_to_network
    findings = (
        (circumstances.source_type != Registration.Source.REJECTED, state.NOT_COUNTED, reason.NOT_REJECTED),
        (not circumstances.has_introduction_consent, state.NOT_COUNTED, reason.NO_INTRODUCTION_CONSENT),
        (circumstances.is_same_person, state.NOT_COUNTED, reason.SAME_PERSON),
        (known, state.NOT_COUNTED, reason.KNOWN_TO_NETWORK),
        (circumstances.is_member and policy.reviews_members, state.REVIEW, reason.MEMBER),
        (circumstances.is_of_own_domain and policy.reviews_own_domain, state.REVIEW, reason.OWN_DOMAIN),
        (circumstances.is_probably_same_person, state.REVIEW, reason.PROBABLY_SAME_PERSON),
        (circumstances.has_link_counted_another, state.REVIEW, reason.SHARED_LINK),
    )
    for is_so, outcome, why in findings:
        if is_so:
            return Decision(state=outcome, reason=why)
    return Decision(state=state.COUNTED, reason=reason.NONE)


def mailbox(address: str) -> str:
    """Return the mailbox that a normalised address ends in: `a+x@…` is `a@…`, and Gmail reads no dots."""
    local, _at, domain = address.rpartition("@")
    local = local.partition("+")[0] or local
    if domain in _DOTS_DO_NOT_MATTER:
        return f"{local.replace('.', '')}@gmail.com"
    return f"{local}@{domain}"


def is_of_domain(address: str, domain: str) -> bool:
    """Tell whether a normalised address belongs to the domain or a part of it."""
    host = address.rpartition("@")[2]
    return bool(domain) and (host == domain or host.endswith(f".{domain}"))
