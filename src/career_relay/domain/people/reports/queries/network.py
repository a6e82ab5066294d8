"""The operator's yearly figures (law L4): numbers across the network, by way of the gate."""

from __future__ import annotations

import dataclasses
import typing

from career_relay.domain.ground.programmes import queries as programmes
from career_relay.domain.ground.programmes.models import DEFAULT_PROGRAMME_ID
from career_relay.domain.people.reports.rules import network as rules
from career_relay.kernel.tenancy import gate

if typing.TYPE_CHECKING:
    import datetime as dt


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Network:
    """The network on one day, in numbers. `registered` and `provided` are None where they would tell of few people."""

    on: dt.date
    postings: int
    postings_of_employers: int
    postings_of_agencies: int
    postings_provided: int
    registered: int | None
    provided: int | None
    least: int
    employers: int
    agencies: int
    offices: int


def network(on: dt.date, now: dt.datetime) -> Network | None:
    """Return the figures as of the end of a day; None unless the caller acts as the operator."""
    row = gate.row("network_figures", on)
    if row is None:
        return None
    least = programmes.policy_at(DEFAULT_PROGRAMME_ID, now).small_group
    registered, provided = rules.people(row.pop("registered"), row.pop("provided"), least)
    return Network(
        on=on,
        postings=row["postings_of_employers"] + row["postings_of_agencies"],
        registered=registered,
        provided=provided,
        least=least,
        **row,
    )
