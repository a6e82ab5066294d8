"""How a component's template is drawn from a tag."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from django.template import Context
    from django.utils.safestring import SafeString


def component(context: Context, name: str, /, **values: object) -> SafeString:
    """Draw `design/components/<name>.html` with these values and nothing else of the page."""
    template = context.template.engine.get_template(f"design/components/{name}.html")  # type: ignore[union-attr]
    values["csrf_token"] = context.get("csrf_token")
    return template.render(context.new(values))
