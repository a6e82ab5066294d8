"""When notices may go out and what a template may say: pure decisions."""

from __future__ import annotations

import dataclasses
import datetime as dt
import typing

from django.utils.translation import gettext as _

from career_relay.domain.hiring.intake.vocabulary import Outcome, Stage
from career_relay.domain.hiring.notices import merge
from career_relay.domain.hiring.notices.models import Notice, Template, TemplateVersion
from career_relay.kernel import clock
from career_relay.kernel.japanese import folding, working_days

if typing.TYPE_CHECKING:
    import collections.abc
    import uuid

    from career_relay.domain.ground.programmes.models import PolicyVersion

MOST_AT_ONCE: typing.Final = 100_000
LATEST_START: typing.Final = dt.timedelta(days=60)
LONGEST_SUBJECT: typing.Final = 120
LONGEST_BLOCK: typing.Final = 4000
DIGEST_FROM: typing.Final = dt.time(8, 30)
DIGEST_UNTIL: typing.Final = dt.time(12)
# Nobody is paid for registering: no mail may look as if.
FORBIDDEN_WORDS: typing.Final = (
    "お祝い金",
    "祝い金",
    "祝金",
    "ギフト",
    "キャッシュバック",
    "gift",
    "cashback",
    "cash back",
)
MAY_BE_EMPTY: typing.Final = ("encouragement", "farewell")

_INTERVIEWS: typing.Final = (Stage.FIRST, Stage.SECOND, Stage.THIRD)
_FROM_FINAL_ON: typing.Final = (Stage.FINAL, Stage.OFFER, Stage.ACCEPTED, Stage.JOINED)

LeftOut: typing.TypeAlias = Notice.LeftOut
_NEAREST_FIRST: typing.Final = (LeftOut.ON_ITS_WAY, LeftOut.TOLD, LeftOut.WITHDREW, LeftOut.NOT_REJECTED)


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Texts:
    """The words of a template, block by block in the order in which they are read."""

    subject: str
    thanks: str
    result: str
    encouragement: str
    invitation: str
    farewell: str
    sender: str


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Decision:
    """One application that somebody is to be told of, as it stands now."""

    application_id: uuid.UUID
    outcome: str
    is_told: bool
    is_on_its_way: bool
    has_posting: bool
    has_recruiter: bool

    @property
    def hindrance(self) -> LeftOut:
        """What keeps it from being told."""
        if self.outcome == Outcome.WITHDREW:
            return LeftOut.WITHDREW
        if self.outcome != Outcome.REJECTED:
            return LeftOut.NOT_REJECTED
        if self.is_told:
            return LeftOut.TOLD
        return LeftOut.ON_ITS_WAY if self.is_on_its_way else LeftOut.NO


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """Somebody of a mailing as everything stands now. `is_still_in`: another application runs, or they work here."""

    notice_id: uuid.UUID
    name: str
    family_name: str
    email: str
    is_still_in: bool
    decisions: tuple[Decision, ...]

    @property
    def tellable(self) -> list[Decision]:
        """What they can be told."""
        return [one for one in self.decisions if not one.hindrance]


BLOCKS: typing.Final = tuple(field.name for field in dataclasses.fields(Texts))


def texts_of(version: TemplateVersion) -> Texts:
    """Return the words of a version."""
    return Texts(**{block: getattr(version, block) for block in BLOCKS})


def tidied(texts: Texts) -> Texts:
    """Return the texts with one kind of line break and no blanks around them; a subject is one line."""
    tidy = {block: "\n".join(text.rstrip() for text in getattr(texts, block).splitlines()).strip() for block in BLOCKS}
    return Texts(**tidy | {"subject": " ".join(tidy["subject"].split())})


def faults(texts: Texts) -> dict[str, str]:
    """Return by block what is wrong with its words; empty when they may be sent."""
    found = {block: _fault(block, getattr(texts, block)) for block in BLOCKS}
    return {block: words for block, words in found.items() if words}


def fields_used(texts: Texts, *, has_link: bool) -> list[merge.Field]:
    """Return the fields that mails with these texts may ask for.

    Where links are wanted somebody may have stopped them, so both endings count.
    """
    blocks = [block for block in BLOCKS if has_link or block != "invitation"]
    return merge.fields_in("\n".join(getattr(texts, block) for block in blocks))


def template_stage(stage: str) -> Template.Stage:
    """Return which templates are for people whose application ended at this stage."""
    if stage in _INTERVIEWS:
        return Template.Stage.INTERVIEW
    return Template.Stage.FINAL if stage in _FROM_FINAL_ON else Template.Stage.DOCUMENTS


def left_out(person: Standing, needed: collections.abc.Collection[str]) -> tuple[LeftOut, str]:
    """Return why somebody gets no mail, with what is missing if something is; `NO` when they do.

    Of several reasons not to tell, the one nearest to telling. `needed` are the fields without which no mail is sent.
    """
    tellable = person.tellable
    if not tellable:
        hindrances = {one.hindrance for one in person.decisions}
        return next((reason for reason in _NEAREST_FIRST if reason in hindrances), LeftOut.SAME_ADDRESS), ""
    if person.is_still_in:
        return LeftOut.OPEN_ELSEWHERE, ""
    if not person.email:
        return LeftOut.NO_ADDRESS, ""
    gaps = [name for name in needed if not _has_value(name, person)]
    return (LeftOut.MISSING_VALUE, "、".join(gaps)) if gaps else (LeftOut.NO, "")


def earliest(policy: PolicyVersion, now: dt.datetime) -> dt.datetime:
    """Return the soonest moment at which a mailing that is confirmed now may begin."""
    return out_of_quiet(policy, now + dt.timedelta(seconds=policy.send_delay_seconds))


def due(policy: PolicyVersion, now: dt.datetime) -> dt.datetime:
    """Return when a mailing that is confirmed now begins unless its sender wishes otherwise."""
    soonest = earliest(policy, now)
    if policy.sends_next_working_day_at is None:
        return soonest
    day = working_days.next_working_day(clock.day_in_japan(now))
    usual = dt.datetime.combine(day, policy.sends_next_working_day_at, tzinfo=clock.TOKYO)
    return out_of_quiet(policy, max(soonest, usual))


def is_quiet(policy: PolicyVersion, moment: dt.datetime) -> bool:
    """Tell whether no mail is sent at `moment`."""
    start, end = policy.quiet_from, policy.quiet_until
    if start is None or end is None or start == end:
        return False
    time = moment.astimezone(clock.TOKYO).time()
    return start <= time < end if start < end else time >= start or time < end


def out_of_quiet(policy: PolicyVersion, moment: dt.datetime) -> dt.datetime:
    """Return `moment`, or the end of the quiet hours it lies in."""
    if not is_quiet(policy, moment) or policy.quiet_until is None:
        return moment
    local = moment.astimezone(clock.TOKYO)
    end = dt.datetime.combine(local.date(), policy.quiet_until, tzinfo=clock.TOKYO)
    return end if end > local else end + dt.timedelta(days=1)


def is_digest_time(now: dt.datetime) -> bool:
    """Tell whether members are told in the morning of a working day who still waits."""
    local = now.astimezone(clock.TOKYO)
    return working_days.is_working_day(local.date()) and DIGEST_FROM <= local.time() < DIGEST_UNTIL


def _has_value(name: str, person: Standing) -> bool:
    """Tell whether a field has a value; those that are not named here always have one."""
    match name:
        case "氏名":
            return bool(person.name)
        case "姓":
            return bool(person.family_name or person.name)
        case "求人名":
            return any(one.has_posting for one in person.tellable)
        case "担当者":
            return any(one.has_recruiter for one in person.tellable)
        case _:
            return True


def _fault(block: str, text: str) -> str:
    if not text:
        return "" if block in MAY_BE_EMPTY else _("入力してください。お見送りのご連絡に欠かせない部分です。")
    if len(text) > _longest(block):
        return _("%(most)d 文字以内にしてください。") % {"most": _longest(block)}
    if unknown := merge.unknown_in(text):
        return _("%(words)s は差し込めません。一覧にある項目を選ぶか、消してください。") % {"words": " ".join(unknown)}
    if word := _forbidden_in(text):
        return _("「%(word)s」は使えません。登録する方への金品の案内は、法律と運用ルールで禁じられています。") % {
            "word": word
        }
    return ""


def _longest(block: str) -> int:
    return LONGEST_SUBJECT if block == "subject" else LONGEST_BLOCK


def _forbidden_in(text: str) -> str:
    folded = folding.fold(text)
    return next((word for word in FORBIDDEN_WORDS if folding.fold(word) in folded), "")
