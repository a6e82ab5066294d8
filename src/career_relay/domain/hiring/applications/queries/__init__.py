"""Reads about applications, all as the employer itself: the list, one person, the process, and who waits for an answer."""

from __future__ import annotations

from career_relay.domain.hiring.applications.queries.address import Known, with_address
from career_relay.domain.hiring.applications.queries.listing import (
    PAGE_SIZE,
    ApplicationLine,
    Choices,
    Found,
    Sort,
    choices,
    find,
    selected,
)
from career_relay.domain.hiring.applications.queries.person import (
    ApplicationView,
    CorrectionLine,
    PersonView,
    StageDay,
    person,
)
from career_relay.domain.hiring.applications.queries.process import (
    Cohort,
    Ending,
    Figure,
    Process,
    Waiting,
    process,
    usual_period,
)
from career_relay.domain.hiring.applications.queries.untold import (
    Untold,
    UntoldCount,
    UntoldCounts,
    UntoldLine,
    untold,
    untold_counts,
)

__all__ = [
    "PAGE_SIZE",
    "ApplicationLine",
    "ApplicationView",
    "Choices",
    "Cohort",
    "CorrectionLine",
    "Ending",
    "Figure",
    "Found",
    "Known",
    "PersonView",
    "Process",
    "Sort",
    "StageDay",
    "Untold",
    "UntoldCount",
    "UntoldCounts",
    "UntoldLine",
    "Waiting",
    "choices",
    "find",
    "person",
    "process",
    "selected",
    "untold",
    "untold_counts",
    "usual_period",
    "with_address",
]
