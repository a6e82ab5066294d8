"""The second half of the story, in a real browser: a licensed agency takes the baton, and the person stays in charge."""

from __future__ import annotations

import datetime as dt
import re
import secrets
import typing

import pytest
from playwright.sync_api import expect

from career_relay.kernel import clock
from tests.browser import axe, mails
from tests.browser.conftest import Live, look, watch
from tests.browser.people import phone, register

if typing.TYPE_CHECKING:
    import collections.abc

    from playwright.sync_api import Browser, Page

pytestmark = [pytest.mark.browser, pytest.mark.timeout(500)]
AGENCY = "公益社団法人 髙﨑・﨑山地域はたらく人とキャリアの応援ネットワーク株式会社"
MANAGER = "manager@takasaki-jinzai.example"
PERSON, NAME = "handed-over@people.example", "齋藤・フェルナンデス 髙江"
SHEET = b"%PDF-1.4\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n"
TODAY = clock.day_in_japan(clock.now())


@pytest.fixture
def operator(live: Live, browser: Browser) -> collections.abc.Iterator[Page]:
    """Sit somebody of the operator down at another computer."""
    context = browser.new_context(base_url=live.url, locale="ja-JP", timezone_id="Asia/Tokyo")
    axe.put_into(context)
    page = context.new_page()
    watch(page)
    page.goto("/demo/")
    page.get_by_role("button", name="運営").click()
    yield page
    context.close()


def test_agency_is_licensed_takes_a_person_over_and_loses_sight_of_them(
    live: Live, browser: Browser, page: Page, operator: Page
) -> None:
    sign_up(live, page)
    equip(page)
    be_checked(live, page, operator)
    page.goto("/demo/")
    address = page.get_by_role("link", name="候補者のリンクを開く").get_attribute("href") or ""
    with phone(browser) as theirs:
        register(live, theirs, address, PERSON, NAME)
        take_over(live, page)
        told = live.wait_for_mail(PERSON, 3)
        assert [AGENCY in mails.part(told, kind) for kind in ("plain", "html")] == [True, True]
        sign_in(live, theirs)
        expect(theirs.locator("main")).to_contain_text(AGENCY)
        speak(page)
        operator.goto("/operator/")
        assert [secret in operator.content() for secret in (NAME, PERSON)] == [False, False]
        theirs.get_by_role("link", name=re.compile("この会社から変える")).click()
        theirs.get_by_role("button", name="紹介を受けるのをやめる").click()
        expect(theirs).to_have_url(re.compile("/me/$"))
    page.reload()
    expect(page.locator("main")).to_contain_text("この方の担当は終わりました")
    assert [secret in page.content() for secret in (NAME, PERSON)] == [False, False]
    look(page, "agency-person-ended")


def sign_up(live: Live, page: Page) -> None:
    """Come from the public page, and found an agency."""
    page.goto("/")
    page.get_by_role("link", name="人材紹介会社として参加する").click()
    page.get_by_label("お名前").fill("髙﨑 まどか")
    page.get_by_label("メールアドレス").fill(MANAGER)
    page.get_by_label("パスワード", exact=False).first.fill(secrets.token_urlsafe(16))
    page.get_by_role("button", name="作成").click()
    page.get_by_label("確認コード").fill(live.code_for(MANAGER))
    page.locator("main").get_by_role("button").first.click()
    expect(page.get_by_label("人材紹介会社：", exact=False)).to_be_checked()
    page.get_by_label("会社名").fill(AGENCY)
    page.get_by_label("業種").select_option("services")
    page.get_by_label("所在地").select_option("10")
    look(page, "agency-sign-up")
    page.get_by_role("button", name="登録").click()
    expect(page).to_have_url(re.compile("/agency/$"))
    look(page, "agency-home-empty")


def equip(page: Page) -> None:
    """Hand in the licence, and write down desk, office and fees."""
    page.goto("/agency/licence/")
    page.get_by_label("許可・届出番号").fill("１０ー ﾕ ー３００１２３")  # as people type it
    page.get_by_label("有効期間の始まり").fill(f"{TODAY - dt.timedelta(days=10)}")
    page.get_by_label("有効期間の終わり").fill(f"{TODAY + dt.timedelta(days=1000)}")
    page.get_by_label("許可証の写し").set_input_files(
        {"name": "許可証.pdf", "mimeType": "application/pdf", "buffer": SHEET}
    )
    page.get_by_role("button", name="許可証を提出").click()
    expect(page.locator("main")).to_contain_text("10-ユ-300123")
    look(page, "agency-licence-waiting")
    page.goto("/agency/desk/")
    page.get_by_label("電話番号").fill("027-000-0001")
    page.get_by_label("メールアドレス").fill("desk@takasaki-jinzai.example")
    page.get_by_role("button", name="保存").click()
    page.goto("/agency/offices/new/")
    page.get_by_label("事業所名").fill("本社")
    page.get_by_label("都道府県").select_option("10")
    page.get_by_label("市区町村").fill("高崎市見本町 1-1")
    page.get_by_label("電話番号").fill("027-000-0001")
    page.get_by_label("職業紹介責任者の氏名").fill("髙﨑 まどか")
    page.get_by_label("受講").fill(f"{TODAY - dt.timedelta(days=90)}")
    page.get_by_role("button", name="追加").click()
    page.goto("/agency/fees/new/")
    page.locator("[name=percent_0]").fill("35")
    page.locator("[name=within_days_0]").fill("90")
    page.locator("[name=share_0]").fill("50")
    page.get_by_role("button", name="手数料表を公表").click()
    expect(page).to_have_url(re.compile("/agency/fees/$"))
    look(page, "agency-fees")


def be_checked(live: Live, page: Page, operator: Page) -> None:
    """Let the operator look at the licence and confirm it, and accept the agreement that comes of it."""
    operator.goto("/operator/agencies/")
    operator.get_by_role("link", name=AGENCY).first.click()
    look(operator, "operator-agency")
    operator.get_by_role("button", name="確認済みにする").click()
    expect(operator.locator("main")).to_contain_text("受け付けできます")
    live.wait_for_mail(MANAGER, 3)
    page.goto("/organization/agreements/")
    page.locator("main").get_by_role("link", name="一般社団法人キャリアリレー運営機構").first.click()
    look(page, "agreement-proposed")
    page.get_by_role("link", name=re.compile("承諾|回答")).first.click()
    look(page, "agreement-accept")
    page.get_by_label("署名する方のお名前").fill("髙﨑 まどか")
    page.get_by_label("全文を読みました").check()
    page.get_by_role("button", name="承諾").click()
    expect(page).to_have_url(re.compile(r"/agreements/[\w-]+/$"))
    look(page, "agreement-live")
    page.goto("/agency/")
    expect(page.locator("main")).not_to_contain_text("はじめの 1 人を迎えるまで")


def take_over(live: Live, page: Page) -> None:
    """Find the new person without a name, and take charge of them."""
    live.wait_for_mail(MANAGER, 4)
    page.goto("/agency/")
    assert [secret in page.content() for secret in (NAME, PERSON)] == [False, False]
    look(page, "agency-home-offer")
    page.get_by_role("button", name=re.compile("引き受け")).first.click()
    page.goto("/agency/people/")
    page.get_by_label("検索").fill("斎藤")
    page.get_by_label("検索").press("Enter")
    page.get_by_role("link", name=NAME).click()
    look(page, "agency-person")


def sign_in(live: Live, theirs: Page) -> None:
    """Come to the person's own page by a code, on the phone they registered with."""
    theirs.goto(f"{live.url}/me/sign-in/")
    theirs.get_by_label("メールアドレス").fill(PERSON)
    theirs.locator("main form button").first.click()
    theirs.get_by_label("確認コード").fill(live.code_for(PERSON, 4))
    theirs.locator("main form button").first.click()
    theirs.wait_for_url("**/me/")


def speak(page: Page) -> None:
    """Write down the first word with the person."""
    page.get_by_label("連絡の方法").select_option("phone")
    page.get_by_label("内容").fill("希望の時期と働き方を確認しました。")
    page.get_by_role("button", name="連絡を記録").click()
    expect(page.locator("main")).to_contain_text("希望の時期と働き方を確認しました。")
    look(page, "agency-person-spoken-with")
