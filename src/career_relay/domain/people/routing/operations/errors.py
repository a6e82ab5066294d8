from __future__ import annotations

from django.utils.translation import gettext as _

from career_relay.domain.people.routing import rules
from career_relay.domain.people.routing.models import LONGEST_SUMMARY
from career_relay.kernel.errors import DomainError


class UnableToFindAssignment(DomainError):
    """There is no such assignment, or it is somebody else's."""

    code = "ASSIGNMENT_NOT_FOUND"
    status = 404

    def __init__(self) -> None:
        super().__init__(_("この方の記録が見つかりません。一覧を開き直して、もう一度選んでください。"))


class UnableToAnswerAssignment(DomainError):
    """The offer was answered, its time is over, or the person no longer waits."""

    code = "ASSIGNMENT_NOT_OPEN"

    def __init__(self) -> None:
        super().__init__(
            _(
                "回答できません。回答の期限を過ぎたか、ご本人の希望が変わったか、すでに回答済みです。一覧を開き直してください。"
            )
        )


class UnableToTakePeople(DomainError):
    """The agency has no licence in force, lacks particulars, is stopped, or has no live agreement with the operator."""

    code = "AGENCY_MAY_NOT_TAKE_PEOPLE"

    def __init__(self, standing: str) -> None:
        words = _(
            "引き受けられません。許可、届け出の内容、運営との協定のいずれかが有効ではないためです（%(standing)s）。設定のページで状態を確認してください。"
        )
        super().__init__(words % {"standing": standing})


class UnableToWriteOnFile(DomainError):
    """The agency's licence has ended, or it was stopped: what it holds can be read, and no more."""

    code = "AGENCY_READS_ONLY"

    def __init__(self, standing: str) -> None:
        words = _(
            "記録できません。いまは、担当している方の記録を見ることだけができます（%(standing)s）。許可証を更新するか、運営に連絡してください。"
        )
        super().__init__(words % {"standing": standing})


class UnableToTakePerson(DomainError):
    """The person can't be shown to this agency (any more). Why is the person's own matter."""

    code = "PERSON_NOT_AVAILABLE"

    def __init__(self) -> None:
        super().__init__(
            _("引き受けられません。この方は、紹介会社を待っていません。一覧を開き直して、ほかの方を確認してください。")
        )


class UnableToDeclineWithoutReason(DomainError):
    """The reason is none of those that can be given."""

    code = "DECLINE_REASON_MISSING"
    status = 400

    def __init__(self) -> None:
        super().__init__(
            _("見送れません。理由が選ばれていないためです。次の会社を探すために、理由を 1 つ選んでください。")
        )


class UnableToEndAssignment(DomainError):
    """The agency does not look after the person, or gives a reason it can't give."""

    code = "ASSIGNMENT_NOT_ENDABLE"

    def __init__(self) -> None:
        super().__init__(
            _(
                "担当を終えられません。すでに終わっているか、理由が選ばれていないためです。ページを開き直して確認してください。"
            )
        )


class UnableToRecordContact(DomainError):
    """What was written down does not fit: when, how, what for, or how long; or the person is no longer looked after."""

    code = "CONTACT_NOT_USABLE"
    status = 400

    def __init__(self, field: str) -> None:
        messages = {
            "assignment": _("連絡を記録できません。この方の担当は終わっています。"),
            "channel": _("連絡を記録できません。連絡の方法を選んでください。"),
            "purpose": _("連絡を記録できません。連絡の目的を選んでください。"),
            "happened_at": _("連絡を記録できません。連絡した日時は、引き受けたときから今までの間で入力してください。"),
            "summary": _("連絡を記録できません。内容は %(limit)s 文字以内で入力してください。")
            % {"limit": LONGEST_SUMMARY},
        }
        super().__init__(messages[field], field=field)
        self.field = field


class UnableToAssignAdviser(DomainError):
    """The member is not there (any more), or may not look after people; or nobody is looked after."""

    code = "ADVISER_NOT_USABLE"

    def __init__(self) -> None:
        super().__init__(
            _(
                "担当者を変えられません。選んだメンバーが退出しているか、この方の担当が終わっています。ページを開き直して選び直してください。"
            )
        )


class UnableToChooseAgencies(DomainError):
    """Too many were chosen, one of them twice, or one that may not receive people."""

    code = "AGENCIES_NOT_CHOOSABLE"

    def __init__(self) -> None:
        words = _(
            "希望を保存できません。選べるのは、いま受け付けている紹介会社を %(most)s 社までです。ページを開き直して選び直してください。"
        )
        super().__init__(words % {"most": rules.MOST_WISHES})
