"""What the address of a list says."""

from __future__ import annotations

import typing

if typing.TYPE_CHECKING:
    from django.http import QueryDict

LONGEST_NUMBER: typing.Final = 9


def page_number(query: QueryDict) -> int:
    """Return the page asked for; the first when that is no number."""
    asked = query.get("page", "")
    return int(asked) if asked.isascii() and asked.isdigit() and len(asked) <= LONGEST_NUMBER else 1
