"""The texts that mailings are written with: looked at, written anew, put away."""

from __future__ import annotations

import typing

from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.clickjacking import xframe_options_sameorigin
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from career_relay.design.forms import refusal_on
from career_relay.domain.ground.organizations import access, rules
from career_relay.domain.hiring.notices import operations, queries
from career_relay.portals.employer.notices import preview
from career_relay.portals.employer.notices import templates as notice_templates
from career_relay.portals.employer.notices.acting import member
from career_relay.portals.employer.notices.forms import TemplateForm, TextsForm, initial_of

if typing.TYPE_CHECKING:
    import uuid

    from django.http import HttpResponse

    from career_relay.domain.hiring.notices.queries.templates import Written

LOOK = "look"


@require_safe
@access.seat_required(kind="employer", right="see_notices")
def templates(request: access.StaffRequest) -> HttpResponse:
    """List the templates of a language by kind of hiring and stage."""
    found = notice_templates.template_list(request.seat, request.GET)
    context = {"list": found, "may_send": rules.may(request.seat.role, "send_notices")}
    return render(request, "employer/notices/templates.html", context)


@require_POST
@access.seat_required(kind="employer", right="send_notices")
def start(request: access.StaffRequest) -> HttpResponse:
    """Give an employer without templates the texts to begin with."""
    operations.templates.start(**member(request))
    return redirect("employer:notice_templates")


@require_safe
@access.seat_required(kind="employer", right="see_notices")
def template(request: access.StaffRequest, template_id: uuid.UUID) -> HttpResponse:
    """Show what a template says, and said."""
    page = notice_templates.page(_written(request, template_id), request.seat, request.GET)
    context = {"page": page, "may_send": rules.may(request.seat.role, "send_notices")}
    return render(request, "employer/notices/template.html", context)


@require_safe
@access.seat_required(kind="employer", right="see_notices")
@xframe_options_sameorigin
def template_html(request: access.StaffRequest, template_id: uuid.UUID) -> HttpResponse:
    """Give the HTML of a template with made-up values to the frame that shows it."""
    page = notice_templates.page(_written(request, template_id), request.seat, request.GET)
    return preview.framed(page.sample.html)


@require_http_methods(["GET", "HEAD", "POST"])
@access.seat_required(kind="employer", right="send_notices")
def create(request: access.StaffRequest) -> HttpResponse:
    """Write a new template, beginning with nothing or with the words of another."""
    form = TemplateForm(request.POST or None, initial=notice_templates.initial_new(request.seat, request.GET))
    if form.is_valid() and LOOK not in request.POST:
        with refusal_on(form, "name"):
            made = operations.templates.create(**_about(form), texts=form.texts, **member(request))
            messages.success(request, _("テンプレートを保存しました。"))
            return redirect("employer:notice_template", made.pk)
    language = form["language"].value()
    context = {"form": form, **notice_templates.around(form, language, request.seat, looks=LOOK in request.POST)}
    return render(request, "employer/notices/template_new.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@access.seat_required(kind="employer", right="send_notices")
def edit(request: access.StaffRequest, template_id: uuid.UUID) -> HttpResponse:
    """Write a template anew. What was sent with it keeps its words."""
    written = _written(request, template_id)
    form = TextsForm(request.POST or None, initial=initial_of(written.latest))
    if form.is_valid() and LOOK not in request.POST:
        with refusal_on(form):
            operations.templates.write_version(template_id=template_id, texts=form.texts, **member(request))
            messages.success(request, _("文面を保存しました。次の送信から使います。"))
            return redirect("employer:notice_template", template_id)
    around = notice_templates.around(form, written.template.language, request.seat, looks=LOOK in request.POST)
    return render(request, "employer/notices/template_edit.html", {"written": written, "form": form, **around})


@require_http_methods(["GET", "HEAD", "POST"])
@access.seat_required(kind="employer", right="send_notices")
def archive(request: access.StaffRequest, template_id: uuid.UUID) -> HttpResponse:
    """Put a template away, after saying what that means."""
    written = _written(request, template_id)
    if request.method == "POST":
        operations.templates.archive(template_id=template_id, **member(request))
        messages.success(request, _("「%(name)s」をしまいました。") % {"name": written.template.name})
        return redirect("employer:notice_templates")
    return render(request, "employer/notices/template_archive.html", {"written": written})


def _written(request: access.StaffRequest, template_id: uuid.UUID) -> Written:
    found = queries.template(request.seat.organization_id, template_id)
    if found is None:
        raise Http404
    return found


def _about(form: TemplateForm) -> dict[str, typing.Any]:
    return {name: form.cleaned_data[name] for name in ("name", "employment_type", "stage", "language")}
