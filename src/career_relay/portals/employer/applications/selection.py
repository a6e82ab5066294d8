"""Choosing rows of a list: by hand, a whole page, or all that the filter finds. The choice stands in the address."""

from __future__ import annotations

import dataclasses
import typing

from career_relay.portals.employer.applications import addresses

if typing.TYPE_CHECKING:
    from django.http import QueryDict

PAGE, ALL = "page", "all"


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Selection:
    """What is chosen on a page, and the ways to choose more or less.

    `filter` travels with the form when all rows are chosen: a selection is never a thousand form fields. `leaves_out`
    says that those a notice is on its way to are not among the rows, though the filter finds them.
    """

    mode: str
    on_page: int
    total: int
    filter: str
    page_url: str
    all_url: str
    none_url: str
    leaves_out: bool

    @property
    def is_all(self) -> bool:
        """Whether all rows that the filter finds are chosen, also those on other pages."""
        return self.mode == ALL

    @property
    def ticks_page(self) -> bool:
        """Whether the boxes of this page are ticked when it opens."""
        return self.mode in {PAGE, ALL}

    @property
    def offers_all(self) -> bool:
        """Whether there is more than this page to choose."""
        return self.total > self.on_page and not self.is_all


def selection(query: QueryDict, *, on_page: int, total: int, filter_query: str, leaves_out: bool = False) -> Selection:
    """Return what the address says is chosen."""
    asked = query.get("select", "")
    return Selection(
        mode=asked if asked in {PAGE, ALL} else "",
        on_page=on_page,
        total=total,
        filter=filter_query,
        page_url=addresses.same_page(query, select=PAGE),
        all_url=addresses.same_page(query, select=ALL),
        none_url=addresses.same_page(query),
        leaves_out=leaves_out,
    )
