"""Everything that changes what an agency is: its desk and offices, its licence, its fees, and the operator's stop."""

from __future__ import annotations

from career_relay.domain.ground.agencies.operations import errors
from career_relay.domain.ground.agencies.operations.checks import confirm_licence, refuse_licence, resume, stop
from career_relay.domain.ground.agencies.operations.desk import MOST_PEOPLE, DeskDetails, save_desk
from career_relay.domain.ground.agencies.operations.fees import publish_fees
from career_relay.domain.ground.agencies.operations.licences import Upload, remind_of_end, submit_licence
from career_relay.domain.ground.agencies.operations.offices import (
    OfficeDetails,
    add_office,
    change_office,
    remove_office,
)

__all__ = [
    "MOST_PEOPLE",
    "DeskDetails",
    "OfficeDetails",
    "Upload",
    "add_office",
    "change_office",
    "confirm_licence",
    "errors",
    "publish_fees",
    "refuse_licence",
    "remind_of_end",
    "remove_office",
    "resume",
    "save_desk",
    "stop",
    "submit_licence",
]
