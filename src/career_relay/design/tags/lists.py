"""What stands around a list: filters, tabs, pages, emptiness."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import template

from career_relay.design.tags.rendering import component
from career_relay.design.tags.tables import OF_THE_PAGE

if TYPE_CHECKING:
    from collections.abc import Sequence

    from django.core.paginator import Page
    from django.template import Context
    from django.utils.safestring import SafeString

    from career_relay.design.shapes import NavItem

register = template.Library()


@register.inclusion_tag("design/components/tabs.html")
def tabs(items: Sequence[NavItem], label: str) -> dict[str, Any]:
    """Draw views of one list; each has its own address and says how many it holds."""
    return {"items": items, "label": label}


@register.simple_block_tag(takes_context=True, end_name="endfilter_bar")
def filter_bar(
    context: Context, content: SafeString, count: str = "", clear_url: str = "", label: str = ""
) -> SafeString:
    """Hold the fields that narrow a list; the state lives in the address."""
    values = {"content": content, "count": count, "clear_url": clear_url, "label": label}
    return component(context, "filter_bar", **values)


@register.simple_tag(takes_context=True)
def pagination(context: Context, page: Page[Any], unit: str = "", label: str = "") -> SafeString:
    """Draw the way to other pages, keeping filters and order."""
    numbers = page.paginator.get_elided_page_range(page.number, on_each_side=1, on_ends=1)
    query = context["request"].GET.copy()
    for name in OF_THE_PAGE:
        query.pop(name, None)
    prefix = f"?{query.urlencode()}&page=" if query else "?page="
    values = {"page": page, "numbers": list(numbers), "prefix": prefix, "unit": unit, "label": label}
    return component(context, "pagination", **values)


@register.simple_block_tag(takes_context=True, end_name="endempty_state")
def empty_state(context: Context, content: SafeString, title: str, icon: str = "inbox") -> SafeString:
    """Say what would fill an empty place, and offer the first step inside."""
    return component(context, "empty_state", content=content, title=title, icon=icon)
