"""Writes about yearly reports: that one was handed in, and that the agency was reminded of it."""

from __future__ import annotations

from career_relay.domain.people.reports.operations.errors import UnableToFileReport
from career_relay.domain.people.reports.operations.filing import file_report, remind

__all__ = ["UnableToFileReport", "file_report", "remind"]
