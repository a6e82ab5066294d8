"""Fields, forms and their error summary."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import template
from django.template.loader import render_to_string

if TYPE_CHECKING:
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
