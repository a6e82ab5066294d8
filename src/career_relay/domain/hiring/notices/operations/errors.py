"""What can stand in the way of writing, confirming and stopping notices."""

from __future__ import annotations

import typing

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from career_relay.domain.hiring.notices import rules
from career_relay.kernel.errors import DomainError

if typing.TYPE_CHECKING:
    import collections.abc


class UnableToFindTemplate(DomainError):
    """The employer has no such template, or put it away."""

    code = "NOTICE_TEMPLATE_NOT_FOUND"
    status = 404

    def __init__(self) -> None:
        super().__init__(_("テンプレートが見つかりません。一覧を開き直して、もう一度選んでください。"))


class UnableToNameTemplate(DomainError):
    """The name is empty or another living template has it."""

    code = "NOTICE_TEMPLATE_NAME_TAKEN"

    def __init__(self) -> None:
        super().__init__(
            _(
                "この名前では保存できません。名前が空か、同じ名前のテンプレートがあります。ほかの名前を入力してください。"
            )
        )


class UnableToWriteTemplate(DomainError):
    """Something must not be sent as it stands; `faults` says what, block by block."""

    code = "NOTICE_TEMPLATE_FAULTY"
    status = 422

    def __init__(self, faults: collections.abc.Mapping[str, str]) -> None:
        super().__init__(_("文面を保存できません。直すところがあります。項目ごとの説明を確認してください。"))
        self.faults = dict(faults)


class UnableToDraft(DomainError):
    """Nobody was chosen, or more people than one mailing takes."""

    code = "MAILING_SIZE"
    status = 422

    def __init__(self, chosen: int) -> None:
        if chosen:
            words = _("一度に選べるのは %(most)d 件までです（%(chosen)d 件を選択中）。条件で絞り込んでください。") % {
                "most": rules.MOST_AT_ONCE,
                "chosen": chosen,
            }
        else:
            words = _("連絡する方が選ばれていません。一覧で 1 人以上を選んでください。")
        super().__init__(words)


class UnableToDraftMeanwhile(DomainError):
    """Others hold the applications longer than a member can be kept waiting, as the undo of a large import does."""

    code = "MAILING_HELD_UP"
    permanent = False

    def __init__(self) -> None:
        super().__init__(
            _(
                "連絡を作成できませんでした。取り込みの取り消しなどの処理が、選んだ応募をいま使っています。何も変わっていません。"
                "1 分ほど待ってから、もう一度お試しください。"
            )
        )


class UnableToFindMailing(DomainError):
    """The employer has no such mailing or notice."""

    code = "MAILING_NOT_FOUND"
    status = 404

    def __init__(self) -> None:
        super().__init__(_("送信が見つかりません。送信の一覧を開き直して、もう一度選んでください。"))


class UnableToChangeMailing(DomainError):
    """It was confirmed or discarded."""

    code = "MAILING_NOT_A_DRAFT"

    def __init__(self) -> None:
        super().__init__(
            _("内容を変更できません。この送信はすでに確定したか、破棄されています。送信の状況を確認してください。")
        )


class UnableToWriteWithLink(DomainError):
    """No basis is recorded for the link, or the employer is not in the programme."""

    code = "MAILING_LINK_NOT_ALLOWED"

    def __init__(self) -> None:
        super().__init__(
            _(
                "リンクを載せられません。プログラムへの参加か、リンクを載せる根拠の記録が済んでいないためです。"
                "リンクなしの文面を選ぶか、先に根拠を記録してください。"
            )
        )


class UnableToWriteWithoutReplyTo(DomainError):
    """Whoever gets the mail must be able to answer."""

    code = "MAILING_REPLY_ADDRESS_INVALID"
    status = 422

    def __init__(self) -> None:
        super().__init__(
            _("返信先のメールアドレスが正しくありません。受け取った方が問い合わせできるアドレスを入力してください。")
        )


class UnableToConfirmUnwritten(DomainError):
    """No template was chosen yet."""

    code = "MAILING_UNWRITTEN"

    def __init__(self) -> None:
        super().__init__(_("送信を確定できません。文面がまだ選ばれていません。先に文面を選んでください。"))


class UnableToConfirmCount(DomainError):
    """Since the page was shown, it came to be more or fewer people. `count` is how many it is now."""

    code = "MAILING_COUNT_CHANGED"

    def __init__(self, count: int) -> None:
        super().__init__(
            ngettext(
                "送信する人数が変わりました。いまは %(count)d 人です。プレビューと人数を確認して、もう一度確定してください。",
                "送信する人数が変わりました。いまは %(count)d 人です。プレビューと人数を確認して、もう一度確定してください。",
                count,
            )
            % {"count": count}
        )
        self.count = count


class UnableToConfirmNobody(DomainError):
    """Everybody is left out."""

    code = "MAILING_FOR_NOBODY"

    def __init__(self) -> None:
        super().__init__(
            _(
                "送信を確定できません。送信できる方がいません。送信しない理由を確認し、必要なら応募の内容を直してください。"
            )
        )


class UnableToConfirmTime(DomainError):
    """The wished time is too soon, in the quiet hours, or far away."""

    code = "MAILING_TIME_NOT_ALLOWED"
    status = 422

    def __init__(self) -> None:
        super().__init__(
            _("この日時には送信できません。早すぎるか、送信を休む時間帯か、60 日より先です。別の日時を選んでください。")
        )


class UnableToStopMailing(DomainError):
    """It is not confirmed yet, or over."""

    code = "MAILING_NOT_STOPPABLE"

    def __init__(self) -> None:
        super().__init__(_("この送信は停止できません。まだ確定していないか、すでに終わっています。"))


class UnableToStopNotice(DomainError):
    """Its mail is being sent, or over."""

    code = "NOTICE_NOT_STOPPABLE"

    def __init__(self) -> None:
        super().__init__(
            _(
                "この方への送信は停止できません。メールがすでに送信処理に入ったか、終わっています。状態を確認してください。"
            )
        )


class UnableToResolve(DomainError):
    """The mail's fate is known, or was decided before."""

    code = "NOTICE_NOT_UNCERTAIN"

    def __init__(self) -> None:
        super().__init__(_("この連絡は「送信未確認」ではありません。一覧を開き直して状態を確認してください。"))
