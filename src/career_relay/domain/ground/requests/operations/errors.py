"""What can stand in the way of a request for people, and of a call."""

from __future__ import annotations

import typing

from django.utils.translation import gettext as _

from career_relay.kernel.errors import DomainError

Obstacle: typing.TypeAlias = typing.Literal["posting", "terms", "work", "needs", "agency", "agencies"]


class UnableToFindRequest(DomainError):
    """The employer has no such request."""

    code = "REQUEST_NOT_FOUND"
    status = 404

    def __init__(self) -> None:
        super().__init__(_("紹介の依頼が見つかりません。一覧を開き直して、もう一度選んでください。"))


class UnableToFindCall(DomainError):
    """The organization is no party of such a call."""

    code = "CALL_NOT_FOUND"
    status = 404

    def __init__(self) -> None:
        super().__init__(_("紹介の依頼が見つかりません。一覧を開き直して、もう一度選んでください。"))


class UnableToRequestPeople(DomainError):
    """The posting, the needs or the agencies are not such that anybody could be asked; `obstacle` says which."""

    code = "REQUEST_NOT_POSSIBLE"

    def __init__(self, obstacle: Obstacle) -> None:
        words = {
            "posting": _(
                "依頼できません。この求人は募集を終えています。募集を再開するか、ほかの求人を選んでください。"
            ),
            "terms": _(
                "依頼できません。法律で示すことになっている労働条件に、空の項目があります。求人票を完成させてください。"
            ),
            "work": _("依頼できません。港湾運送業務と建設業務の職業紹介は、法律で禁じられています。"),
            "needs": _("依頼できません。求める人を 1 字以上 500 字以内で入力してください。"),
            "agency": _(
                "依頼できません。選んだ紹介会社の中に、いま依頼を受けられない会社があります。"
                "協定と許可が有効で、枠を使うときは枠を扱う会社を選んでください。"
            ),
            "agencies": _(
                "依頼できません。いま依頼を受けられる紹介会社がありません。紹介会社と連携協定を結ぶか、枠を使わずに依頼してください。"
            ),
        }
        super().__init__(words[obstacle], obstacle=obstacle)
        self.obstacle = obstacle


class UnableToAnswerCall(DomainError):
    """The call was answered, its time is over, or the employer no longer asks."""

    code = "CALL_NOT_OPEN"

    def __init__(self) -> None:
        super().__init__(
            _("回答できません。回答の期限を過ぎたか、依頼が終わったか、すでに回答済みです。一覧を開き直してください。")
        )


class UnableToTakeCall(DomainError):
    """The agency has no licence in force, is stopped, or has no live agreement with the employer."""

    code = "AGENCY_MAY_NOT_TAKE_CALLS"

    def __init__(self, standing: str) -> None:
        super().__init__(
            _(
                "引き受けられません。許可、届け出の内容、協定のいずれかが有効ではないためです（%(standing)s）。"
                "設定のページと連携協定で、状態を確認してください。"
            )
            % {"standing": standing}
        )


class UnableToDeclineCall(DomainError):
    """The reason is none of those that can be given."""

    code = "CALL_REASON_MISSING"
    status = 400

    def __init__(self) -> None:
        super().__init__(_("見送れません。理由が選ばれていないためです。理由を 1 つ選んでください。"))


class UnableToWithdrawRequest(DomainError):
    """The request is over, or somebody was introduced by it and waits for an answer."""

    code = "REQUEST_NOT_WITHDRAWABLE"

    def __init__(self) -> None:
        super().__init__(
            _(
                "依頼を取り下げられません。依頼が終わっているか、紹介された方の選考が続いているためです。"
                "選考が続いているときは、先に結果を答えてください。"
            )
        )


class UnableToIntroduceByCall(DomainError):
    """The agency no longer works on the call, or the slot it rests on already stands for somebody else."""

    code = "CALL_NOT_USABLE"

    def __init__(self) -> None:
        super().__init__(
            _(
                "この依頼では紹介できません。依頼が終わったか、枠を使った紹介がすでに進んでいるためです。"
                "依頼のページを開き直して確認してください。"
            )
        )


class UnableToFillRequest(DomainError):
    """The request ended otherwise, or its slot was used for another hire."""

    code = "REQUEST_NOT_FILLABLE"

    def __init__(self) -> None:
        super().__init__(
            _(
                "この依頼での採用を記録できません。依頼がほかの形で終わっているためです。"
                "依頼のページで経過を確認してください。"
            )
        )
