from __future__ import annotations

import typing

from django.urls import reverse

from career_relay.domain.circle.referrals.models import Referral
from career_relay.domain.ground.programmes import queries as programmes
from career_relay.domain.ground.programmes.models import DEFAULT_PROGRAMME_ID
from career_relay.portals.employer import counting
from tests.flows import story
from tests.portals.employer.desk import DAY, people_come, signed_in, text

if typing.TYPE_CHECKING:
    from tests.world import World

COUNTING = reverse("employer:counting")


def test_each_registration_that_did_not_count_stands_with_its_reason(world: World) -> None:
    link = story.open_link(world.alpha, DAY)
    people_come(link, 1)
    story.register(link, "person0@people.example", now=DAY)
    story.register(link, "quiet@people.example", purposes=["employer_recontact"], now=DAY)
    story.register(link, "leaver@people.example", source_type="leaver", now=DAY)
    story.register(link, "someone@alpha.example", now=DAY)
    rows = signed_in(world.alpha.users["analyst"]).get(COUNTING).context["page"].rows
    assert sorted((row.line.reason, row.is_waiting) for row in rows) == [
        ("no_introduction_consent", False),
        ("not_rejected", False),
        ("own_domain", True),
        ("same_person", False),
    ]
    assert {row.line.day.isoformat() for row in rows} == {DAY.date().isoformat()}


def test_page_without_such_registrations_says_what_it_would_show(world: World) -> None:
    people_come(story.open_link(world.alpha, DAY), 1)
    assert "数えられなかった登録はありません。ここには、日付と理由だけが出ます。" in text(
        signed_in(world.alpha.owner).get(COUNTING)
    )


def test_every_reason_has_a_remedy(db: None) -> None:
    policy = programmes.policy_at(DEFAULT_PROGRAMME_ID, DAY)
    named = {str(reason) for reason in counting.remedies(policy)}
    assert named == set(Referral.Reason.values) - {Referral.Reason.NONE}


def test_rules_are_those_in_force_with_their_version(world: World) -> None:
    page = text(signed_in(world.alpha.owner).get(COUNTING))
    assert "いまの運用ルール（第 1 版）" in page
    assert "10 人ごとに 1 枠。" in page
    assert "12 か月のあいだに 1 回だけ数えます。" in page
