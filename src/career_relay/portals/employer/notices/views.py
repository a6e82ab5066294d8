"""Telling people of a decision, up to the last word: chosen, written to, looked at, taken out."""

from __future__ import annotations

import typing

from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.clickjacking import xframe_options_sameorigin
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from career_relay.design.forms import refusal_on
from career_relay.design.tags.figures import number
from career_relay.domain.ground.organizations import access, rules
from career_relay.domain.hiring.notices import operations, queries
from career_relay.domain.hiring.notices.models import Mailing
from career_relay.flows import notify_rejections as flow
from career_relay.portals.employer.applications import addresses
from career_relay.portals.employer.notices import choosing, listing, writing
from career_relay.portals.employer.notices import preview as notice_preview
from career_relay.portals.employer.notices.acting import member

if typing.TYPE_CHECKING:
    import uuid

    from django.http import HttpResponse


@require_safe
@access.seat_required(kind="employer", right="see_notices")
def notices(request: access.StaffRequest) -> HttpResponse:
    """List the mailings, newest first."""
    page = queries.mailings(request.seat.organization_id, addresses.page_number(request.GET))
    may_send = rules.may(request.seat.role, "send_notices")
    context = {"page": page, "lines": listing.lines(page, may_send=may_send), "may_send": may_send}
    return render(request, "employer/notices/index.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@access.seat_required(kind="employer", right="send_notices")
def create(request: access.StaffRequest) -> HttpResponse:
    """Begin a mailing to those who were chosen on a list, with texts to begin with; asked without any, say where to choose."""
    if request.method != "POST":
        return render(request, "employer/notices/new.html")
    chosen = choosing.chosen(request.seat, request.POST)
    operations.templates.start(**member(request))
    try:
        mailing = flow.draft_mailing(application_ids=chosen, **member(request))
    except (operations.UnableToDraft, operations.UnableToDraftMeanwhile) as error:
        return render(request, "employer/notices/new.html", {"refusal": error.message}, status=error.status)
    return redirect("employer:notice_write", mailing.pk)


@require_http_methods(["GET", "HEAD", "POST"])
@access.seat_required(kind="employer", right="send_notices")
def write(request: access.StaffRequest, mailing_id: uuid.UUID) -> HttpResponse:
    """Take in which text is sent, with or without link, and where answers go."""
    mailing = _mailing(request, mailing_id)
    if mailing.state != Mailing.State.DRAFT:
        return redirect("employer:notice", mailing_id)
    page = writing.page(mailing, request.seat, request.GET)
    form = writing.form(request.POST or None, page, mailing, request.user)
    if form.is_valid():
        with refusal_on(form):
            flow.write_mailing(
                organization_id=request.seat.organization_id,
                mailing_id=mailing_id,
                template_id=writing.template_id(form),
                has_link=form.has_link,
                reply_to=form.cleaned_data["reply_to"],
            )
            return redirect("employer:notice_preview", mailing_id)
    return render(request, "employer/notices/write.html", {"mailing": mailing, "page": page, "form": form})


@require_safe
@access.seat_required(kind="employer", right="send_notices")
def preview(request: access.StaffRequest, mailing_id: uuid.UUID) -> HttpResponse:
    """Show mails as they will be sent, and everybody who gets one or does not."""
    mailing = _mailing(request, mailing_id)
    if mailing.state != Mailing.State.DRAFT:
        return redirect("employer:notice", mailing_id)
    if mailing.template_version is None:
        return redirect("employer:notice_write", mailing_id)
    page = notice_preview.page(mailing, request.GET)
    return render(request, "employer/notices/preview.html", {"mailing": mailing, "page": page})


@require_safe
@access.seat_required(kind="employer", right="send_notices")
def preview_one(request: access.StaffRequest, mailing_id: uuid.UUID, notice_id: uuid.UUID) -> HttpResponse:
    """Show one person's mail."""
    mailing = _mailing(request, mailing_id)
    if mailing.state != Mailing.State.DRAFT:
        return redirect("employer:notice", mailing_id)
    context = {"mailing": mailing, "mail": _mail(mailing, notice_id)}
    return render(request, "employer/notices/preview_one.html", context)


@require_safe
@access.seat_required(kind="employer", right="send_notices")
@xframe_options_sameorigin
def preview_html(request: access.StaffRequest, mailing_id: uuid.UUID, notice_id: uuid.UUID) -> HttpResponse:
    """Give the HTML of one person's mail to the frame that shows it."""
    return notice_preview.framed(_mail(_mailing(request, mailing_id), notice_id).html)


@require_POST
@access.seat_required(kind="employer", right="send_notices")
def take_out(request: access.StaffRequest, mailing_id: uuid.UUID, notice_id: uuid.UUID) -> HttpResponse:
    """Leave somebody out of a draft."""
    mailing = _mailing(request, mailing_id, holding=notice_id)
    operations.take_out(organization_id=request.seat.organization_id, notice_id=notice_id)
    messages.success(request, _("1 名を外しました。「送信しない方」から戻せます。"))
    return redirect(notice_preview.address(mailing, request.POST.get("which", "")))


@require_POST
@access.seat_required(kind="employer", right="send_notices")
def put_back(request: access.StaffRequest, mailing_id: uuid.UUID, notice_id: uuid.UUID) -> HttpResponse:
    """Take somebody in again who was left out by hand."""
    mailing = _mailing(request, mailing_id, holding=notice_id)
    operations.put_back(organization_id=request.seat.organization_id, notice_id=notice_id)
    messages.success(request, _("1 名を戻しました。"))
    return redirect(notice_preview.address(mailing, notice_preview.LEFT_OUT))


@require_POST
@access.seat_required(kind="employer", right="send_notices")
def take_out_misfits(request: access.StaffRequest, mailing_id: uuid.UUID) -> HttpResponse:
    """Leave all out of a draft whom its words do not suit."""
    mailing = _mailing(request, mailing_id)
    count = operations.take_out_misfits(organization_id=request.seat.organization_id, mailing_id=mailing.pk)
    words = ngettext(
        "文面と合わない %(n)s 名を外しました。未通知のままなので、別の文面で連絡できます。",
        "文面と合わない %(n)s 名を外しました。未通知のままなので、別の文面で連絡できます。",
        count,
    )
    messages.success(request, words % {"n": number(count)})
    return redirect("employer:notice_confirm", mailing_id)


@require_POST
@access.seat_required(kind="employer", right="send_notices")
def discard(request: access.StaffRequest, mailing_id: uuid.UUID) -> HttpResponse:
    """Give a draft up; nobody was written to."""
    operations.discard(organization_id=request.seat.organization_id, mailing_id=_mailing(request, mailing_id).pk)
    messages.success(request, _("作成をやめました。だれにも送信していません。"))
    return redirect("employer:notices")


def _mailing(request: access.StaffRequest, mailing_id: uuid.UUID, holding: uuid.UUID | None = None) -> Mailing:
    found = queries.mailing(request.seat.organization_id, mailing_id)
    if found is None or (holding and not queries.holds(found, holding)):
        raise Http404
    return found


def _mail(mailing: Mailing, notice_id: uuid.UUID) -> queries.Preview:
    found = queries.preview(mailing, notice_id)
    if found is None:
        raise Http404
    return found
