"""Numbers: KPI tile, relay counter, progress, five steps; and how numbers are written."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from django import template
from django.utils.translation import npgettext

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from career_relay.design.shapes import Step

register = template.Library()

UNITS: Final[dict[str, Callable[[int], str]]] = {
    "people": lambda count: npgettext("unit", "人", "人", count),
    "persons": lambda count: npgettext("unit", "名", "名", count),
    "slots": lambda count: npgettext("unit", "枠", "枠", count),
    "links": lambda count: npgettext("unit", "本", "本", count),
    "items": lambda count: npgettext("unit", "件", "件", count),
    "registrations": lambda count: npgettext("unit of registrations", "件", "件", count),
    "working_days": lambda count: npgettext("unit", "営業日", "営業日", count),
}


@register.filter
def number(value: float | None) -> str:
    """Write a number with separators, the same in every language of ours; a missing one as a dash."""
    if value is None:
        return "―"
    return f"{value:,}".replace("-", "−")


@register.filter
def signed(value: int) -> str:
    """Write a change with its sign."""
    return f"{'+' if value > 0 else '−' if value < 0 else '±'}{number(abs(value))}"


@register.filter
def unit(count: int, kind: str) -> str:
    """Return the word that follows a count; `kind` is a key of UNITS."""
    return UNITS[kind](abs(count))


@register.inclusion_tag("design/components/kpi.html")
def kpi(  # noqa: PLR0913 - a figure is only honest with all of these
    label: str,
    value: float | str | None,
    *,
    unit: str = "",
    definition: str = "",
    comparison: str = "",
    change: str = "",
    trend: str = "",
    freshness: str = "",
    url: str = "",
) -> dict[str, Any]:
    """Draw a figure with its comparison, definition and freshness; trend `good`, `bad` or none."""
    shown = value if isinstance(value, str) else number(value)
    return {
        "label": label,
        "value": shown,
        "unit": unit,
        "definition": definition,
        "comparison": comparison,
        "change": change,
        "trend": trend,
        "freshness": freshness,
        "url": url,
    }


@register.inclusion_tag("design/components/relay_counter.html")
def relay_counter(counted: int, threshold: int = 10) -> dict[str, Any]:
    """Draw how many people are counted towards the next free slot."""
    return {
        "counted": counted,
        "threshold": threshold,
        "left": threshold - counted,
        "dots": [place < counted for place in range(threshold)],
    }


@register.inclusion_tag("design/components/relay_picture.html")
def relay_picture() -> dict[str, Any]:
    """Draw the model as one picture: company, person, agency or school, next company, and the slot."""
    return {}


@register.inclusion_tag("design/components/progress.html")
def progress(label: str, done: int, total: int, unit: str = "") -> dict[str, Any]:
    """Draw real counts; without a total it only says that work is going on."""
    return {"label": label, "done": done, "total": total, "unit": unit}


@register.inclusion_tag("design/components/five_steps.html")
def five_steps(steps: Sequence[Step]) -> dict[str, Any]:
    """Draw how far each of the model's steps has come, with evidence."""
    return {"steps": steps}


@register.inclusion_tag("design/components/stepper.html")
def stepper(number: int, total: int, label: str) -> dict[str, Any]:
    """Say at which step of several a person is."""
    return {
        "number": number,
        "total": total,
        "label": label,
        "parts": [place < number for place in range(total)],
    }
