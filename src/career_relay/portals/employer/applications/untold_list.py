"""Who was rejected and not told, as the page shows it: those who wait longest first."""

from __future__ import annotations

import dataclasses
import typing

from django import forms
from django.core.paginator import Page, Paginator
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from career_relay.domain.ground.organizations import rules
from career_relay.domain.hiring.applications import filters as application_filters
from career_relay.domain.hiring.applications import queries
from career_relay.domain.hiring.applications.queries import counting
from career_relay.domain.hiring.notices import queries as notices
from career_relay.portals.employer.applications import addresses
from career_relay.portals.employer.applications import selection as application_selection

if typing.TYPE_CHECKING:
    import datetime as dt

    from django.http import QueryDict

    from career_relay.design.shapes import Tone
    from career_relay.domain.ground.organizations.queries import Seat


class UntoldForm(forms.Form):
    """By which posting and which recruiter the list is narrowed; its state is the address."""

    posting = forms.ChoiceField(label=gettext_lazy("求人"), required=False)
    recruiter = forms.ChoiceField(label=gettext_lazy("担当者"), required=False)

    def __init__(self, filters: application_filters.Filters, found: queries.Untold) -> None:
        super().__init__(initial={"posting": filters.posting, "recruiter": filters.recruiter})
        for name, counts in (("posting", found.postings), ("recruiter", found.recruiters)):
            choices = [("", _("すべて")), *((one.value, _words(one)) for one in counts)]
            typing.cast("forms.ChoiceField", self.fields[name]).choices = choices


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """Somebody who waits. `last_result` says why the newest notice did not reach them."""

    line: queries.ApplicationLine
    working_days: int | None
    is_overdue: bool
    last_result: str

    @property
    def tone(self) -> Tone:
        return "negative" if self.is_overdue else "caution"


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class UntoldList:
    """The page's content."""

    form: UntoldForm
    rows: list[Row]
    page: Page[int]
    waiting: int
    overdue: int
    limit: int
    is_filtered: bool
    has_applications: bool
    selection: application_selection.Selection
    may_choose: bool
    may_import: bool

    @property
    def clear_url(self) -> str:
        return reverse("employer:untold")


def untold_list(seat: Seat, query: QueryDict, now: dt.datetime) -> UntoldList:
    """Return those who wait, of the posting and recruiter that the address names."""
    asked = application_filters.read(query)
    filters = application_filters.Filters(
        posting=asked.posting, recruiter=asked.recruiter, told=application_filters.UNTOLD
    )
    found = queries.untold(
        seat.organization_id,
        now,
        posting=filters.posting,
        recruiter=filters.recruiter,
        page=addresses.page_number(query),
        on_its_way=notices.on_its_way(seat.organization_id),
    )
    return UntoldList(
        form=UntoldForm(filters, found),
        rows=_rows(seat, found.lines),
        page=Paginator(range(found.waiting), queries.PAGE_SIZE).page(found.page),
        waiting=found.waiting,
        overdue=found.overdue,
        limit=found.limit_days,
        is_filtered=bool(filters.posting or filters.recruiter),
        has_applications=bool(found.waiting or counting.totals(seat.organization_id).applications),
        may_import=rules.may(seat.role, "import_applications"),
        selection=application_selection.selection(
            query, on_page=len(found.lines), total=found.waiting, filter_query=filters.query(), leaves_out=True
        ),
        may_choose=rules.may(seat.role, "send_notices"),
    )


def _rows(seat: Seat, lines: list[queries.UntoldLine]) -> list[Row]:
    results = notices.last_results(seat.organization_id, [line.application.id for line in lines])
    return [
        Row(
            line=line.application,
            working_days=line.working_days,
            is_overdue=line.is_overdue,
            last_result=results.get(line.application.id, ""),
        )
        for line in lines
    ]


def _words(count: queries.UntoldCount) -> str:
    """Return what a choice is called, with how many wait there."""
    name = count.name or _("（記録なし）")
    if count.overdue:
        return _("%(name)s（%(n)d 件、うち期限超過 %(overdue)d 件）") % {
            "name": name, "n": count.waiting, "overdue": count.overdue
        }  # fmt: skip
    return _("%(name)s（%(n)d 件）") % {"name": name, "n": count.waiting}
