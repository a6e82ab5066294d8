"""What is put before a person: read, answered, gone on with, stopped. Nothing here needs a script."""

from __future__ import annotations

import typing

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from career_relay.domain.people.introductions import operations
from career_relay.flows import advance_introduction, check_retention, introduce_candidate
from career_relay.kernel import clock
from career_relay.portals.candidate import calendars, forms, progress, progress_forms
from career_relay.portals.candidate.access import ASK, DO, READ, page, signed_in
from career_relay.portals.candidate.pages import show, typed

if typing.TYPE_CHECKING:
    import uuid

    from career_relay.domain.ground.organizations.access import Request


@page(ASK)
@signed_in
def introduction(request: Request, candidate_id: uuid.UUID, introduction_id: uuid.UUID) -> HttpResponse:
    """Show one introduction with its terms and what the employer learns by a yes, and take the yes in."""
    found = _found(candidate_id, introduction_id)
    if request.method == "POST" and not found.may_answer:
        return _told_answered(request, found)
    form = _yes_form(request, found)
    if form.is_valid():
        with form.telling():
            _say_yes(request, candidate_id, introduction_id, form)
            return redirect("candidate:me_introduction", introduction_id)
    return _shown(request, found, form, _time_form(None, found))


@page(ASK)
@signed_in
def no(request: Request, candidate_id: uuid.UUID, introduction_id: uuid.UUID) -> HttpResponse:
    """Turn it down, with a reason if the person likes."""
    found, form = _found(candidate_id, introduction_id), progress_forms.ReasonForm(typed(request))
    if not found.may_answer:
        return _told_answered(request, found)
    if form.is_valid():
        with form.telling():
            introduce_candidate.say_no(
                candidate_id=candidate_id, introduction_id=introduction_id, now=clock.now(), **form.cleaned_data
            )
            messages.success(request, _("「いいえ」と伝えました。会社には何も伝わっていません。"))
            return redirect("candidate:me")
    return show(request, "introduction_no", form, page=found)


@page(DO)
@signed_in
def time(request: Request, candidate_id: uuid.UUID, introduction_id: uuid.UUID) -> HttpResponse:
    """Choose when the interview is."""
    found = _found(candidate_id, introduction_id)
    form = _time_form(request, found)
    if form.is_valid():
        with form.telling():
            advance_introduction.choose_time(
                introduction_id=introduction_id, chosen=form.time, candidate_id=candidate_id, now=clock.now()
            )
            messages.success(request, _("面接の日時を決めました。会社と紹介会社に伝わりました。"))
            return redirect("candidate:me_introduction", introduction_id)
    return _shown(request, found, _yes_form(None, found), form)


@page(READ)
@signed_in
def calendar(request: Request, candidate_id: uuid.UUID, introduction_id: uuid.UUID) -> HttpResponse:
    """Hand out the interview's time for a calendar."""
    found = _found(candidate_id, introduction_id)
    if found.calendar is None:
        raise Http404
    response = HttpResponse(calendars.event(found.calendar), content_type=calendars.TYPE)
    response["Content-Disposition"] = 'attachment; filename="interview.ics"'
    return response


@page(ASK)
@signed_in
def accept(request: Request, candidate_id: uuid.UUID, introduction_id: uuid.UUID) -> HttpResponse:
    """Take the offer, after it was read once more."""
    found = _found(candidate_id, introduction_id)
    form = progress_forms.AcceptForm(typed(request), initial={"seen": found.offer_seen})
    if request.method != "POST" and not found.may_accept:
        return redirect("candidate:me_introduction", introduction_id)
    if form.is_valid():
        with form.telling():
            advance_introduction.accept_offer(
                introduction_id=introduction_id, candidate_id=candidate_id, now=clock.now(), **form.cleaned_data
            )
            messages.success(request, _("内定を受けました。会社と紹介会社に伝わりました。"))
            return redirect("candidate:me_introduction", introduction_id)
    return show(request, "introduction_accept", form, page=found)


@page(ASK)
@signed_in
def withdraw(request: Request, candidate_id: uuid.UUID, introduction_id: uuid.UUID) -> HttpResponse:
    """Step back, with a reason if the person likes; the employer's sight ends with it."""
    found, form = _found(candidate_id, introduction_id), progress_forms.ReasonForm(typed(request))
    if request.method != "POST" and not found.may_withdraw:
        return redirect("candidate:me_introduction", introduction_id)
    if form.is_valid():
        with form.telling():
            advance_introduction.withdraw(
                introduction_id=introduction_id, candidate_id=candidate_id, now=clock.now(), **form.cleaned_data
            )
            messages.success(request, found.withdrawn)
            return redirect("candidate:me")
    return show(request, "introduction_withdraw", form, page=found)


@page(ASK)
@signed_in
def check(request: Request, candidate_id: uuid.UUID, check_id: uuid.UUID) -> HttpResponse:
    """Ask whether the person still works there; nobody has to answer."""
    form = progress_forms.CheckForm(typed(request))
    found = progress.check(candidate_id, check_id, clock.now())
    if found is None:
        raise Http404
    if form.is_valid():
        with form.telling():
            check_retention.answer_by_person(candidate_id=candidate_id, check_id=check_id, now=clock.now(), **form.told)
            messages.success(request, _("答えを受け取りました。"))
            return redirect("candidate:me")
    return show(request, "retention_check", form, check=found)


def _say_yes(
    request: Request, candidate_id: uuid.UUID, introduction_id: uuid.UUID, form: progress_forms.YesForm
) -> None:
    """Let the employer see the person. That another agency was faster ends it like a no, and stays so."""
    try:
        introduce_candidate.say_yes(
            candidate_id=candidate_id, introduction_id=introduction_id, now=clock.now(), **form.told
        )
        messages.success(request, _("「はい」と伝えました。会社に紹介します。"))
    except operations.UnableToIntroduceTwice as error:
        messages.warning(request, str(error.message))


def _told_answered(request: Request, found: progress.IntroductionPage) -> HttpResponse:
    """Lead whoever comes too late, from an old tab perhaps, to how it stands."""
    messages.info(request, found.answered)
    return redirect("candidate:me_introduction", found.id)


def _found(candidate_id: uuid.UUID, introduction_id: uuid.UUID) -> progress.IntroductionPage:
    found = progress.page(candidate_id, introduction_id, clock.now())
    if found is None:
        raise Http404
    return found


def _yes_form(request: Request | None, found: progress.IntroductionPage) -> progress_forms.YesForm:
    return progress_forms.YesForm(
        typed(request) if request else None,
        is_excluded=found.is_excluded,
        initial={"terms_hash": found.terms_hash},
    )


def _time_form(request: Request | None, found: progress.IntroductionPage) -> progress_forms.TimeForm:
    return progress_forms.TimeForm(typed(request) if request else None, times=found.times)


def _shown(
    request: Request, found: progress.IntroductionPage, form: forms.Form, time_form: progress_forms.TimeForm
) -> HttpResponse:
    sent = time_form if time_form.is_bound else form
    return show(request, "introduction", sent, page=found, yes_form=form, time_form=time_form)
