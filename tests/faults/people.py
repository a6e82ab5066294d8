"""People who register over HTTP, as patient as people are: after an error they press the button again."""

from __future__ import annotations

import dataclasses
import email
import email.policy
import http.client
import http.cookies
import pathlib
import re
import threading
import time
import urllib.parse

TOKEN = re.compile(r'name="csrfmiddlewaretoken" value="(\w+)"')
CODE = re.compile(r"^\s*(\d{6})\s*$", re.MULTILINE)
PATIENCE_SECONDS = 45
PAUSE_SECONDS = 0.3
FORM = {"Content-Type": "application/x-www-form-urlencoded"}


@dataclasses.dataclass(frozen=True)
class Letter:
    """A mail that arrived."""

    message_id: str
    recipient: str
    code: str


class Letterbox:
    """Everybody's mail, as it arrives. Files are read once, whoever asks."""

    def __init__(self, maildir: pathlib.Path) -> None:
        self._folder = maildir / "new"
        self._letters: dict[str, Letter] = {}
        self._lock = threading.Lock()

    def letters(self) -> list[Letter]:
        """Return all letters in the order in which they were written."""
        with self._lock:
            present = {path.name for path in self._folder.iterdir()} if self._folder.exists() else set()
            for name in present - self._letters.keys():
                self._letters[name] = _read(self._folder / name)
            return sorted(self._letters.values(), key=lambda letter: letter.message_id)

    def codes(self, address: str) -> list[str]:
        """Return the codes that arrived for an address, oldest first."""
        return [letter.code for letter in self.letters() if letter.recipient == address and letter.code]


def _read(path: pathlib.Path) -> Letter:
    mail = email.message_from_bytes(path.read_bytes(), policy=email.policy.default)
    body = mail.get_body(("plain",))
    found = CODE.search(body.get_content()) if body else None
    return Letter(str(mail["Message-ID"]), str(mail["To"]), found.group(1) if found else "")


@dataclasses.dataclass(frozen=True)
class Answer:
    """What came back: a page, or where to go on."""

    status: int
    location: str
    text: str


class Browser:
    """One person's browser: it keeps cookies and knows the page it shows."""

    def __init__(self, url: str, network: str) -> None:
        self._host = url.removeprefix("http://")
        self._headers = {"X-Forwarded-For": network}
        self._cookies: dict[str, str] = {}
        self.page = ""
        self.troubles = 0

    def open(self, path: str) -> str:
        """Go to an address and wherever it leads; return the path of the page that shows then."""
        answer = self._insist("GET", path)
        while answer.location:
            path = answer.location
            answer = self._insist("GET", path)
        assert answer.status == 200, f"{path}: {answer.status} {answer.text}"
        self.page = answer.text
        return path

    def press(self, path: str, **fields: str) -> Answer:
        """Send the form of the page that shows, again and again until there is an answer."""
        return self._insist("POST", path, self._form(fields))

    def press_once(self, path: str, **fields: str) -> None:
        """Send the form of the page that shows, and don't wait to see what comes of it if it goes wrong."""
        try:
            self._ask("POST", path, self._form(fields))
        except (OSError, http.client.HTTPException):
            self.troubles += 1

    def _form(self, fields: dict[str, str]) -> str:
        found = TOKEN.search(self.page)
        assert found, self.page
        return urllib.parse.urlencode({"csrfmiddlewaretoken": found.group(1), **fields})

    def _insist(self, method: str, path: str, body: str = "") -> Answer:
        deadline = time.monotonic() + PATIENCE_SECONDS
        while True:
            try:
                answer = self._ask(method, path, body)
                if answer.status < 500:
                    return answer
                trouble = f"{answer.status}"
            except (OSError, http.client.HTTPException) as error:
                trouble = f"{type(error).__name__}"
            assert time.monotonic() < deadline, f"{method} {path} for {PATIENCE_SECONDS} s: {trouble}"
            self.troubles += 1
            time.sleep(PAUSE_SECONDS)

    def _ask(self, method: str, path: str, body: str = "") -> Answer:
        connection = http.client.HTTPConnection(self._host, timeout=15)
        try:
            cookies = "; ".join(f"{name}={value}" for name, value in self._cookies.items())
            headers = self._headers | {"Cookie": cookies} | (FORM if body else {})
            connection.request(method, path, body=body or None, headers=headers)
            response = connection.getresponse()
            text = response.read().decode()
        finally:
            connection.close()
        for line in response.headers.get_all("Set-Cookie", []):
            for morsel in http.cookies.SimpleCookie(line).values():
                self._cookies[morsel.key] = morsel.value
        return Answer(response.status, response.headers.get("Location", ""), text)


@dataclasses.dataclass
class Person:
    """Somebody who comes through a link. `is_done` once their browser showed the receipt, `has_left` once they closed it."""

    number: int
    is_patient: bool
    is_done: bool = False
    has_left: bool = False

    @property
    def address(self) -> str:
        return f"person-{self.number}@people.example"

    def register(self, url: str, link: str, letterbox: Letterbox) -> None:
        """Go from the link to the receipt. The impatient press the last button and close the browser."""
        browser = Browser(url, f"10.0.{self.number // 250}.{self.number % 250}")
        self._fill_in(browser, link)
        self._enter_code(browser, letterbox)
        self.has_left = True

    def _fill_in(self, browser: Browser, link: str) -> None:
        details = {"name": f"山田 {self.number}", "email": self.address, "prefecture": "13", "source_type": "rejected"}
        steps = [
            ("/welcome/", {"door": "support"}, "/register/"),
            ("/register/", details, "/register/consents/"),
            ("/register/consents/", {"agency_introduction": "on"}, "/register/check/"),
            ("/register/check/", {}, "/register/code/"),
        ]
        assert browser.open(link) == "/welcome/"
        for path, fields, following in steps:
            answer = browser.press(path, **fields)
            assert (answer.status, answer.location) == (302, following), answer.text
            browser.open(following)

    def _enter_code(self, browser: Browser, letterbox: Letterbox) -> None:
        """Type the newest code; if a newer mail is still on its way, the older code is refused and that one is awaited."""
        deadline, typed = time.monotonic() + PATIENCE_SECONDS, ""
        while not self.is_done:
            codes = letterbox.codes(self.address)
            if codes and codes[-1] != typed:
                typed = codes[-1]
                if not self.is_patient:
                    browser.press_once("/register/code/", code=typed)
                    return
                answer = browser.press("/register/code/", code=typed)
                self.is_done = answer.location == "/register/done/" and browser.open(answer.location) == answer.location
            assert time.monotonic() < deadline, f"no code for person {self.number} after {PATIENCE_SECONDS} s"
            time.sleep(0 if self.is_done else 0.1)
