"""What an agency is: its licence, its desk, its offices and its fees, as its manager says."""

from __future__ import annotations

import typing

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt, csrf_protect
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from career_relay.domain.ground.agencies import operations, queries, rules, words
from career_relay.domain.ground.organizations import access
from career_relay.kernel import clock
from career_relay.portals.agency import licence_page, published, uploads
from career_relay.portals.agency.acting import acting
from career_relay.portals.agency.fee_forms import FeesForm
from career_relay.portals.agency.refusals import at_its_field
from career_relay.portals.agency.settings_forms import DeskForm, LicenceForm, OfficeForm

if typing.TYPE_CHECKING:
    import uuid

    from career_relay.domain.ground.agencies.models import Office


@csrf_exempt  # asked for all the same, by the view within: a body that is too large must not be read for the token
@require_http_methods(["GET", "HEAD", "POST"])
@access.seat_required(kind="agency", right="manage_agency")
def licence(request: access.StaffRequest) -> HttpResponse:
    """Show where the agency stands with its licence, and take in another, unless its file is not worth reading."""
    if uploads.is_too_large(request):
        uploads.read_away(request)
        return _licence_page(request, LicenceForm({}, is_too_large=True), status=413)
    return _licence(request)


@csrf_protect
def _licence(request: access.StaffRequest) -> HttpResponse:
    is_sent = request.method == "POST"
    standing = queries.standing(request.seat.organization_id, clock.day_in_japan(clock.now()))
    form = (
        LicenceForm(request.POST, request.FILES) if is_sent else LicenceForm(initial=LicenceForm.initial_of(standing))
    )
    if is_sent and form.is_valid():
        with at_its_field(form):
            operations.submit_licence(**form.licence, **acting(request))
            messages.success(request, _("許可を提出しました。確認の結果はメールでお知らせします。"))
            return redirect("agency:licence")
    return _licence_page(request, form)


def _licence_page(request: access.StaffRequest, form: LicenceForm, status: int = 200) -> HttpResponse:
    page = licence_page.page(request.seat.organization_id, clock.day_in_japan(clock.now()))
    context = {"page": page, "form": form, "most": uploads.LARGEST, "too_large": form.too_large}
    return render(request, "agency/settings/licence.html", context, status=status)


@require_safe
@access.seat_required(kind="agency", right="manage_agency")
def evidence(request: access.StaffRequest, licence_id: uuid.UUID) -> HttpResponse:
    """Hand out the file of a licence, to be kept and never to be shown by the browser."""
    found = queries.licence(request.seat.organization_id, licence_id)
    if found is None:
        raise Http404
    headers = {
        "Content-Disposition": content_disposition_header(as_attachment=True, filename=found.evidence_name) or "",
        "X-Content-Type-Options": "nosniff",
        "Cache-Control": "private, no-store",
    }
    return HttpResponse(bytes(found.evidence), content_type=found.evidence_type, headers=headers)


@require_http_methods(["GET", "HEAD", "POST"])
@access.seat_required(kind="agency", right="manage_agency")
def desk(request: access.StaffRequest) -> HttpResponse:
    """Take in how the agency is reached and whom it takes."""
    present = queries.desk(request.seat.organization_id)
    form = DeskForm(request.POST or None, initial=DeskForm.initial_of(present))
    if form.is_valid():
        with at_its_field(form):
            operations.save_desk(details=form.details, **acting(request))
            messages.success(request, _("受け入れの設定を保存しました。"))
            return redirect("agency:desk")
    return render(request, "agency/settings/desk.html", {"form": form, "desk": present})


@require_safe
@access.seat_required(kind="agency", right="manage_agency")
def offices(request: access.StaffRequest) -> HttpResponse:
    """List the places of business, and which responsible person's training ran out."""
    today = clock.day_in_japan(clock.now())
    found = [
        (one, rules.trained_until(one.trained_on), rules.is_trained(one.trained_on, today))
        for one in queries.offices(request.seat.organization_id)
    ]
    return render(request, "agency/settings/offices.html", {"offices": found})


@require_http_methods(["GET", "HEAD", "POST"])
@access.seat_required(kind="agency", right="manage_agency")
def office_new(request: access.StaffRequest) -> HttpResponse:
    """Take in another place of business."""
    form = OfficeForm(request.POST or None)
    if form.is_valid():
        with at_its_field(form):
            operations.add_office(details=form.details, **acting(request))
            messages.success(request, _("事業所を追加しました。"))
            return redirect("agency:offices")
    return render(request, "agency/settings/office.html", {"form": form})


@require_http_methods(["GET", "HEAD", "POST"])
@access.seat_required(kind="agency", right="manage_agency")
def office(request: access.StaffRequest, office_id: uuid.UUID) -> HttpResponse:
    """Take in what changed about a place of business."""
    found = _office(request, office_id)
    form = OfficeForm(request.POST or None, initial=OfficeForm.initial_of(found))
    if form.is_valid():
        with at_its_field(form):
            operations.change_office(office_id=office_id, details=form.details, **acting(request))
            messages.success(request, _("事業所の内容を保存しました。"))
            return redirect("agency:offices")
    return render(request, "agency/settings/office.html", {"form": form, "office": found})


@require_POST
@access.seat_required(kind="agency", right="manage_agency")
def office_remove(request: access.StaffRequest, office_id: uuid.UUID) -> HttpResponse:
    """Take a place of business off the list; the last one stays, and the page says why."""
    found = _office(request, office_id)
    try:
        operations.remove_office(office_id=found.pk, **acting(request))
    except operations.errors.UnableToRemoveLastOffice as refusal:
        messages.error(request, str(refusal.message))
        return redirect("agency:office", office_id)
    messages.success(request, _("「%(name)s」を外しました。") % {"name": found.name})
    return redirect("agency:offices")


@require_safe
@access.seat_required(kind="agency", right="manage_agency")
def fees(request: access.StaffRequest) -> HttpResponse:
    """Show what the agency charges and gives back now, and every version before and after."""
    today = clock.day_in_japan(clock.now())
    versions = queries.fee_tables(request.seat.organization_id)
    present = next((one for one in versions if one.effective_from <= today), None)
    context = {
        "fees": present,
        "rates": words.rates(present.table) if present else [],
        "refunds": words.refunds(present.table) if present else [],
        "coming": next((one for one in versions if one.effective_from > today), None),
        "versions": versions,
        "fees_url": published.address(request.seat.organization_id, today),
    }
    return render(request, "agency/settings/fees.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@access.seat_required(kind="agency", right="manage_agency")
def fees_new(request: access.StaffRequest) -> HttpResponse:
    """Take in another version of the fee table, beginning from the present one."""
    today = clock.day_in_japan(clock.now())
    latest = next(iter(queries.fee_tables(request.seat.organization_id)), None)
    form = FeesForm(request.POST or None, fees=latest, today=today)
    if form.is_valid():
        with at_its_field(form):
            published = operations.publish_fees(**form.published, **acting(request))
            messages.success(request, _("手数料表の第 %(n)d 版を公表しました。") % {"n": published.version})
            return redirect("agency:fees")
    return render(request, "agency/settings/fees_new.html", {"form": form})


def _office(request: access.StaffRequest, office_id: uuid.UUID) -> Office:
    found = queries.offices(request.seat.organization_id).filter(pk=office_id).first()
    if found is None:
        raise Http404
    return found
