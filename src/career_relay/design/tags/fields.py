"""Fields, forms and their error summary."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import template
from django.template.loader import render_to_string
from django.utils.html import format_html, format_html_join

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from django.forms import BaseForm, BoundField
    from django.utils.safestring import SafeString

    from career_relay.design.shapes import ConsentTerms

register = template.Library()


@register.simple_tag
def field(bound: BoundField, label: str = "", hint: str = "") -> SafeString:
    """Draw a bound field with label, hint, error and required mark; label and hint may be replaced."""
    if label:
        bound.label = label
    if hint:
        bound.help_text = hint
    return bound.as_field_group()


@register.simple_tag
def options(groups: Sequence[tuple[str | None, list[dict[str, Any]], int]]) -> SafeString:
    """Draw the options of a select as its widget gives them, those of a group under its name."""
    if not any(name for name, _members, _place in groups):
        return _drawn(one for _name, members, _place in groups for one in members)
    parts = ((name, _drawn(members)) for name, members, _place in groups)
    return format_html_join("", "{}", ((_group(name, drawn) if name else drawn,) for name, drawn in parts))


def _group(name: str, drawn: SafeString) -> SafeString:
    return format_html('<optgroup label="{}">{}</optgroup>', name, drawn)


def _drawn(members: Iterable[dict[str, Any]]) -> SafeString:
    values = ((one["value"], _attributes(one["attrs"]), one["label"]) for one in members)
    return format_html_join("", '<option value="{}"{}>{}</option>', values)


def _attributes(attributes: Mapping[str, Any]) -> SafeString | str:
    """Return attributes as they stand in a tag: true is the name alone, false is nothing."""
    given = [(name, value) for name, value in attributes.items() if value is not False]
    return format_html_join("", "{}", ((_attribute(name, value),) for name, value in given)) if given else ""


def _attribute(name: str, value: object) -> SafeString:
    return format_html(" {}", name) if value is True else format_html(' {}="{}"', name, value)


@register.inclusion_tag("design/forms/errors.html")
def form_errors(form: BaseForm, *, focus: bool = True) -> dict[str, Any]:
    """Sum up what is wrong, with a link to each field; takes the focus after sending."""
    return {"form": form, "focus": focus}


@register.inclusion_tag("design/forms/fields.html")
def fields(form: BaseForm) -> dict[str, Any]:
    """Draw every field of a form without the summary."""
    return {"form": form}


@register.inclusion_tag("design/components/file_drop.html")
def file_drop(bound: BoundField, most: int, too_large: str) -> dict[str, Any]:
    """Draw a file field as an area to drop on; where scripts run, a file over `most` bytes is told at once."""
    return {"field": bound, "most": most, "too_large": too_large}


@register.simple_tag
def consent_card(bound: BoundField, terms: ConsentTerms) -> SafeString:
    """Ask for one consent: an unticked box beside what it means."""
    return render_to_string("design/components/consent_card.html", {"field": bound, "terms": terms})
