"""One agency as the operator sees it: what it told about itself, what waits for a decision, and how it keeps up."""

from __future__ import annotations

import dataclasses
import typing

from django.utils.translation import gettext as _

from career_relay.domain.ground.agencies import words
from career_relay.domain.ground.agencies.models import Licence
from career_relay.domain.people.complaints import queries as complaints
from career_relay.domain.people.routing import queries as routing
from career_relay.flows import check_licence
from career_relay.kernel import clock
from career_relay.portals.operator import agency_list

if typing.TYPE_CHECKING:
    import datetime as dt
    import uuid

    from career_relay.design.shapes import Tone
    from career_relay.flows.check_licence import OnFile

LEAST_FOR_A_RATIO: typing.Final = 10
TONES: typing.Final[dict[str, Tone]] = {
    Licence.State.SUBMITTED: "info",
    Licence.State.CONFIRMED: "positive",
    Licence.State.REFUSED: "negative",
}


@dataclasses.dataclass(frozen=True, slots=True)
class LicenceLine:
    """A licence in the agency's history."""

    licence: Licence
    tone: Tone


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """The page's content. `waiting` is the licence that the operator has to decide upon."""

    on_file: OnFile
    tone: Tone
    missing: str
    waiting: Licence | None
    same_number: str
    licences: list[LicenceLine]
    served: words.Served | None
    rates: list[words.RateWords]
    refunds: list[words.RefundWords]
    figures: routing.Figures | None
    in_time: str
    complaints: int

    @property
    def is_stopped(self) -> bool:
        return self.on_file.line.standing.state == "stopped"


def page(operator_id: uuid.UUID, agency_id: uuid.UUID, now: dt.datetime) -> Page:
    """Return the page. Raises UnableToFindAgency."""
    on_file = check_licence.on_file(operator_id=operator_id, agency_id=agency_id, today=clock.day_in_japan(now))
    figures = next((one for one in routing.overview(now) if one.organization_id == agency_id), None)
    table = on_file.fees.table if on_file.fees else None
    return Page(
        on_file=on_file,
        tone=agency_list.TONES[on_file.line.standing.state],
        missing=_("、").join(words.missing(on_file.line.standing)),
        waiting=next((one for one in on_file.licences if one.state == Licence.State.SUBMITTED), None),
        same_number=_("、").join(on_file.line.shares_number_with),
        licences=[LicenceLine(one, TONES[one.state]) for one in on_file.licences],
        served=words.served(on_file.desk) if on_file.desk else None,
        rates=words.rates(table) if table else [],
        refunds=words.refunds(table) if table else [],
        figures=figures,
        in_time=in_time(figures),
        complaints=complaints.open_about(operator_id, agency_id),
    )


def in_time(figures: routing.Figures | None) -> str:
    """Return how many first contacts were in time; a share only where they are enough to be one."""
    if figures is None or not figures.contacted:
        return _("まだありません")
    counts = {"done": figures.contacted_in_time, "all": figures.contacted}
    if figures.contacted < LEAST_FOR_A_RATIO:
        return _("%(all)d 件のうち %(done)d 件") % counts
    share = round(figures.contacted_in_time * 100 / figures.contacted)
    return _("%(share)d %%（%(all)d 件のうち %(done)d 件）") % {**counts, "share": share}
