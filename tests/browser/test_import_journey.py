"""The story with data, in a real browser: a file comes in, people are told, ten of them register, one slot is earned."""

from __future__ import annotations

import datetime as dt
import re
import typing

import pytest
from django.test import override_settings
from playwright.sync_api import expect

from career_relay.config import settings as product
from career_relay.kernel import clock
from tests import world
from tests.browser import mails
from tests.browser.conftest import Inside, Live, look
from tests.browser.people import phone, register
from tests.flows import story
from tests.portals.employer import import_files

if typing.TYPE_CHECKING:
    import collections.abc

    from playwright.sync_api import Browser, FilePayload, Page

pytestmark = [pytest.mark.browser, pytest.mark.timeout(500)]
COMPANY = "株式会社髙﨑精機①"
NAMES = ["髙橋 花", "高橋 蓮", "渡邉 ゆうこ", "山﨑 隆之介", "鈴木 凛", "李 明", "濵田 千尋"]
POSTINGS = ["生産技術①（髙崎工場）", "法人営業"]
ROWS, REJECTED, REGISTERED = 1000, 100, 10
HEADER = [
    "応募ID", "応募日時", "氏名", "メールアドレス", "求人名", "雇用形態", "担当者", "選考ステータス", "判定日", "本籍",
]  # fmt: skip


def row(number: int) -> list[str]:
    """Return an application; one of ten is rejected."""
    applied = clock.day_in_japan(clock.now()) - dt.timedelta(days=10 + number % 20)
    decided = f"{applied + dt.timedelta(days=5):%Y/%m/%d}" if is_rejected(number) else ""
    return [
        f"T-{number}", f"{applied:%Y/%m/%d} 10:30:00", NAMES[number % len(NAMES)], address(number),
        POSTINGS[number // 10 % 2], "中途", "佐藤 健", "不採用" if decided else import_files.UNKNOWN_WORD,
        decided, "長野県",
    ]  # fmt: skip


def is_rejected(number: int) -> bool:
    return number % 10 == 0


def address(number: int) -> str:
    return f"applied{number}@people.example"


def file(numbers: collections.abc.Iterable[int]) -> FilePayload:
    """Return a file as an old system exports it."""
    content = import_files.table([row(number) for number in numbers], header=HEADER)
    return {"name": "応募者①.csv", "mimeType": "text/csv", "buffer": content}


def test_file_becomes_notices_and_a_slot(live: Live, browser: Browser, page: Page, inside: Inside) -> None:
    inside(make_employer)
    sign_in(page)
    first = bring_in(page)
    mailing = tell_all_rejected(page)
    find_by_two_characters(page)
    move_a_card(page)
    told = [live.wait_for_mail(address(number)) for number in range(ROWS) if is_rejected(number)]
    assert not live.boxes.keys() & {address(number) for number in range(ROWS) if not is_rejected(number)}
    before = finished(page, mailing)
    mails.check_notice(told[0], live.url, company=COMPANY, name=NAMES[0], posting=POSTINGS[0])
    with phone(browser) as theirs:
        for number, mail in enumerate(told[:REGISTERED]):
            register(live, theirs, mails.link(mail, live.url), f"new{number}@people.example", f"髙﨑 花{number}")
    see_the_slot(page)
    assert finished(page, mailing) == before
    take_in_again(page)
    refuse_to_take_back(page, first)
    take_back(page)


def make_employer() -> None:
    """Have an employer that joined and recorded its basis, whose recruiter can sign in to the running program."""
    with override_settings(PASSWORD_HASHERS=product.PASSWORD_HASHERS):
        story.join(world.make_tenant("employer", COMPANY, "takasaki"), clock.now())


def sign_in(page: Page) -> None:
    page.goto("/account/login/")
    page.get_by_label("メールアドレス").fill("recruiter@takasaki.example")
    page.get_by_label("パスワード").first.fill(world.PASSWORD)
    page.locator("main form button").last.click()
    expect(page).to_have_url(re.compile("/employer/"))


def bring_in(page: Page) -> str:
    """Take the file in, answering what is asked; return the address of its result."""
    page.goto("/employer/imports/")
    look(page, "imports-empty")
    page.get_by_role("link", name="ファイルを選ぶ").click()
    look(page, "import-new")
    page.locator("input[type=file]").set_input_files(file(range(ROWS)))
    press(page, "次へ")
    expect(page.locator("main")).to_contain_text("Shift_JIS（CP932）")
    expect(page.locator("main")).to_contain_text("髙橋 花")
    fields = page.locator("main table select")
    assert [field.input_value() for field in fields.all()] == [
        "application_id", "applied_at", "name", "email", "posting_title", "employment_type", "recruiter", "status", "decided_at",
    ]  # fmt: skip
    expect(page.locator("main")).to_contain_text("採用選考で集めてはいけない情報です。")
    look(page, "import-columns")
    page.get_by_label("取り込み元の名前").fill("採用管理表")
    press(page, "次へ")
    expect(page.locator("main")).to_contain_text(import_files.UNKNOWN_WORD)
    look(page, "import-values")
    for choice, value in zip(page.locator("main table select").all(), ("final", "in_progress"), strict=True):
        choice.select_option(value)
    press(page, "次へ")
    page.get_by_role("button", name="1,000 件を取り込む").wait_for()
    look(page, "import-check")
    press(page, "1,000 件を取り込む")
    expect(page.locator("main")).to_contain_text("追加 1,000 件、更新 0 件。")
    look(page, "import-result")
    return page.url


def find_by_two_characters(page: Page) -> None:
    page.goto("/employer/applications/")
    page.get_by_label("検索").fill("高橋")
    page.get_by_label("検索").press("Enter")
    expect(page.locator("main table")).to_contain_text("髙橋 花")
    expect(page.locator("main table")).to_contain_text("高橋 蓮")
    look(page, "applications")
    page.locator("main table").get_by_role("link", name="髙橋 花").first.click()
    expect(page.locator("h1")).to_contain_text("髙橋 花")
    look(page, "applicant")


def move_a_card(page: Page) -> None:
    """Drag a card of the board to another stage, and take it back."""
    page.goto("/employer/board/")
    final, third = (page.locator(f".board__column[data-stage={stage}]") for stage in ("final", "third"))
    card = final.locator(".board__card").nth(2)
    identifier = card.get_attribute("id") or ""
    card.hover()
    goal = third.locator("h2").bounding_box()
    assert goal
    page.mouse.down()
    page.mouse.move(goal["x"], goal["y"] + goal["height"] / 2, steps=5)
    page.mouse.up()
    expect(third.locator(".board__card:target")).to_have_id(identifier)
    look(page, "board")
    press(page, "元に戻す")
    expect(final.locator(".board__card:target")).to_have_id(identifier)


def tell_all_rejected(page: Page) -> str:
    """Tell everybody who was rejected; return the mailing's address."""
    page.goto("/employer/untold/")
    expect(page.locator("main")).to_contain_text(f"{REJECTED} 件")
    page.get_by_role("link", name=f"この条件の {REJECTED} 件すべてを選択").click()
    expect(page.locator("main")).to_contain_text(f"この条件の {REJECTED} 件すべてを選択しています")
    look(page, "untold")
    press(page, "連絡を作成")
    choose_words(page)
    look(page, "notice-preview")
    page.get_by_role("link", name="次へ：人数と日時の確認").click()
    look(page, "notice-confirm")
    press(page, f"{REJECTED} 名に送る")
    expect(page).to_have_url(re.compile("/employer/notices/[-0-9a-f]{36}/"))
    look(page, "notice-waiting")
    return page.url


def choose_words(page: Page) -> None:
    """Choose the ready text for this posting, with a link."""
    page.get_by_role("link", name="中途・書類選考").click()
    page.get_by_label("返信先のメールアドレス").fill("saiyo@takasaki.example")
    look(page, "notice-write")
    press(page, "次へ：プレビュー")


def finished(page: Page, mailing: str) -> str:
    """Wait until the mailing is over; return what its page, the list and a told person's page say."""
    said = []
    page.goto(mailing)
    expect(page.locator("main")).to_contain_text(f"{REJECTED} 名への送信を終えました", timeout=30_000)
    said.append(page.locator("main").inner_text())
    page.locator("main table a").first.click()
    expect(page.locator("h1")).not_to_contain_text("送信の状況")
    said.append(page.locator("main").inner_text())
    page.goto("/employer/notices/")
    look(page, "notices")
    said.append(page.locator("main").inner_text())
    return "\n".join(said)


def see_the_slot(page: Page) -> None:
    page.goto("/employer/")
    expect(page.locator("dl.kpis")).to_contain_text(re.compile(r"獲得した枠\s*1\s*枠"))
    look(page, "home-with-slot")


def take_in_again(page: Page) -> None:
    """Choose the same file once more: everything is known, nothing would change, so nothing can be taken in."""
    check(page, range(ROWS))
    expect(page.locator("main")).to_contain_text("すべての行が、登録済みの応募と同じ内容です。")
    assert page.locator("main .tabs").inner_text().split() == [
        "追加", "0", "更新", "0", "変更なし", "1,000", "重複", "0", "取り込めません", "0", "注意", "0",
    ]  # fmt: skip
    look(page, "import-unchanged")
    press(page, "このファイルの取り込みを中止")


def check(page: Page, numbers: collections.abc.Iterable[int]) -> None:
    """Bring a file of the known source as far as its check."""
    page.goto("/employer/imports/new/")
    page.locator("input[type=file]").set_input_files(file(numbers))
    press(page, "次へ")
    expect(page.locator("main")).to_contain_text("すべての言葉の意味がわかっています。")
    press(page, "次へ")
    page.locator("main .tabs").wait_for()


def refuse_to_take_back(page: Page, result: str) -> None:
    """Try to undo the file whose people were told."""
    page.goto(result)
    page.get_by_role("link", name="取り消しの確認へ").click()
    look(page, "import-undo")
    press(page, "取り込みを取り消し")
    expect(page.locator("main")).to_contain_text(re.compile(rf"連絡した[^。]*応募 {REJECTED} 件"))
    look(page, "import-undo-refused")


def take_back(page: Page) -> None:
    """Take in people whom nobody was told of, and take them back."""
    check(page, range(ROWS, ROWS + 40))
    press(page, "40 件を取り込む")
    expect(page.locator("main")).to_contain_text("追加 40 件、更新 0 件。")
    assert applications(page) == ROWS + 40
    page.go_back()
    page.get_by_role("link", name="取り消しの確認へ").click()
    press(page, "取り込みを取り消し")
    expect(page.locator("main")).to_contain_text("取り込みを取り消しました")
    look(page, "import-undone")
    assert applications(page) == ROWS


def applications(page: Page) -> int:
    page.goto("/employer/applications/")
    return int(page.locator("main .tabs .count").first.inner_text().replace(",", ""))


def press(page: Page, words: str) -> None:
    page.locator("main").get_by_role("button", name=words, exact=True).click()
