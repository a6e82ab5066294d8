"""Reads about notices: `mailings` and their people, `previews`, `templates`, and `results` for other pages."""

from __future__ import annotations

from career_relay.domain.hiring.notices.queries.mailings import (
    Counts,
    MailingLine,
    PersonLine,
    Reason,
    counts,
    mailing,
    mailings,
    people,
    people_file,
    undecided,
)
from career_relay.domain.hiring.notices.queries.previews import Preview, preview, previews, sample
from career_relay.domain.hiring.notices.queries.results import (
    PersonNotice,
    employers_with_untold,
    last_results,
    of_applicant,
    on_its_way,
)
from career_relay.domain.hiring.notices.queries.templates import suggested, template, templates, versions

__all__ = [
    "Counts",
    "MailingLine",
    "PersonLine",
    "PersonNotice",
    "Preview",
    "Reason",
    "counts",
    "employers_with_untold",
    "last_results",
    "mailing",
    "mailings",
    "of_applicant",
    "on_its_way",
    "people",
    "people_file",
    "preview",
    "previews",
    "sample",
    "suggested",
    "template",
    "templates",
    "undecided",
    "versions",
]
