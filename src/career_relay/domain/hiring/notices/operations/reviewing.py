"""Whom of a mailing nothing keeps from being told, and why the others: found out anew whenever it matters."""

from __future__ import annotations

import collections
import typing

from django.db.models import F

from career_relay.capabilities.messaging import operations as messaging
from career_relay.capabilities.messaging import queries as mails
from career_relay.domain.hiring.notices import rules
from career_relay.domain.hiring.notices.models import Mailing, Notice, Told
from career_relay.domain.hiring.notices.queries.standing import known_by, standings
from career_relay.kernel import japanese
from career_relay.kernel.japanese import folding

if typing.TYPE_CHECKING:
    import collections.abc
    import uuid

    from django.db.models import QuerySet

AT_ONCE: typing.Final = 2000
LeftOut = Notice.LeftOut
Why: typing.TypeAlias = tuple[str, str]


def review(
    *, mailing: Mailing, notice_ids: collections.abc.Collection[uuid.UUID] | None = None
) -> list[rules.Standing]:
    """Look at everybody of a mailing (or at some) as things stand now; return those who can be told.

    Nobody who was taken out comes back, and nobody whose mail is written is looked at. What was to be told to one person
    under another record is first given back where the two turned out to be two.
    """
    _part(mailing, notice_ids)
    unwritten = mailing.notices.filter(message=None).exclude(left_out=LeftOut.TAKEN_OUT)
    if notice_ids is not None:
        unwritten = unwritten.filter(pk__in=notice_ids)
    rows = list(unwritten.order_by("pk").values_list("pk", "applicant_id", "left_out", "detail"))
    people = [
        person
        for start in range(0, len(rows), AT_ONCE)
        for person in standings({pk: applicant for pk, applicant, *_before in rows[start : start + AT_ONCE]})
    ]
    needed = _needed(mailing)
    why: dict[uuid.UUID, Why] = {person.notice_id: rules.left_out(person, needed) for person in people}
    why |= _by_address(mailing.organization_id, [person for person in people if not why[person.notice_id][0]])
    leave_out(why={pk: why[pk] for pk, _applicant, left_out, detail in rows if why[pk] != (left_out, detail)})
    return [person for person in people if not why[person.notice_id][0]]


def leave_out(*, why: collections.abc.Mapping[uuid.UUID, Why]) -> None:
    """Note of each notice why it is left out, or that it is not."""
    alike = collections.defaultdict(list)
    for notice_id, reason in why.items():
        alike[reason].append(notice_id)
    for (left_out, detail), notice_ids in alike.items():
        Notice.objects.filter(pk__in=notice_ids).update(left_out=left_out, detail=detail)


def give_back(*, tells: QuerySet[Told]) -> None:
    """Have the person's own notice in the mailing tell what another record's did; where there is none any more, none does."""
    rows = list(tells.values_list("pk", "notice__mailing_id", "application__applicant_id"))
    own = Notice.objects.filter(message=None, mailing_id__in={mailing for _pk, mailing, _person in rows})
    found = own.filter(applicant_id__in={person for *_tell, person in rows})
    notice_of = {(mailing, person): pk for pk, mailing, person in found.values_list("pk", "mailing_id", "applicant_id")}
    given_back = [
        Told(pk=pk, notice_id=notice_of[mailing, person])
        for pk, mailing, person in rows
        if (mailing, person) in notice_of
    ]
    Told.objects.bulk_update(given_back, ["notice"], batch_size=AT_ONCE)
    Told.objects.filter(pk__in={pk for pk, *_place in rows} - {one.pk for one in given_back}).delete()


def _part(mailing: Mailing, notice_ids: collections.abc.Collection[uuid.UUID] | None) -> None:
    """Give back to each person what an unwritten notice of somebody else would tell."""
    tells = Told.objects.filter(organization_id=mailing.organization_id, notice__mailing=mailing, notice__message=None)
    moved = tells.exclude(application__applicant_id=F("notice__applicant_id"))
    if notice_ids is not None:
        moved = moved.filter(notice_id__in=notice_ids)
    rows = list(moved.values_list("pk", "notice__applicant_id", "application__applicant_id"))
    known = known_by({person for _pk, *both in rows for person in both})
    give_back(tells=tells.filter(pk__in=[pk for pk, holder, own in rows if known[own] != known[holder]]))


def _needed(mailing: Mailing) -> list[str]:
    if mailing.template_version is None:
        return []
    texts = rules.texts_of(mailing.template_version)
    return [field.name for field in rules.fields_used(texts, has_link=mailing.has_link)]


def _by_address(organization_id: uuid.UUID, people: list[rules.Standing]) -> dict[uuid.UUID, Why]:
    """Leave out who can't be reached, and all but the first of those who share an address.

    Those of the same name are the same person, met twice in the files: the first one's mail tells for both.
    """
    bounced = mails.suppressed(mails.HARD_BOUNCES, {person.email for person in people})
    why: dict[uuid.UUID, Why] = {}
    first: dict[str, rules.Standing] = {}
    for person in people:
        address = japanese.normalise_email(person.email)
        if not _is_address(person.email):
            why[person.notice_id] = (LeftOut.BAD_ADDRESS, "")
        elif person.email in bounced:
            why[person.notice_id] = (LeftOut.BOUNCED, "")
        elif address in first:
            why[person.notice_id] = (LeftOut.SAME_ADDRESS, "")
            if folding.fold(first[address].name) == folding.fold(person.name):
                _tell_with(organization_id, person, first[address])
        else:
            first[address] = person
    return why


def _tell_with(organization_id: uuid.UUID, person: rules.Standing, first: rules.Standing) -> None:
    tells = Told.objects.filter(organization_id=organization_id, notice_id=person.notice_id)
    tells.update(notice_id=first.notice_id)


def _is_address(text: str) -> bool:
    try:
        messaging.checked(text)
    except messaging.UnableToWrite:
        return False
    return True
