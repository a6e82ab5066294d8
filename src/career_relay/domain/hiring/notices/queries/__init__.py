"""Reads about notices: `mailings` and their people, `previews`, `templates`, and `results` for other pages."""

from __future__ import annotations

from career_relay.domain.hiring.notices.queries.fitting import Place, mailed_before, misfits, places
from career_relay.domain.hiring.notices.queries.mailings import (
    Counts,
    MailingLine,
    PersonLine,
    Reason,
    counts,
    holds,
    mailing,
    mailings,
    people,
    people_file,
    preparing,
    undecided,
)
from career_relay.domain.hiring.notices.queries.previews import Preview, preview, previews, sample
from career_relay.domain.hiring.notices.queries.results import (
    PersonNotice,
    employers_with_mailings,
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
    "Place",
    "Preview",
    "Reason",
    "counts",
    "employers_with_mailings",
    "employers_with_untold",
    "holds",
    "last_results",
    "mailed_before",
    "mailing",
    "mailings",
    "misfits",
    "of_applicant",
    "on_its_way",
    "people",
    "people_file",
    "places",
    "preparing",
    "preview",
    "previews",
    "sample",
    "suggested",
    "template",
    "templates",
    "undecided",
    "versions",
]
