from __future__ import annotations

import dataclasses
import datetime as dt
import typing

import pytest

from career_relay.capabilities.messaging.models import Message
from career_relay.domain.ground.accounts.models import User
from career_relay.domain.ground.agreements import letters
from career_relay.domain.ground.agreements.models import AgreementAct
from career_relay.kernel.tenancy.context import acting_as
from tests.domain.ground.agreements import deal
from tests.world import NOW, World

if typing.TYPE_CHECKING:
    from tests.world import Tenant


def mails(tenant: Tenant) -> list[Message]:
    with acting_as(organization=tenant.id):
        return list(Message.objects.filter(kind__startswith="agreement_").order_by("created_at", "pk"))


def test_proposal_is_told_to_those_who_lead_the_other_side_alone(world: World) -> None:
    agreement = deal.propose(world.alpha, world.agency)
    [mail] = mails(world.agency)
    assert mails(world.alpha) == []
    assert mail.to_address == "manager@agency.example"
    assert mail.subject == "アルファ精機株式会社から、連携協定の提案が届きました｜キャリアリレー"
    address = f"/organization/agreements/{agreement.pk}/"
    for part in (mail.text, mail.html):
        assert address in part
        assert (
            "アルファ精機株式会社の提案 する子さんが、つなぐ人材紹介株式会社への提案（第 1 版）に署名しました。" in part
        )


def test_mail_is_in_the_reader_s_language(world: World) -> None:
    User.objects.filter(pk=world.agency.owner.pk).update(language="en")
    deal.propose(world.alpha, world.agency)
    [mail] = mails(world.agency)
    assert (mail.language, mail.subject.isascii()) == ("en", False)  # names stay as they are


def test_each_act_tells_the_other_side_what_and_why(world: World) -> None:
    later = [NOW + dt.timedelta(minutes=minutes) for minutes in range(10)]
    agreement = deal.live(world.alpha, world.agency, now=later[0])
    deal.suspend(world.alpha, agreement, now=later[1])
    deal.resume(world.alpha, agreement, now=later[2])
    deal.decline(world.agency, deal.propose(world.alpha, world.agency, slot="none", now=later[3]), now=later[4])
    deal.review(world.alpha, agreement, dt.date(2027, 5, 1), now=later[5])
    deal.end(world.alpha, agreement, now=later[6])
    cut = "｜キャリアリレー"
    assert [mail.subject.removesuffix(cut) for mail in mails(world.agency)] == [
        "アルファ精機株式会社から、連携協定の提案が届きました",
        "アルファ精機株式会社が、連携協定を停止しました",
        "アルファ精機株式会社が、連携協定を再開しました",
        "アルファ精機株式会社から、連携協定の変更の提案が届きました",
        "アルファ精機株式会社が、連携協定を見直しました",
        "アルファ精機株式会社が、連携協定を終了しました",
    ]
    assert [mail.subject.removesuffix(cut) for mail in mails(world.alpha)] == [
        "つなぐ人材紹介株式会社が、連携協定を承諾しました",
        "つなぐ人材紹介株式会社が、連携協定の提案を断りました",
    ]
    for mail in (mails(world.agency)[1], mails(world.agency)[-1], mails(world.alpha)[-1]):
        assert deal.REASON in mail.text
        assert deal.REASON in mail.html


@pytest.mark.parametrize("act", [act for act in AgreementAct.Act if act not in {"proposed", "amended"}])
def test_no_act_is_told_without_words(world: World, act: str) -> None:
    agreement = deal.propose(world.alpha, world.agency)
    with acting_as(organization=world.alpha.id):
        done = AgreementAct.objects.get()
        done.act = act
        letters.tell_of(done, partner_id=world.agency.id, now=NOW + dt.timedelta(hours=1))
    mail = mails(world.agency)[-1]
    assert mail.subject.startswith("アルファ精機株式会社が、")
    assert (
        f"■ {mail.subject.removesuffix('｜キャリアリレー')}\n\nアルファ精機株式会社の提案 する子さんが、" in mail.text
    )
    assert str(agreement.pk) in mail.text


def test_every_leading_member_is_told(world: World) -> None:
    with acting_as(organization=world.agency.id):
        world.agency.organization.members.update(role="manager")
    deal.propose(world.alpha, dataclasses.replace(world.agency))
    assert {mail.to_address for mail in mails(world.agency)} == {"manager@agency.example", "adviser@agency.example"}
