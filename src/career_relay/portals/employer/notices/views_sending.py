"""A mailing from its last word on: confirmed, waiting, stopped, sent, and what became of each mail."""

from __future__ import annotations

import typing

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe
from django_htmx.http import HttpResponseClientRefresh

from career_relay.design.forms import refusal_on
from career_relay.design.tags.figures import number
from career_relay.domain.ground.organizations import access, rules
from career_relay.domain.hiring.notices import operations, queries
from career_relay.domain.hiring.notices.models import Mailing
from career_relay.flows import notify_rejections as flow
from career_relay.kernel import clock
from career_relay.kernel.errors import DomainError
from career_relay.portals.employer.notices import listing, sending
from career_relay.portals.employer.notices.acting import member
from career_relay.portals.employer.notices.forms import ResolveForm

if typing.TYPE_CHECKING:
    import uuid

    from career_relay.portals.employer.notices.forms import ConfirmForm

State = Mailing.State


@require_http_methods(["GET", "HEAD", "POST"])
@access.seat_required(kind="employer", right="send_notices")
def confirm(request: access.StaffRequest, mailing_id: uuid.UUID) -> HttpResponse:
    """Have the number and the time confirmed; if either is another one meanwhile, ask again with the new one."""
    mailing, now = _mailing(request, mailing_id), clock.now()
    if mailing.state != State.DRAFT or mailing.template_version is None:
        return _elsewhere(mailing)
    misfits = queries.misfits(mailing).count()
    form = sending.confirm_form(request.POST or None, queries.counts(mailing).to_send, now, misfits=misfits)
    if form.is_valid() and _confirmed(request, mailing, form):
        return redirect("employer:notice", mailing_id)
    counts = queries.counts(mailing)
    if form.is_bound:
        form = sending.shown_anew(form, counts.to_send, now)
    left_out = counts.chosen - counts.to_send
    context = {"mailing": mailing, "counts": counts, "left_out": left_out, "misfits": misfits, "form": form}
    context |= {"fitting": counts.to_send - misfits, "mailed_before": queries.mailed_before(mailing)}
    return render(request, "employer/notices/confirm.html", context)


@require_safe
@access.seat_required(kind="employer", right="see_notices")
def mailing(request: access.StaffRequest, mailing_id: uuid.UUID) -> HttpResponse:
    """Show how far a mailing is; asked by the page itself, answer with the part that changes."""
    found, may_send = _mailing(request, mailing_id), rules.may(request.seat.role, "send_notices")
    if found.state == State.DRAFT and may_send:
        return _elsewhere(found)
    page = sending.page(found, request.GET, clock.now())
    if request.htmx and not page.is_moving:
        return HttpResponseClientRefresh()
    template = "employer/notices/_progress.html" if request.htmx else "employer/notices/mailing.html"
    return render(request, template, {"mailing": found, "page": page, "may_send": may_send})


@require_http_methods(["GET", "HEAD", "POST"])
@access.seat_required(kind="employer", right="send_notices")
def stop(request: access.StaffRequest, mailing_id: uuid.UUID) -> HttpResponse:
    """Stop what is not sent yet, after saying how much that is."""
    found = _mailing(request, mailing_id)
    page = sending.page(found, request.GET, clock.now())
    if request.method == "POST":
        _stop(request, mailing_id)
    if request.method == "POST" or not page.counts.is_stoppable:
        return redirect("employer:notice", mailing_id)
    return render(request, "employer/notices/stop.html", {"mailing": found, "page": page})


@require_POST
@access.seat_required(kind="employer", right="send_notices")
def stop_one(request: access.StaffRequest, mailing_id: uuid.UUID, notice_id: uuid.UUID) -> HttpResponse:
    """Take one person's mail back before it is sent."""
    if not queries.holds(_mailing(request, mailing_id), notice_id):
        raise Http404
    try:
        flow.stop_notice(notice_id=notice_id, **member(request))
        messages.success(request, _("1 名への送信を止めました。"))
    except operations.UnableToStopNotice as error:
        messages.error(request, str(error.message))
    return redirect("employer:notice", mailing_id)


@require_http_methods(["GET", "HEAD", "POST"])
@access.seat_required(kind="employer", right="send_notices")
def resolve(request: access.StaffRequest, mailing_id: uuid.UUID, notice_id: uuid.UUID) -> HttpResponse:
    """Take in what a person found out about a mail whose answer was lost."""
    found = _mailing(request, mailing_id)
    mail = queries.preview(found, notice_id)
    if mail is None:
        raise Http404
    form = ResolveForm(request.POST or None)
    if form.is_valid():
        with refusal_on(form):
            has_arrived = form.cleaned_data["answer"] == "arrived"
            flow.resolve_notice(notice_id=notice_id, has_arrived=has_arrived, **member(request))
            messages.success(request, _("確認の結果を記録しました。"))
            return redirect("employer:notice", mailing_id)
    return render(request, "employer/notices/resolve.html", {"mailing": found, "mail": mail, "form": form})


@require_safe
@access.seat_required(kind="employer", right="see_notices")
def file(request: access.StaffRequest, mailing_id: uuid.UUID) -> HttpResponse:
    """Give the exact list: to whom it went and when, who was stopped or left out, and why."""
    content = queries.people_file(_mailing(request, mailing_id))
    headers = {"Content-Disposition": f'attachment; filename="{sending.file_name(clock.now())}"'}
    return HttpResponse(content, content_type="text/csv; charset=utf-8", headers=headers)


def _stop(request: access.StaffRequest, mailing_id: uuid.UUID) -> None:
    """Stop what can be stopped, or say that it was over before."""
    try:
        stopped = flow.stop_mailing(mailing_id=mailing_id, **member(request)).count
    except operations.UnableToStopMailing as error:
        messages.error(request, str(error.message))
        return
    words = ngettext("%(n)s 名への送信を止めました。", "%(n)s 名への送信を止めました。", stopped)
    messages.success(request, words % {"n": number(stopped)})


def _confirmed(request: access.StaffRequest, mailing: Mailing, form: ConfirmForm) -> bool:
    """Confirm, or say on the form why not; what the last look found stays, see the flow."""
    try:
        flow.confirm_mailing(
            mailing_id=mailing.pk, expected=form.cleaned_data["expected"], due_at=form.due_at, **member(request)
        )
    except DomainError as error:
        form.add_error("day" if isinstance(error, operations.UnableToConfirmTime) else None, str(error.message))
        return False
    expected = form.cleaned_data["expected"]
    words = ngettext(
        "%(n)s 名への送信を受け付けました。始まるまでは、いつでも止められます。",
        "%(n)s 名への送信を受け付けました。始まるまでは、いつでも止められます。",
        expected,
    )
    messages.success(request, words % {"n": number(expected)})
    return True


def _elsewhere(found: Mailing) -> HttpResponse:
    """Lead to where the mailing is now."""
    is_written = found.template_version is not None
    return redirect(listing.url_of(found.pk, found.state, is_written=is_written, may_send=True))


def _mailing(request: access.StaffRequest, mailing_id: uuid.UUID) -> Mailing:
    found = queries.mailing(request.seat.organization_id, mailing_id)
    if found is None:
        raise Http404
    return found
