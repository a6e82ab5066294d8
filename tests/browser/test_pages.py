"""Every page that can be opened, small, dark and Japanese, large, light and English: axe has nothing to say."""

from __future__ import annotations

import re
import typing

import pytest
from django.urls import URLPattern, URLResolver, get_resolver

from career_relay.kernel import clock
from tests.browser import axe
from tests.browser.conftest import Live

if typing.TYPE_CHECKING:
    import collections.abc

    from playwright.sync_api import BrowserContext, Page

pytestmark = [pytest.mark.browser, pytest.mark.timeout(500)]
# Pages that another test looks at, because something has to happen before they can be opened.
NOT_BY_ADDRESS = re.compile(
    r"^(healthz|readyz|i18n/|design/|account/(logout|inactive|confirm-email|login/code|password/(set|reset/.)|reauth)"
    r"|account/2fa/(auth|reauth|totp/deact|recovery)|employer/(start/|notice-templates/start|board/move)|register/|welcome/|me/(sign-in/code|sign-out|stopped|address)"
    r"|start/|demo/sign-in|switch/|organization/edit|me/download|home/|.*/file/$)"
)
OTHERS = ("/me/", "/agency/", "/operator/")
TODAY = clock.day_in_japan(clock.now())
ALSO = {
    "nobody": ["/design/error/404/", "/design/error/500/", "/demo/mail/"],
    "member": [f"/employer/ledger/{TODAY.year}/{TODAY.month}/", "/organization/edit/", "/switch/"],
    "candidate": ["/register/", "/welcome/"],
}
DOORS = {"member": "オーナー", "agency": "紹介会社の責任者", "operator": "運営"}
STATES: dict[str, tuple[int, typing.Literal["light", "dark"]]] = {"ja": (320, "dark"), "en": (1280, "light")}


def pages(resolver: URLResolver | None = None, prefix: str = "") -> collections.abc.Iterator[str]:
    """Yield the address of each page that needs no parameter and nothing to happen before."""
    for entry in (resolver or get_resolver()).url_patterns:
        route = prefix + str(entry.pattern)
        if not isinstance(entry, URLPattern):
            yield from pages(entry, route)
        elif "<" not in route and not NOT_BY_ADDRESS.match(route):
            yield f"/{route}"


def for_member(path: str) -> bool:
    return path.startswith(
        (
            "/employer/",
            "/organization/",
            "/account/security",
            "/account/2fa",
            "/account/email",
            "/account/password/change",
        )
    )


@pytest.mark.parametrize("language", ["ja", "en"])
@pytest.mark.parametrize("who", ["nobody", "member", "agency", "operator", "candidate"])
def test_pages_are_accessible(live: Live, context: BrowserContext, page: Page, who: str, language: str) -> None:
    groups = {
        "nobody": [path for path in pages() if not for_member(path) and not path.startswith(OTHERS)],
        "member": [path for path in pages() if for_member(path)],
        "agency": [path for path in pages() if path.startswith("/agency/")],
        "operator": [path for path in pages() if path.startswith("/operator/")],
        "candidate": [path for path in pages() if path.startswith("/me/") and path != "/me/sign-in/"],
    }
    enter(live, page, who)
    context.add_cookies([{"name": "django_language", "value": language, "url": live.url}])
    found = {}
    for path in [*groups[who], *ALSO.get(who, [])]:
        response = page.goto(path)
        status = response.status if response else 0
        findings = [*faults(page, language), *([] if status == 200 else [f"status {status}"])]
        if findings:
            found[path] = findings
    assert found == {}


def enter(live: Live, page: Page, who: str) -> None:
    """Come in by the demo's own doors."""
    page.goto("/demo/")
    if who in DOORS:
        page.get_by_role("button", name=DOORS[who]).click()
    if who == "candidate":
        page.goto(page.get_by_role("link", name="候補者のリンクを開く").get_attribute("href") or "")
        page.get_by_role("button", name="ほかの会社を紹介してもらう").click()
        page.goto("/me/sign-in/")
        before = len(live.mails_to("hasegawa@people.example.jp"))
        page.get_by_label("メールアドレス").fill("hasegawa@people.example.jp")
        page.locator("main form button").first.click()
        page.get_by_label("確認コード").fill(live.code_for("hasegawa@people.example.jp", before + 1))
        page.locator("main form button").first.click()
        page.wait_for_url("**/me/")


def faults(page: Page, language: str) -> list[str]:
    """Return what is wrong with the open page."""
    width, theme = STATES[language]
    page.set_viewport_size({"width": width, "height": 900})
    page.emulate_media(color_scheme=theme)
    found = axe.findings(page)
    if page.evaluate("document.documentElement.scrollWidth > document.documentElement.clientWidth"):
        found.append(f"scrolls sideways at {width} px")
    if page.locator("html").get_attribute("lang") != language:
        found.append("is in the other language")
    return found
