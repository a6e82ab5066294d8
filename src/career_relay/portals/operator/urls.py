from __future__ import annotations

from django.urls import path

from career_relay.portals.operator import views, views_complaints, views_yearly

app_name = "operator"

urlpatterns = [
    path("", views.home, name="home"),
    path("yearly/", views_yearly.latest, name="yearly"),
    path("yearly/<int:year>/", views_yearly.yearly, name="yearly_figures"),
    path("yearly/<int:year>/file/", views_yearly.file, name="yearly_file"),
    path("complaints/", views_complaints.complaints, name="complaints"),
    path("complaints/<uuid:complaint_id>/", views_complaints.complaint, name="complaint"),
    path("complaints/<uuid:complaint_id>/take-up/", views_complaints.take_up, name="complaint_take_up"),
    path("agencies/", views.agencies, name="agencies"),
    path("agencies/<uuid:agency_id>/", views.agency, name="agency"),
    path("agencies/<uuid:agency_id>/stop/", views.stop, name="agency_stop"),
    path("agencies/<uuid:agency_id>/resume/", views.resume, name="agency_resume"),
    path("agencies/<uuid:agency_id>/licences/<uuid:licence_id>/evidence/", views.evidence, name="licence_evidence"),
    path("agencies/<uuid:agency_id>/licences/<uuid:licence_id>/confirm/", views.confirm, name="licence_confirm"),
    path("agencies/<uuid:agency_id>/licences/<uuid:licence_id>/refuse/", views.refuse, name="licence_refuse"),
]
