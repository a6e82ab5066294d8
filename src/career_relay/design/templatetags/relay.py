"""All components as one library: `{% load relay %}`."""

from __future__ import annotations

from django import template

from career_relay.design.tags import actions, content, fields, figures, frames, lists, marks, tables

register = template.Library()

for part in (actions, content, fields, figures, frames, lists, marks, tables):
    register.tags.update(part.register.tags)
    register.filters.update(part.register.filters)
