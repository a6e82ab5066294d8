"""An employer's own records, made row by row: people, postings, applications with the days of their stages."""

from __future__ import annotations

import contextlib
import datetime as dt
import typing

from career_relay.domain.ground.postings.models import JobPosting
from career_relay.domain.hiring.applications import queries, rules
from career_relay.domain.hiring.applications.filters import Filters
from career_relay.domain.hiring.applications.models import Applicant, Application, Gram, StageEvent
from career_relay.domain.hiring.intake import vocabulary
from career_relay.domain.hiring.intake.models import Batch, Source
from career_relay.kernel import clock, ids
from career_relay.kernel.japanese import folding
from career_relay.kernel.tenancy.context import acting_as
from tests.world import NOW

if typing.TYPE_CHECKING:
    import collections.abc
    import uuid

    from tests.world import Tenant

DAY = dt.timedelta(days=1)


class Records:
    """The rooms of one employer."""

    def __init__(self, tenant: Tenant) -> None:
        self.id, self.owner = tenant.id, tenant.owner
        with self.acting():
            self.source = Source.objects.create(organization_id=self.id, name="ATS", created_at=NOW, changed_at=NOW)
            self.batch = Batch.objects.create(
                organization_id=self.id,
                source=self.source,
                file_name="応募者.csv",
                sha256="",
                encoding="utf-8",
                uploaded_by=self.owner,
                uploaded_at=NOW,
            )

    def acting(self) -> contextlib.AbstractContextManager[typing.Any]:
        return acting_as(organization=self.id)

    def posting(self, title: str) -> uuid.UUID:
        with self.acting():
            made = JobPosting.objects.create(organization_id=self.id, key=title, title=title, created_at=NOW)
        return made.pk

    def person(self, name: str = "山田 花", kana: str = "", email: str = "") -> Applicant:
        search = rules.search_text(name, kana)
        with self.acting():
            person = Applicant.objects.create(
                organization_id=self.id,
                key=str(ids.new()),
                name=name,
                kana=kana,
                email=email,
                search=search,
                created_at=NOW,
                changed_at=NOW,
            )
            Gram.objects.bulk_create(
                Gram(organization_id=self.id, applicant=person, gram=gram) for gram in sorted(folding.grams(search))
            )
        return person

    def apply(
        self,
        person: Applicant | None = None,
        days: collections.abc.Mapping[str, dt.date] | None = None,
        **about: typing.Any,
    ) -> Application:
        """Make an application; `days` are those of its stages."""
        outcome = vocabulary.Outcome(about.get("outcome", "in_progress"))
        about = {"applied_at": NOW, "key": str(ids.new()), "outcome_side": vocabulary.side_of(outcome).value, **about}
        with self.acting():
            made = Application.objects.create(
                organization_id=self.id,
                applicant=person or self.person(),
                source=self.source,
                batch=self.batch,
                created_at=NOW,
                changed_at=NOW,
                **about,
            )
            for stage, day in (days or {}).items():
                StageEvent.objects.create(organization_id=self.id, application=made, stage=stage, entered_on=day)
        return made

    def found(self, sort: str = "-applied", page: int = 1, **chosen: typing.Any) -> list[uuid.UUID]:
        """Return the ids that a page of the list has."""
        return [line.id for line in self.listed(sort, page, **chosen).lines]

    def listed(self, sort: str = "-applied", page: int = 1, **chosen: typing.Any) -> queries.Found:
        with self.acting():
            return queries.find(self.id, Filters(**chosen), sort=sort, page=page)


def moment(text: str) -> dt.datetime:
    """Return the first moment of a day in Japan."""
    return clock.start_of_day_in_japan(dt.date.fromisoformat(text))
