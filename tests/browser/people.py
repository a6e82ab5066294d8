"""What people do in the browser, told in single words: coming through a link and registering."""

from __future__ import annotations

import re
import typing

from playwright.sync_api import expect

from tests.browser.conftest import Live, look, watch

if typing.TYPE_CHECKING:
    from playwright.sync_api import Browser, Page


def register(
    live: Live,
    browser: Browser,
    address: str,
    email: str,
    name: str,
    *,
    number_of_code: int = 1,
    looks: bool = False,
) -> None:
    """Come through the link on a phone with scripts switched off, and register."""
    context = browser.new_context(locale="ja-JP", viewport={"width": 320, "height": 640}, java_script_enabled=looks)
    page = context.new_page()
    watch(page)
    page.goto(address)
    see(page, "landing", looks=looks)
    page.get_by_role("button", name="ほかの会社を紹介してもらう").click()
    see(page, "details", looks=looks)
    page.get_by_label("お名前").fill(name)
    page.get_by_label("メールアドレス").fill(email)
    page.get_by_label("働きたい地域").select_option("13")
    page.locator("main form button").last.click()
    see(page, "consents", looks=looks)
    page.get_by_label("紹介会社", exact=False).first.check()
    page.get_by_role("button", name="確認へ進む").click()
    see(page, "check", looks=looks)
    page.get_by_role("button", name="確認コードを受け取る").click()
    see(page, "code", looks=looks)
    page.get_by_label("確認コード").fill(live.code_for(email, number_of_code))
    page.get_by_role("button", name="登録を完了").click()
    expect(page).to_have_url(re.compile("/register/done/"))
    see(page, "done", looks=looks)
    context.close()


def see(page: Page, name: str, *, looks: bool) -> None:
    """Look at the first person's pages; the others come without scripts, so nothing can be measured there."""
    if looks:
        look(page, f"candidate-{name}")
