from __future__ import annotations

from django.urls import path

from career_relay.portals.candidate.views import (
    address,
    agencies,
    introductions,
    landing,
    own,
    registration,
    sign_in,
)

app_name = "candidate"

urlpatterns = [
    path("r/<str:token>/", landing.follow, name="follow"),
    path("welcome/", landing.welcome, name="welcome"),
    path("welcome/left/", landing.left, name="left"),
    path("welcome/no-mail/", landing.no_mail, name="no_mail"),
    path("register/", registration.details, name="details"),
    path("register/consents/", registration.consents, name="consents"),
    path("register/refused/", registration.refused, name="refused"),
    path("register/leave/", landing.leave, name="leave"),
    path("register/check/", registration.check, name="check"),
    path("register/code/", registration.code, name="code"),
    path("register/code/new/", registration.new_code, name="new_code"),
    path("register/done/", registration.done, name="done"),
    path("me/", own.me, name="me"),
    path("me/sign-in/", sign_in.sign_in, name="sign_in"),
    path("me/sign-in/code/", sign_in.sign_in_code, name="sign_in_code"),
    path("me/sign-out/", sign_in.sign_out, name="sign_out"),
    path("me/signed-out/", sign_in.signed_out, name="signed_out"),
    path("me/details/", own.details, name="me_details"),
    path("me/address/", address.address, name="me_address"),
    path("me/address/code/", address.code, name="me_address_code"),
    path("me/consents/", own.more_consents, name="me_consents"),
    path("me/consents/<uuid:consent_id>/withdraw/", own.withdraw, name="withdraw"),
    path("me/agencies/", agencies.agencies, name="me_agencies"),
    path("me/agencies/<uuid:organization_id>/wish/", agencies.wish, name="me_agency_wish"),
    path("me/agencies/<uuid:organization_id>/unwish/", agencies.unwish, name="me_agency_unwish"),
    path("me/assignments/<uuid:assignment_id>/end/", agencies.end, name="me_agency_end"),
    path("me/assignments/<uuid:assignment_id>/report/", agencies.report, name="me_agency_report"),
    path("me/agencies/reported/", agencies.reported, name="me_agency_reported"),
    path("me/complaints/", agencies.complaints, name="me_complaints"),
    path("me/introductions/<uuid:introduction_id>/", introductions.introduction, name="me_introduction"),
    path("me/introductions/<uuid:introduction_id>/no/", introductions.no, name="me_introduction_no"),
    path("me/introductions/<uuid:introduction_id>/time/", introductions.time, name="me_introduction_time"),
    path(
        "me/introductions/<uuid:introduction_id>/interview.ics",
        introductions.calendar,
        name="me_introduction_file",
    ),
    path("me/introductions/<uuid:introduction_id>/accept/", introductions.accept, name="me_introduction_accept"),
    path("me/introductions/<uuid:introduction_id>/withdraw/", introductions.withdraw, name="me_introduction_withdraw"),
    path("me/checks/<uuid:check_id>/", introductions.check, name="me_check"),
    path("me/receipts/", own.receipts, name="me_receipts"),
    path("me/download/", own.download, name="me_download"),
    path("me/stop/", own.stop, name="me_stop"),
    path("me/stopped/", own.stopped, name="stopped"),
]
