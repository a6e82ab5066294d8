from __future__ import annotations

import csv
import datetime as dt
import io
import typing

import pytest

from career_relay.domain.hiring.links import operations as links
from career_relay.domain.hiring.notices.models import Notice
from career_relay.flows import correct_application, notify_rejections
from career_relay.kernel import actors, clock
from career_relay.kernel.tenancy.context import acting_as
from career_relay.portals.employer.notices import sending
from tests.flows import mailings
from tests.portals.employer import files
from tests.portals.employer.desk import signed_in, text
from tests.portals.employer.notice_pages import LIST, notice_ids, page, written
from tests.world import NOW

if typing.TYPE_CHECKING:
    from django.test import Client

    from career_relay.domain.hiring.notices.models import Mailing
    from tests.flows.mailings import Desk
    from tests.world import World

A_DAY = dt.timedelta(days=1)
HTMX = {"HX-Request": "true"}


@pytest.fixture
def at(world: World) -> Desk:
    return mailings.desk(world.alpha)


@pytest.fixture
def client(at: Desk) -> Client:
    return signed_in(at.tenant.users["recruiter"])


def confirming(client: Client, mailing: Mailing, **changes: str) -> typing.Any:
    """Press the button as the page shows it, with some answers changed."""
    form = client.get(page("notice_confirm", mailing.pk)).context["form"]
    posted = {name: str(form[name].value()) for name in form.fields}
    return client.post(page("notice_confirm", mailing.pk), posted | changes)


def sent(at: Desk, *outcomes: mailings.Outcome) -> Mailing:
    """Return a mailing whose mails ended so, one each."""
    mailings.hurry()
    mailing = mailings.queued(at, mailings.crowd(at, len(outcomes)))
    for outcome in outcomes:
        claimed = mailings.claim(at, mailing, NOW + A_DAY)
        assert claimed is not None
        mailings.settle(at, claimed, outcome, NOW + A_DAY, 250 if outcome == mailings.Outcome.SENT else 550)
    mailings.send_all(at, mailing, NOW + A_DAY)
    return mailings.reread(at, mailing)


def test_confirmation_says_how_many_and_when(at: Desk, client: Client) -> None:
    shown = client.get(page("notice_confirm", written(at, 1000).pk))
    usual = sending.usual_start(clock.now()).astimezone(clock.TOKYO)
    assert ("1,000 名に送る" in text(shown), f"{usual:%H:%M} から" in text(shown)) == (True, True)


def test_confirmation_warns_of_whom_a_mail_told_before(at: Desk, client: Client) -> None:
    application = mailings.apply(at)
    before = mailings.write(at, mailings.draft(at, [application.pk]))
    warning = "同じ応募の結果を以前にもメールで送っています"
    assert warning not in text(client.get(page("notice_confirm", before.pk)))
    mailings.confirm(at, before)
    mailings.prepare(at, before)
    assert mailings.send_all(at, before, NOW + 5 * A_DAY)
    with acting_as(organization=at.tenant.id):
        correct_application.correct_application(
            organization_id=at.tenant.id,
            application_id=application.pk,
            changes={"told_at": None},
            reason="届いていなかった",
            user_id=at.tenant.owner.pk,
            now=NOW + 5 * A_DAY,
        )
    again = mailings.write(at, mailings.draft(at, [application.pk]))
    assert f"1 名には、{warning}" in text(client.get(page("notice_confirm", again.pk)))


def test_confirmed_mailing_waits_and_its_page_says_so(at: Desk, client: Client) -> None:
    mailing = written(at)
    answer = confirming(client, mailing)
    found = mailings.reread(at, mailing)
    assert (answer.headers["Location"], found.state) == (page("notice", mailing.pk), "preparing")
    assert "3 名への送信を受け付けました" in text(client.get(page("notice", mailing.pk)))


def test_changed_number_is_told_and_not_sent(at: Desk, client: Client) -> None:
    mailing = written(at)
    shown = client.get(page("notice_confirm", mailing.pk)).context["form"]
    posted = {name: str(shown[name].value()) for name in shown.fields}
    client.post(page("notice_take_out", mailing.pk, notice_ids(at, mailing)[0]))
    answer = client.post(page("notice_confirm", mailing.pk), posted)
    assert ("いまは 2 人です" in text(answer), "2 名に送る" in text(answer)) == (True, True)
    assert mailings.reread(at, mailing).state == "draft"
    again = {name: str(answer.context["form"][name].value()) for name in answer.context["form"].fields}
    assert client.post(page("notice_confirm", mailing.pk), again).status_code == 302


def test_number_that_changed_elsewhere_is_found_by_the_last_look(at: Desk, client: Client) -> None:
    application = mailings.apply(at, "応募 取り下げ", "gone@people.example")
    mailing = mailings.write(at, mailings.draft(at, [application.pk, *mailings.crowd(at, 1)]))
    shown = client.get(page("notice_confirm", mailing.pk)).context["form"]
    posted = {name: str(shown[name].value()) for name in shown.fields}
    with acting_as(organization=at.tenant.id):
        application.outcome = "withdrew"
        application.save()
    answer = client.post(page("notice_confirm", mailing.pk), posted)
    assert (answer.context["counts"].to_send, answer.context["form"]["expected"].value()) == (1, "1")
    assert confirming(client, mailing).status_code == 302


def test_another_time_is_kept(at: Desk, client: Client) -> None:
    mailing = written(at)
    day = clock.day_in_japan(clock.now()) + 3 * A_DAY
    confirming(client, mailing, when="chosen", day=day.isoformat(), time="13:30")
    due_at = mailings.reread(at, mailing).due_at
    assert due_at == dt.datetime.combine(day, dt.time(13, 30), tzinfo=clock.TOKYO)


@pytest.mark.parametrize(
    ("days", "time", "words"),
    [
        (-1, "13:30", "この日時には送信できません"),
        (3, "23:00", "この日時には送信できません"),
        (3, "", "両方を入力"),
        (90, "10:00", "60 日"),
    ],
)
def test_time_that_can_not_be_is_refused_at_the_day(at: Desk, client: Client, days: int, time: str, words: str) -> None:
    mailing = written(at)
    day = clock.day_in_japan(clock.now()) + days * A_DAY
    answer = confirming(client, mailing, when="chosen", day=day.isoformat(), time=time)
    assert (words in str(answer.context["form"].errors["day"]), mailings.reread(at, mailing).state) == (True, "draft")


def test_start_that_moved_while_the_page_was_open_is_asked_again(at: Desk, client: Client) -> None:
    mailing = written(at)
    earlier = (sending.usual_start(clock.now()) - A_DAY).isoformat()
    answer = confirming(client, mailing, shown=earlier)
    assert ("開始の日時が変わりました" in text(answer), mailings.reread(at, mailing).state) == (True, "draft")
    assert answer.context["form"]["shown"].value() == sending.usual_start(clock.now()).isoformat()


def test_basis_that_was_taken_back_meanwhile_stops_the_confirmation(at: Desk, client: Client) -> None:
    mailing = written(at)
    with acting_as(organization=at.tenant.id):
        links.record_basis(
            organization_id=at.tenant.id,
            kind="none",
            note="",
            user_id=at.tenant.owner.pk,
            actor=actors.user(at.tenant.owner.pk),
            now=clock.now(),
        )
    answer = confirming(client, mailing)
    assert ("リンクを載せられません" in text(answer), mailings.reread(at, mailing).state) == (True, "draft")


def test_nobody_to_send_to_has_no_button(at: Desk, client: Client) -> None:
    mailing = mailings.write(at, mailings.draft(at, [mailings.apply(at, email="").pk]))
    shown = client.get(page("notice_confirm", mailing.pk))
    assert ("送信できる方がいません" in text(shown), "名に送る" in text(shown)) == (True, False)


def test_waiting_mailing_is_stopped_after_saying_how_much_that_is(at: Desk, client: Client) -> None:
    mailing = mailings.queued(at, mailings.crowd(at, 3))
    shown = client.get(page("notice_stop", mailing.pk))
    assert "まだ送信していない 3 名への送信を止めます" in text(shown)
    answer = client.post(page("notice_stop", mailing.pk), follow=True)
    assert ("3 名への送信を止めました" in text(answer), answer.context["page"].counts.states) == (True, {"stopped": 3})
    again = client.post(page("notice_stop", mailing.pk), follow=True)
    assert "この送信は停止できません" in text(again)


def test_one_person_is_stopped(at: Desk, client: Client) -> None:
    mailing = mailings.queued(at, mailings.crowd(at, 3))
    who = notice_ids(at, mailing)[0]
    client.post(page("notice_stop_one", mailing.pk, who))
    shown = client.get(page("notice", mailing.pk))
    assert shown.context["page"].counts.states == {"queued": 2, "stopped": 1}
    assert ("から、2 名に送信します" in text(shown), "0 / 2 名" in text(shown)) == (True, True)
    again = client.post(page("notice_stop_one", mailing.pk, who), follow=True)
    assert "この方への送信は停止できません" in text(again)


def test_result_has_a_tab_for_each_state_with_its_people(at: Desk, client: Client) -> None:
    mailing = sent(at, mailings.Outcome.SENT, mailings.Outcome.REFUSED, mailings.Outcome.LOST)
    shown = client.get(page("notice", mailing.pk))
    tabs = {tab.url: tab.count for tab in shown.context["page"].tabs}
    assert tabs == {
        "?people=queued#people": 0,
        "?people=sent#people": 1,
        "?people=stopped#people": 0,
        "?people=left_out#people": 0,
        "?people=uncertain#people": 1,
        "?people=failed#people": 1,
    }
    assert [row.line.state for row in shown.context["page"].rows] == ["uncertain"]
    assert "1 名への送信を終えました" in text(shown)


def test_uncertain_mail_is_decided_once_by_a_person(at: Desk, client: Client) -> None:
    mailing = sent(at, mailings.Outcome.LOST)
    [who] = notice_ids(at, mailing)
    address = page("notice_resolve", mailing.pk, who)
    assert "1 名は、届いたか分かりません" in text(client.get(page("notice", mailing.pk)))
    assert [client.post(address, {}).status_code, client.post(address, {"answer": "arrived"}).status_code] == [200, 302]
    [row] = client.get(page("notice", mailing.pk), {"people": "uncertain"}).context["page"].rows
    assert row.line.may_resolve is False
    assert "届いたか分かりません" not in text(client.get(page("notice", mailing.pk)))
    assert "「送信未確認」ではありません" in text(client.post(address, {"answer": "lost"}))
    with acting_as(organization=at.tenant.id):
        assert Notice.objects.get().tells.get().application.told_at is not None


def test_page_asks_for_its_part_while_it_moves_and_opens_anew_when_it_is_over(at: Desk, client: Client) -> None:
    moving = written(at)
    confirming(client, moving)
    part = client.get(page("notice", moving.pk), headers=HTMX)
    assert (part.templates[0].name, "<html" in part.content.decode()) == ("employer/notices/_progress.html", False)
    over = sent(at, mailings.Outcome.SENT)
    assert client.get(page("notice", over.pk), headers=HTMX).headers["HX-Refresh"] == "true"


def test_mailing_of_tomorrow_is_not_looked_at_every_second(at: Desk, client: Client) -> None:
    mailing = written(at)
    day = clock.day_in_japan(clock.now()) + 3 * A_DAY
    confirming(client, mailing, when="chosen", day=day.isoformat(), time="13:30")
    mailings.prepare(at, mailing)
    assert "hx-get" not in client.get(page("notice", mailing.pk)).content.decode()


def test_file_lists_everybody_with_why(at: Desk, client: Client) -> None:
    chosen = [*mailings.crowd(at, 2), mailings.apply(at, "=cmd()", email="").pk]
    mailing = mailings.queued(at, chosen)
    answer = client.get(page("notice_file", mailing.pk))
    rows = list(csv.reader(io.StringIO(answer.content.decode("utf-8-sig"))))
    assert (len(rows), answer.headers["Content-Type"]) == (4, "text/csv; charset=utf-8")
    assert [row[5] for row in rows if "cmd" in row[0]] == ["メールアドレスがありません"]
    assert not any(row[0].startswith("=") for row in rows)


def test_list_shows_state_numbers_and_who(at: Desk, client: Client) -> None:
    mailings.queued(at, [*mailings.crowd(at, 2), mailings.apply(at, email="").pk])
    [line] = client.get(LIST).context["lines"]
    assert (line.mailing.to_send, line.mailing.left_out, line.mailing.waiting, line.missed) == (2, 1, 2, 0)
    assert "alpha owner" in text(client.get(LIST))


def test_failed_mails_are_counted_in_the_list(at: Desk, client: Client) -> None:
    sent(at, mailings.Outcome.SENT, mailings.Outcome.REFUSED)
    assert "1 名に届いていません" in text(client.get(LIST))


def test_nothing_tells_what_a_person_did_with_a_link(at: Desk, client: Client) -> None:
    mailing = sent(at, mailings.Outcome.SENT)
    shown = text(client.get(page("notice", mailing.pk), {"people": "sent"}))
    assert [word in shown for word in ("開封", "クリック", "登録した", "開いた")] == [False] * 4


def test_result_asks_as_often_for_three_people_as_for_one(at: Desk, client: Client) -> None:
    one, three = (mailings.queued(at, mailings.crowd(at, size)) for size in (1, 3))
    counts = [files.asked(client, page("notice", mailing.pk)) for mailing in (one, three)]
    assert counts[0] == counts[1] <= files.MOST_QUERIES
    assert files.asked(client, page("notice_confirm", written(at).pk)) <= files.MOST_QUERIES
    assert files.asked(client, page("notice_stop", three.pk)) <= files.MOST_QUERIES
    assert files.asked(client, page("notice_file", three.pk)) <= files.MOST_QUERIES


def test_sending_opens_by_right(at: Desk) -> None:
    mailing = mailings.queued(at, mailings.crowd(at, 5))
    who = iter(notice_ids(at, mailing))
    opened = {}
    for role, user in at.tenant.users.items():
        client, person = signed_in(user), next(who)
        opened[role] = [
            client.get(page("notice", mailing.pk)).status_code,
            client.get(page("notice_file", mailing.pk)).status_code,
            client.get(page("notice_stop", mailing.pk)).status_code,
            client.get(page("notice_resolve", mailing.pk, person)).status_code,
            client.post(page("notice_stop_one", mailing.pk, person)).status_code,
        ]
    assert opened == {
        "owner": [200, 200, 200, 200, 302],
        "recruiter": [200, 200, 200, 200, 302],
        "hiring_manager": [403] * 5,
        "analyst": [403] * 5,
        "auditor": [200, 200, 403, 403, 403],
    }


def test_auditor_sees_no_button_that_changes_anything(at: Desk) -> None:
    mailing = mailings.queued(at, mailings.crowd(at, 1))
    shown = text(signed_in(at.tenant.users["auditor"]).get(page("notice", mailing.pk)))
    assert ("送信を止める" in shown, "一覧をダウンロード" in shown) == (False, True)


def test_mailing_that_reached_nobody_says_so_and_no_day_was_recorded(at: Desk, client: Client) -> None:
    shown = text(client.get(page("notice", sent(at, mailings.Outcome.REFUSED).pk)))
    assert ("1 通も送信せずに終わりました" in shown, "連絡日を記録しました" in shown) == (True, False)


def test_mailing_whose_preparation_was_given_up_says_so(at: Desk, client: Client) -> None:
    mailing = written(at)
    mailings.confirm(at, mailing)
    notify_rejections.break_off_mailing(organization_id=at.tenant.id, mailing_id=mailing.pk, now=NOW)
    shown = text(client.get(page("notice", mailing.pk)))
    assert ("送信を取りやめました" in shown, mailings.reread(at, mailing).state) == (True, "stopped")
