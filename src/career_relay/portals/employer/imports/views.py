"""A file on its way in: chosen, its columns and words confirmed, checked row by row, taken in, and taken back."""

from __future__ import annotations

import typing

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt, csrf_protect
from django.views.decorators.http import require_http_methods, require_POST, require_safe
from django_htmx.http import HttpResponseClientRedirect, HttpResponseClientRefresh

from career_relay.design.forms import refusal_on
from career_relay.domain.ground.organizations import access
from career_relay.domain.hiring.intake import operations, queries
from career_relay.domain.hiring.intake.models import Batch
from career_relay.flows import receive_applications as flow
from career_relay.kernel import clock
from career_relay.portals.employer.acting import acting
from career_relay.portals.employer.imports import batches as import_list
from career_relay.portals.employer.imports import check as import_check
from career_relay.portals.employer.imports import columns as import_columns
from career_relay.portals.employer.imports import result as import_result
from career_relay.portals.employer.imports import uploads
from career_relay.portals.employer.imports import values as import_values
from career_relay.portals.employer.imports.forms import UndoForm, UploadForm, ValuesForm

if typing.TYPE_CHECKING:
    import datetime as dt
    import uuid

State = Batch.State


class _Answer(typing.TypedDict):
    """What the operations on a file share."""

    organization_id: uuid.UUID
    user_id: uuid.UUID
    now: dt.datetime


CORRECTABLE: typing.Final = frozenset({State.UPLOADED, State.MAPPED, State.CHECKED})


@require_safe
@access.seat_required(kind="employer", right="import_applications")
def batches(request: access.StaffRequest) -> HttpResponse:
    """List the files, newest first."""
    page = queries.latest(request.seat.organization_id, _number(request))
    context = {"page": page, "lines": import_list.lines(list(page), clock.now())}
    return render(request, "employer/imports/list.html", context)


@csrf_exempt  # asked for all the same, by the view within: the body must not be read before its handler is set
@require_http_methods(["GET", "HEAD", "POST"])
@access.seat_required(kind="employer", right="import_applications")
def upload(request: access.StaffRequest) -> HttpResponse:
    """Take in a file, unless it is so large that it should not even be read."""
    if uploads.is_too_large(request):
        uploads.read_away(request)
        return _ask_for_file(request, UploadForm({}, is_too_large=True))
    request.upload_handlers = [uploads.InMemory(request)]
    return _upload(request)


@csrf_protect
def _upload(request: access.StaffRequest) -> HttpResponse:
    if request.method != "POST":
        return _ask_for_file(request, UploadForm())
    form = UploadForm(request.POST, request.FILES, is_too_large=uploads.was_stopped(request))
    if form.is_valid():
        file = form.cleaned_data["file"]
        with refusal_on(form, "file"):
            made = operations.upload(
                file_name=file.name,
                content=file.read(),
                encoding=form.cleaned_data["encoding"],
                user_id=request.user.pk,
                organization_id=request.seat.organization_id,
                now=clock.now(),
            )
            return redirect(import_list.url_of(made))
    return _ask_for_file(request, form)


def _ask_for_file(request: access.StaffRequest, form: UploadForm) -> HttpResponse:
    context = {"form": form, "most": uploads.LARGEST, "too_large": form.too_large}
    return render(request, "employer/imports/new.html", context, status=413 if form.is_too_large else 200)


@require_http_methods(["GET", "HEAD", "POST"])
@access.seat_required(kind="employer", right="import_applications")
def columns(request: access.StaffRequest, batch_id: uuid.UUID) -> HttpResponse:
    """Have it confirmed which column is which field."""
    batch = _batch(batch_id)
    if batch.state not in CORRECTABLE:
        return redirect(import_list.url_of(batch))
    form = import_columns.form_for(batch, request.POST if request.method == "POST" else None)
    if form.is_valid():
        with refusal_on(form):
            operations.set_columns(batch_id=batch_id, fields=form.chosen, **_answer(request), **form.about_source)
            return _onward(request, batch_id)
    context = {"batch": batch, "form": form, "page": import_columns.page(batch, form)}
    return render(request, "employer/imports/columns.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@access.seat_required(kind="employer", right="import_applications")
def values(request: access.StaffRequest, batch_id: uuid.UUID) -> HttpResponse:
    """Ask what the words mean that nobody explained yet."""
    batch = _batch(batch_id)
    if batch.state not in CORRECTABLE - {State.UPLOADED}:
        return redirect(import_list.url_of(batch))
    unknown = queries.unknown_values(batch)
    posted = request.POST if request.method == "POST" else None
    form = ValuesForm(posted, unknown=unknown[: import_values.AT_ONCE])
    if form.is_valid():
        with refusal_on(form):
            operations.set_values(batch_id=batch_id, answers=form.answers, **_answer(request))
            return _onward(request, batch_id)
    context = {"batch": batch, "form": form, "page": import_values.page(form, unknown)}
    context["trouble"] = import_check.trouble(batch)
    return render(request, "employer/imports/values.html", context)


@require_safe
@access.seat_required(kind="employer", right="import_applications")
def check(request: access.StaffRequest, batch_id: uuid.UUID) -> HttpResponse:
    """Show what would come of each row, or how far the checking is."""
    batch = _batch(batch_id)
    if batch.state not in {State.CHECKING, State.CHECKED}:
        return _elsewhere(request, batch)
    if batch.state == State.CHECKING:
        return _progress(request, batch, "employer/imports/check.html", {})
    if request.htmx:
        return HttpResponseClientRefresh()
    page = import_check.page(batch, request.GET.get("rows", ""), _number(request))
    context = {"batch": batch, "page": page, "trouble": import_check.trouble(batch)}
    return render(request, "employer/imports/check.html", context)


@require_POST
@access.seat_required(kind="employer", right="import_applications")
def commit(request: access.StaffRequest, batch_id: uuid.UUID) -> HttpResponse:
    """Have the checked rows taken in; who asks twice is shown how far the first time is.

    While another file is being written, the page says so and the button waits there.
    """
    if _batch(batch_id).state == State.CHECKED:
        try:
            flow.request_commit(batch_id=batch_id, language=_language(), **acting(request))
        except operations.errors.UnableToImportMeanwhile as refusal:
            messages.error(request, str(refusal.message))
            return redirect("employer:import_check", batch_id)
    return redirect("employer:import", batch_id)


@require_safe
@access.seat_required(kind="employer", right="import_applications")
def result(request: access.StaffRequest, batch_id: uuid.UUID) -> HttpResponse:
    """Show what became of a file."""
    batch = _batch(batch_id)
    if batch.state in CORRECTABLE | {State.CHECKING}:
        return _elsewhere(request, batch)
    context = {"page": import_result.page(batch, clock.now()), "trouble": import_check.trouble(batch)}
    if import_check.is_working(batch):
        return _progress(request, batch, "employer/imports/result.html", context)
    if request.htmx:
        return HttpResponseClientRefresh()
    return render(request, "employer/imports/result.html", {"batch": batch, **context})


@require_http_methods(["GET", "HEAD", "POST"])
@access.seat_required(kind="employer", right="import_applications")
def undo(request: access.StaffRequest, batch_id: uuid.UUID) -> HttpResponse:
    """Take back what came in with a file, after saying what that means."""
    batch = _batch(batch_id)
    if not import_list.may_undo(batch, clock.now()):
        return redirect(import_list.url_of(batch))
    form = UndoForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        with refusal_on(form):
            flow.request_undo(batch_id=batch_id, language=_language(), **acting(request))
            return redirect("employer:import", batch_id)
    return render(request, "employer/imports/undo.html", {"batch": batch, "form": form})


@require_POST
@access.seat_required(kind="employer", right="import_applications")
def discard(request: access.StaffRequest, batch_id: uuid.UUID) -> HttpResponse:
    """Give a file up before anything of it came in; `again` leads on to choosing another."""
    operations.discard(batch_id=_batch(batch_id).pk, **_answer(request))
    messages.success(request, _("ファイルの取り込みを中止しました。何も登録していません。"))
    return redirect("employer:import_new" if request.POST.get("again") else "employer:imports")


@require_safe
@access.seat_required(kind="employer", right="import_applications")
def failed_file(request: access.StaffRequest, batch_id: uuid.UUID) -> HttpResponse:
    """Give the rows that can't come in as a file that can be corrected and taken in again."""
    batch = _batch(batch_id)
    headers = {"Content-Disposition": f'attachment; filename="{import_check.file_name(clock.now())}"'}
    return HttpResponse(queries.failed_file(batch), content_type="text/csv; charset=utf-8", headers=headers)


def _batch(batch_id: uuid.UUID) -> Batch:
    found = queries.batch(batch_id)
    if found is None:
        raise Http404
    return found


def _language() -> str:
    return get_language() or "ja"


def _number(request: access.StaffRequest) -> int:
    asked = request.GET.get("page", "")
    return int(asked) if asked.isdecimal() else 1


def _answer(request: access.StaffRequest) -> _Answer:
    return {
        "organization_id": request.seat.organization_id,
        "user_id": request.user.pk,
        "now": clock.now(),
    }


def _onward(request: access.StaffRequest, batch_id: uuid.UUID) -> HttpResponse:
    """Ask for the words that are still unknown, or have the rows checked when all are known."""
    if queries.unknown_values(_batch(batch_id)):
        return redirect("employer:import_values", batch_id)
    flow.request_check(batch_id=batch_id, language=_language(), **acting(request))
    return redirect("employer:import_check", batch_id)


def _progress(
    request: access.StaffRequest, batch: Batch, template: str, context: dict[str, typing.Any]
) -> HttpResponse:
    """Show how far the work is; asked by the page itself, answer with the part that changes."""
    shown = "employer/imports/_progress.html" if request.htmx else template
    return render(request, shown, {**context, "batch": batch, "job": import_check.job(batch, clock.now())})


def _elsewhere(request: access.StaffRequest, batch: Batch) -> HttpResponse:
    """Lead to where the file is now; a part of a page that asked leads the whole page there."""
    url = import_list.url_of(batch)
    return HttpResponseClientRedirect(url) if request.htmx else redirect(url)
