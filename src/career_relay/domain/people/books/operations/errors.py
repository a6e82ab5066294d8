from __future__ import annotations

import typing

from django.utils.translation import gettext as _

from career_relay.kernel.errors import DomainError

if typing.TYPE_CHECKING:
    import datetime as dt


class UnableToFindEntry(DomainError):
    """The book of this agency has no such entry."""

    code = "BOOK_ENTRY_NOT_FOUND"

    def __init__(self) -> None:
        super().__init__(
            _(
                "求職管理簿に、この方の記録が見つかりません。保存期間が終わった記録は消えます。求職管理簿の一覧から選び直してください。"
            )
        )


class UnableToFillInEntry(DomainError):
    """The day of birth can't be one of somebody who was taken on then."""

    code = "BOOK_ENTRY_NOT_FILLED_IN"

    def __init__(self, born_on: dt.date, received_on: dt.date) -> None:
        words = _(
            "生年月日を記録できません。%(born)s は、求職を受け付けた %(received)s より前ではありません。生年月日を確かめてください。"
        )
        told = {"born": f"{born_on:%Y/%m/%d}", "received": f"{received_on:%Y/%m/%d}"}
        super().__init__(words % told, field="born_on")
