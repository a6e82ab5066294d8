"""What can stand in the way of a posting."""

from __future__ import annotations

import typing

from django.utils.translation import gettext as _

from career_relay.kernel.errors import DomainError

if typing.TYPE_CHECKING:
    import collections.abc


class UnableToFindPosting(DomainError):
    """The organization has no such posting."""

    code = "POSTING_NOT_FOUND"
    status = 404

    def __init__(self) -> None:
        super().__init__(_("求人が見つかりません。求人の一覧を開き直して、もう一度選んでください。"))


class UnableToChangeCalledPosting(DomainError):
    """An employer's request made the posting: its words are the employer's, and it ends with the request."""

    code = "POSTING_IS_CALLED"

    def __init__(self) -> None:
        super().__init__(
            _(
                "この求人は変えられません。企業からの依頼のとおりに紹介する求人のためです。条件が合わないときは、依頼のページから返してください。"
            )
        )


class UnableToAssignManager(DomainError):
    """The person is no member of the organization, or no longer."""

    code = "POSTING_MANAGER_NOT_FOUND"

    def __init__(self) -> None:
        super().__init__(
            _("現場責任者を割り当てられません。選んだ方が、いまのメンバーではないためです。ほかの方を選んでください。")
        )


class UnableToWriteSheet(DomainError):
    """Something on the sheet can't be used; `faults` says what, by field."""

    code = "POSTING_SHEET_NOT_USABLE"
    status = 422

    def __init__(self, faults: collections.abc.Mapping[str, str]) -> None:
        super().__init__(
            _("求人票を保存できません。直していただきたい項目が %(n)d つあります。項目ごとの説明を確認してください。")
            % {"n": len(faults)},
            faults=dict(faults),
        )
        self.faults = dict(faults)


class UnableToPlaceBarredWork(DomainError):
    """No paid agency may place people in this work."""

    code = "WORK_BARRED"
    status = 422

    def __init__(self, work: str) -> None:
        super().__init__(
            _(
                "この求人は扱えません。%(work)sの職業紹介は、法律で禁じられているためです。"
                "仕事の内容が違うときは、求人名と職種を確かめてください。"
            )
            % {"work": work},
            work=work,
        )
