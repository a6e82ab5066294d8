"""What people do in the browser, told in single words: coming through a link and registering."""

from __future__ import annotations

import contextlib
import re
import typing

from playwright.sync_api import expect

from tests.browser import axe
from tests.browser.conftest import Live, look, watch

if typing.TYPE_CHECKING:
    import collections.abc

    from playwright.sync_api import Browser, Page


@contextlib.contextmanager
def phone(browser: Browser, *, has_scripts: bool = False) -> collections.abc.Iterator[Page]:
    """Take out a phone, on which scripts are switched off unless somebody wants to look at its pages."""
    context = browser.new_context(
        locale="ja-JP", viewport={"width": 320, "height": 640}, java_script_enabled=has_scripts
    )
    axe.put_into(context)
    page = context.new_page()
    watch(page)
    yield page
    context.close()


def register(
    live: Live, page: Page, address: str, email: str, name: str, *, number_of_code: int = 1, looks: bool = False
) -> None:
    """Come through the link as somebody nobody knows yet, and register."""
    page.context.clear_cookies()
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


def see(page: Page, name: str, *, looks: bool) -> None:
    """Look at the first person's pages; the others come without scripts, so nothing can be measured there."""
    if looks:
        look(page, f"candidate-{name}")
