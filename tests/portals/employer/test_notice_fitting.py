"""A mailing to people of several kinds of hiring or stages: what does not suit is said, and sent only on purpose."""

from __future__ import annotations

import typing

import pytest

from career_relay.domain.hiring.notices import queries
from career_relay.kernel.tenancy.context import acting_as
from tests.flows import mailings
from tests.portals.employer.desk import signed_in, text
from tests.portals.employer.notice_pages import page

if typing.TYPE_CHECKING:
    import uuid

    from django.test import Client

    from career_relay.domain.hiring.notices.models import Mailing
    from tests.flows.mailings import Desk
    from tests.world import World

PLACES = [
    ("mid_career", "documents"),
    ("mid_career", "applied"),
    ("mid_career", "final"),
    ("new_graduate", "documents"),
]


@pytest.fixture
def at(world: World) -> Desk:
    return mailings.desk(world.alpha)


@pytest.fixture
def client(at: Desk) -> Client:
    return signed_in(at.tenant.users["recruiter"])


def mixed(at: Desk) -> Mailing:
    """Return a draft in the words of mid-career documents that suit two of four people."""
    people = [
        mailings.apply(at, f"応募者 {number}", f"{number}@people.example", employment_type=kind, stage=stage).pk
        for number, (kind, stage) in enumerate(PLACES)
    ]
    return mailings.write(at, mailings.draft(at, people))


def misfits(at: Desk, mailing: Mailing) -> set[str]:
    with acting_as(organization=at.tenant.id):
        return set(queries.misfits(mailing).values_list("applicant__name", flat=True))


def confirming(client: Client, mailing_id: uuid.UUID, **more: str) -> typing.Any:
    form = client.get(page("notice_confirm", mailing_id)).context["form"]
    posted = {name: str(form[name].value()) for name in form.fields if name != "sends_misfits"}
    return client.post(page("notice_confirm", mailing_id), posted | more)


def test_writing_shows_how_the_chosen_divide(at: Desk, client: Client) -> None:
    shown = client.get(page("notice_write", mixed(at).pk))
    places = [(one.employment_type, one.stage, one.count) for one in shown.context["page"].places]
    assert places == [("mid_career", "documents", 2), ("mid_career", "final", 1), ("new_graduate", "documents", 1)]
    assert "まざっています" in text(shown)


def test_misfits_are_of_another_kind_or_stage_and_those_without_kind_fit(at: Desk) -> None:
    unknown = mailings.apply(at, "種類 なし", "none@people.example", employment_type="").pk
    assert misfits(at, mailings.write(at, mailings.draft(at, [unknown]))) == set()
    assert misfits(at, mixed(at)) == {"応募者 2", "応募者 3"}


def test_whoever_has_one_fitting_application_fits(at: Desk) -> None:
    first = mailings.apply(at, employment_type="mid_career", stage="documents")
    second = mailings.apply(at, applicant=first.applicant, employment_type="new_graduate", stage="final")
    assert misfits(at, mailings.write(at, mailings.draft(at, [first.pk, second.pk]))) == set()


def test_confirmation_wants_a_tick_for_whom_the_words_do_not_suit(at: Desk, client: Client) -> None:
    mailing = mixed(at)
    assert "2 名は、この文面の採用の種類・段階と合いません" in text(client.get(page("notice_confirm", mailing.pk)))
    refused = confirming(client, mailing.pk)
    assert (refused.status_code, "文面と合わない方がいます" in text(refused)) == (200, True)
    assert mailings.reread(at, mailing).state == "draft"
    assert confirming(client, mailing.pk, sends_misfits="on").status_code == 302
    assert mailings.reread(at, mailing).state == "preparing"


def test_misfits_are_taken_out_by_one_press_and_stay_untold(at: Desk, client: Client) -> None:
    mailing = mixed(at)
    assert "合う 2 名だけに送る" in text(client.get(page("notice_confirm", mailing.pk)))
    answer = client.post(page("notice_take_out_misfits", mailing.pk), follow=True)
    assert ("文面と合わない 2 名を外しました" in text(answer), misfits(at, mailing)) == (True, set())
    assert sorted(mailings.left_out(at, mailing).values()) == ["", "", "taken_out", "taken_out"]
    assert "sends_misfits" not in answer.context["form"].fields
    assert confirming(client, mailing.pk).status_code == 302
    assert mailings.open_tells(at) == set()


def test_misfits_of_another_employer_or_a_confirmed_mailing_stay(world: World, at: Desk, client: Client) -> None:
    foreign = mixed(mailings.desk(world.beta))
    assert client.post(page("notice_take_out_misfits", foreign.pk)).status_code == 404
    mailing = mailings.confirm(at, mixed(at))
    assert client.post(page("notice_take_out_misfits", mailing.pk)).status_code == 409
    assert set(mailings.left_out(at, mailing).values()) == {""}


def test_unusual_mails_show_whom_the_words_do_not_suit(at: Desk, client: Client) -> None:
    shown = client.get(page("notice_preview", mixed(at).pk), {"which": "notable"}).context["page"]
    assert "応募者 2" in [one.label for one in shown.others]


def test_those_with_a_gap_are_looked_at_under_their_own_tab(at: Desk, client: Client) -> None:
    chosen = [mailings.apply(at, "求人 なし", posting=None).pk, mailings.apply(at, email="a@people.example").pk]
    mailing = mailings.write(at, mailings.draft(at, chosen))
    shown = client.get(page("notice_preview", mailing.pk), {"which": "problems"})
    [tab] = [one for one in shown.context["page"].tabs if one.current]
    assert (shown.context["page"].mail.name, tab.count) == ("求人 なし", 1)
    assert "差し込む値がありません：求人名" in text(shown)
