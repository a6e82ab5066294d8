"""One posting of an agency: the sheet as it is shown to people, and what the law still wants of it."""

from __future__ import annotations

import dataclasses
import typing

from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _

from career_relay.domain.ground.organizations import rules as seats
from career_relay.domain.ground.organizations import vocabulary
from career_relay.domain.ground.postings import queries, rules
from career_relay.domain.ground.requests import queries as requests

if typing.TYPE_CHECKING:
    import datetime as dt
    import uuid

    from career_relay.domain.ground.organizations.queries import Seat
    from career_relay.domain.ground.postings.models import JobPosting
    from career_relay.domain.ground.requests.models import Call


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class PostingPage:
    """The page's content. `call` is the request that the posting came of, if it came of one."""

    posting: JobPosting
    text: list[tuple[str, str]]
    missing: list[tuple[str, typing.Any]]
    call: Call | None
    is_over: bool
    may_introduce: bool

    @property
    def is_open(self) -> bool:
        return self.posting.state == self.posting.State.OPEN

    @property
    def may_write(self) -> bool:
        """Whether the sheet is the agency's to write: what a request asks for is the employer's."""
        return self.may_introduce and not self.posting.is_called

    @property
    def prefecture(self) -> str:
        return str(dict(vocabulary.PREFECTURES).get(self.posting.prefecture, ""))

    @property
    def is_proposable(self) -> bool:
        """Whether people may be introduced to it now."""
        return self.is_open and not self.missing and not self.is_over

    @property
    def people_url(self) -> str:
        """Where somebody is chosen to introduce to it."""
        return f"{reverse('agency:people')}?{urlencode({'posting': str(self.posting.pk)})}"

    @property
    def lead(self) -> str:
        """Whom the job is of."""
        return _("採用する会社：%(name)s") % {"name": self.posting.hiring_employer_name}


def posting_page(seat: Seat, posting_id: uuid.UUID, today: dt.date) -> PostingPage | None:
    """Return one posting of the agency; None for any other."""
    posting = queries.posting(seat.organization_id, posting_id)
    if posting is None:
        return None
    return PostingPage(
        posting=posting,
        text=rules.text_of(rules.Terms.of(posting.terms)) if posting.terms else [],
        missing=[(field, rules.LABELS[field]) for field in queries.missing(posting)],
        call=requests.call_of_posting(seat.organization_id, posting_id),
        is_over=bool(posting.valid_until and posting.valid_until < today),
        may_introduce=seats.may(seat.role, "take_people"),
    )
