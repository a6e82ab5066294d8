from __future__ import annotations

import datetime as dt
import inspect
import typing

import pytest
from django.db import connection

from career_relay.capabilities.crypto import keys
from career_relay.capabilities.facts.models import Fact
from career_relay.capabilities.messaging import operations, unsubscribing
from career_relay.capabilities.messaging.models import Message
from career_relay.domain.circle.referrals.models import Referral, Registration
from career_relay.domain.ground.accounts import operations as accounts
from career_relay.domain.ground.credits import queries as ledger
from career_relay.domain.ground.credits.models import Entry
from career_relay.domain.ground.programmes.models import DEFAULT_PROGRAMME_ID
from career_relay.domain.hiring.links import operations as links
from career_relay.domain.people.candidates import operations as candidates
from career_relay.domain.people.candidates import queries as candidate_queries
from career_relay.domain.people.candidates import rules
from career_relay.domain.people.candidates.models import Access, Exclusion, SignUp
from career_relay.domain.people.candidates.queries import by_address as candidate_by_address
from career_relay.domain.people.consents import queries as consents
from career_relay.domain.people.consents import wording
from career_relay.flows.register_candidate import (
    Registered,
    UnableToRegister,
    UnableToRegisterWithoutConsent,
    register_candidate,
)
from career_relay.kernel import actors
from career_relay.kernel.tenancy.context import acting_as
from tests.flows import story
from tests.world import NOW

if typing.TYPE_CHECKING:
    import uuid

    from tests.world import World

LATER = NOW + dt.timedelta(minutes=5)


def standing(organization_id: uuid.UUID) -> tuple[int, int]:
    """Return how many are counted and how many slots there are."""
    with acting_as(organization=organization_id):
        found = ledger.standing(organization_id=organization_id, programme_id=DEFAULT_PROGRAMME_ID, now=NOW)
    return found.counted, found.slots_total


def test_register_candidate_makes_person_consents_and_count(world: World) -> None:
    link = story.open_link(world.alpha)
    sign_up = story.sign_up("aoi@people.example", name="髙﨑 葵", phone="090-1234-5678")
    result = story.confirm(link, sign_up, LATER)
    assert result == Registered(
        candidate_id=result.candidate_id, registration_id=sign_up, state="counted", reason="", is_returning=False
    )
    with acting_as(candidate=result.candidate_id):
        held = candidate_queries.held(result.candidate_id)
        given = consents.live(result.candidate_id, LATER)
        registration = Registration.objects.get()
    assert (held.person.name, held.person.email, held.person.phone) == (
        "髙﨑 葵",
        "aoi@people.example",
        "+819012345678",
    )
    assert (held.prefecture, held.occupation, held.language) == ("13", "経理", "ja")
    assert [one.purpose for one in given] == ["agency_introduction"]
    assert given[0].wording_hash == wording.current("agency_introduction", "ja").sha256
    assert (registration.organization_id, registration.link_id) == (link.organization_id, link.link_id)
    assert registration.registered_at == LATER
    assert standing(link.organization_id) == (1, 0)


def test_register_candidate_excludes_the_employer_unless_it_may_write_again(world: World) -> None:
    link = story.open_link(world.alpha)
    plain = story.register(link, "a@people.example")
    again = story.register(link, "b@people.example", purposes=["agency_introduction", "employer_recontact"])
    with acting_as(candidate=plain.candidate_id):
        excluded = Exclusion.objects.get()
        assert (excluded.organization_id, excluded.reason) == (world.alpha.id, "rejected_by")
    with acting_as(candidate=again.candidate_id):
        assert not Exclusion.objects.exists()
    with acting_as(organization=world.alpha.id):
        assert not Access.objects.exists()


def test_register_candidate_lifts_the_exclusion_when_the_person_says_yes_later(world: World) -> None:
    link = story.open_link(world.alpha)
    first = story.register(link, "a@people.example")
    second = story.register(link, "a@people.example", now=LATER, purposes=["employer_recontact"])
    assert second.candidate_id == first.candidate_id
    with acting_as(candidate=first.candidate_id):
        assert not Exclusion.objects.exists()


def test_register_candidate_twice_for_one_sign_up_gives_the_same_result(world: World) -> None:
    link = story.open_link(world.alpha)
    sign_up = story.sign_up("a@people.example")
    code = story.code_of(sign_up)
    results = [story.confirm(link, sign_up, NOW + dt.timedelta(seconds=seconds), code) for seconds in (0, 1, 119)]
    assert results == [results[0]] * 3
    with pytest.raises(candidates.UnableToConfirmCode):
        story.confirm(link, sign_up, NOW + dt.timedelta(minutes=2), code)
    assert standing(link.organization_id) == (1, 0)
    with acting_as(candidate=results[0].candidate_id):
        assert Registration.objects.count() == 1
        assert Message.objects.count() == 1


def test_register_candidate_of_a_returning_person_keeps_one_candidate(world: World) -> None:
    link, other = story.open_link(world.alpha), story.open_link(world.beta)
    first = story.register(link, "Sora@People.example", name="山田 空")
    second = story.register(other, "sora@people.example ", now=LATER, name="山田 そら", occupation="")
    assert (first.is_returning, second.is_returning) == (True, True)  # world.sora has this address already
    assert {first.candidate_id, second.candidate_id} == {world.sora.pk}
    assert (first.state, second.state) == ("counted", "counted")
    with acting_as(candidate=world.sora.pk):
        held = candidate_queries.held(world.sora.pk)
    assert (held.person.name, held.person.email, held.occupation) == ("山田 そら", "sora@people.example", "経理")


def test_register_candidate_counts_a_person_once_per_employer_and_window(world: World) -> None:
    link = story.open_link(world.alpha)
    story.register(link, "a@people.example")
    again = story.register(link, "A@people.example", now=LATER)
    a_year_on = story.register(link, "a@people.example", now=NOW.replace(year=2027))
    assert (again.state, again.reason) == ("not_counted", "same_person")
    assert (a_year_on.state, a_year_on.reason) == ("counted", "")
    assert standing(link.organization_id) == (2, 0)


def change_address(candidate_id: uuid.UUID, email: str) -> None:
    """Type the new address and the code that was sent there, as at /me/address/."""
    with acting_as(candidate=candidate_id):
        change = candidates.send_address_code(candidate_id=candidate_id, email=email, language="ja", now=NOW)
        candidates.change_address(
            candidate_id=candidate_id,
            change=change,
            code=keys.code("new_address", change.challenge),
            actor=actors.candidate(candidate_id),
            now=NOW,
        )


def test_register_candidate_counts_a_person_once_under_either_address(world: World) -> None:
    link = story.open_link(world.alpha)
    first = story.register(link, "a@people.example")
    change_address(first.candidate_id, "b@elsewhere.example")
    moved = story.register(link, "b@elsewhere.example", now=LATER)
    assert (moved.candidate_id, moved.state, moved.reason) == (first.candidate_id, "not_counted", "same_person")
    back = story.register(link, "a@people.example", now=LATER)
    assert back.candidate_id != first.candidate_id
    assert (back.state, back.reason) == ("not_counted", "same_person")
    change_address(back.candidate_id, "c@elsewhere.example")
    third = story.register(link, "c@elsewhere.example", now=LATER)
    assert (third.state, third.reason) == ("not_counted", "same_person")
    assert standing(link.organization_id) == (1, 0)


@pytest.mark.parametrize(
    ("choices", "state", "reason"),
    [
        ({"purposes": ["employer_recontact", "statistics"]}, "not_counted", "no_introduction_consent"),
        ({"source_type": "withdrew"}, "not_counted", "not_rejected"),
        ({"source_type": "leaver"}, "not_counted", "not_rejected"),
        ({"source_type": "alumni"}, "not_counted", "not_rejected"),
        ({"email": "someone@alpha.example"}, "review", "own_domain"),
        ({"email": "someone@mail.alpha.example"}, "review", "own_domain"),
        ({"email": "Recruiter@alpha.example"}, "review", "member"),
        ({"email": "first+two@people.example"}, "review", "probably_same_person"),
        ({"phone": "03 1234 5678"}, "review", "probably_same_person"),
        ({"phone": "03 1234 5679"}, "counted", ""),
    ],
)
def test_register_candidate_tells_why_it_counts_or_not(
    world: World, choices: dict[str, typing.Any], state: str, reason: str
) -> None:
    link = story.open_link(world.alpha)
    story.register(link, "first@people.example", phone="03-1234-5678")
    result = story.register(link, choices.pop("email", "second@people.example"), now=LATER, **choices)
    assert (result.state, result.reason) == (state, reason)
    assert standing(link.organization_id) == (2 if state == "counted" else 1, 0)


def test_register_candidate_counts_once_the_consent_comes_later(world: World) -> None:
    link = story.open_link(world.alpha)
    without = story.register(link, "a@people.example", purposes=["employer_recontact"])
    with_consent = story.register(link, "a@people.example", now=LATER)
    assert (without.state, with_consent.state) == ("not_counted", "counted")


def test_register_candidate_grants_a_slot_at_the_tenth_and_tells_the_employer(world: World) -> None:
    link = story.open_link(world.alpha)
    for number in range(9):
        story.register(link, f"p{number}@people.example")
    with acting_as(organization=link.organization_id):
        assert not Message.objects.exists()
    assert standing(link.organization_id) == (9, 0)
    story.register(link, "p9@people.example")
    assert standing(link.organization_id) == (10, 1)
    with acting_as(organization=link.organization_id):
        told = {message.to_address: message for message in Message.objects.all()}
        entries = Entry.objects.order_by("number").values_list("kind", "actor")
        assert list(entries) == [("count", "system")] * 10 + [("conversion", "system")]
    assert sorted(told) == ["owner@alpha.example", "recruiter@alpha.example"]
    assert "1 枠目：2026/11/30 (月) から使えます。" in told["owner@alpha.example"].text
    assert "people.example" not in told["owner@alpha.example"].text


def test_register_candidate_tells_each_member_of_slots_in_their_language(world: World) -> None:
    accounts.change_language(user_id=world.alpha.users["recruiter"].pk, language="en")
    link = story.open_link(world.alpha)
    for number in range(10):
        story.register(link, f"p{number}@people.example")
    with acting_as(organization=link.organization_id):
        mails = list(Message.objects.order_by("to_address"))
    assert [(mail.to_address, mail.language) for mail in mails] == [
        ("owner@alpha.example", "ja"),
        ("recruiter@alpha.example", "en"),
    ]
    assert "2026/11/30 (Mon)" in mails[1].text


def test_register_candidate_tells_no_member_of_slots_who_wants_no_such_mail(world: World) -> None:
    link = story.open_link(world.alpha)
    operations.suppress(token=unsubscribing.unsubscribe_token(unsubscribing.SLOT_MAILS, "owner@alpha.example"), now=NOW)
    for number in range(10):
        story.register(link, f"p{number}@people.example")
    with acting_as(organization=link.organization_id):
        mails = list(Message.objects.order_by("to_address"))
        claimed = [operations.claim(message_id=mail.pk, now=NOW) is not None for mail in mails]
        states = list(Message.objects.order_by("to_address").values_list("to_address", "state"))
    assert [mail.suppression_list for mail in mails] == [unsubscribing.SLOT_MAILS] * 2
    assert claimed == [False, True]
    assert states == [("owner@alpha.example", "suppressed"), ("recruiter@alpha.example", "sending")]


def test_register_candidate_mails_a_receipt_on_no_list(world: World) -> None:
    link = story.open_link(world.alpha)
    result = story.register(
        link, "a@people.example", name="田中 空", purposes=["agency_introduction", "employer_recontact"]
    )
    with acting_as(candidate=result.candidate_id):
        receipt = consents.receipt(result.candidate_id, NOW)
        mail = Message.objects.get()
    assert (mail.to_address, mail.kind, mail.suppression_list) == ("a@people.example", "registration_received", "")
    for part in (
        "田中 空 様",
        receipt.number,
        "紹介会社から仕事の紹介を受ける",
        "アルファ精機株式会社の次の募集のお知らせを受け取る",
        "アルファ精機株式会社にお名前は伝わりません。",
        "http://localhost:8000/me/",
    ):
        assert part in mail.text, part
        assert part in mail.html, part


def test_register_candidate_writes_in_the_language_of_the_sign_up(world: World) -> None:
    link = story.open_link(world.alpha)
    result = story.register(link, "a@people.example", language="en")
    with acting_as(candidate=result.candidate_id):
        assert candidate_queries.held(result.candidate_id).language == "en"
        assert Message.objects.get().language == "en"
        assert consents.live(result.candidate_id, NOW)[0].wording.title == "Be introduced to jobs by an agency"


def test_register_candidate_forgets_what_was_typed(world: World) -> None:
    link = story.open_link(world.alpha)
    sign_up = story.sign_up("a@people.example")
    result = story.confirm(link, sign_up)
    with acting_as(candidate=sign_up):
        kept = SignUp.objects.get()
        assert not Message.objects.exists()
    assert (kept.details, kept.consents, kept.candidate_id) == ({}, [], result.candidate_id)


def test_register_candidate_refuses_a_wrong_late_or_foreign_code(world: World) -> None:
    link = story.open_link(world.alpha)
    sign_up, other = story.sign_up("a@people.example"), story.sign_up("b@people.example")
    late = NOW + dt.timedelta(minutes=30)
    for moment, code in ((NOW, story.code_of(other)), (NOW, ""), (NOW, "１２３４５６"), (late, story.code_of(sign_up))):
        with pytest.raises(candidates.UnableToConfirmCode):
            register_candidate(
                sign_up_id=sign_up, code=code, link_id=link.link_id, organization_id=link.organization_id, now=moment
            )
    assert standing(link.organization_id) == (0, 0)


def test_code_for_one_address_does_not_confirm_another(world: World) -> None:
    link = story.open_link(world.alpha)
    sign_up = story.sign_up("mine@people.example")
    code = story.code_of(sign_up)
    details = rules.details(name="山田 空", email="victim@people.example")
    candidates.change_sign_up(sign_up_id=sign_up, details=details, now=NOW)
    with pytest.raises(candidates.UnableToConfirmCode):
        story.confirm(link, sign_up, NOW, code)


def test_register_without_any_consent_keeps_nothing(world: World) -> None:
    link = story.open_link(world.alpha)
    sign_up = story.sign_up("nothing@people.example", purposes=[])
    with pytest.raises(UnableToRegisterWithoutConsent):
        story.confirm(link, sign_up)
    assert candidate_by_address("nothing@people.example") is None


def test_register_candidate_carries_who_began_before_the_link_ended(world: World) -> None:
    link = story.open_link(world.alpha)
    early, late = story.sign_up("a@people.example"), story.sign_up("b@people.example", now=LATER)
    revoke(world, link, NOW + dt.timedelta(minutes=1))
    assert story.confirm(link, early, LATER).state == "counted"
    with pytest.raises(UnableToRegister):
        story.confirm(link, late, LATER)


def revoke(world: World, link: story.Link, now: dt.datetime) -> None:
    with acting_as(organization=link.organization_id):
        links.revoke(
            organization_id=link.organization_id,
            link_id=link.link_id,
            reason="募集終了",
            actor=actors.user(world.alpha.owner.pk),
            now=now,
        )


def test_register_candidate_refuses_a_link_of_another_employer(world: World) -> None:
    link, other = story.open_link(world.alpha), story.open_link(world.beta)
    mixed = story.Link(other.organization_id, link.link_id)
    with pytest.raises(UnableToRegister):
        story.register(mixed, "a@people.example")


def test_register_candidate_refuses_an_unknown_or_expired_sign_up(world: World) -> None:
    link = story.open_link(world.alpha)
    sign_up = story.sign_up("a@people.example")
    for identifier, moment in ((link.link_id, NOW), (sign_up, NOW + dt.timedelta(hours=24))):
        with pytest.raises(candidates.UnableToFindSignUp):
            story.confirm(link, identifier, moment, story.code_of(sign_up))


def test_facts_of_employer_and_person_never_meet(world: World) -> None:
    link = story.open_link(world.alpha)
    result = story.register(link, "a@people.example")
    story.register(link, "a@people.example", now=LATER)
    story.register(link, "b@alpha.example", now=LATER)
    with acting_as(organization=link.organization_id):
        told = list(Fact.objects.filter(kind__startswith="referral.").order_by("sequence"))
    start = dt.datetime(2026, 11, 22, 15, tzinfo=dt.UTC)
    assert [(fact.kind, fact.data) for fact in told] == [
        ("referral.counted", {"day": "2026-11-23", "number": 1}),
        ("referral.not_counted", {"day": "2026-11-23", "reason": "same_person"}),
        ("referral.held", {"day": "2026-11-23", "reason": "own_domain"}),
    ]
    assert {(fact.actor, fact.subject_id, fact.occurred_at) for fact in told} == {("system", None, start)}
    with acting_as(candidate=result.candidate_id):
        own = list(Fact.objects.filter(kind__in=["candidate.registered", "consent.granted"]).order_by("sequence"))
    assert [fact.kind for fact in own] == ["consent.granted", "candidate.registered"] * 2
    assert {str(value) for fact in own for value in fact.data.values()} == {"agency_introduction", "1", "rejected"}


def test_what_becomes_of_a_person_is_no_input() -> None:
    assert list(inspect.signature(register_candidate).parameters) == [
        "sign_up_id",
        "code",
        "link_id",
        "organization_id",
        "now",
    ]


def test_referral_outlives_the_person_only_as_hashes(world: World) -> None:
    link = story.open_link(world.alpha)
    story.register(link, "a@people.example", phone="09011112222")
    story.register(story.open_link(world.beta), "a@people.example", phone="09011112222")
    hashes = set()
    for tenant in (world.alpha, world.beta):
        with acting_as(organization=tenant.id):
            referral = Referral.objects.get()
        found = (referral.person_key, referral.address_key, referral.mailbox_key, referral.phone_key or b"")
        hashes |= {bytes(key) for key in found}
    assert {len(key) for key in hashes} == {32}
    assert len(hashes) == 8
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM referrals_registration")
        assert cursor.fetchone() == (0,)
