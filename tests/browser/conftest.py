from __future__ import annotations

import collections
import concurrent.futures
import dataclasses
import email
import email.policy
import hashlib
import os
import pathlib
import re
import signal
import subprocess
import sys
import time
import typing
import uuid

import pytest
from django.db import connections
from playwright.sync_api import Browser, BrowserContext, Page, Response, sync_playwright

from tests import database
from tests.browser import axe
from tools import chromium

if typing.TYPE_CHECKING:
    import collections.abc
    from email.message import EmailMessage

    import pytest_django.plugin

ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--disable-dev-shm-usage",
]
Step: typing.TypeAlias = typing.Callable[[], typing.Any]
Inside: typing.TypeAlias = typing.Callable[[Step], typing.Any]
PATIENCE_SECONDS = 100  # a mail refused at first is tried again after a minute
PAGES = database.ROOT / "var/pages"
SCREENS = os.environ.get("RELAY_SCREENS", "")
WIDTHS = (1280, 752, 320)
THEMES: tuple[typing.Literal["light", "dark"], ...] = ("light", "dark")
PROBLEMS: dict[Page, list[str]] = {}
CODE = re.compile(r"^\s*(\d{6})\s*$", re.MULTILINE)


@dataclasses.dataclass(frozen=True)
class Live:
    """The whole program, running: web server, worker and mail receiver on a database of its own."""

    url: str
    maildir: pathlib.Path
    database: dict[str, str]
    read: set[str] = dataclasses.field(default_factory=set)
    boxes: dict[str, list[EmailMessage]] = dataclasses.field(default_factory=lambda: collections.defaultdict(list))

    def mails_to(self, address: str) -> list[EmailMessage]:
        """Return what really arrived for one address, oldest first; each mail is read once."""
        for path in (self.maildir / "new").glob("*"):
            if path.name not in self.read:
                mail = email.message_from_bytes(path.read_bytes(), policy=email.policy.default)
                self.read.add(path.name)
                self.boxes[str(mail["To"])].append(mail)
        return sorted(self.boxes.get(address, ()), key=lambda mail: str(mail["Message-ID"]))

    def wait_for_mail(self, address: str, number: int = 1) -> EmailMessage:
        """Return the mail with that number (from 1) for the address, waiting for the worker."""
        deadline = time.monotonic() + PATIENCE_SECONDS
        while len(mails := self.mails_to(address)) < number:
            assert time.monotonic() < deadline, (
                f"{len(mails)} of {number} mails for {address} after {PATIENCE_SECONDS} s"
            )
            time.sleep(0.05)
        return mails[number - 1]

    def code_for(self, address: str, number: int = 1) -> str:
        """Return the six-digit code of a mail."""
        body = self.wait_for_mail(address, number).get_body(("plain",))
        assert body is not None
        found = CODE.search(body.get_content())
        assert found is not None, body.get_content()
        return found.group(1)


@pytest.fixture(scope="session")
def live(tmp_path_factory: pytest.TempPathFactory) -> collections.abc.Iterator[Live]:
    """Run the program as `make run` does, with the demo in it."""
    name = f"live_{uuid.uuid4().hex[:12]}"
    database.clone(name, database.demo_template())
    urls = database.urls(name)
    folder = tmp_path_factory.mktemp("var")
    environment = {name: value for name, value in os.environ.items() if not name.startswith(("DATABASE_", "EMAIL_"))}
    environment |= {
        "DATABASE_URL": urls["app"],
        "DJANGO_SETTINGS_MODULE": "career_relay.config.settings",
        "RELAY_DEMO": "1",
        "RELAY_VAR": str(folder),
        "RELAY_STATIC_ROOT": str(folder / "static"),
        "RELAY_LOG_LEVEL": "WARNING",
        "PYTHONPATH": str(database.ROOT / "src"),
    }
    program = [sys.executable, "-m", "career_relay"]
    for command in (["collectstatic", "--noinput", "--verbosity=0"], ["demo"]):
        subprocess.run([*program, *command], check=True, env=environment)
    process = subprocess.Popen([*program, "run", "--port", "8700"], env=environment, stdout=subprocess.PIPE, text=True)
    try:
        yield Live(_address(process), folder / "mail", urls)
    finally:
        process.send_signal(signal.SIGINT)
        process.wait(timeout=30)
        if process.stdout:
            process.stdout.close()
        database.drop(name)


def _address(process: subprocess.Popen[str]) -> str:
    assert process.stdout is not None
    for line in process.stdout:
        if found := re.search(r"is ready: (http://\S+?)/?$", line.strip()):
            return found.group(1)
    raise AssertionError(f"the program ended with {process.wait()} before it was ready")


@pytest.fixture
def inside(live: Live, django_db_setup: None, django_db_blocker: pytest_django.plugin.DjangoDbBlocker) -> Inside:
    """Return what runs a step in the program's own database: in a thread, because the browser's event loop has this one."""

    def run(step: Step) -> typing.Any:
        before = database.point_to(live.database["app"].rsplit("/", 1)[1])
        try:
            return step()
        finally:
            connections.close_all()
            database.point_to(before)

    def run_in_thread(step: Step) -> typing.Any:
        with django_db_blocker.unblock(), concurrent.futures.ThreadPoolExecutor(1) as thread:
            return thread.submit(run, step).result()

    return run_in_thread


@pytest.fixture(scope="package")
def browser() -> collections.abc.Iterator[Browser]:
    """Start Chromium once. It ends with this folder's tests: its event loop would be in the way of the others."""
    path = chromium.find()
    if not path:
        if os.environ.get("CI"):
            pytest.fail(chromium.HOW)
        pytest.skip(chromium.HOW)
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=path, args=ARGUMENTS)
        yield started
        started.close()


@pytest.fixture
def context(browser: Browser, live: Live) -> collections.abc.Iterator[BrowserContext]:
    """Give one test a browser profile of its own, in Japan."""
    made = browser.new_context(
        base_url=live.url, locale="ja-JP", timezone_id="Asia/Tokyo", viewport={"width": 1280, "height": 900}
    )
    made.set_default_timeout(15_000)
    axe.put_into(made)
    yield made
    made.close()


@pytest.fixture
def page(context: BrowserContext) -> Page:
    """Open a page that keeps the HTML it was served, for the validity check, and fails on any script error."""
    opened = context.new_page()
    watch(opened)
    return opened


def watch(page: Page) -> None:
    """Keep each served document, and remember script errors and breaches of the content security policy."""
    problems: list[str] = []
    PROBLEMS[page] = problems
    page.on("response", _keep)
    page.on("pageerror", lambda error: problems.append(f"script error on {page.url}: {error}"))
    page.on("console", lambda message: problems.append(message.text) if is_breach(message.text) else None)


def is_breach(text: str) -> bool:
    """Tell a breach of the content security policy from axe's own inline styles; templates are searched for those."""
    return "Content Security Policy" in text and "inline style" not in text


def _keep(response: Response) -> None:
    """Keep a page for the HTML checker: a whole document, and no part that a script fetched to put into one.

    Nor a mail, which is written for mail programs and shown in a sandbox.
    """
    if response.request.resource_type != "document":
        return
    if "text/html" not in response.headers.get("content-type", "") or response.status in range(300, 400):
        return
    if response.headers.get("content-security-policy", "").startswith("sandbox"):
        return
    try:
        body = response.body()
    except Exception:  # noqa: BLE001 -- the document was replaced before it was read; another request keeps it
        return
    PAGES.mkdir(parents=True, exist_ok=True)
    (PAGES / f"{hashlib.sha256(body).hexdigest()[:16]}.html").write_bytes(body)


def look(page: Page, name: str) -> None:
    """Look at a page as people would: on a desk, on a tablet, on a small phone; and there, in the dark, with axe.

    `test_pages` has axe look at large and light pages as well.
    """
    page.wait_for_load_state()
    before = page.viewport_size
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 900})
        overflow = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
        assert overflow <= 0, f"{name} scrolls sideways by {overflow} px at {width} px"
        for theme in THEMES if SCREENS else ():
            pathlib.Path(SCREENS).mkdir(parents=True, exist_ok=True)
            page.emulate_media(color_scheme=theme)
            page.screenshot(path=f"{SCREENS}/{name}-{width}-{theme}.png", full_page=True)
    assert PROBLEMS[page] == [], name
    page.emulate_media(color_scheme="dark")
    assert axe.findings(page) == [], f"{name} at {WIDTHS[-1]} px, dark"
    page.emulate_media(color_scheme="light")
    if before:
        page.set_viewport_size(before)
