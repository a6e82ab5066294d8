from __future__ import annotations

import typing

from django.utils.translation import gettext as _

from career_relay.kernel.errors import DomainError

if typing.TYPE_CHECKING:
    import datetime as dt


class UnableToFileReport(DomainError):
    """The year is not over, or the day can't be one on which its report was handed in."""

    code = "REPORT_NOT_FILED"

    def __init__(self, last: dt.date, *, is_over: bool) -> None:
        day = f"{last:%Y/%m/%d}"
        if is_over:
            words = _(
                "提出を記録できません。この年度は %(day)s に終わりました。提出日は、その翌日から今日までの間で入力してください。"
            )
            super().__init__(words % {"day": day}, field="filed_on")
        else:
            words = _(
                "提出を記録できません。この年度は %(day)s に終わります。終わってから、提出した日を記録してください。"
            )
            super().__init__(words % {"day": day})
