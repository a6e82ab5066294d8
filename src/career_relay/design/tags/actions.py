"""Button, link, menu of actions, copy field, doors."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import template
from django.forms.utils import flatatt

from career_relay.design.tags.rendering import component

if TYPE_CHECKING:
    from django.template import Context
    from django.utils.safestring import SafeString

register = template.Library()


@register.inclusion_tag("design/components/button.html")
def button(
    label: str,
    url: str = "",
    kind: str = "plain",
    icon: str = "",
    type: str = "submit",  # noqa: A002 - the attribute's own name
    **attrs: Any,
) -> dict[str, Any]:
    """Draw a button, or a link that looks like one when it has a `url`.

    Kinds: `baton` (the one next action of a page), `primary`, `plain`, `quiet`, `danger`.
    Other attributes are passed on, with `_` for `-`.
    """
    dashed = {name.rstrip("_").replace("_", "-"): value for name, value in attrs.items()}
    return {"label": label, "url": url, "kind": kind, "icon": icon, "type": type, "attrs": flatatt(dashed)}


@register.inclusion_tag("design/components/link.html")
def link(label: str, url: str, icon: str = "", *, external: bool = False) -> dict[str, Any]:
    """Draw a text link; an external one says that it opens elsewhere."""
    return {"label": label, "url": url, "icon": icon, "external": external}


@register.inclusion_tag("design/components/copy_field.html")
def copy_field(label: str, value: str, name: str = "copy", hint: str = "", *, long: bool = False) -> dict[str, Any]:
    """Show a text to take along; the copy button appears only where scripts run."""
    return {"label": label, "value": value, "name": name, "hint": hint, "long": long}


@register.simple_block_tag(takes_context=True, end_name="enddoors")
def doors(context: Context, content: SafeString, action: str) -> SafeString:
    """Draw a form whose doors post; put `{% door %}`s inside."""
    return component(context, "doors", content=content, action=action)


@register.inclusion_tag("design/components/door.html")
def door(title: str, text: str, name: str, value: str, *, first: bool = False) -> dict[str, Any]:
    """Draw one door: a submit button with a title and a plain sentence."""
    return {"title": title, "text": text, "name": name, "value": value, "first": first}


@register.inclusion_tag("design/components/menu.html")
def menu(label: str, items: list[Any], icon: str = "more") -> dict[str, Any]:
    """Draw further actions behind one button; items are NavItems."""
    return {"label": label, "items": items, "icon": icon}
