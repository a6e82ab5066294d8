"""A semantic table that turns into cards where it is narrow.

`{% table %}` holds `{% columns %}` and any number of `{% row %}`s; a cell learns its heading and kind
from the column at its place, so that the card view can say what each value is.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from django import template
from django.utils.html import format_html
from django.utils.http import urlencode

from career_relay.design.tags.rendering import component

if TYPE_CHECKING:
    from collections.abc import Sequence

    from django.template import Context
    from django.template.base import FilterExpression, NodeList, Parser, Token
    from django.utils.safestring import SafeString

register = template.Library()

STATE = "_table"
OF_THE_PAGE = ("page", "select")  # what an address says about one page of a list, not about the list
ROW_HEADING = '<th scope="row" class="cell cell--{}" data-label="{}">{}</th>'
CELL = '<td class="cell cell--{}" data-label="{}">{}</td>'


@dataclass
class Column:
    label: str
    kind: str
    sort: str


@dataclass
class TableState:
    columns: list[Column] = field(default_factory=list)
    place: int = 0


class TableNode(template.Node):
    def __init__(self, nodelist: NodeList, options: dict[str, FilterExpression]) -> None:
        self.nodelist = nodelist
        self.options = options

    def render(self, context: Context) -> SafeString:
        options = {name: value.resolve(context) for name, value in self.options.items()}
        with context.push(**{STATE: TableState()}):
            content = self.nodelist.render(context)
        return component(context, "table", content=content, **options)


@register.tag
def table(parser: Parser, token: Token) -> TableNode:
    """`{% table caption="…" [visible_caption=True] [sticky=True] [dense=True] %}`."""
    pairs = [bit.split("=", 1) for bit in token.split_contents()[1:]]
    nodelist = parser.parse(("endtable",))
    parser.delete_first_token()
    return TableNode(nodelist, {name: parser.compile_filter(value) for name, value in pairs})


@register.simple_block_tag
def columns(content: str) -> SafeString:
    """Hold the headings."""
    return format_html("<thead><tr>{}</tr></thead>", content)


@register.simple_tag(takes_context=True)
def column(context: Context, label: str, kind: str = "text", sort: str = "") -> SafeString:
    """Draw a heading; kinds `text`, `number`, `title` (head of the card), `actions`; `sort` names the key."""
    state: TableState = context[STATE]
    state.columns.append(Column(label, kind, sort))
    request = context.get("request")
    if not sort or request is None:
        values: dict[str, Any] = {"label": label, "kind": kind}
    else:
        values = {"label": label, "kind": kind} | sorting(request.GET, sort)
    return component(context, "column", **values)


def sorting(query: Any, key: str) -> dict[str, str]:
    """Tell where a click on a heading leads, and how the list is sorted now."""
    now = query.get("sort", "")
    direction = {key: "ascending", f"-{key}": "descending"}.get(now, "")
    kept = [(name, values) for name, values in query.lists() if name not in {"sort", *OF_THE_PAGE}]
    kept.append(("sort", [f"-{key}" if direction == "ascending" else key]))
    return {"sort_url": f"?{urlencode(kept, doseq=True)}", "direction": direction}


@register.simple_block_tag(takes_context=True)
def row(context: Context, content: str, tone: str = "") -> SafeString:
    """Hold the cells of one row."""
    context[STATE].place = 0
    if tone:
        return format_html('<tr data-tone="{}">{}</tr>', tone, content)
    return format_html("<tr>{}</tr>", content)


@register.simple_block_tag(takes_context=True)
def cell(context: Context, content: str) -> SafeString:
    """Hold one value; the first column's is the row's heading."""
    state: TableState = context[STATE]
    head = state.columns[state.place]
    shape = ROW_HEADING if state.place == 0 else CELL
    state.place += 1
    return format_html(shape, head.kind, head.label, content)


@register.inclusion_tag("design/components/file_rows.html")
def file_rows(label: str, header: Sequence[str], rows: Sequence[tuple[int, Sequence[str]]]) -> dict[str, Any]:
    """Show the beginning of a file as it is, every column; the part scrolls by itself, by keys as well."""
    return {"label": label, "header": header, "rows": rows}
