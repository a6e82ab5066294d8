from __future__ import annotations

import concurrent.futures
import datetime as dt
import threading
import typing

import pytest
from django.db import IntegrityError, connection, connections, transaction
from django.test.utils import CaptureQueriesContext

from career_relay.capabilities.facts.models import Fact
from career_relay.capabilities.messaging import operations as messaging
from career_relay.capabilities.messaging import placeholders, unsubscribing
from career_relay.capabilities.messaging.models import Suppression
from career_relay.domain.hiring.applications.models import Application
from career_relay.domain.hiring.links.models import RelayLink
from career_relay.domain.hiring.notices import operations, queries
from career_relay.domain.hiring.notices.models import Mailing, Notice, Told
from career_relay.flows import notify_rejections
from career_relay.kernel import clock
from career_relay.kernel.tenancy.context import acting_as
from tests.flows import mailings, rivals, story
from tests.flows.mailings import DAY, Desk, Outcome
from tests.world import NOW, make_tenant

if typing.TYPE_CHECKING:
    from tests.world import World

DUE = dt.datetime(2026, 11, 24, 10, tzinfo=clock.TOKYO)
LATER = NOW + 2 * DAY


@pytest.fixture
def at(world: World) -> Desk:
    return mailings.desk(world.alpha)


def facts(at: Desk) -> list[tuple[str, dict[str, typing.Any]]]:
    with acting_as(organization=at.tenant.id):
        return list(Fact.objects.filter(kind__startswith="notice").order_by("sequence").values_list("kind", "data"))


def stop_invitations(address: str) -> None:
    messaging.suppress(token=unsubscribing.unsubscribe_token("relay", address), now=NOW)


def test_draft_writes_one_notice_a_person_and_leaves_out_with_the_reason(at: Desk) -> None:
    hana = mailings.apply(at, "髙﨑 花子")
    second = mailings.apply(at, applicant=hana.applicant, decided_at=NOW - DAY)
    others = {
        "withdrew": mailings.apply(at, "辞退", "a@people.example", outcome="withdrew"),
        "not_rejected": mailings.apply(at, "選考中", "b@people.example", outcome="in_progress"),
        "told": mailings.apply(at, "連絡済み", "c@people.example", told_at=NOW - DAY),
        "no_address": mailings.apply(at, "宛先なし", ""),
        "bad_address": mailings.apply(at, "誤り", "nobody@"),
        "same_address": mailings.apply(at, "別の方", "HANA@people.example"),
    }
    busy = mailings.apply(at, "内定", "d@people.example")
    mailings.apply(at, applicant=busy.applicant, outcome="in_progress", stage="offer")
    mailing = mailings.draft(at, [hana.pk, second.pk, busy.pk, *(one.pk for one in others.values())])
    assert mailings.left_out(at, mailing) == {
        hana.applicant_id: "",
        busy.applicant_id: "open_elsewhere",
        **{one.applicant_id: reason for reason, one in others.items()},
    }


def test_draft_of_somebody_who_was_hired_and_left_is_told(at: Desk) -> None:
    again = mailings.apply(at)
    mailings.apply(
        at, applicant=again.applicant, outcome="hired", joined_on=dt.date(2024, 4, 1), left_on=dt.date(2025, 3, 31)
    )
    assert set(mailings.left_out(at, mailings.draft(at, [again.pk])).values()) == {""}


def test_draft_of_foreign_applications_finds_nobody(at: Desk, world: World) -> None:
    foreign = mailings.apply(mailings.desk(world.beta))
    for chosen in ([foreign.pk], []):
        with pytest.raises(operations.UnableToDraft):
            mailings.draft(at, chosen)


def test_draft_takes_a_query_of_the_list(at: Desk) -> None:
    mailings.crowd(at, 3)
    with acting_as(organization=at.tenant.id):
        chosen = Application.objects.filter(organization_id=at.tenant.id).values_list("pk", flat=True)
        mailing = notify_rejections.draft_mailing(
            organization_id=at.tenant.id, application_ids=chosen, user_id=at.tenant.owner.pk, now=NOW
        )
        assert queries.counts(mailing).to_send == 3


def test_same_person_met_twice_in_the_files_is_told_of_both_by_one_mail(at: Desk) -> None:
    first = mailings.apply(at, "髙﨑　花子")
    second = mailings.apply(at, "高崎花子", "Hana@people.example")
    mailing = mailings.queued(at, [first.pk, second.pk])
    mailings.send_all(at, mailing, LATER)
    assert [mailings.told_at(at, one) for one in (first, second)] == [LATER, LATER]
    assert len(mailings.messages(at, mailing)) == 1


def test_write_leaves_out_who_has_no_value_and_says_which(at: Desk) -> None:
    complete = mailings.apply(at)
    gap = mailings.apply(at, "求人なし", "b@people.example", posting=None)
    mailing = mailings.write(at, mailings.draft(at, [complete.pk, gap.pk]))
    assert mailings.left_out(at, mailing) == {complete.applicant_id: "", gap.applicant_id: "missing_value"}
    with acting_as(organization=at.tenant.id):
        [line] = queries.people(mailing, "missing_value")
        [preview] = queries.previews(mailing, "problems")
    assert (line.reason, preview.problem) == ("差し込む値がありません（求人名）", "差し込む値がありません：求人名")


def test_write_needs_a_basis_for_the_link(world: World) -> None:
    at = mailings.desk(world.beta, joins=False)
    mailing = mailings.draft(at, [mailings.apply(at).pk])
    with pytest.raises(operations.UnableToWriteWithLink):
        mailings.write(at, mailing)
    assert mailings.write(at, mailing, has_link=False).has_link is False


@pytest.mark.parametrize("reply_to", ["", "nobody", "a@b.example\r\nBcc: c@d.example"])
def test_write_needs_an_address_to_answer_to(at: Desk, reply_to: str) -> None:
    mailing = mailings.draft(at, [mailings.apply(at).pk])
    with acting_as(organization=at.tenant.id), pytest.raises(operations.UnableToWriteWithoutReplyTo):
        notify_rejections.write_mailing(
            organization_id=at.tenant.id,
            mailing_id=mailing.pk,
            template_id=queries.templates(at.tenant.id)[0].template.pk,
            has_link=False,
            reply_to=reply_to,
        )


def test_confirm_needs_the_number_that_was_shown_and_tells_the_new_one(at: Desk) -> None:
    applications = mailings.crowd(at, 3)
    mailing = mailings.write(at, mailings.draft(at, applications))
    with acting_as(organization=at.tenant.id):
        Application.objects.filter(pk=applications[0]).update(outcome="in_progress", decided_at=None)
        with pytest.raises(operations.UnableToConfirmCount) as raised:
            notify_rejections.confirm_mailing(
                organization_id=at.tenant.id,
                mailing_id=mailing.pk,
                expected=3,
                user_id=at.tenant.owner.pk,
                now=NOW,
            )
    assert (raised.value.count, "2 人" in str(raised.value)) == (2, True)
    assert sorted(mailings.left_out(at, mailing).values()) == ["", "", "not_rejected"]
    assert mailings.confirm(at, mailing, expected=2).state == "preparing"


def test_confirm_of_nobody_unwritten_or_twice_is_refused(at: Desk) -> None:
    mailing = mailings.draft(at, [mailings.apply(at).pk])
    with pytest.raises(operations.UnableToConfirmUnwritten):
        mailings.confirm(at, mailing)
    nobody = mailings.write(at, mailings.draft(at, [mailings.apply(at, "x", "").pk]))
    with pytest.raises(operations.UnableToConfirmNobody):
        mailings.confirm(at, nobody)
    mailings.confirm(at, mailings.write(at, mailing))
    with pytest.raises(operations.UnableToChangeMailing):
        mailings.confirm(at, mailing, expected=1)


@pytest.mark.parametrize(
    "wished",
    [NOW, NOW + dt.timedelta(minutes=14), dt.datetime(2026, 11, 24, 19, tzinfo=clock.TOKYO), NOW + 61 * DAY],
)
def test_confirm_refuses_a_time_that_is_too_soon_quiet_or_far(at: Desk, wished: dt.datetime) -> None:
    mailing = mailings.write(at, mailings.draft(at, [mailings.apply(at).pk]))
    with pytest.raises(operations.UnableToConfirmTime):
        mailings.confirm(at, mailing, due_at=wished)


def test_confirm_takes_the_wished_time_or_the_usual_one(at: Desk) -> None:
    first = mailings.write(at, mailings.draft(at, [mailings.apply(at).pk]))
    second = mailings.write(at, mailings.draft(at, [mailings.apply(at, "b", "b@people.example").pk]))
    wished = dt.datetime(2026, 11, 25, 11, tzinfo=clock.TOKYO)
    assert [mailings.confirm(at, first).due_at, mailings.confirm(at, second, due_at=wished).due_at] == [DUE, wished]


def test_prepare_writes_the_mail_with_sender_reply_address_and_a_personal_link(at: Desk) -> None:
    application = mailings.apply(at, "髙﨑 花子")
    mailing = mailings.queued(at, [application.pk])
    [message] = mailings.messages(at, mailing)
    with acting_as(organization=at.tenant.id):
        link = RelayLink.objects.get(mode="personal")
        notice = Notice.objects.get()
    assert (message.sender_name, message.reply_to, message.due_at) == (
        "アルファ精機株式会社", mailings.REPLY_TO, DUE,
    )  # fmt: skip
    assert (message.suppression_list, message.repeats_when_uncertain, message.kind) == ("relay", False, "notice")
    assert message.text.startswith("髙﨑 花子 様\n")
    assert (link.notice_id, link.expires_at, link.employment_type, link.label) == (
        notice.pk, DUE + 180 * DAY, "mid_career", "",
    )  # fmt: skip
    assert message.secrets == {"relay_url": ["token", "relay-link", str(link.pk), 1, "/r/%s/"]}
    assert (mailing.state, mailings.open_tells(at)) == ("waiting", {application.pk})
    assert facts(at) == [("notice.queued", {"count": 1})]


def test_prepare_without_link_is_of_no_list_and_shows_no_address_of_ours(at: Desk) -> None:
    mailing = mailings.queued(at, [mailings.apply(at).pk], has_link=False)
    [message] = mailings.messages(at, mailing)
    assert (message.suppression_list, message.secrets, "http" in message.text + message.html) == ("", {}, False)


def test_prepare_writes_without_link_to_whom_stopped_invitations(at: Desk) -> None:
    stop_invitations("hana@people.example")
    applications = [mailings.apply(at).pk, mailings.apply(at, "b", "b@people.example").pk]
    messages = mailings.messages(at, mailings.queued(at, applications))
    assert [(one.to_address, one.suppression_list) for one in messages] == [
        ("b@people.example", "relay"),
        ("hana@people.example", ""),
    ]


def test_basis_taken_back_before_the_mails_are_written_stops_them(at: Desk) -> None:
    mailing = mailings.write(at, mailings.draft(at, [mailings.apply(at).pk]))
    mailings.confirm(at, mailing)
    story.record_basis(at.tenant, "none", NOW + DAY)
    assert (mailings.prepare(at, mailing), mailings.messages(at, mailing)) == (0, [])
    assert mailings.reread(at, mailing).state == "stopped"


def test_prepare_looks_once_more_at_each_decision(at: Desk) -> None:
    one, other = mailings.apply(at), mailings.apply(at, "b", "b@people.example")
    mailing = mailings.write(at, mailings.draft(at, [one.pk, other.pk]))
    mailings.confirm(at, mailing)
    with acting_as(organization=at.tenant.id):
        Application.objects.filter(pk=one.pk).update(outcome="withdrew")
    mailings.prepare(at, mailing)
    assert mailings.left_out(at, mailing) == {one.applicant_id: "withdrew", other.applicant_id: ""}
    assert mailings.open_tells(at) == {other.pk}


def test_prepare_leaves_out_a_name_that_holds_nothing_visible(at: Desk) -> None:
    mailing = mailings.queued(at, [mailings.apply(at, "\u3164\u200b").pk])
    assert (list(mailings.left_out(at, mailing).values()), mailing.state) == (["missing_value"], "finished")


def test_prepare_again_after_a_crash_writes_nobody_twice(at: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("career_relay.domain.hiring.notices.operations.preparing.AT_ONCE", 4)
    mailing = mailings.write(at, mailings.draft(at, mailings.crowd(at, 10)))
    mailings.confirm(at, mailing)
    notify_rejections.prepare_mailing(organization_id=at.tenant.id, mailing_id=mailing.pk, now=NOW)
    assert (len(mailings.messages(at, mailing)), mailings.prepare(at, mailing)) == (4, 2)
    addresses = [message.to_address for message in mailings.messages(at, mailing)]
    assert (len(addresses), len(set(addresses))) == (10, 10)


def test_two_mailings_tell_nobody_twice(at: Desk) -> None:
    applications = mailings.crowd(at, 3)
    both = [mailings.write(at, mailings.draft(at, applications)) for _ in range(2)]
    for mailing in both:
        mailings.confirm(at, mailing)
    for mailing in both:
        mailings.prepare(at, mailing)
    assert [sorted(mailings.left_out(at, one).values()) for one in both] == [[""] * 3, ["on_its_way"] * 3]


def test_two_mailings_prepared_at_the_same_moment_tell_nobody_twice(fresh_database: dict[str, str]) -> None:
    at = mailings.desk(make_tenant("employer", "アルファ精機株式会社", "alpha"))
    applications = mailings.crowd(at, 40)
    both = [mailings.write(at, mailings.draft(at, chosen)) for chosen in (applications, applications[::-1])]
    for mailing in both:
        mailings.confirm(at, mailing)
    barrier = threading.Barrier(2)

    def prepare(mailing: Mailing) -> None:
        try:
            barrier.wait()
            rivals.again(lambda: mailings.prepare(at, mailing))()
        finally:
            connections.close_all()

    with concurrent.futures.ThreadPoolExecutor(2) as pool:
        list(pool.map(prepare, both))
    addresses = [message.to_address for mailing in both for message in mailings.messages(at, mailing)]
    assert (len(addresses), len(set(addresses))) == (40, 40)


def test_sent_tells_every_application_of_the_person_where_nothing_stood(at: Desk) -> None:
    first = mailings.apply(at)
    second = mailings.apply(at, applicant=first.applicant)
    waiting = mailings.apply(at, applicant=first.applicant, outcome="withdrew")
    mailing = mailings.queued(at, [first.pk, second.pk])
    mailings.send_all(at, mailing, LATER)
    assert [mailings.told_at(at, one) for one in (first, second, waiting)] == [LATER, LATER, None]
    assert (mailings.reread(at, mailing).state, facts(at)[-1]) == ("finished", ("notice.sent", {}))


@pytest.mark.parametrize(
    ("outcome", "state", "is_open", "is_told"),
    [
        (Outcome.SENT, "sent", True, True),
        (Outcome.REFUSED, "failed", False, False),
        (Outcome.LOST, "uncertain", True, False),
        (Outcome.RETRY, "queued", True, False),
    ],
)
def test_result_of_a_mail_decides_whether_its_person_is_told(
    at: Desk,
    outcome: Outcome,
    state: str,
    is_open: bool,  # noqa: FBT001
    is_told: bool,  # noqa: FBT001
) -> None:
    application = mailings.apply(at)
    mailing = mailings.queued(at, [application.pk])
    claimed = mailings.claim(at, mailing, DUE)
    assert claimed is not None
    assert mailings.settle(at, claimed, outcome, DUE) == state
    assert (mailings.open_tells(at) == {application.pk}, mailings.told_at(at, application) == DUE) == (is_open, is_told)


def test_unsubscribed_after_writing_gets_the_decision_without_the_link(at: Desk) -> None:
    application = mailings.apply(at)
    mailing = mailings.queued(at, [application.pk])
    [before] = mailings.messages(at, mailing)
    stop_invitations("hana@people.example")
    assert mailings.send_all(at, mailing, DUE) == [before.pk]
    [after] = mailings.messages(at, mailing)
    assert (after.state, after.secrets, after.suppression_list) == ("sent", {}, "")
    assert placeholders.masked(before.text) != before.text
    assert (placeholders.masked(after.text), placeholders.masked(after.html)) == (after.text, after.html)
    with acting_as(organization=at.tenant.id):
        counts = queries.counts(mailings.reread(at, mailing))
        link = RelayLink.objects.get(mode="personal")
        file = queries.people_file(mailings.reread(at, mailing)).decode()
    assert (counts.states, counts.is_over, link.revoked_at) == ({"sent": 1}, True, DUE)
    assert (mailings.told_at(at, application), file.splitlines()[1].endswith(",あり")) == (DUE, True)


def test_address_that_bounced_after_writing_is_not_sent_to_and_may_be_chosen_again(at: Desk) -> None:
    application = mailings.apply(at)
    mailing = mailings.queued(at, [application.pk])
    Suppression.objects.create(
        list="bounce", address_hash=unsubscribing.address_hash("hana@people.example"), reason="bounce", created_at=NOW
    )
    assert mailings.send_all(at, mailing, DUE) == []
    with acting_as(organization=at.tenant.id):
        counts = queries.counts(mailings.reread(at, mailing))
        reasons = queries.last_results(at.tenant.id, [application.pk])
        link = RelayLink.objects.get(mode="personal")
    assert (counts.states, counts.is_over, mailings.open_tells(at)) == ({"suppressed": 1}, True, set())
    assert (list(reasons), "送信できません" in reasons[application.pk], link.revoked_at) == (
        [application.pk],
        True,
        DUE,
    )


def test_address_that_bounced_is_left_out_of_the_next_mailing(at: Desk) -> None:
    application = mailings.apply(at)
    mailing = mailings.queued(at, [application.pk])
    claimed = mailings.claim(at, mailing, DUE)
    assert claimed is not None
    mailings.settle(at, claimed, Outcome.REFUSED, DUE, 550)
    Suppression.objects.create(
        list="bounce", address_hash=unsubscribing.address_hash("hana@people.example"), reason="bounce", created_at=NOW
    )
    assert list(mailings.left_out(at, mailings.draft(at, [application.pk])).values()) == ["bounced"]


@pytest.mark.parametrize(("has_arrived", "told"), [(True, LATER), (False, None)])
def test_resolve_notice_decides_what_became_of_an_uncertain_mail(
    at: Desk,
    has_arrived: bool,  # noqa: FBT001
    told: dt.datetime | None,
) -> None:
    application = mailings.apply(at)
    mailing = mailings.queued(at, [application.pk])
    claimed = mailings.claim(at, mailing, DUE)
    assert claimed is not None
    mailings.settle(at, claimed, Outcome.LOST, DUE)
    assert list(mailings.left_out(at, mailings.draft(at, [application.pk])).values()) == ["on_its_way"]
    with acting_as(organization=at.tenant.id):
        [line] = queries.people(mailing, "uncertain")
        arguments: dict[str, typing.Any] = {
            "organization_id": at.tenant.id,
            "notice_id": line.notice_id,
            "has_arrived": has_arrived,
            "user_id": at.tenant.owner.pk,
            "now": LATER,
        }
        notify_rejections.resolve_notice(**arguments)
        with pytest.raises(operations.UnableToResolve):
            notify_rejections.resolve_notice(**arguments)
    assert (mailings.told_at(at, application), mailings.open_tells(at)) == (told, {application.pk} if told else set())


def test_stop_keeps_what_is_sent_and_stops_the_rest_with_its_links(at: Desk) -> None:
    applications = mailings.crowd(at, 5)
    mailing = mailings.queued(at, applications)
    first, second = mailings.claim(at, mailing, DUE), mailings.claim(at, mailing, DUE)
    assert first is not None
    assert second is not None
    mailings.settle(at, first, now=DUE)
    assert mailings.stop(at, mailing, DUE) == 3
    assert mailings.claim(at, mailing, LATER) is None
    assert mailings.settle(at, second, Outcome.RETRY, DUE) == "stopped"
    assert mailings.claim(at, mailing, LATER) is None
    with acting_as(organization=at.tenant.id):
        counts = queries.counts(mailings.reread(at, mailing))
        links = RelayLink.objects.filter(mode="personal", revoked_at=None).count()
        told = Application.objects.filter(told_at__isnull=False).count()
    assert (counts.states, counts.is_over, links, told) == ({"sent": 1, "stopped": 4}, True, 1, 1)
    assert (len(mailings.open_tells(at)), facts(at)[-1]) == (1, ("notice.stopped", {"count": 3}))
    with pytest.raises(operations.UnableToStopMailing):
        mailings.stop(at, mailing, LATER)


def test_stop_while_preparing_writes_no_more(at: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("career_relay.domain.hiring.notices.operations.preparing.AT_ONCE", 4)
    mailing = mailings.write(at, mailings.draft(at, mailings.crowd(at, 10)))
    mailings.confirm(at, mailing)
    notify_rejections.prepare_mailing(organization_id=at.tenant.id, mailing_id=mailing.pk, now=NOW)
    assert (mailings.stop(at, mailing), mailings.prepare(at, mailing)) == (10, 0)
    with acting_as(organization=at.tenant.id):
        assert queries.counts(mailings.reread(at, mailing)).states == {"stopped": 10}
    assert mailings.open_tells(at) == set()


def test_stop_one_takes_one_back_before_it_is_claimed(at: Desk) -> None:
    mailing = mailings.queued(at, mailings.crowd(at, 2))
    with acting_as(organization=at.tenant.id):
        lines = list(queries.people(mailing))
    mailings.stop_one(at, lines[0].notice_id)
    claimed = mailings.claim(at, mailing, DUE)
    assert claimed is not None
    for line in lines:
        with pytest.raises(operations.UnableToStopNotice):
            mailings.stop_one(at, line.notice_id)
    assert len(mailings.open_tells(at)) == 1


def test_stop_one_while_it_is_sent_is_too_late_but_no_other_try_follows(at: Desk) -> None:
    application = mailings.apply(at)
    mailing = mailings.queued(at, [application.pk])
    claimed = mailings.claim(at, mailing, DUE)
    assert claimed is not None
    with acting_as(organization=at.tenant.id):
        notice = Notice.objects.get(mailing=mailing).pk
        with pytest.raises(operations.UnableToStopNotice):
            notify_rejections.stop_notice(
                organization_id=at.tenant.id, notice_id=notice, user_id=at.tenant.owner.pk, now=DUE
            )
    assert mailings.settle(at, claimed, Outcome.RETRY, DUE, 451) == "stopped"
    assert (mailings.told_at(at, application), mailings.open_tells(at)) == (None, set())


def test_stop_of_a_foreign_mailing_finds_nothing(at: Desk, world: World) -> None:
    mailing = mailings.queued(at, mailings.crowd(at, 1))
    beta = mailings.desk(world.beta)
    with pytest.raises(operations.UnableToFindMailing):
        mailings.stop(beta, mailing)
    assert len(mailings.send_all(at, mailing, DUE)) == 1


def test_take_out_and_put_back_change_a_draft_alone(at: Desk) -> None:
    mailing = mailings.draft(at, mailings.crowd(at, 2))
    with acting_as(organization=at.tenant.id):
        notice = queries.people(mailing)[0].notice_id
        operations.take_out(organization_id=at.tenant.id, notice_id=notice)
    mailings.write(at, mailing)
    assert sorted(mailings.left_out(at, mailing).values()) == ["", "taken_out"]
    with acting_as(organization=at.tenant.id):
        operations.put_back(organization_id=at.tenant.id, notice_id=notice)
        mailings.confirm(at, mailing, expected=2)
        with pytest.raises(operations.UnableToChangeMailing):
            operations.take_out(organization_id=at.tenant.id, notice_id=notice)


def test_discard_gives_a_draft_up(at: Desk) -> None:
    mailing = mailings.draft(at, mailings.crowd(at, 1))
    with acting_as(organization=at.tenant.id):
        operations.discard(organization_id=at.tenant.id, mailing_id=mailing.pk)
        assert list(queries.mailings(at.tenant.id)) == []
    with pytest.raises(operations.UnableToChangeMailing):
        mailings.write(at, mailing)


def test_nobody_is_told_by_two_open_notices_whatever_the_code_does(at: Desk) -> None:
    application = mailings.apply(at)
    mailings.queued(at, [application.pk])
    other = mailings.draft(at, [application.pk])
    with acting_as(organization=at.tenant.id), pytest.raises(IntegrityError), transaction.atomic():
        Told.objects.filter(notice__mailing=other).update(is_open=True)


def test_previews_are_the_mails_that_are_sent(at: Desk) -> None:
    mailing = mailings.write(at, mailings.draft(at, mailings.crowd(at, 8)))
    with acting_as(organization=at.tenant.id):
        looked_at = [
            *queries.previews(mailing, "first"),
            *(mail for seed in range(8) for mail in queries.previews(mailing, "random", seed)),
            *queries.previews(mailing, "notable"),
        ]
    shown = {one.to_address: one for one in looked_at}
    mailings.confirm(at, mailing)
    mailings.prepare(at, mailing)
    sent = {message.to_address: message for message in mailings.messages(at, mailing)}
    assert len(shown) >= 5
    for address, preview in shown.items():
        message = sent[address]
        assert (preview.subject, preview.text, preview.html) == (
            message.subject,
            placeholders.masked(message.text),
            placeholders.masked(message.html),
        )


def test_previews_at_random_are_the_same_for_a_seed_and_notable_ones_look_unusual(at: Desk) -> None:
    mailing = mailings.write(at, mailings.draft(at, mailings.crowd(at, 24)))
    with acting_as(organization=at.tenant.id):
        twice = [[one.name for one in queries.previews(mailing, "random", seed=3)] for _ in range(2)]
        notable = [one.name for one in queries.previews(mailing, "notable")]
    assert (twice[0], len(twice[0])) == (twice[1], 1)
    looks = ["O'Brien" in notable[0], notable[1].startswith("M"), bool({*"髙﨑邉𠮷"} & {*notable[2]})]
    assert (looks, any(ord(char) > 0xFFFF for name in notable for char in name)) == ([True] * 3, True)


@pytest.mark.parametrize("size", [1, 40])
def test_pages_ask_the_same_number_of_questions_for_one_and_for_many(at: Desk, size: int) -> None:
    mailing = mailings.queued(at, mailings.crowd(at, size))
    with acting_as(organization=at.tenant.id):
        asked = []
        for ask in (
            lambda: list(queries.mailings(at.tenant.id)),
            lambda: queries.counts(mailing),
            lambda: list(queries.people(mailing)),
            lambda: queries.templates(at.tenant.id),
        ):
            with CaptureQueriesContext(connection) as captured:
                ask()
            asked.append(len(captured))
    assert asked == [3, 1, 4, 1]


def test_people_file_says_exactly_what_became_of_whom(at: Desk) -> None:
    applications = [mailings.apply(at, "=花子").pk, mailings.apply(at, "b", "").pk]
    mailing = mailings.queued(at, applications)
    mailings.send_all(at, mailing, DUE)
    with acting_as(organization=at.tenant.id):
        rows = queries.people_file(mailings.reread(at, mailing)).decode("utf-8-sig").splitlines()
    assert rows == [
        "氏名,メールアドレス,求人,状態,日時,理由,リンク",
        "'=花子,hana@people.example,営業職,送信済み,2026-11-24 10:00,,あり",
        "b,,営業職,送信しません,,メールアドレスがありません,なし",
    ]


def test_mailings_lists_newest_first_with_its_numbers(at: Desk) -> None:
    first = mailings.queued(at, [mailings.apply(at).pk, mailings.apply(at, "b", "").pk])
    mailings.send_all(at, first, DUE)
    mailings.draft(at, [mailings.apply(at, "c", "c@people.example").pk], now=LATER)
    with acting_as(organization=at.tenant.id):
        lines = [(one.state, one.chosen, one.to_send, one.sent, one.waiting) for one in queries.mailings(at.tenant.id)]
    assert lines == [("draft", 1, 1, 0, 0), ("finished", 2, 1, 1, 0)]


def test_on_its_way_and_of_applicant_follow_the_mail(at: Desk) -> None:
    application = mailings.apply(at)
    mailing = mailings.queued(at, [application.pk])
    with acting_as(organization=at.tenant.id):
        assert list(queries.on_its_way(at.tenant.id)) == [application.pk]
        [before] = queries.of_applicant(at.tenant.id, application.applicant_id)
    mailings.send_all(at, mailing, DUE)
    with acting_as(organization=at.tenant.id):
        assert list(queries.on_its_way(at.tenant.id)) == []
        [after] = queries.of_applicant(at.tenant.id, application.applicant_id)
    assert (before.state, before.may_stop, after.state, after.may_stop) == ("queued", True, "sent", False)
