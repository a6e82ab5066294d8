"""Putting people forward: the list and the board, one introduction and what is done with it, proposing a posting."""

from __future__ import annotations

import typing

from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from career_relay.domain.ground.organizations import access
from career_relay.flows import introduce_candidate as flow
from career_relay.kernel import clock
from career_relay.portals.agency.acting import acting
from career_relay.portals.agency.introductions import acts, listing, proposing
from career_relay.portals.agency.introductions import board as boards
from career_relay.portals.agency.introductions import page as pages
from career_relay.portals.agency.refusals import at_its_field

if typing.TYPE_CHECKING:
    import uuid

    from django.http import HttpResponse


@require_safe
@access.seat_required(kind="agency", right="see_people")
def introductions(request: access.StaffRequest) -> HttpResponse:
    """List the introductions the address asks for."""
    found = listing.introduction_list(request.seat, request.GET, clock.now())
    context = {"list": found, "views": listing.views(on_board=False)}
    return render(request, "agency/introductions/introductions.html", context)


@require_safe
@access.seat_required(kind="agency", right="see_people")
def board(request: access.StaffRequest) -> HttpResponse:
    """Show everybody by stage, from those nothing was proposed to yet to those who joined."""
    found = boards.board(request.seat, request.GET, clock.now())
    return render(request, "agency/introductions/board.html", {"board": found, "views": listing.views(on_board=True)})


@require_safe
@access.seat_required(kind="agency", right="see_people")
def introduction(request: access.StaffRequest, introduction_id: uuid.UUID) -> HttpResponse:
    """Show one introduction: where it stands, what may be done, what happened."""
    return render(request, "agency/introductions/introduction.html", {"page": _page(request, introduction_id)})


@require_http_methods(["GET", "HEAD", "POST"])
@access.seat_required(kind="agency", right="take_people")
def act(request: access.StaffRequest, introduction_id: uuid.UUID, code: str) -> HttpResponse:
    """Do one thing with an introduction, after asking for what it needs."""
    page = _page(request, introduction_id)
    choice = page.choice(code)
    if choice is None:
        messages.warning(request, acts.too_late())
        return redirect("agency:introduction", introduction_id)
    form = choice.act.form(request.POST or None, file=page.file, now=clock.now())
    if form.is_valid():
        with at_its_field(form):
            choice.act.run(introduction_id=introduction_id, **form.told, **acting(request))
            messages.success(request, str(choice.act.done))
            return redirect("agency:introduction", introduction_id)
    return render(request, "agency/introductions/act.html", {"page": page, "choice": choice, "form": form})


@require_http_methods(["GET", "HEAD", "POST"])
@access.seat_required(kind="agency", right="take_people")
def introduce(request: access.StaffRequest, assignment_id: uuid.UUID) -> HttpResponse:
    """Propose a posting to somebody: choose it, write, look at it once more, send."""
    page = proposing.proposing(request.seat, assignment_id, request.GET, clock.now())
    if page is None:
        raise Http404
    if not page.standing.may_act:
        return redirect("agency:person", assignment_id)
    if page.chosen is None:
        return render(request, "agency/introductions/choose.html", {"page": page})
    form, step = proposing.form(page, request.POST or None), request.POST.get("step", "")
    if form.is_valid() and step == "send":
        with at_its_field(form, keeps_record=True):
            made = flow.propose(
                assignment_id=assignment_id, posting_id=page.chosen.posting.pk, **form.cleaned_data, **acting(request)
            )
            messages.success(request, _("ご本人に送信しました。返事があると、担当アドバイザーにメールで知らせます。"))
            return redirect("agency:introduction", made.pk)
    is_shown = form.is_valid() and step == "preview"
    return render(request, "agency/introductions/introduce.html", {"page": page, "form": form, "is_shown": is_shown})


def _page(request: access.StaffRequest, introduction_id: uuid.UUID) -> pages.IntroductionPage:
    page = pages.introduction_page(request.seat, introduction_id, clock.now())
    if page is None:
        raise Http404
    return page
