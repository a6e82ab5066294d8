"""Sample exports to try an import with: one for the story, one for each layout of the field, one full of mistakes."""

from __future__ import annotations

import dataclasses
import datetime as dt
import typing

from career_relay.config.demo import broken, employers, exports, year
from career_relay.config.demo.year import Step
from career_relay.portals.public import demo_samples

if typing.TYPE_CHECKING:
    import pathlib

    from career_relay.config.demo.employers import Employer
    from career_relay.config.demo.exports import Layout
    from career_relay.config.demo.year import Applied

STORY_DAYS: typing.Final = dt.timedelta(days=36)
STORY_ROWS: typing.Final = 1000
QUICK: typing.Final = (
    Step("書類選考", 0.47, 0.03, (1, 6)),
    Step("一次面接", 0.47, 0.07, (2, 7)),
    Step("最終面接", 0.5, 0.06, (2, 6)),
    Step("内定", 0.8, 0.2, (1, 4)),
)
LAYOUTS: typing.Final[dict[str, tuple[Employer, Layout, str, int]]] = {
    "l1-hr-hacker.csv": (employers.SUPERMARKET, exports.hr_hacker, "cp932", 150),
    "l2-airwork.csv": (employers.CARE, exports.airwork, "utf-8-sig", 150),
    "l3-restaurant.csv": (employers.RESTAURANTS, exports.restaurant, "cp932", 120),
    "l4-gourmet.csv": (employers.RESTAURANTS, exports.gourmet, "cp932", 120),
}


def contents(day: dt.date) -> dict[str, bytes]:
    """Return every sample file by its name, as somebody exports it in the evening before `day`."""
    made = {demo_samples.STORY.name: exports.encoded(exports.spreadsheet(_story(day)), "cp932")}
    for name, (employer, layout, encoding, rows) in LAYOUTS.items():
        plan = dataclasses.replace(employer.plan, code=f"{employer.plan.code}X")
        made[name] = exports.encoded(layout(_latest(plan, day, dt.timedelta(days=120), rows)), encoding)
    made["broken.csv"] = exports.encoded(broken.text(day), "cp932")
    return made


def write(folder: pathlib.Path, day: dt.date) -> None:
    """Write the sample files into a folder."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, content in contents(day).items():
        (folder / name).write_bytes(content)


def _story(day: dt.date) -> list[Applied]:
    """Return the main employer's latest applications from a busy season, none of whom it has told by itself."""
    plan = dataclasses.replace(
        employers.MAIN.plan, code="MSX", a_month=900, steps=QUICK, relay_days=STORY_DAYS.days, told_by_hand=0
    )
    return _latest(plan, day, STORY_DAYS, STORY_ROWS)


def _latest(plan: year.Plan, day: dt.date, span: dt.timedelta, rows: int) -> list[Applied]:
    applied = year.lives(plan, first=day - span, until=day)
    return year.known_on(applied, day - dt.timedelta(days=1))[-rows:]
