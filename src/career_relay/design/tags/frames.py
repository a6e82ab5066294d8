"""Parts of the frames around every page."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import template
from django.utils.translation import get_language

if TYPE_CHECKING:
    from collections.abc import Sequence

    from django.template import Context

    from career_relay.design.shapes import NavItem

register = template.Library()


@register.inclusion_tag("design/components/navigation.html")
def navigation(items: Sequence[NavItem]) -> dict[str, Any]:
    """Draw the left navigation; neighbours with the same group stand under one heading."""
    return {"items": items}


@register.inclusion_tag("design/components/language_switch.html", takes_context=True)
def language_switch(context: Context) -> dict[str, Any]:
    """Offer the other language; posts, so that reading changes nothing."""
    request = context.get("request")
    english = (get_language() or "ja").startswith("en")
    return {
        "csrf_token": context.get("csrf_token"),
        "next": request.get_full_path() if request else "",
        "code": "ja" if english else "en",
        "words": "日本語" if english else "English",
    }
