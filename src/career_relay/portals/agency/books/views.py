"""The three books that the law has an agency keep: each as a page and a file, and what the agency adds to a seeker."""

from __future__ import annotations

import typing

from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from career_relay.domain.ground.organizations import access
from career_relay.domain.people.books import operations, queries
from career_relay.flows import export_book as flow
from career_relay.kernel import clock
from career_relay.portals.agency.acting import acting
from career_relay.portals.agency.books import page as pages
from career_relay.portals.agency.books.forms import EntryForm, FileForm
from career_relay.portals.agency.refusals import at_its_field

if typing.TYPE_CHECKING:
    import uuid

    from django.http import HttpResponse


@require_safe
@access.seat_required(kind="agency", right="manage_agency")
def books(request: access.StaffRequest) -> HttpResponse:
    """Show the first of the books."""
    return _book(request, next(iter(pages.BOOKS)))


@require_safe
@access.seat_required(kind="agency", right="manage_agency")
def book(request: access.StaffRequest, book: str) -> HttpResponse:
    """Show the lines of a book, of the year the address asks for."""
    return _book(request, book)


@require_POST
@access.seat_required(kind="agency", right="manage_agency")
def export(request: access.StaffRequest, book: str) -> HttpResponse:
    """Have a book made into a file, and show how far that is."""
    form = FileForm(request.POST)
    if book not in pages.BOOKS or not form.is_valid():
        raise Http404
    file_format, year = form.cleaned_data["format"], form.cleaned_data["year"]
    if not pages.is_year(year, clock.day_in_japan(clock.now())):
        raise Http404
    language = get_language() or "ja"
    run = flow.request_book(book=book, year=year, file_format=file_format, language=language, **acting(request))
    return redirect("account:run", run.pk)


@require_http_methods(["GET", "HEAD", "POST"])
@access.seat_required(kind="agency", right="manage_agency")
def entry(request: access.StaffRequest, entry_id: uuid.UUID) -> HttpResponse:
    """Take in a seeker's address and day of birth."""
    found = queries.entry(request.seat.organization_id, entry_id)
    if found is None:
        raise Http404
    form = EntryForm(request.POST or None, initial={"address": found.address, "born_on": found.born_on})
    if form.is_valid():
        with at_its_field(form):
            operations.fill_in(entry_id=entry_id, **form.cleaned_data, **acting(request))
            messages.success(request, _("求職管理簿に記録しました。"))
            return redirect("agency:book", "seekers")
    return render(request, "agency/books/entry.html", {"entry": found, "form": form})


def _book(request: access.StaffRequest, book: str) -> HttpResponse:
    found = pages.book_page(request.seat.organization_id, book, request.GET, clock.now())
    if found is None:
        raise Http404
    return render(request, "agency/books/book.html", {"page": found})
