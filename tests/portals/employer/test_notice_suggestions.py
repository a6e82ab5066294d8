"""What the pages of a mailing find out by themselves: the fitting template, and who need not be chosen."""

from __future__ import annotations

import typing

import pytest

from tests.flows import mailings
from tests.portals.employer import notice_pages
from tests.portals.employer.desk import signed_in, text

if typing.TYPE_CHECKING:
    from tests.world import World


@pytest.mark.parametrize(
    ("kinds", "stages", "query", "name"),
    [
        (["mid_career"], ["first"], "", "中途・面接"),
        (["new_graduate"] * 2 + ["mid_career"], ["applied", "documents", "final"], "", "新卒・書類選考"),
        (["part_time"], ["offer"], "", "アルバイト・パート・最終面接"),
        (["part_time"], ["offer"], "?language=en", "Part-time, final interview"),
        ([""], ["first"], "", None),
    ],
)
def test_template_that_fits_most_people_is_open_at_first(
    world: World, kinds: list[str], stages: list[str], query: str, name: str | None
) -> None:
    at = mailings.desk(world.alpha)
    for number, (kind, stage) in enumerate(zip(kinds, stages, strict=True)):
        mailings.apply(at, email=f"{number}@people.example", employment_type=kind, stage=stage)
    mailings.apply(at, email="left@people.example", employment_type="mid_career", stage="second", outcome="withdrew")
    client = signed_in(world.alpha.owner)
    answer = client.post(notice_pages.NEW, {"all": "1", "filter": ""}, follow=True)
    page = client.get(answer.redirect_chain[-1][0] + query)
    chosen = page.context["page"].chosen
    assert (chosen and chosen.template.name, "はじめに開いています" in text(page)) == (name, name is not None)


def test_all_who_wait_are_as_many_as_the_page_says(world: World) -> None:
    at = mailings.desk(world.alpha)
    told_soon, *others = mailings.crowd(at, 4)
    mailings.queued(at, [told_soon])
    client = signed_in(world.alpha.owner)
    shown = client.get("/employer/untold/?select=all").context["page"].selection
    fields = {"all": "1", "filter": shown.filter, "not_on_its_way": "1"}
    client.post(notice_pages.NEW, fields)
    draft = notice_pages.stored(at)[-1]
    assert shown.total == len(others) == len(notice_pages.notice_ids(at, draft))
