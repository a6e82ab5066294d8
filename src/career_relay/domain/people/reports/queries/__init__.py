"""Reads for the reports by law: an agency's own year, what agencies publish, the operator's yearly figures."""

from __future__ import annotations

from career_relay.domain.people.reports.queries.filing import filed, report_to_hand_in, to_remind
from career_relay.domain.people.reports.queries.lines import Line, lines
from career_relay.domain.people.reports.queries.network import Network, network
from career_relay.domain.people.reports.queries.published import Fees, Publisher, fees, publishers
from career_relay.domain.people.reports.queries.year import Particulars, books, particulars

__all__ = [
    "Fees",
    "Line",
    "Network",
    "Particulars",
    "Publisher",
    "books",
    "fees",
    "filed",
    "lines",
    "network",
    "particulars",
    "publishers",
    "report_to_hand_in",
    "to_remind",
]
