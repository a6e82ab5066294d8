"""What a registered person may add to their wishes, and what their copy says of those who received them."""

from __future__ import annotations

import json
import typing

import pytest

from career_relay.domain.people.candidates import queries as candidates
from career_relay.domain.people.candidates.models import Candidate
from career_relay.kernel import clock
from career_relay.kernel.tenancy.context import acting_as
from tests.flows import caring

if typing.TYPE_CHECKING:
    import uuid

    from tests.portals.candidate.browser import Phone
    from tests.world import World

DETAILS = {"name": "髙﨑 葵", "phone": "09012345678", "prefecture": "13", "occupation": "経理"}


def held(candidate_id: uuid.UUID) -> candidates.Held:
    with acting_as(candidate=candidate_id):
        return candidates.held(candidate_id)


def test_kind_of_employment_is_asked_on_the_own_page_alone(phone: Phone, aoi: uuid.UUID) -> None:
    assert 'name="employment_type"' in phone.read("me_details")
    assert held(aoi).employment_type == ""
    phone.post("me_details", {**DETAILS, "employment_type": "part_time"})
    assert (held(aoi).employment_type, held(aoi).employment_type_name) == ("part_time", "アルバイト・パート")
    assert "アルバイト・パート" in phone.read("me")


@pytest.mark.parametrize("wrong", ["seasonal", "13"])
def test_kind_of_employment_is_one_of_ours(phone: Phone, aoi: uuid.UUID, wrong: str) -> None:
    assert phone.post("me_details", {**DETAILS, "employment_type": wrong}).status_code == 200
    assert held(aoi).employment_type == ""


def test_copy_says_who_received_what(world: World, phone: Phone, aoi: uuid.UUID) -> None:
    now = clock.now()
    agency = caring.desk(world.agency, world.operator, now=now)
    caring.take(agency, Candidate(pk=aoi), now)
    copy = json.loads(phone.get("me_download").content)
    [provision], [turn] = copy["provisions"], copy["agencies"]
    assert (provision["giver_name"], provision["receiver_name"]) == (
        "キャリアリレー運営事務局",
        "つなぐ人材紹介株式会社",
    )
    assert provision["items"] == ["name", "email", "phone", "prefecture", "occupation"]
    assert (turn["organization_name"], turn["state"]) == ("つなぐ人材紹介株式会社", "active")
