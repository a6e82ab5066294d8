"""The story to its end, five people side by side: one that company A let go is hired by company B, for its free slot."""

from __future__ import annotations

import contextlib
import dataclasses
import datetime as dt
import re
import time
import typing

import psycopg
import pytest
from django.test import override_settings
from playwright.sync_api import expect

from career_relay.config import settings as program
from career_relay.domain.ground.accounts import queries as accounts
from career_relay.domain.ground.organizations import queries as organizations
from career_relay.flows import check_retention
from career_relay.kernel import clock
from career_relay.kernel.tenancy.context import acting_as
from career_relay.portals.public import demo_roles
from tests import world
from tests.browser import axe, mails
from tests.browser.conftest import PATIENCE_SECONDS, Inside, Live, look, watch
from tests.browser.people import phone, register
from tests.domain.ground.agreements import deal
from tests.domain.ground.credits import book
from tests.flows import caring, requesting, story

if typing.TYPE_CHECKING:
    import collections.abc
    from email.message import EmailMessage

    from playwright.sync_api import Browser, Page

pytestmark = [pytest.mark.browser, pytest.mark.timeout(500)]
PERSON, NAME = "relayed@people.example", "鵜﨑・オリベイラ 美波"
AGENCY, ADVISER, MANAGER = "さざなみキャリアデザイン株式会社", "adviser@sazanami.example", "manager@sazanami.example"
B, OWNER_OF_B = "株式会社 髙嶋蓄電池東日本製造", "owner@takashima.example"
TITLE = "経理"
FIT = "月次決算を 4 年、連結決算を 2 年担当。求人の仕事と重なります。"
SALARY, YEN = 5_200_000, "5,200,000 円"
EARNED_AGO = dt.timedelta(days=30)
PAGES_OF_A = [
    *["", "slots/", "ledger/", "links/", "counting/", "applications/?q=鵜﨑", "applications/?q=relayed", "board/"],
    *["postings/", "introductions/", "placements/", "requests/"],
]
PAGES_OF_B = ["", "slots/", "introductions/", "placements/", "requests/", "applications/?q=鵜﨑", "board/"]


@dataclasses.dataclass(frozen=True)
class Five:
    """The browsers of those who take part, and the company that the person is hired by."""

    live: Live
    person: Page
    adviser: Page
    a: Page
    b: Page
    operator: Page
    inside: Inside


@pytest.fixture
def five(live: Live, browser: Browser, page: Page, inside: Inside) -> collections.abc.Iterator[Five]:
    """Sign everybody in but the person, whom nobody knows yet."""
    inside(set_up)
    with (
        phone(browser) as person,
        computer(live, browser) as adviser,
        computer(live, browser) as b,
        computer(live, browser) as operator,
    ):
        for desk, door in ((page, "オーナー"), (operator, "運営")):
            desk.goto("/demo/")
            desk.get_by_role("button", name=door).click()
        for desk, address in ((adviser, ADVISER), (b, OWNER_OF_B)):
            desk.goto("/account/login/")
            desk.get_by_label("メールアドレス").fill(address)
            desk.get_by_label("パスワード", exact=False).first.fill(world.PASSWORD)
            desk.get_by_role("button", name="ログイン").click()
        for desk in (page, operator, adviser, b):
            desk.wait_for_url(re.compile("/(employer|agency|operator)/"))
        yield Five(live, person, adviser, page, b, operator, inside)


def test_person_let_go_by_one_employer_is_hired_by_another_for_its_slot(five: Five, browser: Browser) -> None:
    live, person, adviser, b = five.live, five.person, five.adviser, five.b
    five.a.goto("/demo/")
    link = five.a.get_by_role("link", name="候補者のリンクを開く").get_attribute("href") or ""
    register(live, person, link, PERSON, NAME)
    take_over(five)
    request = ask_with_slot(five)
    accept_and_propose(five)
    assert said_on(b, "employer", [*PAGES_OF_B, f"requests/{request}/"], NAME, PERSON) == {}

    say_yes(five, browser)
    interview(five)
    offer_and_accept(five, browser)
    placement = start(five)
    both_tell_the_same(five, placement, "入社", "在籍")
    slot_is_used(five)

    pass_days(live, placement, 31)
    five.inside(lambda: ask_of_checks(live.url))
    answer_the_first_check(five)
    pass_days(live, placement, 20)
    leave_on_day_50(five)
    both_tell_the_same(five, placement, "退職")
    slot_is_used(five)

    told(live, ADVISER, "退職が記録されました")
    assert said_on(five.a, "employer", PAGES_OF_A, NAME, PERSON, B) == {}
    nobody_else_was_named(five, adviser)


def set_up() -> None:
    """Have an agency take part, and a company of the network that has agreed with it and earned a slot."""
    now = clock.now()
    with override_settings(
        PASSWORD_HASHERS=program.PASSWORD_HASHERS
    ):  # the tests' own is one the program does not read
        agency = world.make_tenant("agency", AGENCY, "sazanami")
        employer = world.make_tenant("employer", B, "takashima")
    caring.desk(agency, operator_of_demo(), now=now)
    story.join(employer, now)
    deal.live(employer, agency, now=now, slot="no_replacement")
    book.count_many(employer.id, 10, now=now - EARNED_AGO)
    requesting.posting(employer, title=TITLE)


def operator_of_demo() -> world.Tenant:
    [clerk] = [one.email for one in demo_roles.EVERYBODY if one.domain == demo_roles.OPERATOR_DOMAIN]
    user = accounts.by_address(clerk)
    assert user is not None
    [seat] = organizations.seats_of(user.pk)
    with acting_as(organization=seat.organization_id):
        return world.Tenant(organizations.profile(seat.organization_id), {"operator": user})


def take_over(five: Five) -> None:
    """Let the adviser take charge of the person, who learns of it and signs in on the phone."""
    told(five.live, MANAGER, "回答を待っています")
    five.adviser.goto("/agency/")
    assert NAME not in five.adviser.content()
    five.adviser.get_by_role("button", name=re.compile("引き受け")).click()
    told(five.live, PERSON, "担当する紹介会社が決まりました")
    before = len(five.live.mails_to(PERSON))
    five.person.goto(f"{five.live.url}/me/sign-in/")
    five.person.get_by_label("メールアドレス").fill(PERSON)
    five.person.get_by_role("button", name="確認コードを受け取る").click()
    five.person.get_by_label("確認コード").fill(five.live.code_for(PERSON, before + 1))
    five.person.locator("main form button").first.click()
    five.person.wait_for_url("**/me/")
    expect(five.person.locator("main")).to_contain_text(AGENCY)


def ask_with_slot(five: Five) -> str:
    """Let B ask for somebody with its slot; return the request."""
    b = five.b
    b.goto("/employer/slots/")
    b.get_by_role("link", name="枠を使って紹介を依頼").click()
    b.get_by_label(re.compile("^求人")).select_option(label=TITLE)
    b.get_by_label("求める人").fill("連結決算の経験がある方。")
    expect(b.get_by_label(re.compile("無料紹介枠を 1 つ使う"))).to_be_checked()
    look(b, "employer-request-new")
    b.locator("main").get_by_role("button", name="紹介を依頼").click()
    b.wait_for_url(re.compile(r"/requests/[0-9a-f-]{36}/$"))
    expect(b.locator("main")).to_contain_text("第 1 枠を確保しています")
    look(b, "employer-request")
    return b.url.rstrip("/").rpartition("/")[2]


def accept_and_propose(five: Five) -> None:
    """Let the adviser take the request on, and put its posting before the person."""
    adviser = five.adviser
    told(five.live, MANAGER, "紹介の依頼が届きました")
    adviser.goto("/agency/calls/")
    adviser.get_by_role("link", name=TITLE).click()
    look(adviser, "agency-call")
    adviser.get_by_role("button", name="依頼を引き受ける").click()
    adviser.wait_for_url(re.compile("/agency/postings/"))
    look(adviser, "agency-posting")
    adviser.get_by_role("link", name="推薦する方を選ぶ").click()
    adviser.get_by_role("link", name=NAME).click()
    adviser.get_by_label("ご本人へのひとこと").fill("連結決算のご経験が生きる仕事です。")
    adviser.get_by_label("推薦の理由").fill(FIT)
    look(adviser, "agency-introduce")
    adviser.get_by_role("button", name="送信前の確認へ").click()
    adviser.get_by_role("button", name="ご本人に送信").click()
    adviser.wait_for_url(re.compile("/agency/introductions/"))
    look(adviser, "agency-introduction")


def say_yes(five: Five, browser: Browser) -> None:
    """Let the person say yes in two taps; from then on B has them, with the reason, and A's past stays unsaid."""
    told(five.live, PERSON, "仕事の案内が届きました")
    five.person.goto(f"{five.live.url}/me/")
    five.person.get_by_role("link", name=re.compile("内容を見て返事をする")).click()
    look_by_script(five.person, browser, "candidate-introduction")
    five.person.get_by_role("button", name="はい、紹介を受ける").click()
    expect(five.person.locator("main")).to_contain_text("会社に紹介しました")
    told(five.live, OWNER_OF_B, "人材の紹介が届きました")
    five.b.goto("/employer/introductions/")
    look(five.b, "employer-introductions")
    five.b.get_by_role("link", name=NAME).click()
    assert [word in five.b.inner_text("main") for word in (PERSON, FIT, "0 円（無料紹介枠）")] == [True, True, True]
    assert demo_roles.EMPLOYER not in five.b.content()
    look(five.b, "employer-introduction")


def interview(five: Five) -> None:
    """Let B read the papers and propose two times, of which the person takes the second."""
    b, person = five.b, five.person
    b.get_by_role("button", name="書類選考へ").click()
    b.get_by_role("button", name="面接へ").click()
    b.get_by_role("link", name="面接の日時を提案").click()
    day = clock.day_in_japan(clock.now()) + dt.timedelta(days=3)
    b.get_by_label("候補 1").fill(f"{day}T10:00")
    b.get_by_label("候補 2").fill(f"{day}T15:30")
    b.get_by_label("場所または参加の方法").fill("本社 3 階")
    b.get_by_role("button", name="日時を提案").click()
    told(five.live, PERSON, "面接の日時を選んでください")
    person.goto(f"{five.live.url}/me/")
    person.get_by_role("link", name=re.compile("面接の日時を選ぶ")).click()
    person.get_by_label(re.compile("15:30")).check()
    person.get_by_role("button", name="この日時に決める").click()
    expect(person.locator("main")).to_contain_text("面接の日時を決めました")
    b.reload()
    expect(b.locator("main")).to_contain_text("15:30")
    five.adviser.goto("/agency/board/")
    expect(five.adviser.locator("main")).to_contain_text(NAME)
    look(five.adviser, "agency-board")
    five.adviser.set_viewport_size({"width": 752, "height": 900})
    assert five.adviser.locator(".board").evaluate("board => board.scrollWidth <= board.clientWidth")


def offer_and_accept(five: Five, browser: Browser) -> None:
    """Let B offer the job from today, and the person take it on the phone."""
    b, person = five.b, five.person
    b.get_by_role("link", name="内定を出す").click()
    b.get_by_label("年収の見込み").fill(f"{SALARY}")
    b.get_by_label("入社予定日").fill(f"{clock.day_in_japan(clock.now())}")
    b.get_by_role("button", name="内定を出す").click()
    b.get_by_role("button", name="この内容で内定を出す").click()
    told(five.live, PERSON, "内定の連絡が届きました")
    person.goto(f"{five.live.url}/me/")
    person.get_by_role("link", name=re.compile("内定の内容を見る")).click()
    expect(person.locator("main")).to_contain_text(YEN)
    look_by_script(person, browser, "candidate-offer")
    person.get_by_role("link", name="内定を受ける").click()
    person.get_by_role("button", name="内定を受ける").click()
    expect(person.locator("main")).to_contain_text("内定を受けました")
    told(five.live, OWNER_OF_B, "内定が承諾されました")


def start(five: Five) -> str:
    """Let B confirm the start, which costs nothing; return the placement."""
    b = five.b
    b.goto("/employer/placements/")
    b.get_by_role("link", name=NAME).click()
    placement = b.url.rstrip("/").rpartition("/")[2]
    b.get_by_role("link", name="入社を記録", exact=True).click()
    b.get_by_role("button", name="入社を記録").click()
    expect(b.locator("main")).to_contain_text("手数料は 0 円です")
    look(b, "employer-placement")
    told(five.live, ADVISER, "入社が記録されました")
    return placement


def both_tell_the_same(five: Five, placement: str, *words: str) -> None:
    """Check that B and the agency read the same of the hire: nothing to pay, nothing to give back, and these words."""
    five.b.goto(f"/employer/placements/{placement}/")
    five.adviser.goto("/agency/placements/")
    five.adviser.get_by_role("link", name=NAME).click()
    for desk in (five.b, five.adviser):
        for word in ("手数料なし", "無料紹介枠", *words):
            expect(desk.locator("main")).to_contain_text(word)
        expect(desk.locator("main")).not_to_contain_text("−")


def slot_is_used(five: Five) -> None:
    """Check that B's page of slots, and the request that used the only one, tell the same."""
    five.b.goto("/employer/slots/")
    expect(five.b.get_by_role("row", name=re.compile("第 1 枠"))).to_contain_text("使用済み")
    five.b.get_by_role("link", name=TITLE).click()
    expect(five.b.locator("main")).to_contain_text("第 1 枠を使いました。手数料は 0 円です。")


def pass_days(live: Live, placement: str, days: int) -> None:
    """Move the hire that many days back. Its days are kept by the database against everybody, so its master does it."""
    told = {"placement": placement, "days": days}
    with psycopg.connect(live.database["superuser"]) as connection:
        connection.execute("SET LOCAL session_replication_role = replica")
        connection.execute(
            "UPDATE placements_placement SET start_on = start_on - %(days)s, agreed_at = agreed_at - %(days)s * '1 day'::interval,"
            " joined_at = joined_at - %(days)s * '1 day'::interval WHERE id = %(placement)s",
            told,
        )
        connection.execute(
            "UPDATE placements_check SET due_on = due_on - %(days)s WHERE placement_id = %(placement)s", told
        )


def ask_of_checks(site: str) -> None:
    """Ask employers what the day's task asks them."""
    with override_settings(SITE_URL=site):
        check_retention.ask(now=clock.now())


def answer_the_first_check(five: Five) -> None:
    """Let B say, after it was asked by mail, that the person is in post."""
    told(five.live, OWNER_OF_B, "在籍を確認してください")
    five.b.goto("/employer/placements/")
    five.b.get_by_role("link", name=NAME).click()
    five.b.get_by_role("link", name=re.compile("答える.*30 日")).click()
    five.b.get_by_label("在籍している").check()
    five.b.get_by_role("button", name="答えを記録").click()
    expect(five.b.get_by_role("row", name=re.compile("入社 30 日"))).to_contain_text("在籍中")


def leave_on_day_50(five: Five) -> None:
    """Let B record, on the 51st day, that the person left the day before."""
    five.b.reload()
    five.b.get_by_role("link", name="退職を記録").click()
    five.b.get_by_label("退職日").fill(f"{clock.day_in_japan(clock.now()) - dt.timedelta(days=1)}")
    five.b.get_by_label("ご本人").check()
    five.b.get_by_role("button", name="退職を記録").click()
    expect(five.b.locator("main")).to_contain_text("退職日")
    look(five.b, "employer-placement-left")


def nobody_else_was_named(five: Five, adviser: Page) -> None:
    """Check the operator's pages, and every mail that went to anybody but the person."""
    five.operator.goto("/operator/agencies/")
    five.operator.get_by_role("link", name=AGENCY).click()
    agency = five.operator.url.rpartition("/operator/")[2]
    assert said_on(five.operator, "operator", ["", "agencies/", agency], NAME, PERSON) == {}
    others = {box: sent for box, sent in five.live.boxes.items() if box != PERSON}
    assert {box for box, sent in others.items() for mail in sent if names_somebody(mail)} == set()
    expect(adviser.locator("main")).to_contain_text(NAME)


def names_somebody(mail: EmailMessage) -> bool:
    text = "".join([mails.part(mail, "plain"), mails.part(mail, "html"), *map(str, mail.values())])
    return any(secret in text for secret in (NAME, PERSON))


def said_on(desk: Page, portal: str, pages: list[str], *secrets: str) -> dict[str, list[str]]:
    """Return which of these words stand on which pages of a portal, as whoever sits at the desk reads them."""
    found = {}
    for path in pages:
        answer = desk.context.request.get(f"/{portal}/{path}", max_redirects=0)
        assert (path, answer.status) == (path, 200)
        text = answer.text()
        if said := [secret for secret in secrets if secret in text]:
            found[path] = said
    return found


def told(live: Live, address: str, words: str) -> EmailMessage:
    """Return the newest mail to the address with these words in its subject, waiting for the worker."""
    deadline = time.monotonic() + PATIENCE_SECONDS
    while True:
        found = [mail for mail in live.mails_to(address) if words in mail["Subject"]]
        if found:
            return found[-1]
        assert time.monotonic() < deadline, [str(mail["Subject"]) for mail in live.mails_to(address)]
        time.sleep(0.05)


def look_by_script(theirs: Page, browser: Browser, name: str) -> None:
    """Look at the page that the phone without scripts has open on one with scripts, signed in as the same person."""
    with phone(browser, has_scripts=True) as other:
        other.context.add_cookies(theirs.context.cookies())  # type: ignore[arg-type]
        other.goto(theirs.url)
        look(other, name)


@contextlib.contextmanager
def computer(live: Live, browser: Browser) -> collections.abc.Iterator[Page]:
    """Sit somebody down at another computer."""
    context = browser.new_context(
        base_url=live.url, locale="ja-JP", timezone_id="Asia/Tokyo", viewport={"width": 1280, "height": 900}
    )
    context.set_default_timeout(15_000)
    axe.put_into(context)
    page = context.new_page()
    watch(page)
    yield page
    context.close()
