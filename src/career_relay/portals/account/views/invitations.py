"""The page behind an invitation's link. The link says which organization and which role; nothing else in a request does."""

from __future__ import annotations

import typing

from django.contrib import messages
from django.contrib.auth.views import redirect_to_login
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from career_relay.domain.ground.accounts import queries as accounts
from career_relay.domain.ground.organizations import access, operations, queries
from career_relay.kernel import clock

if typing.TYPE_CHECKING:
    from django.http import HttpResponse


@require_http_methods(["GET", "HEAD", "POST"])
def invitation(request: access.Request, token: str) -> HttpResponse:
    """Show what is offered, and take the seat on the invited person's word."""
    if request.method == "POST":
        return _accept(request, token)
    offered = queries.invitation_by_token(token, clock.now())
    if offered is None:
        raise operations.errors.UnableToAcceptInvitation
    is_theirs = request.user.is_authenticated and accounts.has_confirmed(request.user.pk, offered.email)
    return render(request, "organization/invitation.html", {"offered": offered, "is_theirs": is_theirs})


def _accept(request: access.Request, token: str) -> HttpResponse:
    if not request.user.is_authenticated:
        return redirect_to_login(request.path)
    seat = operations.accept_invitation(
        token=token, user=request.user, language=get_language() or "ja", now=clock.now()
    )
    access.choose(request, seat.organization_id)
    messages.success(request, _("メンバーに参加しました。"))
    return redirect("account:home")
