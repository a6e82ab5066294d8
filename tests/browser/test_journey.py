"""The story of the product, in a real browser: from an employer's sign-up to its first free placement slot."""

from __future__ import annotations

import re
import secrets
import typing

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import Live, look
from tests.browser.people import phone, register

if typing.TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

pytestmark = [pytest.mark.browser, pytest.mark.timeout(500)]
COMPANY = "国立研究開発法人 髙﨑次世代ものづくり研究機構ホールディングス株式会社"
OWNER = "owner@takasaki-monozukuri.example"


def test_employer_earns_its_first_slot(live: Live, browser: Browser, page: Page) -> None:
    address = open_link_as_employer(live, page)
    with phone(browser, has_scripts=True) as theirs:
        register(live, theirs, address, "person0@people.example", "髙﨑 花0", looks=True)
    with phone(browser) as theirs:
        for number in range(1, 10):
            register(live, theirs, address, f"person{number}@people.example", f"髙﨑 花{number}")
    page.goto("/employer/")
    expect(page.locator("main")).to_contain_text("あと 10 人")
    look(page, "employer-home-after-ten")
    page.goto("/employer/slots/")
    expect(page.locator("main")).to_contain_text("1 枠")
    look(page, "slots")
    page.goto("/employer/ledger/")
    expect(page.locator("main")).to_contain_text("無料紹介枠と交換")
    look(page, "ledger")
    told = live.wait_for_mail(OWNER, 2)
    assert "無料紹介枠" in told["Subject"]

    with phone(browser) as theirs:
        register(live, theirs, address, "person0@people.example", "髙﨑 花0", number_of_code=3)
    page.goto("/employer/")
    expect(page.locator("main")).to_contain_text("あと 10 人")
    page.goto("/employer/counting/")
    expect(page.locator("main")).to_contain_text("同じ方の登録が、すでに数えられています")
    assert "person0" not in page.content()
    assert "髙﨑 花" not in page.content()
    look(page, "counting")


def open_link_as_employer(live: Live, page: Page) -> str:
    """Sign up, accept, record a basis, make a link; return its address."""
    page.goto("/")
    look(page, "public-home")
    page.goto("/account/signup/")
    look(page, "sign-up")
    page.get_by_label("お名前").fill("髙﨑 美咲")
    page.get_by_label("メールアドレス").fill(OWNER)
    page.get_by_label("パスワード", exact=False).first.fill(secrets.token_urlsafe(16))
    page.get_by_role("button", name="作成").click()
    look(page, "sign-up-code")
    page.get_by_label("確認コード").fill(live.code_for(OWNER))
    page.locator("main").get_by_role("button").first.click()
    page.get_by_label("組織名").or_(page.get_by_label("会社名")).first.fill(COMPANY)
    page.get_by_label("業種").select_option("manufacturing")
    page.get_by_label("所在地").select_option("10")
    look(page, "company")
    page.get_by_role("button", name="登録").click()
    expect(page).to_have_url(re.compile("/employer/"))
    look(page, "employer-home-empty")

    page.goto("/employer/start/")
    look(page, "start-terms")
    page.get_by_label("規約の全文を読み").check()
    page.locator("main button[type=submit], main button:not([type])").last.click()
    look(page, "start-basis")
    page.get_by_label("応募時に", exact=False).check()
    page.locator("main button[type=submit], main button:not([type])").last.click()
    look(page, "start-link")
    page.get_by_label("中途").check()
    page.get_by_label("書類選考").check()
    page.locator("main button[type=submit], main button:not([type])").last.click()
    expect(page).to_have_url(re.compile("/employer/start/text"))
    look(page, "start-text")
    found = re.search(re.escape(live.url) + r"/r/[\w-]{43}/", page.content())
    assert found is not None
    return found.group(0)
