from __future__ import annotations

from django.urls import path

from career_relay.portals.agency.views import home, offers, people

urlpatterns = [
    path("", home.home, name="home"),
    path("offers/<uuid:assignment_id>/accept/", offers.accept, name="offer_accept"),
    path("offers/<uuid:assignment_id>/decline/", offers.decline, name="offer_decline"),
    path("people/", people.people, name="people"),
    path("people/<uuid:assignment_id>/", people.person, name="person"),
    path("people/<uuid:assignment_id>/adviser/", people.adviser, name="person_adviser"),
    path("people/<uuid:assignment_id>/end/", people.end, name="person_end"),
]
