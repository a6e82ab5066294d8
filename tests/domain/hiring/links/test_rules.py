from __future__ import annotations

import datetime as dt

from hypothesis import given
from hypothesis import strategies as st

from career_relay.domain.hiring.links import rules
from career_relay.domain.hiring.links.models import LegalBasis

MOMENTS = st.datetimes(min_value=dt.datetime(2026, 1, 1), max_value=dt.datetime(2027, 1, 1), timezones=st.just(dt.UTC))  # noqa: DTZ001 -- the strategy adds the zone


@given(
    revoked_at=st.none() | MOMENTS,
    expires_at=st.none() | MOMENTS,
    basis=st.sampled_from(LegalBasis.Kind.values),
    employer_state=st.sampled_from(["trial", "full", "stopped"]),
    moment=MOMENTS,
)
def test_ended_is_empty_only_while_nothing_stands_against_the_link(
    revoked_at: dt.datetime | None, expires_at: dt.datetime | None, basis: str, employer_state: str, moment: dt.datetime
) -> None:
    found = rules.ended(
        revoked_at=revoked_at, expires_at=expires_at, basis=basis, employer_state=employer_state, moment=moment
    )
    against = [
        reason
        for reason, is_so in (
            ("revoked", revoked_at is not None and revoked_at <= moment),
            ("expired", expires_at is not None and expires_at <= moment),
            ("basis_lost", basis == "none"),
            ("stopped", employer_state == "stopped"),
        )
        if is_so
    ]
    assert found == (against[0] if against else "")
