from __future__ import annotations

from django.urls import path

from career_relay.portals.employer.notices import views as notices
from career_relay.portals.employer.notices import views_sending, views_templates

urlpatterns = [
    path("notices/", notices.notices, name="notices"),
    path("notices/new/", notices.create, name="notice_new"),
    path("notices/<uuid:mailing_id>/", views_sending.mailing, name="notice"),
    path("notices/<uuid:mailing_id>/write/", notices.write, name="notice_write"),
    path("notices/<uuid:mailing_id>/preview/", notices.preview, name="notice_preview"),
    path("notices/<uuid:mailing_id>/confirm/", views_sending.confirm, name="notice_confirm"),
    path("notices/<uuid:mailing_id>/fitting/", notices.take_out_misfits, name="notice_take_out_misfits"),
    path("notices/<uuid:mailing_id>/discard/", notices.discard, name="notice_discard"),
    path("notices/<uuid:mailing_id>/stop/", views_sending.stop, name="notice_stop"),
    path("notices/<uuid:mailing_id>/file/", views_sending.file, name="notice_file"),
    path("notices/<uuid:mailing_id>/people/<uuid:notice_id>/", notices.preview_one, name="notice_mail"),
    path("notices/<uuid:mailing_id>/people/<uuid:notice_id>/html/", notices.preview_html, name="notice_mail_html"),
    path("notices/<uuid:mailing_id>/people/<uuid:notice_id>/take-out/", notices.take_out, name="notice_take_out"),
    path("notices/<uuid:mailing_id>/people/<uuid:notice_id>/put-back/", notices.put_back, name="notice_put_back"),
    path("notices/<uuid:mailing_id>/people/<uuid:notice_id>/stop/", views_sending.stop_one, name="notice_stop_one"),
    path("notices/<uuid:mailing_id>/people/<uuid:notice_id>/resolve/", views_sending.resolve, name="notice_resolve"),
    path("notice-templates/", views_templates.templates, name="notice_templates"),
    path("notice-templates/new/", views_templates.create, name="notice_template_new"),
    path("notice-templates/start/", views_templates.start, name="notice_template_start"),
    path("notice-templates/<uuid:template_id>/", views_templates.template, name="notice_template"),
    path("notice-templates/<uuid:template_id>/html/", views_templates.template_html, name="notice_template_html"),
    path("notice-templates/<uuid:template_id>/edit/", views_templates.edit, name="notice_template_edit"),
    path("notice-templates/<uuid:template_id>/archive/", views_templates.archive, name="notice_template_archive"),
]
