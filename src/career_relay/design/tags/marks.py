"""Icon, mark, avatar, status tag, chip: small signs inside a line."""

from __future__ import annotations

from typing import Any

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe

from career_relay.design.icons import ICONS

register = template.Library()

TONE_ICONS = {
    "neutral": "clock",
    "info": "info",
    "positive": "check-circle",
    "caution": "clock",
    "negative": "alert",
}


@register.simple_tag
def icon(name: str, label: str = "") -> SafeString:
    """Draw a line icon; without a label it is decoration and hidden from screen readers."""
    shapes = mark_safe(ICONS[name])  # noqa: S308 - our own drawings
    if label:
        return format_html(
            '<svg class="icon" viewBox="0 0 20 20" role="img" aria-label="{}">{}</svg>',
            label,
            shapes,
        )
    return format_html('<svg class="icon" viewBox="0 0 20 20" aria-hidden="true">{}</svg>', shapes)


@register.inclusion_tag("design/components/mark.html")
def mark(*, words: bool = False) -> dict[str, Any]:
    """Draw the baton passed on, with the programme's name when `words`."""
    return {"words": words}


@register.inclusion_tag("design/components/avatar.html")
def avatar(name: str, logo_url: str = "", *, square: bool = False) -> dict[str, Any]:
    """Draw the first letter of a person's or an organization's name."""
    for legal_form in ("株式会社", "有限会社", "合同会社", "一般社団法人", "学校法人"):
        name = name.removeprefix(legal_form)
    return {"initial": name.strip()[:1], "logo_url": logo_url, "square": square}


@register.inclusion_tag("design/components/status_tag.html")
def status_tag(tone: str, word: str, icon: str = "") -> dict[str, Any]:
    """Draw a state as colour, icon and word together."""
    return {"tone": tone, "word": word, "icon": icon or TONE_ICONS[tone]}


@register.inclusion_tag("design/components/chip.html")
def chip(name: str, note: str = "", url: str = "", icon: str = "") -> dict[str, Any]:
    """Name a person, a posting or an organization inside a line or a row."""
    return {"name": name, "note": note, "url": url, "icon": icon}
