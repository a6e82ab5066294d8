"""An employer's own records, made row by row: people, postings, applications with the days of their stages."""

from __future__ import annotations

import contextlib
import datetime as dt
import typing

from career_relay.domain.hiring.applications import queries
from career_relay.domain.hiring.applications.filters import Filters
from career_relay.kernel import clock
from tests import hiring

if typing.TYPE_CHECKING:
    import uuid

    from career_relay.domain.hiring.applications.models import Applicant, Application
    from tests.world import Tenant

DAY = dt.timedelta(days=1)


class Records:
    """The rooms of one employer."""

    def __init__(self, tenant: Tenant) -> None:
        self.tenant, self.id, self.owner = tenant, tenant.id, tenant.owner
        self.batch = hiring.batch(tenant)

    def acting(self) -> contextlib.AbstractContextManager[typing.Any]:
        return hiring.keeping(self.tenant)

    def posting(self, title: str) -> uuid.UUID:
        return hiring.posting(self.tenant, title).pk

    def person(self, name: str = "山田 花", kana: str = "", email: str = "") -> Applicant:
        return hiring.person(self.tenant, name, kana=kana, email=email)

    def apply(
        self, person: Applicant | None = None, days: hiring.Days | None = None, **about: typing.Any
    ) -> Application:
        """Make an application; `days` are those of its stages."""
        return hiring.application(self.batch, person or self.person(), days=days, **about)

    def found(self, sort: str = "-applied", page: int = 1, **chosen: typing.Any) -> list[uuid.UUID]:
        """Return the ids that a page of the list has."""
        return [line.id for line in self.listed(sort, page, **chosen).lines]

    def listed(self, sort: str = "-applied", page: int = 1, **chosen: typing.Any) -> queries.Found:
        with self.acting():
            return queries.find(self.id, Filters(**chosen), sort=sort, page=page)


def moment(text: str) -> dt.datetime:
    """Return the first moment of a day in Japan."""
    return clock.start_of_day_in_japan(dt.date.fromisoformat(text))
