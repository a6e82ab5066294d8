"""Correcting an application by hand: what it is opened with, and what is said afterwards."""

from __future__ import annotations

import dataclasses
import typing

from django.utils.translation import gettext as _

from career_relay.domain.hiring.applications import queries
from career_relay.kernel import clock
from career_relay.portals.employer.applications import telling
from career_relay.portals.employer.applications.forms import OF_THE_PERSON
from career_relay.portals.employer.applications.person import title_of

if typing.TYPE_CHECKING:
    import datetime as dt
    import uuid

    from career_relay.domain.ground.organizations.queries import Seat
    from career_relay.flows import correct_application as flow


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class CorrectionPage:
    """The page's content besides its form."""

    applicant_id: uuid.UUID
    name: str
    title: str
    values: dict[str, typing.Any]
    other_applications: int
    is_on_its_way: bool


def correction(seat: Seat, applicant_id: uuid.UUID, application_id: uuid.UUID) -> CorrectionPage | None:
    """Return the page of an application of this person; None if there is none."""
    found = queries.person(seat.organization_id, applicant_id)
    applications = [view.application for view in found.applications] if found else []
    one = next((one for one in applications if one.pk == application_id), None)
    if found is None or one is None:
        return None
    own = {name: getattr(one, name) for name in ("outcome", "stage", "reason", "recruiter", "joined_on", "left_on")}
    days = {"decided_at": _day(one.decided_at), "told_at": _day(one.told_at)}
    return CorrectionPage(
        applicant_id=applicant_id,
        name=found.applicant.name,
        title=title_of(one),
        values=own | days | {name: getattr(found.applicant, name) for name in OF_THE_PERSON},
        other_applications=len(applications) - 1,
        is_on_its_way=bool(telling.on_their_way(seat, [application_id])),
    )


def _day(moment: dt.datetime | None) -> dt.date | None:
    return clock.day_in_japan(moment) if moment else None


def result(corrected: flow.Corrected) -> str:
    """Return what to say when a correction is made."""
    words = {
        "": _("修正を記録しました。"),
        "stopped": _("修正を記録しました。まだ送っていなかった連絡を取りやめました。"),
        "too_late": _(
            "修正を記録しました。連絡はすでに送り始めていたため、取りやめられませんでした。本人に確認してください。"
        ),
        "sent": _(
            "修正を記録しました。連絡のメールは送信済みで、修正の前の内容です。必要があれば、本人に知らせてください。"
        ),
    }
    return words[corrected.mail]
