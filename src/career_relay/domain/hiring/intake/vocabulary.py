"""The canonical words every source is brought to: columns, stages, outcomes and whose decision an outcome was."""

from __future__ import annotations

import enum
import typing

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

if typing.TYPE_CHECKING:
    from django.utils.functional import Promise


class Stage(enum.StrEnum):
    """How far an application has come, in the order of a selection; `on_hold` stands beside it."""

    APPLIED = "applied"
    CASUAL = "casual"
    DOCUMENTS = "documents"
    APTITUDE = "aptitude"
    FIRST = "first"
    SECOND = "second"
    THIRD = "third"
    FINAL = "final"
    OFFER = "offer"
    ACCEPTED = "accepted"
    JOINED = "joined"
    ON_HOLD = "on_hold"

    @property
    def label(self) -> Promise:
        """Return the name shown to people."""
        return _STAGES[self]


class Outcome(enum.StrEnum):
    """How an application ended, or that it has not."""

    IN_PROGRESS = "in_progress"
    HIRED = "hired"
    REJECTED = "rejected"
    WITHDREW = "withdrew"
    EXCLUDED = "excluded"
    CLOSED = "closed"

    @property
    def label(self) -> Promise:
        """Return the name shown to people."""
        return _OUTCOMES[self]


class Side(enum.StrEnum):
    """Whose decision ended an application."""

    EMPLOYER = "employer"
    PERSON = "person"
    POSTING = "posting"
    NONE = "none"

    @property
    def label(self) -> Promise:
        """Return the name shown to people."""
        return _SIDES[self]


class SourceKind(enum.StrEnum):
    """By which kind of door an application came; the name of the medium is kept beside it as it was given."""

    JOB_BOARD = "job_board"
    SCOUT = "scout"
    CAREER_SITE = "career_site"
    EMPLOYEE_REFERRAL = "employee_referral"
    AGENCY = "agency"
    PUBLIC_OFFICE = "public_office"
    SCHOOL = "school"
    OTHER = "other"

    @property
    def label(self) -> Promise:
        """Return the name shown to people."""
        return _SOURCE_KINDS[self]


class Confidence(enum.StrEnum):
    """How sure we are of something that we found by ourselves; a person sees it beside what was found."""

    CERTAIN = "certain"
    LIKELY = "likely"
    UNKNOWN = "unknown"

    @property
    def label(self) -> Promise:
        """Return the name shown to people."""
        return _CONFIDENCES[self]


class Field(enum.StrEnum):
    """A column that means something to us; everything else stays with the raw row or is dropped."""

    APPLICATION_ID = "application_id"
    APPLICANT_ID = "applicant_id"
    NAME = "name"
    FAMILY_NAME = "family_name"
    GIVEN_NAME = "given_name"
    KANA = "kana"
    FAMILY_KANA = "family_kana"
    GIVEN_KANA = "given_kana"
    EMAIL = "email"
    PHONE = "phone"
    APPLIED_AT = "applied_at"
    APPLIED_TIME = "applied_time"
    SOURCE = "source"
    POSTING_ID = "posting_id"
    POSTING_TITLE = "posting_title"
    EMPLOYMENT_TYPE = "employment_type"
    JOB_FAMILY = "job_family"
    PREFECTURE = "prefecture"
    STAGE = "stage"
    OUTCOME = "outcome"
    STATUS = "status"
    REASON = "reason"
    DECIDED_AT = "decided_at"
    TOLD_AT = "told_at"
    OFFERED_AT = "offered_at"
    ACCEPTED_AT = "accepted_at"
    JOINED_ON = "joined_on"
    LEFT_ON = "left_on"
    REJECTED_ON = "rejected_on"
    WITHDREW_ON = "withdrew_on"
    RECRUITER = "recruiter"
    NOTE = "note"
    STAGE_DATE_CASUAL = "stage_date:casual"
    STAGE_DATE_DOCUMENTS = "stage_date:documents"
    STAGE_DATE_APTITUDE = "stage_date:aptitude"
    STAGE_DATE_FIRST = "stage_date:first"
    STAGE_DATE_SECOND = "stage_date:second"
    STAGE_DATE_THIRD = "stage_date:third"
    STAGE_DATE_FINAL = "stage_date:final"
    STAGE_DATE_ON_HOLD = "stage_date:on_hold"

    @property
    def label(self) -> Promise:
        """Return the name shown to people."""
        return _FIELDS[self]


DATED_STAGES: typing.Final[dict[Field, Stage]] = {
    Field.STAGE_DATE_CASUAL: Stage.CASUAL,
    Field.STAGE_DATE_DOCUMENTS: Stage.DOCUMENTS,
    Field.STAGE_DATE_APTITUDE: Stage.APTITUDE,
    Field.STAGE_DATE_FIRST: Stage.FIRST,
    Field.STAGE_DATE_SECOND: Stage.SECOND,
    Field.STAGE_DATE_THIRD: Stage.THIRD,
    Field.STAGE_DATE_FINAL: Stage.FINAL,
    Field.STAGE_DATE_ON_HOLD: Stage.ON_HOLD,
    Field.OFFERED_AT: Stage.OFFER,
    Field.ACCEPTED_AT: Stage.ACCEPTED,
    Field.JOINED_ON: Stage.JOINED,
}
DAYS: typing.Final = frozenset(DATED_STAGES) | {
    Field.DECIDED_AT,
    Field.TOLD_AT,
    Field.LEFT_ON,
    Field.REJECTED_ON,
    Field.WITHDREW_ON,
}

_OUTCOME_SIDES: typing.Final = {
    Outcome.REJECTED: Side.EMPLOYER,
    Outcome.WITHDREW: Side.PERSON,
    Outcome.CLOSED: Side.POSTING,
}


def side_of(outcome: Outcome) -> Side:
    """Return whose decision the outcome was. `excluded` is nobody's: there was no selection (a test entry, a double)."""
    return _OUTCOME_SIDES.get(outcome, Side.NONE)


_STAGES: typing.Final[dict[Stage, Promise]] = {
    Stage.APPLIED: _("応募"),
    Stage.CASUAL: _("カジュアル面談"),
    Stage.DOCUMENTS: _("書類選考"),
    Stage.APTITUDE: _("適性検査"),
    Stage.FIRST: _("一次"),
    Stage.SECOND: _("二次"),
    Stage.THIRD: _("三次以降"),
    Stage.FINAL: _("最終"),
    Stage.OFFER: _("内定"),
    Stage.ACCEPTED: _("内定承諾"),
    Stage.JOINED: pgettext_lazy("stage", "入社"),
    Stage.ON_HOLD: _("保留"),
}
_OUTCOMES: typing.Final[dict[Outcome, Promise]] = {
    Outcome.IN_PROGRESS: _("選考中"),
    Outcome.HIRED: _("採用"),
    Outcome.REJECTED: _("不採用（会社判断）"),
    Outcome.WITHDREW: _("辞退（本人）"),
    Outcome.EXCLUDED: _("非選考対象"),
    Outcome.CLOSED: _("ポジション終了"),
}
_SIDES: typing.Final[dict[Side, Promise]] = {
    Side.EMPLOYER: _("会社"),
    Side.PERSON: _("本人"),
    Side.POSTING: _("求人"),
    Side.NONE: pgettext_lazy("side", "なし"),
}
_SOURCE_KINDS: typing.Final[dict[SourceKind, Promise]] = {
    SourceKind.JOB_BOARD: _("求人媒体"),
    SourceKind.SCOUT: _("スカウト"),
    SourceKind.CAREER_SITE: _("自社サイト"),
    SourceKind.EMPLOYEE_REFERRAL: _("社員紹介"),
    SourceKind.AGENCY: _("人材紹介会社"),
    SourceKind.PUBLIC_OFFICE: _("ハローワーク"),
    SourceKind.SCHOOL: _("学校"),
    SourceKind.OTHER: _("その他"),
}
_CONFIDENCES: typing.Final[dict[Confidence, Promise]] = {
    Confidence.CERTAIN: _("確実"),
    Confidence.LIKELY: _("要確認"),
    Confidence.UNKNOWN: _("不明"),
}
_FIELDS: typing.Final[dict[Field, Promise]] = {
    Field.APPLICATION_ID: _("応募ID"),
    Field.APPLICANT_ID: _("応募者ID"),
    Field.NAME: _("氏名"),
    Field.FAMILY_NAME: _("姓"),
    Field.GIVEN_NAME: _("名"),
    Field.KANA: _("氏名（カナ）"),
    Field.FAMILY_KANA: _("姓（カナ）"),
    Field.GIVEN_KANA: _("名（カナ）"),
    Field.EMAIL: _("メールアドレス"),
    Field.PHONE: _("電話番号"),
    Field.APPLIED_AT: _("応募日時"),
    Field.APPLIED_TIME: _("応募時刻"),
    Field.SOURCE: _("応募経路"),
    Field.POSTING_ID: _("求人ID"),
    Field.POSTING_TITLE: _("求人名"),
    Field.EMPLOYMENT_TYPE: _("雇用形態"),
    Field.JOB_FAMILY: _("職種"),
    Field.PREFECTURE: _("都道府県"),
    Field.STAGE: _("選考ステップ"),
    Field.OUTCOME: _("選考結果"),
    Field.STATUS: _("選考状況"),
    Field.REASON: _("理由"),
    Field.DECIDED_AT: _("判定日"),
    Field.TOLD_AT: _("通知日"),
    Field.OFFERED_AT: _("内定日"),
    Field.ACCEPTED_AT: _("内定承諾日"),
    Field.JOINED_ON: _("入社日"),
    Field.LEFT_ON: _("退職日"),
    Field.REJECTED_ON: _("不採用日"),
    Field.WITHDREW_ON: _("辞退日"),
    Field.RECRUITER: _("担当者"),
    Field.NOTE: _("備考"),
    Field.STAGE_DATE_CASUAL: _("カジュアル面談日"),
    Field.STAGE_DATE_DOCUMENTS: _("書類選考日"),
    Field.STAGE_DATE_APTITUDE: _("適性検査日"),
    Field.STAGE_DATE_FIRST: _("一次面接日"),
    Field.STAGE_DATE_SECOND: _("二次面接日"),
    Field.STAGE_DATE_THIRD: _("三次以降の面接日"),
    Field.STAGE_DATE_FINAL: _("最終面接日"),
    Field.STAGE_DATE_ON_HOLD: _("保留日"),
}
