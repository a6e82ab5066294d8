from __future__ import annotations

import dataclasses
import datetime as dt
import typing

import pytest

from career_relay.capabilities.facts.models import Fact
from career_relay.domain.ground.agreements import operations, queries, rules
from career_relay.domain.ground.agreements.models import Agreement, AgreementVersion, Draft
from career_relay.domain.ground.agreements.operations import errors
from career_relay.domain.ground.organizations.operations.errors import UnableToActWithoutRight
from career_relay.kernel import actors, ids
from career_relay.kernel.tenancy.context import acting_as
from tests.domain.ground.agreements import deal
from tests.world import NOW, World

if typing.TYPE_CHECKING:
    from tests.world import Tenant


def facts_of(tenant: Tenant) -> list[tuple[str, object]]:
    with acting_as(organization=tenant.id):
        found = Fact.objects.filter(kind__startswith="agreement.").order_by("sequence")
        return [(fact.kind, fact.data["version"]) for fact in found]


def history(tenant: Tenant, agreement: Agreement) -> list[tuple[str, int, str, bool]]:
    done = reversed(deal.detail(tenant, agreement).history)
    return [(one.act.act, one.act.version, one.act.by_name, one.is_ours) for one in done]


def test_draft_is_the_author_s_alone(world: World) -> None:
    kept = deal.draft(world.alpha, world.agency)
    with acting_as(organization=world.agency.id):
        assert list(Draft.objects.all()) == []
        assert queries.draft(world.alpha.id, kept.pk) is None
    with acting_as(organization=world.alpha.id):
        [line] = queries.drafts(world.alpha.id)
        assert queries.of_organization(world.alpha.id) == []
    assert (line.draft, line.partner.name, line.terms) == (
        kept,
        "つなぐ人材紹介株式会社",
        deal.usual(world.alpha, world.agency),
    )


def test_draft_for_the_same_partner_goes_on_with_the_one_before(world: World) -> None:
    first = deal.draft(world.alpha, world.agency, notes="月に 1 回、打ち合わせます。")
    with acting_as(organization=world.alpha.id):
        second = operations.draft(counterparty_id=world.agency.id, **deal.by(world.alpha))
    assert (second.pk, second.terms["notes"]) == (first.pk, "月に 1 回、打ち合わせます。")


def test_draft_of_an_amendment_begins_with_the_latest_terms(world: World) -> None:
    deal.live(world.alpha, world.agency, notes="月に 1 回、打ち合わせます。")
    with acting_as(organization=world.agency.id):
        begun = operations.draft(counterparty_id=world.alpha.id, **deal.by(world.agency))
    assert begun.terms["notes"] == "月に 1 回、打ち合わせます。"


def test_change_of_a_draft_that_is_gone_is_refused(world: World) -> None:
    kept = deal.draft(world.alpha, world.agency)
    for stranger in (world.beta, world.agency):
        with acting_as(organization=stranger.id), pytest.raises(errors.UnableToFindDraft):
            operations.change_draft(draft_id=kept.pk, terms=deal.usual(world.alpha, world.agency), **deal.by(stranger))


def test_draft_with_faults_is_refused_by_field(world: World) -> None:
    with pytest.raises(errors.UnableToProposeTerms) as refused:
        deal.draft(world.alpha, world.agency, review_months=0, notes="あ" * 1001)
    assert list(refused.value.data) == ["review_months", "notes"]


def test_draft_for_an_organization_of_the_same_kind_or_none_is_refused(world: World) -> None:
    for partner in (world.beta.id, world.alpha.id, ids.new()):
        with acting_as(organization=world.alpha.id), pytest.raises(errors.UnableToAgreeWith):
            operations.draft(counterparty_id=partner, **deal.by(world.alpha))


def test_discard_draft_leaves_nothing(world: World) -> None:
    kept = deal.draft(world.alpha, world.agency)
    with acting_as(organization=world.alpha.id):
        operations.discard_draft(draft_id=kept.pk, **deal.by(world.alpha))
        assert queries.drafts(world.alpha.id) == []
        with pytest.raises(errors.UnableToFindDraft):
            operations.discard_draft(draft_id=kept.pk, **deal.by(world.alpha))


def test_propose_puts_the_text_on_the_table_signed(world: World) -> None:
    agreement = deal.propose(world.alpha, world.agency)
    assert (agreement.state, agreement.version, agreement.offered) == ("proposed", 0, 1)
    theirs = deal.detail(world.agency, agreement)
    assert theirs.offered is not None
    assert theirs.line.waits_for_us
    assert theirs.in_force is None
    [done] = theirs.history
    assert (done.act.act, done.by, done.act.by_name, done.act.text_hash) == (
        "proposed",
        "アルファ精機株式会社",
        "提案 する子",
        theirs.offered.text_hash,
    )
    with acting_as(organization=world.alpha.id):
        assert queries.drafts(world.alpha.id) == []
    assert facts_of(world.alpha) == [("agreement.proposed", 1)]
    assert not deal.is_live(world.alpha, world.agency)


@pytest.mark.parametrize("name", ["", "　 ", "あ" * 81])
def test_propose_and_accept_without_a_name_are_refused(world: World, name: str) -> None:
    kept = deal.draft(world.alpha, world.agency)
    with acting_as(organization=world.alpha.id), pytest.raises(errors.UnableToSignWithoutName):
        operations.propose(draft_id=kept.pk, text_hash="", on_table=0, name=name, **deal.by(world.alpha))
    agreement = deal.propose(world.alpha, world.agency)
    with pytest.raises(errors.UnableToSignWithoutName):
        deal.accept(world.agency, agreement, name=name)


def test_propose_another_text_than_was_read_is_refused(world: World) -> None:
    known = deal.read(world.alpha, deal.draft(world.alpha, world.agency))
    deal.draft(world.alpha, world.agency, notes="後から加えた一文")
    with pytest.raises(errors.UnableToSignOtherText):
        deal.send(world.alpha, known)
    with acting_as(organization=world.alpha.id):
        assert queries.of_organization(world.alpha.id) == []


def test_propose_past_a_proposal_not_yet_read_is_refused(world: World) -> None:
    known = deal.read(world.alpha, deal.draft(world.alpha, world.agency))
    deal.propose(world.agency, world.alpha)
    with pytest.raises(errors.UnableToProposeMeanwhile):
        deal.send(world.alpha, known)


def test_counter_proposal_takes_the_place_of_the_first(world: World) -> None:
    first = deal.propose(world.alpha, world.agency)
    read_first = deal.offered_hash(world.agency, first.pk)
    answer = deal.propose(world.agency, world.alpha, notes="手数料は翌月末払いとします。")
    assert (answer.pk, answer.offered) == (first.pk, 2)
    with pytest.raises(errors.UnableToActNow):
        deal.accept(world.agency, answer, text_hash=read_first)
    with pytest.raises(errors.UnableToSignOtherText):
        deal.accept(world.alpha, answer, text_hash=read_first)
    assert deal.accept(world.alpha, answer).version == 2
    assert history(world.alpha, answer) == [
        ("proposed", 1, "提案 する子", True),
        ("proposed", 2, "提案 する子", False),
        ("accepted", 2, "承諾 する男", True),
    ]


def test_accept_puts_the_text_in_force_at_once(world: World) -> None:
    agreement = deal.live(world.alpha, world.agency)
    assert (agreement.state, agreement.version, agreement.offered, agreement.review_on) == (
        "live",
        1,
        0,
        dt.date(2027, 11, 23),
    )
    assert deal.is_live(world.alpha, world.agency)
    assert deal.is_live(world.agency, world.alpha)
    with acting_as(organization=world.agency.id):
        version = queries.live_between(world.alpha.id, world.agency.id)
    assert version is not None
    assert rules.Terms.of(version.terms) == deal.usual(world.alpha, world.agency)
    assert facts_of(world.agency) == [("agreement.accepted", 1)]


def test_accept_of_one_s_own_proposal_is_refused(world: World) -> None:
    agreement = deal.propose(world.alpha, world.agency)
    with pytest.raises(errors.UnableToActNow):
        deal.accept(world.alpha, agreement)


@pytest.mark.parametrize("text_hash", ["0" * 64, "text"])
def test_accept_of_another_text_changes_nothing(world: World, text_hash: str) -> None:
    agreement = deal.propose(world.alpha, world.agency)
    with pytest.raises(errors.UnableToSignOtherText):
        deal.accept(world.agency, agreement, text_hash=text_hash)
    assert not deal.is_live(world.alpha, world.agency)


def test_accept_twice_is_refused_the_second_time(world: World) -> None:
    agreement = deal.propose(world.alpha, world.agency)
    read = deal.offered_hash(world.agency, agreement.pk)
    deal.accept(world.agency, agreement)
    with pytest.raises(errors.UnableToActNow):
        deal.accept(world.agency, agreement, text_hash=read)


def test_decline_ends_a_first_proposal_with_its_reason(world: World) -> None:
    agreement = deal.decline(world.agency, deal.propose(world.alpha, world.agency))
    assert (agreement.state, agreement.offered) == ("declined", 0)
    assert deal.detail(world.alpha, agreement).history[0].act.reason == deal.REASON
    again = deal.propose(world.alpha, world.agency)
    assert again.pk != agreement.pk


def test_amendment_leaves_what_is_in_force_until_it_is_accepted(world: World) -> None:
    agreement = deal.live(world.alpha, world.agency)
    amended = deal.propose(world.agency, world.alpha, slot="one_replacement")
    assert (amended.pk, amended.state, amended.version, amended.offered) == (agreement.pk, "live", 1, 2)
    with acting_as(organization=world.alpha.id):
        before = queries.live_between(world.alpha.id, world.agency.id)
    assert before is not None
    assert before.terms["slot"] == "no_replacement"
    deal.accept(world.alpha, amended)
    with acting_as(organization=world.alpha.id):
        after = queries.live_between(world.alpha.id, world.agency.id)
    assert after is not None
    assert (after.number, after.terms["slot"]) == (2, "one_replacement")
    assert facts_of(world.agency) == [("agreement.accepted", 1), ("agreement.amended", 2)]


def test_declined_amendment_leaves_the_agreement_live(world: World) -> None:
    deal.live(world.alpha, world.agency)
    amended = deal.propose(world.alpha, world.agency, slot="none")
    declined = deal.decline(world.agency, amended)
    assert (declined.state, declined.version, declined.offered) == ("live", 1, 0)
    assert deal.is_live(world.alpha, world.agency)


def test_names_changed_since_do_not_change_what_was_signed(world: World) -> None:
    agreement = deal.live(world.alpha, world.agency)
    with acting_as(organization=world.alpha.id):
        world.alpha.organization.name = "アルファ精密株式会社"
        world.alpha.organization.save(update_fields=["name"])
    signed = deal.detail(world.agency, agreement).in_force
    assert signed is not None
    assert signed.text["ja"]["lead"].startswith("アルファ精機株式会社（企業）")


def test_suspended_lets_nothing_flow_until_the_same_side_resumes(world: World) -> None:
    agreement = deal.live(world.alpha, world.agency)
    deal.suspend(world.alpha, agreement)
    assert not deal.is_live(world.alpha, world.agency)
    with pytest.raises(errors.UnableToActNow):
        deal.resume(world.agency, agreement)
    resumed = deal.resume(world.alpha, agreement)
    assert (resumed.state, resumed.suspended_by_id) == ("live", None)
    assert deal.is_live(world.agency, world.alpha)


def test_ended_lets_nothing_flow_and_stays_so(world: World) -> None:
    agreement = deal.live(world.alpha, world.agency)
    ended = deal.end(world.agency, agreement)
    assert (ended.state, ended.review_on) == ("ended", None)
    assert not deal.is_live(world.alpha, world.agency)
    for act in (deal.suspend, deal.resume, deal.end):
        with pytest.raises(errors.UnableToActNow):
            act(world.alpha, agreement)
    again = deal.live(world.agency, world.alpha)
    assert (again.pk == agreement.pk, deal.is_live(world.alpha, world.agency)) == (False, True)


def test_end_takes_a_first_proposal_back(world: World) -> None:
    agreement = deal.propose(world.alpha, world.agency)
    with pytest.raises(errors.UnableToActNow):
        deal.end(world.agency, agreement)
    ended = deal.end(world.alpha, agreement)
    assert (ended.state, ended.offered, ended.offered_by_id) == ("ended", 0, None)


@pytest.mark.parametrize("reason", ["", "  ", "あ" * 401])
def test_acts_that_stop_something_need_a_reason(world: World, reason: str) -> None:
    agreement = deal.live(world.alpha, world.agency)
    for act in (deal.suspend, deal.end):
        with pytest.raises(errors.UnableToActWithoutReason):
            act(world.alpha, agreement, reason=reason)
    assert deal.is_live(world.alpha, world.agency)


def test_review_sets_the_next_day_and_the_reminder_anew(world: World) -> None:
    agreement = deal.live(world.alpha, world.agency)
    with acting_as(organization=world.alpha.id):
        Agreement.objects.update(reminded=0)
    reviewed = deal.review(world.agency, agreement, dt.date(2027, 5, 1), note="担当者の交代だけを確認しました。")
    assert (reviewed.review_on, reviewed.reminded) == (dt.date(2027, 5, 1), None)
    assert facts_of(world.agency)[-1] == ("agreement.reviewed", 1)
    assert deal.detail(world.alpha, agreement).history[0].act.reason == "担当者の交代だけを確認しました。"


@pytest.mark.parametrize("day", [dt.date(2026, 11, 23), dt.date(2026, 1, 1), dt.date(2030, 1, 1)])
def test_review_on_a_day_gone_by_or_too_far_is_refused(world: World, day: dt.date) -> None:
    agreement = deal.live(world.alpha, world.agency)
    with pytest.raises(errors.UnableToReviewThen):
        deal.review(world.alpha, agreement, day)


def test_agreement_of_others_is_not_found(world: World) -> None:
    agreement = deal.live(world.alpha, world.agency)
    for act in (deal.suspend, deal.resume, deal.end):
        with pytest.raises(errors.UnableToFindAgreement):
            act(world.beta, agreement)
    with pytest.raises(errors.UnableToFindAgreement):
        deal.accept(world.beta, agreement, text_hash="0" * 64)


@pytest.mark.parametrize("role", ["recruiter", "auditor", "analyst", "hiring_manager"])
def test_role_without_the_right_does_nothing(world: World, role: str) -> None:
    agreement = deal.propose(world.agency, world.alpha)
    read = deal.offered_hash(world.alpha, agreement.pk)
    seated = dataclasses.replace(world.alpha, users={role: world.alpha.users[role]})
    with pytest.raises(UnableToActWithoutRight):
        deal.draft(seated, world.agency)
    with pytest.raises(UnableToActWithoutRight):
        deal.accept(seated, agreement, text_hash=read)
    with pytest.raises(UnableToActWithoutRight):
        deal.decline(seated, agreement)


def standard(world: World) -> Agreement:
    with acting_as(organization=world.operator.id):
        return operations.propose_standard(
            operator_id=world.operator.id,
            agency_id=world.agency.id,
            actor=actors.user(world.operator.owner.pk),
            now=NOW,
        )


def test_propose_standard_offers_the_network_s_terms_in_the_operator_s_name(world: World) -> None:
    agreement = standard(world)
    assert (agreement.state, agreement.offered, agreement.offered_by_id) == ("proposed", 1, world.operator.id)
    [done] = deal.detail(world.agency, agreement).history
    assert done.act.by_name == world.operator.owner.name
    assert deal.accept(world.agency, agreement).state == "live"


def test_propose_standard_again_changes_nothing_while_one_is_open(world: World) -> None:
    first = standard(world)
    assert standard(world).pk == first.pk
    deal.accept(world.agency, first)
    assert standard(world).pk == first.pk
    with acting_as(organization=world.operator.id):
        assert AgreementVersion.objects.count() == 1
    deal.end(world.agency, first)
    assert standard(world).pk != first.pk
