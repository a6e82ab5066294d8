from __future__ import annotations

from django.utils.translation import gettext as _

from career_relay.kernel.errors import DomainError


class UnableToFindPlacement(DomainError):
    """There is no such placement or check, or it is somebody else's."""

    code = "PLACEMENT_NOT_FOUND"
    status = 404

    def __init__(self) -> None:
        super().__init__(_("この入社の記録が見つかりません。一覧を開き直して、もう一度選んでください。"))


class UnableToAgreeOnPlacement(DomainError):
    """No fee can be told for the hire: there is no salary, no agreement or fee table, or the law's limit is passed.

    The person may read this, so it says nothing of the fee.
    """

    code = "PLACEMENT_NOT_PRICED"

    def __init__(self, cause: str) -> None:
        messages = {
            "salary": _(
                "承諾を記録できません。内定の条件に、年収の見込みが書かれていません。年収を入力した条件を、もう一度送ってもらってください。"
            ),
            "start_on": _(
                "承諾を記録できません。内定の条件に、入社予定日が書かれていません。入社予定日を入力した条件を、もう一度送ってもらってください。"
            ),
            "terms": _(
                "承諾を記録できません。紹介会社と企業の間の取り決めを、先に確かめる必要があります。紹介会社に連絡してください。"
            ),
        }
        super().__init__(messages[cause], cause=cause)
        self.cause = cause


class UnableToConfirmStart(DomainError):
    """The person has started before, did not start, or the day can't be right."""

    code = "PLACEMENT_START_NOT_USABLE"

    def __init__(self, field: str = "") -> None:
        messages = {
            "": _(
                "入社を記録できません。すでに記録されているか、入社しないことになっています。ページを開き直してください。"
            ),
            "started_on": _("入社を記録できません。入社日は、推薦した日から今日までの間で入力してください。"),
            "contract_until": _("入社を記録できません。契約の終わりは、入社日より後の日付を入力してください。"),
        }
        super().__init__(messages[field], field=field)
        self.field = field


class UnableToRecordEnd(DomainError):
    """The placement can't end like this: it is over, the reason is none of those, or the day can't be right."""

    code = "PLACEMENT_END_NOT_USABLE"

    def __init__(self, field: str = "") -> None:
        messages = {
            "": _("記録できません。すでに終わっているか、まだ入社していない方です。ページを開き直してください。"),
            "reason": _("記録できません。理由を 1 つ選んでください。"),
            "left_on": _("退職を記録できません。退職日は、入社日から今日までの間で入力してください。"),
        }
        super().__init__(messages[field], field=field)
        self.field = field


class UnableToAnswerCheck(DomainError):
    """The check was answered, is not due yet, or the person no longer works there."""

    code = "CHECK_NOT_OPEN"

    def __init__(self) -> None:
        super().__init__(
            _("回答できません。回答済みか、まだ確認の日になっていません。ページを開き直して確かめてください。")
        )
