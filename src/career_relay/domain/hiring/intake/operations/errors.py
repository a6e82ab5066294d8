"""What can stand in the way of a file on its way in."""

from __future__ import annotations

import typing

from django.utils.translation import gettext as _

from career_relay.kernel.errors import DomainError

if typing.TYPE_CHECKING:
    import collections.abc

    from career_relay.domain.hiring.intake.models import Batch


class UnableToFindImport(DomainError):
    """The organization has no such import."""

    code = "IMPORT_NOT_FOUND"
    status = 404

    def __init__(self) -> None:
        super().__init__(_("取り込みが見つかりません。取り込みの一覧を開き直して、もう一度選んでください。"))


class UnableToChangeImport(DomainError):
    """The import has gone on in the meantime, or has not come so far yet."""

    code = "IMPORT_STATE"

    def __init__(self, batch: Batch) -> None:
        state = str(batch.get_state_display())
        super().__init__(
            _(
                "この操作はできません。取り込みの状態が「%(state)s」のためです。"
                "取り込みのページを開き直して、いまの状態を確かめてください。"
            )
            % {"state": state},
            state=batch.state,
        )


class UnableToUndoLate(DomainError):
    """The days in which an import can be taken back are over."""

    code = "IMPORT_UNDO_OVER"

    def __init__(self) -> None:
        super().__init__(
            _("取り消せません。取り消しの期限を過ぎたためです。直すところがあれば、応募ごとに訂正してください。")
        )


class UnableToImportMeanwhile(DomainError):
    """Another import of the organization is being written: two at once could not be told apart."""

    code = "IMPORT_BUSY"

    def __init__(self, file_name: str) -> None:
        super().__init__(
            _("いまは始められません。「%(file)s」を処理しているためです。終わってから、もう一度お試しください。")
            % {"file": file_name}
        )


class UnableToUploadFile(DomainError):
    """The file is larger than what is taken in at once."""

    code = "IMPORT_FILE_TOO_LARGE"
    status = 413

    def __init__(self, *, megabytes: int, most: int) -> None:
        super().__init__(
            _(
                "ファイルを読み込めません。大きさが約 %(megabytes)d MB で、上限の %(most)d MB を超えているためです。"
                "書き出す期間を分けて、小さくしてください。"
            )
            % {"megabytes": megabytes, "most": most}
        )


class UnableToUploadWithoutColumns(DomainError):
    """Nothing of the file may be kept."""

    code = "IMPORT_NOTHING_TO_KEEP"
    status = 400

    def __init__(self) -> None:
        super().__init__(
            _(
                "ファイルを読み込めません。採用選考に使える列が一つもないためです。"
                "氏名と応募日のある CSV を書き出してください。"
            )
        )


class UnableToMapColumns(DomainError):
    """Without these fields no row could become an application."""

    code = "IMPORT_COLUMNS_MISSING"
    status = 400

    def __init__(self, missing: collections.abc.Iterable[str]) -> None:
        fields = "、".join(missing)
        super().__init__(
            _("列を決められません。「%(fields)s」の列が選ばれていないためです。その値がある列を選んでください。")
            % {"fields": fields}
        )


class UnableToMapTwice(DomainError):
    """A field can come from one column only."""

    code = "IMPORT_FIELD_TWICE"
    status = 400

    def __init__(self, field: str) -> None:
        super().__init__(
            _("列を決められません。「%(field)s」が二つの列で選ばれているためです。どちらか一つにしてください。")
            % {"field": field}
        )


class UnableToNameSource(DomainError):
    """What was decided about columns and words is remembered under a name."""

    code = "IMPORT_SOURCE_NAME"
    status = 400

    def __init__(self, longest: int) -> None:
        super().__init__(
            _("取り込み元の名前を、1〜%(longest)d 文字で入力してください。次の取り込みで、同じ設定を使うためです。")
            % {"longest": longest}
        )


class UnableToUseMeaning(DomainError):
    """The answer is none of ours, or the word is none of the file's."""

    code = "IMPORT_MEANING"
    status = 400

    def __init__(self, word: str) -> None:
        super().__init__(_("「%(word)s」の意味を決められません。表示された中から選び直してください。") % {"word": word})


class UnableToCheckUnknownValues(DomainError):
    """A word that nobody has explained would have to be guessed."""

    code = "IMPORT_VALUES_UNKNOWN"

    def __init__(self, words: collections.abc.Sequence[str]) -> None:
        super().__init__(
            _(
                "確認を始められません。意味の決まっていない値があるためです（%(words)s）。"
                "値の対応で、それぞれの意味を選んでください。"
            )
            % {"words": "、".join(words[:3])}
        )
