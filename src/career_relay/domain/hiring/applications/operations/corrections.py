"""Changing by hand what a file brought: each change is kept with its reason, and no later file undoes it."""

from __future__ import annotations

import dataclasses
import datetime as dt
import typing

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import OperationalError
from django.utils.translation import gettext as _

from career_relay.capabilities.facts import operations as facts
from career_relay.domain.hiring.applications import rules
from career_relay.domain.hiring.applications.models import Applicant, Application, Correction, Gram, StageEvent
from career_relay.domain.hiring.applications.operations import stage_days
from career_relay.domain.hiring.intake import names, vocabulary
from career_relay.domain.hiring.intake.vocabulary import Outcome, Stage
from career_relay.kernel import actors, clock, japanese, locks
from career_relay.kernel.errors import DomainError
from career_relay.kernel.japanese import folding

if typing.TYPE_CHECKING:
    import collections.abc
    import uuid

Value: typing.TypeAlias = str | dt.date | dt.datetime | None


class UnableToFindApplication(DomainError):
    """The employer has no such application."""

    code = "APPLICATION_NOT_FOUND"
    status = 404

    def __init__(self) -> None:
        super().__init__(_("応募が見つかりません。取り込みが取り消された可能性があります。一覧を開き直してください。"))


class UnableToCorrectField(DomainError):
    """The value is none that the field can have."""

    code = "CORRECTION_NOT_POSSIBLE"
    status = 400

    def __init__(self, field: str, label: str) -> None:
        super().__init__(
            _("%(label)sを修正できません。使えない値が入力されています。入力した内容を確かめてください。")
            % {"label": label},
            field=field,
        )


class UnableToLeaveBeforeJoining(DomainError):
    """Somebody leaves on a day before they joined, or without having joined."""

    code = "LEFT_BEFORE_JOINING"
    status = 400

    def __init__(self) -> None:
        super().__init__(
            _("退職日を修正できません。入社日がないか、入社日より前の日付です。入社日と退職日を確かめてください。"),
            field="left_on",
        )


class UnableToDecideWhileInProgress(DomainError):
    """An application that is still in progress has a day of decision or was told the result."""

    code = "DECIDED_WHILE_IN_PROGRESS"
    status = 400

    def __init__(self, field: str) -> None:
        super().__init__(
            _("決定日や連絡日を入力できません。結果が「選考中」のためです。先に結果を選んでください。"), field=field
        )


class UnableToTellBeforeDeciding(DomainError):
    """Somebody was told a result on a day before it was decided."""

    code = "TOLD_BEFORE_DECISION"
    status = 400

    def __init__(self) -> None:
        super().__init__(
            _("連絡日を修正できません。決定日より前の日付です。決定日と連絡日を確かめてください。"), field="told_at"
        )


class UnableToCorrectToFuture(DomainError):
    """Something is said to have been decided or told on a day that is still to come."""

    code = "CORRECTION_IN_FUTURE"
    status = 400

    def __init__(self, field: str) -> None:
        super().__init__(
            _("決定日や連絡日を修正できません。今日より後の日付です。今日までの日付を入力してください。"), field=field
        )


class UnableToMove(DomainError):
    """Somebody else has moved or decided the application meanwhile."""

    code = "APPLICATION_MOVED_MEANWHILE"

    def __init__(self) -> None:
        super().__init__(
            _("動かせませんでした。ほかのメンバーが先に、段階か結果を変えています。いまの段階を確かめてください。")
        )


class UnableToCorrectMeanwhile(DomainError):
    """Others hold the application longer than a member can be kept waiting, as a large file that comes in does."""

    code = "APPLICATION_HELD_UP"
    permanent = False

    def __init__(self) -> None:
        super().__init__(
            _(
                "変更できませんでした。ファイルの取り込みなどの処理が、いまこの応募を使っています。何も変わっていません。"
                "1 分ほど待ってから、もう一度お試しください。"
            )
        )


@dataclasses.dataclass(frozen=True, slots=True)
class _Change:
    """A field whose value is to be another."""

    field: str
    before: Value
    after: Value


def correct(
    *,
    organization_id: uuid.UUID,
    application_id: uuid.UUID,
    changes: collections.abc.Mapping[str, Value],
    reason: str,
    user_id: uuid.UUID,
    now: dt.datetime,
) -> list[Correction]:
    """Put right what a file had wrong or left out, so that it stays right when the next file comes.

    `changes` has the new values of fields named in `rules.CORRECTABLE`; a day is a date, text may be empty. Setting
    `told_at` says that the person was told by other means, such as a telephone call. An application set back to "in
    progress" loses its days of decision and of telling. One Correction is kept for each field that is another than
    before; when none is, nothing is written and nothing returned.

    Raises UnableToFindApplication, UnableToCorrectMeanwhile, UnableToCorrectField, UnableToLeaveBeforeJoining,
    UnableToDecideWhileInProgress, UnableToTellBeforeDeciding, UnableToCorrectToFuture.
    """
    return _correct(_locked(organization_id, application_id), changes, reason, user_id, now)


def move(
    *,
    organization_id: uuid.UUID,
    application_id: uuid.UUID,
    seen: Stage,
    stage: Stage,
    reason: str,
    user_id: uuid.UUID,
    now: dt.datetime,
) -> list[Correction]:
    """Bring an application in progress from the stage where a member saw it to another one, as of today.

    Unlike a correction, which puts right what was, this is news: of a stage that is reached, or on hold, today is
    written down as its day, unless one is known. Who goes back on the same day takes that with them.

    Raises UnableToFindApplication, UnableToCorrectMeanwhile, UnableToMove.
    """
    application = _locked(organization_id, application_id)
    if (application.outcome, application.stage) != (Outcome.IN_PROGRESS, seen):
        raise UnableToMove
    return _correct(application, {"stage": stage.value}, reason, user_id, now, is_news=True)


def _correct(
    application: Application,
    changes: collections.abc.Mapping[str, Value],
    reason: str,
    user_id: uuid.UUID,
    now: dt.datetime,
    *,
    is_news: bool = False,
) -> list[Correction]:
    """Correct an application that is locked, and keep how."""
    made = _changes(application, {field: _clean(field, value) for field, value in changes.items()})
    if not made:
        return []
    _check({change.field for change in made}, application, now)
    _save(application, {change.field for change in made}, now)
    made += [
        day for change in made if change.field == "stage" for day in _days(application, change, now, is_news=is_news)
    ]
    facts.record(
        "application.corrected",
        actor=actors.user(user_id),
        occurred_at=now,
        organization=application.organization_id,
        subject=application.pk,
        fields=sorted(change.field for change in made),
    )
    why = japanese.clean_name(reason)
    return Correction.objects.bulk_create(
        Correction(
            organization_id=application.organization_id,
            application=application,
            field=change.field,
            before=_kept(change.before),
            after=_kept(change.after),
            reason=why,
            corrected_by_id=user_id,
            corrected_at=now,
        )
        for change in made
    )


def _locked(organization_id: uuid.UUID, application_id: uuid.UUID) -> Application:
    own = Application.objects.select_for_update(no_key=True).filter(organization_id=organization_id)
    people = Applicant.objects.select_for_update(no_key=True)
    try:
        application = own.filter(pk=application_id).first()
        if application is None:
            raise UnableToFindApplication
        application.applicant = people.get(organization_id=organization_id, pk=application.applicant_id)
    except OperationalError as error:
        if locks.gave_way(error):
            raise UnableToCorrectMeanwhile from error
        raise
    return application


def _clean(field: str, value: Value) -> Value:
    """Return the value in the form in which it is stored."""
    if field not in rules.CORRECTABLE:
        raise UnableToCorrectField(field, field)
    try:
        return _CLEANERS[field](value)
    except (TypeError, ValueError, ValidationError):
        raise UnableToCorrectField(field, str(rules.column(field).verbose_name)) from None


def _text(field: str) -> collections.abc.Callable[[Value], str]:
    """Return what brings text to the form of a field, which must not be longer than the field."""

    def clean(value: Value) -> str:
        if not isinstance(value, str):
            raise TypeError
        text = _FORMS.get(field, japanese.clean_name)(value)
        if len(text) > (rules.column(field).max_length or 0):
            raise ValueError
        return text

    return clean


def _name(value: Value) -> str:
    text = _text("name")(value)
    if not text:
        raise ValueError
    return text


def _kana(value: Value) -> str:
    text = _text("kana")(value)
    if text and not names.reading(text):
        raise ValueError
    return names.reading(text)


def _email(value: Value) -> str:
    address = _text("email")(value)
    if address:
        validate_email(address)
    return address


def _phone(value: Value) -> str:
    number = _text("phone")(value)
    if value and not number:
        raise ValueError
    return number


def _moment(value: Value) -> Value:
    """Return a moment; of a day alone it is the first in Japan, as in the files."""
    if value is None or isinstance(value, dt.datetime):
        return value
    if not isinstance(value, dt.date):
        raise TypeError
    return clock.start_of_day_in_japan(value)


def _day(value: Value) -> Value:
    if isinstance(value, dt.datetime) or not (value is None or isinstance(value, dt.date)):
        raise TypeError
    return value


def _changes(application: Application, wanted: dict[str, Value]) -> list[_Change]:
    """Set what is to be another, and return it; a day that is already that day stays the moment it is."""
    if wanted.get("outcome") == Outcome.IN_PROGRESS:
        wanted = {**dict.fromkeys(sorted(rules.MOMENTS)), **wanted}
    made = []
    for field, after in sorted(wanted.items()):
        owner = application.applicant if field in rules.OF_APPLICANT else application
        before = getattr(owner, field)
        if not _is_same(before, after):
            setattr(owner, field, after)
            made.append(_Change(field, before, after))
    return made


def _is_same(before: Value, after: Value) -> bool:
    if isinstance(before, dt.datetime) and isinstance(after, dt.datetime):
        return clock.day_in_japan(before) == clock.day_in_japan(after)
    return before == after


def _check(fields: set[str], application: Application, now: dt.datetime) -> None:
    """Look at what the fields that change have to do with each other: an old contradiction elsewhere is not in the way."""
    joined, left = application.joined_on, application.left_on
    if fields & rules.DAYS and left is not None and (joined is None or left < joined):
        raise UnableToLeaveBeforeJoining
    for field in sorted(rules.MOMENTS & fields):
        moment = getattr(application, field)
        if moment is not None:
            _check_moment(field, moment, application.outcome, now)
    told, decided = application.told_at, application.decided_at
    if fields & rules.MOMENTS and told and decided and clock.day_in_japan(told) < clock.day_in_japan(decided):
        raise UnableToTellBeforeDeciding


def _check_moment(field: str, moment: dt.datetime, outcome: str, now: dt.datetime) -> None:
    if outcome == Outcome.IN_PROGRESS:
        raise UnableToDecideWhileInProgress(field)
    if clock.day_in_japan(moment) > clock.day_in_japan(now):
        raise UnableToCorrectToFuture(field)


def _save(application: Application, fields: set[str], now: dt.datetime) -> None:
    if fields & rules.OF_APPLICATION:
        application.outcome_side = vocabulary.side_of(Outcome(application.outcome)).value
        application.changed_at = now
        application.save(update_fields=[*fields & rules.OF_APPLICATION, "outcome_side", "changed_at"])
    if "joined_on" in fields:
        _keep_joined_day(application)
    if fields & rules.OF_APPLICANT:
        _save_applicant(application.applicant, fields & rules.OF_APPLICANT, now)


def _keep_joined_day(application: Application) -> None:
    """Keep the day of the stage in step: the day somebody joined is written down twice."""
    own = StageEvent.objects.filter(organization_id=application.organization_id, application=application)
    joined = own.filter(stage=Stage.JOINED.value)
    if application.joined_on is None:
        joined.delete()
    elif not joined.update(entered_on=application.joined_on):
        StageEvent.objects.create(
            organization_id=application.organization_id,
            application=application,
            stage=Stage.JOINED.value,
            entered_on=application.joined_on,
        )


def _days(application: Application, stage: _Change, now: dt.datetime, *, is_news: bool) -> list[_Change]:
    """Keep the days of stages in step with a stage that has become another; return those that have, too."""
    changed = stage_days.keep(application=application, before=_kept(stage.before), is_news=is_news, now=now)
    return [_Change(rules.day_field(one), *days) for one, days in sorted(changed.items())]


def _save_applicant(applicant: Applicant, fields: set[str], now: dt.datetime) -> None:
    if "name" in fields:
        name = names.read(full=applicant.name)
        applicant.family_name, applicant.given_name = name.family, name.given
    applicant.search = rules.search_text(applicant.name, applicant.kana)
    applicant.changed_at = now
    applicant.save()
    if fields & {"name", "kana"}:
        _keep_grams(applicant)


def _keep_grams(applicant: Applicant) -> None:
    """Keep the pairs that searching goes by in step with the text."""
    wanted = folding.grams(applicant.search)
    grams = Gram.objects.filter(organization_id=applicant.organization_id, applicant=applicant)
    grams.exclude(gram__in=wanted).delete()
    Gram.objects.bulk_create(
        [Gram(organization_id=applicant.organization_id, applicant=applicant, gram=gram) for gram in sorted(wanted)],
        ignore_conflicts=True,
    )


def _kept(value: Value) -> str:
    """Return the value as a Correction keeps it: text as it is, days and moments in ISO 8601 as seen in Japan."""
    if isinstance(value, dt.datetime):
        return value.astimezone(clock.TOKYO).isoformat()
    return value.isoformat() if isinstance(value, dt.date) else value or ""


_FORMS: typing.Final[dict[str, collections.abc.Callable[[str], str]]] = {
    "email": japanese.normalise_email,
    "phone": japanese.normalise_phone,
}
_CLEANERS: typing.Final[dict[str, collections.abc.Callable[[typing.Any], Value]]] = {
    "decided_at": _moment,
    "email": _email,
    "joined_on": _day,
    "kana": _kana,
    "left_on": _day,
    "name": _name,
    "outcome": lambda value: Outcome(value).value,
    "phone": _phone,
    "reason": _text("reason"),
    "recruiter": _text("recruiter"),
    "stage": lambda value: Stage(value).value,
    "told_at": _moment,
}
