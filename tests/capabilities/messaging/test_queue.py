from __future__ import annotations

import datetime as dt
import typing

import pytest
from django.db import DatabaseError, transaction
from django.template import TemplateDoesNotExist
from django.utils import translation
from procrastinate.contrib.django.models import ProcrastinateJob

from career_relay.capabilities.crypto import keys
from career_relay.capabilities.messaging import composing, operations, placeholders, queries
from career_relay.capabilities.messaging.models import Message
from career_relay.kernel.tenancy.context import acting_as
from tests.capabilities.messaging import letters
from tests.world import NOW

if typing.TYPE_CHECKING:
    import pytest_django.fixtures

pytestmark = pytest.mark.usefixtures("db")


def test_queue_writes_the_row_and_its_job() -> None:
    message = letters.queue(now=NOW)
    [job] = letters.jobs(message)
    assert (message.state, message.kind, message.attempts) == ("queued", "letter", 0)
    assert (message.created_at, message.due_at, message.finished_at) == (NOW, NOW, None)
    assert (job.task_name, job.scheduled_at) == ("send_message", None)
    assert job.args == {"message": str(message.pk), "organization": str(letters.OWNER)}


def test_queue_makes_the_message_id_once() -> None:
    message = letters.queue()
    assert message.message_id == f"<{message.pk}@example.jp>"


def test_queue_for_later_puts_the_job_off() -> None:
    later = NOW + dt.timedelta(hours=3)
    message = letters.queue(now=NOW, due_at=later)
    assert (message.due_at, [job.scheduled_at for job in letters.jobs(message)]) == (later, [later])


def test_queue_stores_placeholders_and_no_secret() -> None:
    message = letters.queue(suppression_list="relay")
    stored = message.subject + message.text + message.html
    names = ["code", "url", "unsubscribe_url"]
    assert [name for name in names if placeholders.placeholder(name) in message.text] == names
    assert [name for name in names if placeholders.placeholder(name) in message.html] == names
    assert keys.code("test", letters.CHALLENGE) not in stored
    assert keys.token("test", letters.CHALLENGE, 1) not in stored


@pytest.mark.parametrize("language", ["ja", "en"])
def test_queue_writes_in_the_receivers_language(language: str) -> None:
    with translation.override("ja"):
        message = letters.queue(language=language)
        assert translation.get_language() == "ja"
    assert f"[{language}]" in message.text
    assert f'<html lang="{language}">' in message.html


def test_queue_escapes_html_and_leaves_text_as_it_is() -> None:
    message = letters.queue(context={"name": '<b>"A&B"</b>'})
    assert '<b>"A&B"</b>さん' in message.text
    assert "&lt;b&gt;&quot;A&amp;B&quot;&lt;/b&gt;さん" in message.html


def test_queue_keeps_the_subject_on_one_short_line() -> None:
    message = letters.queue(context={"name": "花\r\nBcc: everybody@people.example\n" + "x" * 300})
    assert message.subject.startswith("花 Bcc: everybody@people.example x")
    assert len(message.subject) == 200


def test_names_cannot_reach_a_secret_that_is_not_in_the_mail() -> None:
    message = letters.queue(context={"name": "{{secret:password}}{{ settings.RELAY_KEY }}{% now 'Y' %}"})
    sent = placeholders.filled(message.text, placeholders.values(message))
    assert "{{secret:password}}{{ settings.RELAY_KEY }}{% now 'Y' %}さん" in sent


def test_queue_refuses_a_template_that_forgets_a_secret() -> None:
    with pytest.raises(ValueError, match="does not show \\['pin'\\]"):
        letters.queue(secrets={**letters.SECRETS, "pin": ["code", "test", str(letters.CHALLENGE)]})


@pytest.mark.parametrize(
    "recipe",
    [
        ["code", "test", "not-a-uuid"],
        ["code", "test"],
        ["token", "test", str(letters.CHALLENGE), 1, "/no/place/"],
        ["token", "test", str(letters.CHALLENGE), "1", "/open/%s/"],
        ["password", "test", str(letters.CHALLENGE)],
    ],
)
def test_queue_refuses_a_recipe_it_could_not_follow(recipe: list[str | int]) -> None:
    with pytest.raises(ValueError, match=r"unknown|badly formed"):
        letters.queue(secrets={**letters.SECRETS, "code": recipe})
    assert ProcrastinateJob.objects.count() == 0


def test_queue_refuses_a_template_that_is_not_there() -> None:
    with pytest.raises(TemplateDoesNotExist):
        letters.queue(template="mail/nothing")


@pytest.mark.parametrize("address", ["", "hana", "hana@people.example\r\nBcc: b@b.example", "a@b@c.example", "花"])
def test_queue_refuses_what_is_no_address(address: str) -> None:
    with pytest.raises(operations.UnableToWrite) as raised:
        letters.queue(to=address)
    assert (raised.value.code, address in str(raised.value)) == ("MAIL_ADDRESS_INVALID", address == "")


@pytest.mark.parametrize("owners", [{}, {"organization": letters.OWNER, "user": letters.OWNER}])
def test_queue_takes_exactly_one_owner(owners: letters.Principal) -> None:
    with (
        pytest.raises(DatabaseError),
        transaction.atomic(),
        acting_as(organization=letters.OWNER, user=letters.OWNER),
    ):
        operations.queue(
            template="mail/letter",
            to="hana@people.example",
            language="ja",
            context={},
            secrets=letters.SECRETS,
            now=NOW,
            **owners,
        )


def test_queue_as_somebody_else_is_refused() -> None:
    with pytest.raises(DatabaseError), acting_as(organization=letters.CHALLENGE):
        operations.queue(
            template="mail/letter",
            to="hana@people.example",
            language="ja",
            context={},
            secrets=letters.SECRETS,
            organization=letters.OWNER,
            now=NOW,
        )


def test_text_is_tidy() -> None:
    text = letters.queue().text
    assert "\n\n\n" not in text
    assert text == "\n".join(line.rstrip() for line in text.splitlines()) + "\n"


def test_unsubscribe_stands_in_the_footer_only_with_a_list() -> None:
    assert placeholders.placeholder("unsubscribe_url") not in letters.queue().text


def test_of_organization_pages_newest_first_and_filters() -> None:
    first = letters.queue(now=NOW)
    second = letters.queue(now=NOW + dt.timedelta(seconds=1))
    letters.queue(organization=letters.CHALLENGE)
    with acting_as(organization=letters.OWNER):
        operations.stop(message_id=first.pk, now=NOW)
        page = queries.of_organization(letters.OWNER)
        found = [message.pk for message in page]
        stopped = [message.pk for message in queries.of_organization(letters.OWNER, state="stopped")]
        counts = queries.counts_of_organization(letters.OWNER)
    assert (found, page.paginator.count) == ([second.pk, first.pk], 2)
    assert stopped == [first.pk]
    assert counts == {"queued": 1, "stopped": 1}


def test_message_of_another_organization_is_not_there() -> None:
    message = letters.queue()
    with acting_as(organization=letters.CHALLENGE):
        assert queries.message(message.pk) is None


def test_readable_text_masks_what_belongs_to_the_receiver() -> None:
    text = queries.readable_text(letters.queue())
    assert ("{{" in text, text.count(placeholders.MASK)) == (False, 2)


def test_raw_is_shown_in_the_demo_alone(settings: pytest_django.fixtures.Settings) -> None:
    message = letters.queue()
    with pytest.raises(queries.UnableToShowMail):
        queries.raw(message)
    settings.DEMO = True
    assert queries.raw(message) == composing.content(message)


def test_of_candidate_lists_a_persons_mails_with_their_secrets_masked() -> None:
    person = letters.CHALLENGE
    letters.queue(candidate=person, now=NOW)
    letters.queue()
    with acting_as(candidate=person):
        [sent] = queries.of_candidate(person)
    assert (sent.kind, sent.to_address, sent.state, sent.created_at) == ("letter", "hana@people.example", "queued", NOW)
    assert ("{{" in sent.text, sent.text.count(placeholders.MASK)) == (False, 2)


def test_erase_deletes_every_mail_of_a_person() -> None:
    person = letters.CHALLENGE
    letters.queue(candidate=person)
    letters.queue(candidate=person)
    others = letters.queue()
    with acting_as(candidate=person):
        assert operations.erase(candidate=person) == 2
        assert Message.objects.filter(candidate_id=person).count() == 0
    assert letters.reread(others).state == "queued"
