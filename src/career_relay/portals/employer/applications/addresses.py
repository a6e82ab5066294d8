"""The address of a list says everything about it: filters, order, columns, page, and what is chosen."""

from __future__ import annotations

import typing

if typing.TYPE_CHECKING:
    from django.http import QueryDict

OF_THE_PAGE: typing.Final = ("page", "select")
LONGEST_NUMBER: typing.Final = 9


def page_number(query: QueryDict) -> int:
    """Return the page asked for; the first when that is no number."""
    asked = query.get("page", "")
    return int(asked) if asked.isascii() and asked.isdigit() and len(asked) <= LONGEST_NUMBER else 1


def changed(query: QueryDict, **values: str) -> str:
    """Return the list's address with other values and without empty ones; it leads to the first page."""
    kept = query.copy()
    for name in list(kept):
        if name in OF_THE_PAGE or name in values or not any(kept.getlist(name)):
            del kept[name]
    for name, value in values.items():
        if value:
            kept[name] = value
    return f"?{kept.urlencode()}"


def same_page(query: QueryDict, *, select: str = "") -> str:
    """Return the address of the very page, with its rows or all rows chosen, or none."""
    kept = query.copy()
    kept.pop("select", None)
    if select:
        kept["select"] = select
    return f"?{kept.urlencode()}"
