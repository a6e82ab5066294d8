from __future__ import annotations

from django.urls import path

from career_relay.portals.account.views import (
    agreement,
    agreements,
    home,
    invitations,
    mails,
    members,
    organization,
    runs,
)

app_name = "account"

urlpatterns = [
    path("home/", home.home, name="home"),
    path("start/", home.start, name="start"),
    path("switch/", home.switch, name="switch"),
    path("switch/<uuid:organization_id>/", home.switch_to, name="switch_to"),
    path("account/security/", home.security, name="security"),
    path("invitations/<str:token>/", invitations.invitation, name="invitation"),
    path("organization/", organization.profile, name="organization"),
    path("organization/edit/", organization.edit, name="organization_edit"),
    path("organization/members/", members.members, name="members"),
    path("organization/members/<uuid:member_id>/", members.member, name="member"),
    path("organization/members/<uuid:member_id>/remove/", members.remove, name="member_remove"),
    path("organization/members/invite/", members.invite, name="invite"),
    path("organization/members/invite-many/", members.invite_many, name="invite_many"),
    path("organization/invitations/<uuid:invitation_id>/renew/", members.renew, name="invitation_renew"),
    path("organization/invitations/<uuid:invitation_id>/revoke/", members.revoke, name="invitation_revoke"),
    path("organization/agreements/", agreements.agreements, name="agreements"),
    path("organization/agreements/new/", agreements.new, name="agreement_new"),
    path("organization/agreements/drafts/<uuid:draft_id>/", agreements.draft, name="agreement_draft"),
    path("organization/agreements/drafts/<uuid:draft_id>/edit/", agreements.draft_edit, name="agreement_draft_edit"),
    path(
        "organization/agreements/drafts/<uuid:draft_id>/discard/",
        agreements.draft_discard,
        name="agreement_draft_discard",
    ),
    path("organization/agreements/<uuid:agreement_id>/", agreement.agreement, name="agreement"),
    path("organization/agreements/<uuid:agreement_id>/amend/", agreement.amend, name="agreement_amend"),
    path("organization/agreements/<uuid:agreement_id>/accept/", agreement.accept, name="agreement_accept"),
    path("organization/agreements/<uuid:agreement_id>/decline/", agreement.decline, name="agreement_decline"),
    path("organization/agreements/<uuid:agreement_id>/suspend/", agreement.suspend, name="agreement_suspend"),
    path("organization/agreements/<uuid:agreement_id>/resume/", agreement.resume, name="agreement_resume"),
    path("organization/agreements/<uuid:agreement_id>/end/", agreement.end, name="agreement_end"),
    path("organization/agreements/<uuid:agreement_id>/review/", agreement.review, name="agreement_review"),
    path("organization/mail/", mails.mails, name="mails"),
    path("organization/mail/<uuid:message_id>/", mails.mail, name="mail"),
    path("organization/runs/", runs.runs, name="runs"),
    path("organization/runs/<uuid:run_id>/", runs.run, name="run"),
    path("organization/runs/<uuid:run_id>/failures/", runs.failures, name="run_failures"),
    path("organization/runs/<uuid:run_id>/file/", runs.file, name="run_file"),
]
