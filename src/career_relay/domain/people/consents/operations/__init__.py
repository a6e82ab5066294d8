"""Writes about consents: `yeses` that are given and taken back, `disclosures` that they open."""

from __future__ import annotations

from career_relay.domain.people.consents.operations.disclosures import (
    UnableToDisclose,
    UnableToDiscloseToAgency,
    UnableToDiscloseToExcluded,
    UnableToDiscloseWithoutConsent,
    close,
    disclose,
    disclose_to_employer,
    narrow_to_placement,
    record_outside,
)
from career_relay.domain.people.consents.operations.yeses import UnableToWithdrawConsent, grant, withdraw

__all__ = [
    "UnableToDisclose",
    "UnableToDiscloseToAgency",
    "UnableToDiscloseToExcluded",
    "UnableToDiscloseWithoutConsent",
    "UnableToWithdrawConsent",
    "close",
    "disclose",
    "disclose_to_employer",
    "grant",
    "narrow_to_placement",
    "record_outside",
    "withdraw",
]
