"""What holds for an agency: its licence, its standing and its fees."""

from __future__ import annotations

from career_relay.domain.ground.agencies.rules.desk import clean_phone
from career_relay.domain.ground.agencies.rules.evidence import (
    MOST_EVIDENCE_BYTES,
    evidence_name,
    evidence_type,
)
from career_relay.domain.ground.agencies.rules.fees import (
    HIGHEST_PERCENT,
    Rate,
    Refund,
    Table,
    charges,
    fee,
    fee_faults,
    rate,
    refund,
    refund_faults,
)
from career_relay.domain.ground.agencies.rules.licences import (
    FIRST_YEARS,
    STAGES,
    LicenceTerm,
    Parts,
    Standing,
    covered_until,
    due_stage,
    is_trained,
    latest_end,
    may_charge,
    number,
    standing,
    trained_until,
)

__all__ = [
    "FIRST_YEARS",
    "HIGHEST_PERCENT",
    "MOST_EVIDENCE_BYTES",
    "STAGES",
    "LicenceTerm",
    "Parts",
    "Rate",
    "Refund",
    "Standing",
    "Table",
    "charges",
    "clean_phone",
    "covered_until",
    "due_stage",
    "evidence_name",
    "evidence_type",
    "fee",
    "fee_faults",
    "is_trained",
    "latest_end",
    "may_charge",
    "number",
    "rate",
    "refund",
    "refund_faults",
    "standing",
    "trained_until",
]
