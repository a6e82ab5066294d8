"""The people of a mailing with the values that stand in their mails."""

from __future__ import annotations

import collections
import dataclasses
import typing

from django.utils import translation
from django.utils.formats import date_format

from career_relay.domain.hiring.applications.models import Applicant, Application
from career_relay.domain.hiring.intake.vocabulary import Outcome, Stage
from career_relay.domain.hiring.notices import letters, merge, rules
from career_relay.domain.hiring.notices.models import Notice, Told
from career_relay.kernel import clock

if typing.TYPE_CHECKING:
    import collections.abc
    import uuid

    from career_relay.domain.hiring.notices.models import Mailing

MOST_TITLES: typing.Final = 3
ENGLISH: typing.Final = "en"


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Receiver:
    """Somebody who is to get a notice, with what it tells: the decided applications, newest decision first."""

    notice_id: uuid.UUID
    applicant_id: uuid.UUID
    name: str
    family_name: str
    email: str
    applications: list[Application]

    def values(self, style: letters.Style) -> dict[str, str]:
        """Return what stands for each merge field in this person's mail; an empty string where nothing is known."""
        newest = self.applications[0] if self.applications else None
        name = merge.harmless(self.name)
        return {
            "氏名": name,
            "姓": merge.harmless(self.family_name) or name,
            "会社名": style.company,
            "求人名": _titles(self.applications, style.language),
            "応募日": _day(newest, style.language),
            "選考段階": _stage(newest, style.language),
            "担当者": next((found for one in self.applications if (found := merge.harmless(one.recruiter))), ""),
            "返信先": style.reply_to,
        }


def receivers(notice_ids: collections.abc.Sequence[uuid.UUID]) -> list[Receiver]:
    """Return the people of these notices in the order given, with what can be told them now."""
    notices = Notice.objects.only("applicant_id").in_bulk(notice_ids)
    persons = Applicant.objects.only("name", "family_name", "email").in_bulk(
        [one.applicant_id for one in notices.values()]
    )
    told = _told(notice_ids)
    return [
        Receiver(
            notice_id=identifier,
            applicant_id=notices[identifier].applicant_id,
            name=persons[notices[identifier].applicant_id].name,
            family_name=persons[notices[identifier].applicant_id].family_name,
            email=persons[notices[identifier].applicant_id].email,
            applications=told[identifier],
        )
        for identifier in notice_ids
    ]


def style_of(mailing: Mailing) -> letters.Style:
    """Return what all mails of a written mailing share."""
    version = mailing.template_version
    if version is None:
        raise ValueError("A mailing without a template has no style. Write it first.")
    return letters.Style(
        texts=rules.texts_of(version),
        language=version.template.language,
        company=merge.harmless(mailing.organization.name),
        reply_to=mailing.reply_to,
    )


def _told(notice_ids: collections.abc.Sequence[uuid.UUID]) -> dict[uuid.UUID, list[Application]]:
    """Return by notice the decisions it tells, newest first: asked by lists, see `standing`."""
    tells = list(Told.objects.filter(notice_id__in=notice_ids).values_list("notice_id", "application_id", "is_open"))
    ids = [application for _notice, application, _is_open in tells]
    elsewhere = Told.objects.filter(application_id__in=ids, is_open=True).exclude(notice_id__in=notice_ids)
    on_their_way = set(elsewhere.values_list("application_id", flat=True))
    found = Application.objects.prefetch_related("posting").in_bulk(ids)
    told = collections.defaultdict(list)
    for notice, identifier, is_open in tells:
        application = found[identifier]
        is_untold = application.outcome == Outcome.REJECTED and application.told_at is None
        if is_open or (is_untold and identifier not in on_their_way):
            told[notice].append(application)
    for decided in told.values():
        decided.sort(key=_newest_first)
    return told


def _newest_first(application: Application) -> tuple[float, str]:
    """Order by the day of decision, the unknown ones last."""
    decided_at = application.decided_at
    return -decided_at.timestamp() if decided_at else float("inf"), str(application.pk)


def _titles(applications: list[Application], language: str) -> str:
    """Name the postings; of many the first ones and how many more, so that a line stays a line."""
    titles = [merge.harmless(one.posting.title) for one in applications if one.posting]
    each = [title for title in dict.fromkeys(titles) if title]
    named, more = each[:MOST_TITLES], len(each) - MOST_TITLES
    if language == ENGLISH:
        return ", ".join(named) + (f" and {more} more" if more > 0 else "")
    return "、".join(named) + (f"、ほか {more} 件" if more > 0 else "")


def _day(application: Application | None, language: str) -> str:
    if application is None:
        return ""
    day = clock.day_in_japan(application.applied_at)
    if language == ENGLISH:
        with translation.override(language):
            return date_format(day, "j F Y")
    return f"{day.year}年{day.month}月{day.day}日"


def _stage(application: Application | None, language: str) -> str:
    if application is None:
        return ""
    with translation.override(language):
        return str(Stage(application.stage).label)
