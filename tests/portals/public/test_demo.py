from __future__ import annotations

import email.message
import email.utils
import mailbox
import typing

import pytest
from django.test import Client
from django.urls import reverse

from career_relay.portals.public import demo_roles, inbox

if typing.TYPE_CHECKING:
    import pathlib

    from pytest_django.fixtures import Settings

SIGN_IN, MAILS = reverse("public:demo_sign_in"), reverse("public:demo_mails")


@pytest.fixture
def demo(settings: Settings, tmp_path: pathlib.Path) -> Settings:
    """Run as a demo with an inbox of its own."""
    settings.DEMO, settings.VAR, settings.MAILDIR = True, tmp_path, str(tmp_path / "mail")
    return settings


def receive(folder: str, subject: str, *, day: int, html: str = "") -> str:
    """Put a mail into the inbox as the mail receiver does, and return its key."""
    message = email.message.EmailMessage()
    message["Subject"], message["From"], message["To"] = (
        subject,
        "キャリアリレー <relay@example.jp>",
        "hana@people.example",
    )
    message["Date"] = f"{day} Nov 2026 10:00:00 +0900"
    message.set_content(f"コードは 123456 です。{subject}")
    if html:
        message.add_alternative(html, subtype="html")
    return mailbox.Maildir(folder).add(message)


def test_demo_exists_only_where_it_runs(db: None, settings: Settings) -> None:
    settings.DEMO = False
    addresses = [
        reverse("public:demo"),
        MAILS,
        reverse("public:demo_mail", args=["x"]),
        reverse("public:demo_mail_html", args=["x"]),
        reverse("public:demo_sample", args=["applications-1000.csv"]),
    ]
    assert {Client().get(address).status_code for address in addresses} == {404}
    assert Client().post(SIGN_IN, {"member": demo_roles.MEMBERS[0].key}).status_code == 404


def test_entrance_before_the_network_is_made_says_how_to_make_it(demo: Settings, db: None) -> None:
    page = Client().get(reverse("public:demo")).content.decode()
    assert "デモの会社は、まだありません" in page
    assert SIGN_IN not in page
    assert Client().get(reverse("public:demo_sample", args=["applications-1000.csv"])).status_code == 404


def test_inbox_without_a_mail_says_what_fills_it(demo: Settings, db: None) -> None:
    assert "メールは、まだ届いていません" in Client().get(MAILS).content.decode()


def test_inbox_lists_the_newest_first(demo: Settings, db: None) -> None:
    for day, subject in ((3, "はじめ"), (9, "おわり"), (5, "なか")):
        receive(demo.MAILDIR, subject, day=day)
    letters = Client().get(MAILS).context["letters"]
    assert [(letter.subject, letter.recipient) for letter in letters] == [
        ("おわり", "hana@people.example"),
        ("なか", "hana@people.example"),
        ("はじめ", "hana@people.example"),
    ]


def test_inbox_shows_the_latest_of_very_many(demo: Settings, db: None, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(inbox, "MOST_SHOWN", 2)
    for day, subject in ((3, "はじめ"), (5, "なか"), (9, "おわり")):
        receive(demo.MAILDIR, subject, day=day)
    assert [letter.subject for letter in Client().get(MAILS).context["letters"]] == ["おわり", "なか"]


def test_mail_shows_text_headers_and_its_html_in_a_locked_frame(demo: Settings, db: None) -> None:
    key = receive(
        demo.MAILDIR, "件名", day=3, html="<html><head></head><body><script>x</script><p>本文</p></body></html>"
    )
    frame = reverse("public:demo_mail_html", args=[key])
    page = Client().get(reverse("public:demo_mail", args=[key])).content.decode()
    html = Client().get(frame)
    assert ("コードは 123456 です。" in page, f'src="{frame}"' in page, "Date: Tue, 03 Nov 2026" in page) == (
        True,
        True,
        True,
    )
    assert "<p>本文</p>" in html.content.decode()
    assert html.headers["X-Frame-Options"] == "SAMEORIGIN"
    policy = dict(part.strip().split(" ", 1) for part in html.headers["Content-Security-Policy"].split(";"))
    assert (policy["default-src"], "allow-scripts" in policy["sandbox"], "script-src" in policy) == (
        "'none'",
        False,
        False,
    )


def test_mail_that_is_none_of_ours_is_not_there(demo: Settings, db: None) -> None:
    receive(demo.MAILDIR, "ある", day=3)
    for key in ("nothing", "..", "%2e%2e%2fsecret", "new"):
        assert Client().get(f"/demo/mail/{key}/").status_code == 404, key
