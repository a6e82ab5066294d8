"""Blocks of a page: title, card, notice, dialog, timeline, receipt, mail, job, moments."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any

from django import template
from django.utils import timezone
from django.utils.dates import WEEKDAYS_ABBR
from django.utils.html import format_html
from django.utils.translation import gettext as _

from career_relay.design.tags.rendering import component

if TYPE_CHECKING:
    from collections.abc import Sequence

    from django.template import Context
    from django.utils.safestring import SafeString

    from career_relay.design.shapes import Job, Mail, TimelineEvent

register = template.Library()

JOB_STATES = {
    "accepted": ("neutral", "clock"),
    "running": ("info", "refresh"),
    "done": ("positive", "check-circle"),
    "partly_failed": ("caution", "alert"),
    "failed": ("negative", "error"),
}


@register.simple_block_tag(takes_context=True, end_name="endpage_title")
def page_title(
    context: Context,
    content: SafeString,
    title: str,
    lead: str = "",
    back_url: str = "",
    back_label: str = "",
) -> SafeString:
    """Head a page: its name, one sentence, and the one primary action inside."""
    values = {
        "actions": content,
        "title": title,
        "lead": lead,
        "back_url": back_url,
        "back_label": back_label,
    }
    return component(context, "page_title", **values)


@register.simple_block_tag(takes_context=True, end_name="endcard")
def card(
    context: Context,
    content: SafeString,
    title: str = "",
    link_label: str = "",
    link_url: str = "",
    note: str = "",
) -> SafeString:
    """Hold one matter on a surface of its own."""
    values = {
        "content": content,
        "title": title,
        "link_label": link_label,
        "link_url": link_url,
        "note": note,
    }
    return component(context, "card", **values)


@register.simple_block_tag(takes_context=True, end_name="endnotice")
def notice(context: Context, content: SafeString, tone: str = "info", title: str = "", role: str = "") -> SafeString:
    """Say something above or inside a page; `role="status"` or `"alert"` when it just came up."""
    values = {"content": content, "tone": tone, "title": title, "role": role}
    return component(context, "notice", **values)


@register.simple_block_tag(takes_context=True, end_name="enddialog")
def dialog(context: Context, content: SafeString, id: str, title: str) -> SafeString:  # noqa: A002
    """Hold what a button with `popovertarget=<id>` opens; works without scripts."""
    return component(context, "dialog", content=content, id=id, title=title)


@register.simple_block_tag(takes_context=True, end_name="endreceipt")
def receipt(
    context: Context, content: SafeString, title: str, number: str, at: dt.datetime | None = None
) -> SafeString:
    """Confirm what was done, with a number to keep and what happens next inside."""
    return component(context, "receipt", content=content, title=title, number=number, at=at)


@register.inclusion_tag("design/components/timeline.html")
def timeline(events: Sequence[TimelineEvent], label: str) -> dict[str, Any]:
    """Draw what happened, newest first as given."""
    return {"events": events, "label": label}


@register.inclusion_tag("design/components/mail_preview.html")
def mail_preview(mail: Mail) -> dict[str, Any]:
    """Show a mail as its reader will see it."""
    return {"mail": mail}


@register.inclusion_tag("design/components/job_progress.html", takes_context=True)
def job_progress(context: Context, job: Job) -> dict[str, Any]:
    """Show work in the background: state, real counts, errors as a file, stop where it is safe."""
    tone, icon = JOB_STATES[job.state]
    words = {
        "accepted": _("受付"),
        "running": _("実行中"),
        "done": _("完了"),
        "partly_failed": _("一部失敗"),
        "failed": _("失敗"),
    }
    return {
        "job": job,
        "tone": tone,
        "icon": icon,
        "word": words[job.state],
        "csrf_token": context.get("csrf_token"),
    }


@register.filter
def day(value: dt.date | None) -> SafeString | str:
    """Write a day as 2026/11/23 (月)."""
    if value is None:
        return "―"
    local = timezone.localtime(value) if isinstance(value, dt.datetime) else value
    words = f"{local:%Y/%m/%d} ({WEEKDAYS_ABBR[local.weekday()]})"
    return format_html('<time datetime="{}">{}</time>', f"{local:%Y-%m-%d}", words)


@register.filter
def moment(value: dt.datetime | None) -> SafeString | str:
    """Write a moment as 2026/11/23 (月) 14:05, in the time zone in force."""
    if value is None:
        return "―"
    local = timezone.localtime(value)
    words = f"{local:%Y/%m/%d} ({WEEKDAYS_ABBR[local.weekday()]}) {local:%H:%M}"
    return format_html('<time datetime="{}">{}</time>', local.isoformat(timespec="minutes"), words)
