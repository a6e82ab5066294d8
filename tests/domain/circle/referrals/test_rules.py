from __future__ import annotations

import dataclasses

import pytest
from hypothesis import given
from hypothesis import strategies as st

from career_relay.domain.circle.referrals import pseudonyms, rules
from career_relay.domain.circle.referrals.models import Referral, Registration
from career_relay.domain.ground.programmes.models import PolicyVersion
from career_relay.kernel import ids

CIRCUMSTANCES = st.builds(
    rules.Circumstances,
    source_type=st.sampled_from(Registration.Source.values),
    has_introduction_consent=st.booleans(),
    is_same_person=st.booleans(),
    is_known_to_network=st.booleans(),
    is_member=st.booleans(),
    is_of_own_domain=st.booleans(),
    is_probably_same_person=st.booleans(),
    has_link_counted_another=st.booleans(),
)
POLICIES = st.builds(
    PolicyVersion,
    counts_person_known_to_network=st.booleans(),
    reviews_own_domain=st.booleans(),
    reviews_members=st.booleans(),
)
GOOD = rules.Circumstances(
    source_type="rejected",
    has_introduction_consent=True,
    is_same_person=False,
    is_known_to_network=False,
    is_member=False,
    is_of_own_domain=False,
    is_probably_same_person=False,
    has_link_counted_another=False,
)


@given(CIRCUMSTANCES, POLICIES)
def test_decide_counts_exactly_what_the_rules_of_the_programme_say(
    circumstances: rules.Circumstances, policy: PolicyVersion
) -> None:
    decision = rules.decide(circumstances, policy)
    is_certain_no = (
        circumstances.source_type != "rejected"
        or not circumstances.has_introduction_consent
        or circumstances.is_same_person
        or (circumstances.is_known_to_network and not policy.counts_person_known_to_network)
    )
    is_suspect = (
        (circumstances.is_member and policy.reviews_members)
        or (circumstances.is_of_own_domain and policy.reviews_own_domain)
        or circumstances.is_probably_same_person
        or circumstances.has_link_counted_another
    )
    expected = "not_counted" if is_certain_no else "review" if is_suspect else "counted"
    assert decision.state == expected
    assert (decision.reason == "") == (decision.state == "counted")
    assert decision.state != "void"


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        ({"source_type": "leaver"}, "not_rejected"),
        ({"has_introduction_consent": False}, "no_introduction_consent"),
        ({"is_same_person": True}, "same_person"),
        ({"is_member": True, "is_of_own_domain": True}, "member"),
        ({"is_of_own_domain": True}, "own_domain"),
        ({"is_probably_same_person": True}, "probably_same_person"),
        ({"has_link_counted_another": True}, "shared_link"),
        ({"is_known_to_network": True}, ""),
        ({}, ""),
    ],
)
def test_decide_gives_the_reason_both_sides_read(change: dict[str, object], reason: str) -> None:
    circumstances = dataclasses.replace(GOOD, **change)  # type: ignore[arg-type]  # each field has its own type
    assert rules.decide(circumstances, PolicyVersion()).reason == reason


def test_decide_leaves_people_known_to_the_network_out_if_the_programme_says_so() -> None:
    circumstances = dataclasses.replace(GOOD, is_known_to_network=True)
    decision = rules.decide(circumstances, PolicyVersion(counts_person_known_to_network=False))
    assert (decision.state, decision.reason) == ("not_counted", "known_to_network")


def test_what_becomes_of_a_person_is_no_circumstance() -> None:
    assert {field.name for field in dataclasses.fields(rules.Circumstances)} == {
        "source_type",
        "has_introduction_consent",
        "is_same_person",
        "is_known_to_network",
        "is_member",
        "is_of_own_domain",
        "is_probably_same_person",
        "has_link_counted_another",
    }


@pytest.mark.parametrize(
    ("address", "mailbox"),
    [
        ("a@people.example", "a@people.example"),
        ("a+x+y@people.example", "a@people.example"),
        ("+x@people.example", "+x@people.example"),
        ("a.b@people.example", "a.b@people.example"),
        ("a.b+c@gmail.com", "ab@gmail.com"),
        ("ab@googlemail.com", "ab@gmail.com"),
    ],
)
def test_mailbox_is_where_the_mail_ends_up(address: str, mailbox: str) -> None:
    assert rules.mailbox(address) == mailbox


@pytest.mark.parametrize(
    ("address", "domain", "belongs"),
    [
        ("a@alpha.example", "alpha.example", True),
        ("a@mail.alpha.example", "alpha.example", True),
        ("a@notalpha.example", "alpha.example", False),
        ("a@example", "alpha.example", False),
        ("alpha.example@x.example", "alpha.example", False),
        ("a@x.example", "", False),
    ],
)
def test_is_of_domain_takes_subdomains_and_nothing_that_only_looks_alike(
    address: str, domain: str, *, belongs: bool
) -> None:
    assert rules.is_of_domain(address, domain) is belongs


def test_pseudonyms_meet_for_the_same_employer_only() -> None:
    alpha, beta, person = ids.new(), ids.new(), ids.new()
    phone = "+819012345678"
    one = pseudonyms.of(organization_id=alpha, candidate_id=person, email=" A@People.example", phone=phone)
    same = pseudonyms.of(organization_id=alpha, candidate_id=person, email="a@people.example", phone=phone)
    other = pseudonyms.of(organization_id=beta, candidate_id=person, email="a@people.example", phone=phone)
    assert one == same
    assert len({*dataclasses.astuple(one), *dataclasses.astuple(other)}) == 8


def test_pseudonym_of_a_person_outlives_their_address_and_that_of_an_address_its_person() -> None:
    alpha, person = ids.new(), ids.new()
    before = pseudonyms.of(organization_id=alpha, candidate_id=person, email="a@people.example", phone="")
    moved = pseudonyms.of(organization_id=alpha, candidate_id=person, email="b@people.example", phone="")
    anew = pseudonyms.of(organization_id=alpha, candidate_id=ids.new(), email="a@people.example", phone="")
    assert (moved.person == before.person, moved.address == before.address) == (True, False)
    assert (anew.person == before.person, anew.address == before.address) == (False, True)
    assert before.phone is None


@pytest.mark.parametrize("state", Referral.State.values)
def test_every_state_has_its_word(state: str) -> None:
    assert Referral.State(state).label
