from __future__ import annotations

import datetime as dt
import typing

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from career_relay.capabilities.crypto import keys
from career_relay.capabilities.messaging import composing
from career_relay.capabilities.messaging.models import Message
from career_relay.domain.people.candidates import operations, queries, rules
from career_relay.domain.people.candidates.models import SignUp
from career_relay.kernel import actors, ids
from career_relay.kernel.tenancy.context import acting_as
from tests.flows import story
from tests.world import NOW

if typing.TYPE_CHECKING:
    import uuid

    from tests.world import World

LATER = NOW + dt.timedelta(minutes=5)
DAY = dt.timedelta(hours=24)


def mails_of(principal: uuid.UUID) -> list[Message]:
    with acting_as(candidate=principal):
        return list(Message.objects.order_by("created_at", "pk"))


def test_draft_shows_what_was_typed_and_ticked(world: World) -> None:
    sign_up = story.sign_up("a@people.example", purposes=["statistics", "agency_introduction"], language="en")
    with acting_as(candidate=sign_up):
        challenge = SignUp.objects.get().challenge
    assert queries.draft(sign_up, NOW) == queries.Draft(
        sign_up_id=sign_up,
        challenge=challenge,
        details=rules.Details(name="山田 空", email="a@people.example", prefecture="13", occupation="経理"),
        ticked=(
            rules.Ticked(purpose="agency_introduction", version=1, language="en"),
            rules.Ticked(purpose="statistics", version=1, language="en"),
        ),
        language="en",
        is_done=False,
        is_over=False,
    )
    assert queries.draft(sign_up, NOW + DAY) is None
    assert queries.draft(ids.new(), NOW) is None


def test_draft_of_a_confirmed_sign_up_has_forgotten(world: World) -> None:
    link = story.open_link(world.alpha)
    sign_up = story.sign_up("a@people.example")
    story.confirm(link, sign_up)
    draft = queries.draft(sign_up, NOW)
    assert draft is not None
    assert (draft.details, draft.ticked, draft.is_done, draft.is_over) == (None, (), True, False)
    draft = queries.draft(sign_up, NOW + rules.REPEAT_LIFE)
    assert draft is not None
    assert (draft.is_done, draft.is_over) == (True, True)
    with pytest.raises(operations.UnableToFindSignUp):
        operations.send_sign_up_code(sign_up_id=sign_up, now=NOW)
    with pytest.raises(operations.UnableToFindSignUp):
        operations.set_sign_up_consents(sign_up_id=sign_up, ticked=[], now=NOW)


def test_sign_up_is_invisible_to_everybody_else(world: World) -> None:
    story.sign_up("a@people.example")
    for principal in (
        {},
        {"organization": world.alpha.id, "user": world.alpha.owner.pk},
        {"candidate": world.hana.pk},
        {"candidate": ids.new()},
    ):
        with acting_as(**principal):
            assert not SignUp.objects.exists()
            assert not Message.objects.exists()


def test_send_sign_up_code_mails_the_code_and_stores_it_nowhere(world: World) -> None:
    sign_up = story.sign_up("a@people.example")
    code = story.code_of(sign_up)
    [mail] = mails_of(sign_up)
    assert (mail.to_address, mail.kind, mail.suppression_list) == ("a@people.example", "registration_code", "")
    assert mail.repeats_when_uncertain
    assert code not in mail.text + mail.html + mail.subject
    with acting_as(candidate=sign_up):
        sent = composing.content(mail)
    assert code not in mail.subject
    assert sent != composing.content(mails_of(story.sign_up("a@people.example"))[0])


def test_a_new_code_ends_the_one_before(world: World) -> None:
    link = story.open_link(world.alpha)
    sign_up = story.sign_up("a@people.example")
    first = story.code_of(sign_up)
    operations.send_sign_up_code(sign_up_id=sign_up, now=LATER)
    assert story.code_of(sign_up) != first
    with pytest.raises(operations.UnableToConfirmCode):
        story.confirm(link, sign_up, LATER, first)
    assert story.confirm(link, sign_up, LATER).state == "counted"
    assert len(mails_of(sign_up)) == 0


def test_drop_expired_sign_ups_deletes_them_with_their_mails(world: World) -> None:
    link = story.open_link(world.alpha)
    old, done, young = (
        story.sign_up("a@people.example"),
        story.sign_up("b@people.example"),
        story.sign_up("c@people.example", now=LATER),
    )
    story.confirm(link, done)
    assert operations.drop_expired_sign_ups(now=NOW + DAY - dt.timedelta(seconds=1)) == 0
    assert operations.drop_expired_sign_ups(now=NOW + DAY) == 2
    for identifier, left in ((old, 0), (done, 0), (young, 1)):
        assert len(mails_of(identifier)) == left
        with acting_as(candidate=identifier):
            assert SignUp.objects.count() == left


def test_drop_sign_up_leaves_a_confirmed_one(world: World) -> None:
    sign_up = story.sign_up("a@people.example")
    story.confirm(story.open_link(world.alpha), sign_up)
    operations.drop_sign_up(sign_up_id=sign_up)
    assert queries.draft(sign_up, NOW) is not None


def test_drop_sign_up_deletes_it_at_once_and_twice_without_harm(world: World) -> None:
    sign_up = story.sign_up("a@people.example")
    operations.drop_sign_up(sign_up_id=sign_up)
    operations.drop_sign_up(sign_up_id=sign_up)
    assert (mails_of(sign_up), queries.draft(sign_up, NOW)) == ([], None)


def test_sign_in_by_mailed_code(world: World) -> None:
    attempt = operations.send_sign_in_code(email=" SORA@people.example", language="en", now=NOW)
    [mail] = mails_of(world.sora.pk)
    assert (mail.kind, mail.language, mail.to_address) == ("sign_in_code", "en", "sora@people.example")
    code = keys.code("sign_in", attempt.challenge)
    assert operations.sign_in(attempt=attempt, code=code, now=NOW).pk == world.sora.pk
    wrong = f"{(int(code) + 1) % 10**6:06d}"
    for typed, moment in ((wrong, NOW), ("", NOW), (code, NOW + rules.CODE_LIFE)):
        with pytest.raises(operations.UnableToConfirmCode):
            operations.sign_in(attempt=attempt, code=typed, now=moment)


def test_code_for_signing_in_does_not_register_and_the_other_way_round(world: World) -> None:
    challenge = ids.new()
    assert keys.code("sign_in", challenge) != keys.code("registration", challenge)


def test_asking_for_a_code_does_not_tell_who_is_registered(world: World) -> None:
    done = {}
    for email in ("sora@people.example", "nobody@people.example"):
        with CaptureQueriesContext(connection) as queries_done:
            attempt = operations.send_sign_in_code(email=email, language="ja", now=NOW)
        done[email] = [verb for query in queries_done if (verb := query["sql"].split()[0]) != "ROLLBACK"]
        assert attempt.address_index == queries.address_index(email).hex()
    assert done["sora@people.example"] == done["nobody@people.example"]
    assert mails_of(attempt.challenge) == []
    code = keys.code("sign_in", attempt.challenge)
    with pytest.raises(operations.UnableToConfirmCode):
        operations.sign_in(attempt=attempt, code=code, now=NOW)


def test_erased_person_cannot_sign_in(world: World) -> None:
    attempt = operations.send_sign_in_code(email="sora@people.example", language="ja", now=NOW)
    with acting_as(candidate=world.sora.pk):
        operations.erase(candidate_id=world.sora.pk, actor=actors.candidate(world.sora.pk), now=NOW)
    with pytest.raises(operations.UnableToConfirmCode):
        operations.sign_in(attempt=attempt, code=keys.code("sign_in", attempt.challenge), now=NOW)
