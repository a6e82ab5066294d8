from __future__ import annotations

import typing

from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from career_relay.design.forms import refusal_on
from career_relay.domain.ground.organizations import access, operations, queries, rules
from career_relay.kernel import actors, clock
from career_relay.portals.account.organization_forms import InviteForm, InviteManyForm, RoleForm

if typing.TYPE_CHECKING:
    import uuid

    from django.http import HttpResponse


def _by(request: access.StaffRequest) -> dict[str, typing.Any]:
    """Return who acts where and when, as every operation wants it."""
    return {
        "organization_id": request.seat.organization_id,
        "actor": actors.user(request.user.pk),
        "now": clock.now(),
    }


@require_safe
@access.seat_required()
def members(request: access.StaffRequest) -> HttpResponse:
    """List who works here, and who was asked to."""
    organization_id = request.seat.organization_id
    may_manage = rules.may(request.seat.role, "manage_members")
    context = {
        "members": queries.members(organization_id),
        "invitations": queries.open_invitations(organization_id, clock.now()) if may_manage else [],
        "may_manage": may_manage,
    }
    return render(request, "organization/members.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@access.seat_required(right="manage_members")
def member(request: access.StaffRequest, member_id: uuid.UUID) -> HttpResponse:
    """Show one member, and give them another role."""
    found = queries.members(request.seat.organization_id).filter(pk=member_id).first()
    if found is None:
        raise Http404
    form = RoleForm(request.POST or None, kind=request.seat.kind, initial={"role": found.role})
    if form.is_valid():
        with refusal_on(form):
            operations.change_role(member_id=member_id, role=form.cleaned_data["role"], **_by(request))
            messages.success(request, _("%(name)sさんの権限を変更しました。") % {"name": found.user.name})
            return redirect("account:members")
    return render(request, "organization/member.html", {"member": found, "form": form})


@require_POST
@access.seat_required(right="manage_members")
def remove(request: access.StaffRequest, member_id: uuid.UUID) -> HttpResponse:
    """Take a member's seat away."""
    removed = operations.remove_member(member_id=member_id, **_by(request))
    messages.success(request, _("%(name)sさんをメンバーから外しました。") % {"name": removed.user.name})
    return redirect("account:members" if removed.user_id != request.user.pk else "account:home")


@require_http_methods(["GET", "HEAD", "POST"])
@access.seat_required(right="manage_members")
def invite(request: access.StaffRequest) -> HttpResponse:
    """Offer a seat to one address."""
    form = InviteForm(request.POST or None, kind=request.seat.kind)
    if form.is_valid():
        with refusal_on(form):
            operations.invite(language=get_language() or "ja", **form.cleaned_data, **_by(request))
            messages.success(request, _("%(email)sに招待を送りました。") % form.cleaned_data)
            return redirect("account:members")
    return render(request, "organization/invite.html", {"form": form})


@require_http_methods(["GET", "HEAD", "POST"])
@access.seat_required(right="manage_members")
def invite_many(request: access.StaffRequest) -> HttpResponse:
    """Take a list of addresses in; the invitations go out in the background."""
    form = InviteManyForm(request.POST or None, kind=request.seat.kind)
    if form.is_valid():
        with refusal_on(form):
            run = operations.start_inviting(language=get_language() or "ja", **form.cleaned_data, **_by(request))
            return redirect("account:run", run.pk)
    return render(request, "organization/invite_many.html", {"form": form})


@require_POST
@access.seat_required(right="manage_members")
def renew(request: access.StaffRequest, invitation_id: uuid.UUID) -> HttpResponse:
    """Send an invitation again, with a new link."""
    language = get_language() or "ja"
    renewed = operations.renew_invitation(invitation_id=invitation_id, language=language, **_by(request))
    messages.success(request, _("%(email)sに招待を送り直しました。") % {"email": renewed.email})
    return redirect("account:members")


@require_POST
@access.seat_required(right="manage_members")
def revoke(request: access.StaffRequest, invitation_id: uuid.UUID) -> HttpResponse:
    """Take an invitation back."""
    operations.revoke_invitation(invitation_id=invitation_id, **_by(request))
    messages.success(request, _("招待を取り消しました。"))
    return redirect("account:members")
