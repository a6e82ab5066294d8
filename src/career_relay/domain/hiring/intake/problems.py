"""What can be wrong with a file, a row or a cell: one code and one fixed message each, saying the cause and the remedy."""

from __future__ import annotations

import dataclasses
import enum
import typing

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from career_relay.kernel.errors import DomainError

if typing.TYPE_CHECKING:
    from django.utils.functional import Promise

    from career_relay.domain.hiring.intake.vocabulary import Field

LONGEST_SHOWN: typing.Final = 40


class Code(enum.StrEnum):
    """The name of a message; it never changes once published."""

    FILE_EMPTY = "file_empty"
    FILE_IS_WORKBOOK = "file_is_workbook"
    FILE_IS_OLD_WORKBOOK = "file_is_old_workbook"
    FILE_IS_LOCKED = "file_is_locked"
    FILE_IS_ARCHIVE = "file_is_archive"
    FILE_IS_PDF = "file_is_pdf"
    FILE_IS_PAGE = "file_is_page"
    FILE_IS_OTHER = "file_is_other"
    FILE_HAS_NUL = "file_has_nul"
    ENCODING_REFUSED = "encoding_refused"
    ENCODING_NOT_FOUND = "encoding_not_found"
    BYTES_UNREADABLE = "bytes_unreadable"
    HEADER_NOT_FOUND = "header_not_found"
    HEADER_ONLY = "header_only"
    HEADER_LATER = "header_later"
    HEADER_DOUBLE = "header_double"
    HEADER_BLANK = "header_blank"
    TOO_MANY_COLUMNS = "too_many_columns"
    TOO_MANY_ROWS = "too_many_rows"
    ROWS_MAY_BE_CUT = "rows_may_be_cut"
    LINE_TOO_LONG = "line_too_long"
    QUOTE_OPEN = "quote_open"
    CELLS_MISSING = "cells_missing"
    CELLS_LEFT_OVER = "cells_left_over"
    CELL_TOO_LONG = "cell_too_long"
    REQUIRED_EMPTY = "required_empty"
    VALUE_TOO_LONG = "value_too_long"
    DATE_UNREADABLE = "date_unreadable"
    DATE_IMPOSSIBLE = "date_impossible"
    DATE_OUTSIDE_ERA = "date_outside_era"
    DATE_WITHOUT_DAY = "date_without_day"
    DATE_SHORT_YEAR = "date_short_year"
    DATE_WITHOUT_YEAR = "date_without_year"
    DATE_IS_DAY_COUNT = "date_is_day_count"
    DATE_DAY_FIRST = "date_day_first"
    DATE_IN_FUTURE = "date_in_future"
    TIME_IMPOSSIBLE = "time_impossible"
    NAME_DAMAGED = "name_damaged"
    NAME_NOT_SPLIT = "name_not_split"
    KANA_UNREADABLE = "kana_unreadable"
    PHONE_UNREADABLE = "phone_unreadable"
    PHONE_ZERO_ADDED = "phone_zero_added"
    PHONE_SEVERAL = "phone_several"
    EMAIL_UNREADABLE = "email_unreadable"
    EMAIL_OLD_FORM = "email_old_form"
    EMAIL_SEVERAL = "email_several"
    EMAIL_JOINED = "email_joined"
    FORMULA_KEPT = "formula_kept"
    INVISIBLE_REMOVED = "invisible_removed"
    STAGE_UNKNOWN = "stage_unknown"
    OUTCOME_UNKNOWN = "outcome_unknown"
    STATUS_UNKNOWN = "status_unknown"
    SOURCE_UNKNOWN = "source_unknown"
    EMPLOYMENT_TYPE_UNKNOWN = "employment_type_unknown"
    PREFECTURE_UNKNOWN = "prefecture_unknown"
    OUTCOME_CONTRADICTS = "outcome_contradicts"
    DECIDED_BEFORE_APPLIED = "decided_before_applied"
    KEY_MISSING = "key_missing"
    DOUBLE_IN_FILE = "double_in_file"
    ID_TWICE_IN_FILE = "id_twice_in_file"
    ID_OF_ANOTHER = "id_of_another"
    LEFT_BEFORE_JOINED = "left_before_joined"
    BARRED_WORD = "barred_word"


@dataclasses.dataclass(frozen=True, slots=True)
class Problem:
    """One thing that is wrong, or was mended; `value` is what stood there, `other` what the message needs besides."""

    code: Code
    field: Field | None = None
    value: str = ""
    other: str = ""


class UnableToReadFile(DomainError):
    """The file as a whole can't be read; no row of it was looked at, or no further one."""

    code = "FILE_NOT_READABLE"
    status = 400

    def __init__(self, problem: Problem) -> None:
        super().__init__(message(problem), problem=problem.code.value)
        self.problem = problem


def message(problem: Problem) -> str:
    """Return cause and remedy, with the column and the shortened value."""
    field = str(problem.field.label) if problem.field is not None else ""
    return str(_MESSAGES[problem.code]) % {"field": field, "value": shortened(problem.value), "other": problem.other}


def line(line_no: int, problem: Problem) -> str:
    """Return the message for a row of the file, with the number a text editor shows for it."""
    return _("%(line)s行目：%(message)s") % {"line": line_no, "message": message(problem)}


def shortened(value: str) -> str:
    """Return a value as a message shows it: on one line, cut where it is long."""
    flat = " ".join(value.split())
    return flat if len(flat) <= LONGEST_SHOWN else f"{flat[: LONGEST_SHOWN - 1]}…"


_MESSAGES: typing.Final[dict[Code, Promise]] = {
    Code.FILE_EMPTY: gettext_lazy(
        "ファイルに中身がありません。書き出し元で件数を確かめて、もう一度書き出してください。"
    ),
    Code.FILE_IS_WORKBOOK: gettext_lazy(
        "ファイルがExcelブック（.xlsx）のままです。Excelで「CSV UTF-8（コンマ区切り）」として保存してから選んでください。"
    ),
    Code.FILE_IS_OLD_WORKBOOK: gettext_lazy(
        "ファイルが古い形式のExcelブック（.xls）です。Excelで「CSV UTF-8（コンマ区切り）」として保存してから選んでください。"
    ),
    Code.FILE_IS_LOCKED: gettext_lazy(
        "ファイルにパスワードがかかっています。パスワードを外し、CSVとして保存してから選んでください。"
    ),
    Code.FILE_IS_ARCHIVE: gettext_lazy("ファイルが圧縮されています。展開して、中のCSVを選んでください。"),
    Code.FILE_IS_PDF: gettext_lazy("ファイルがPDFです。書き出し元でCSVを選んで書き出してください。"),
    Code.FILE_IS_PAGE: gettext_lazy(
        "ファイルの中身がWebページ（HTML）です。Excelで開き、「CSV UTF-8（コンマ区切り）」として保存してから選んでください。"
    ),
    Code.FILE_IS_OTHER: gettext_lazy("ファイルが表ではありません。書き出し元でCSVを選んで書き出してください。"),
    Code.FILE_HAS_NUL: gettext_lazy(
        "%(other)s行目に、文字ではないデータ（NUL）があります。書き出し元で文字コードにUTF-8を選び、もう一度書き出してください。"
    ),
    Code.ENCODING_REFUSED: gettext_lazy(
        "文字コード「%(value)s」は使えません。UTF-8かShift_JISで保存してから選んでください。"
    ),
    Code.ENCODING_NOT_FOUND: gettext_lazy("文字コードが分かりません。UTF-8で保存してから選んでください。"),
    Code.BYTES_UNREADABLE: gettext_lazy(
        "%(other)s行目に、文字コード「%(value)s」では読めない文字があります。別の文字コードを選ぶか、その行を直してください。"
    ),
    Code.HEADER_NOT_FOUND: gettext_lazy("列の名前の行がありません。1行目に列の名前を入れてください。"),
    Code.HEADER_ONLY: gettext_lazy("列の名前だけで、応募の行がありません。書き出し元で期間と件数を確かめてください。"),
    Code.HEADER_LATER: gettext_lazy("列の名前を%(other)s行目から読みました。違うときは、行を選び直してください。"),
    Code.HEADER_DOUBLE: gettext_lazy("列の名前「%(value)s」が%(other)s回あります。使う列を選んでください。"),
    Code.HEADER_BLANK: gettext_lazy("%(other)s列目に名前がありません。使うときは、項目を選んでください。"),
    Code.TOO_MANY_COLUMNS: gettext_lazy("列が%(other)sあり、上限を超えています。500列までに減らしてください。"),
    Code.TOO_MANY_ROWS: gettext_lazy("行が上限の20万を超えています。期間を分けて書き出してください。"),
    Code.ROWS_MAY_BE_CUT: gettext_lazy(
        "ちょうど%(other)s件です。書き出し元の上限で切れているかもしれません。期間を分けて書き出してください。"
    ),
    Code.LINE_TOO_LONG: gettext_lazy(
        "%(other)s行目が長すぎて読めません。区切り文字と改行を確かめて、もう一度書き出してください。"
    ),
    Code.QUOTE_OPEN: gettext_lazy('%(other)s行目で始まる引用符（"）が閉じていません。その行に「"」を補ってください。'),
    Code.CELLS_MISSING: gettext_lazy(
        "セルが%(value)s個で、列の名前（%(other)s個）より少なくなっています。区切り文字を補ってください。"
    ),
    Code.CELLS_LEFT_OVER: gettext_lazy(
        'セルが%(value)s個で、列の名前（%(other)s個）より多くなっています。区切り文字を含むセルを「"」で囲んでください。'
    ),
    Code.CELL_TOO_LONG: gettext_lazy("%(other)s列目のセルが1万文字を超えています。短くしてください。"),
    Code.REQUIRED_EMPTY: gettext_lazy("「%(field)s」が空です。入力してください。"),
    Code.VALUE_TOO_LONG: gettext_lazy("「%(field)s」が%(other)s文字を超えています（%(value)s）。短くしてください。"),
    Code.DATE_UNREADABLE: gettext_lazy(
        "「%(field)s」の「%(value)s」は日付として読めません。2026/06/11 のように入力してください。"
    ),
    Code.DATE_IMPOSSIBLE: gettext_lazy("「%(field)s」の「%(value)s」は暦にない日です。正しい日に直してください。"),
    Code.DATE_OUTSIDE_ERA: gettext_lazy(
        "「%(field)s」の「%(value)s」はその元号にない日です。元号か年を直してください。"
    ),
    Code.DATE_WITHOUT_DAY: gettext_lazy("「%(field)s」の「%(value)s」に日がありません。日まで入力してください。"),
    Code.DATE_SHORT_YEAR: gettext_lazy("「%(field)s」の「%(value)s」は年が2桁です。西暦を4桁で入力してください。"),
    Code.DATE_WITHOUT_YEAR: gettext_lazy("「%(field)s」の「%(value)s」に年がありません。西暦を4桁で入力してください。"),
    Code.DATE_IS_DAY_COUNT: gettext_lazy(
        "「%(field)s」の「%(value)s」は表計算ソフトの通し番号です。セルの表示形式を「日付」にして保存し直してください。"
    ),
    Code.DATE_DAY_FIRST: gettext_lazy(
        "「%(field)s」の「%(value)s」は月と日の順が決まりません。2026/06/11 のように年から入力してください。"
    ),
    Code.DATE_IN_FUTURE: gettext_lazy(
        "「%(field)s」の「%(value)s」は今日より後の日です。正しい日に直すか、その日になってから取り込んでください。"
    ),
    Code.TIME_IMPOSSIBLE: gettext_lazy(
        "「%(field)s」の「%(value)s」は時刻として読めません。11:07 のように入力してください。"
    ),
    Code.NAME_DAMAGED: gettext_lazy(
        "「%(field)s」の「%(value)s」は文字が壊れているようです。書き出し元で文字コードにUTF-8を選んでください。"
    ),
    Code.NAME_NOT_SPLIT: gettext_lazy("「%(value)s」を姓と名に分けられません。必要なら、間に空白を入れてください。"),
    Code.KANA_UNREADABLE: gettext_lazy(
        "「%(field)s」の「%(value)s」はかなではないため、取り込みません。全角カナで入力してください。"
    ),
    Code.PHONE_UNREADABLE: gettext_lazy(
        "「%(field)s」の「%(value)s」は電話番号として読めないため、取り込みません。市外局番から入力してください。"
    ),
    Code.PHONE_ZERO_ADDED: gettext_lazy(
        "「%(field)s」の「%(value)s」に先頭の0を補いました。違うときは、元のファイルを直してください。"
    ),
    Code.PHONE_SEVERAL: gettext_lazy(
        "「%(field)s」に番号が二つ以上あります（%(value)s）。初めの番号だけを取り込みます。"
    ),
    Code.EMAIL_UNREADABLE: gettext_lazy(
        "「%(field)s」の「%(value)s」はメールアドレスとして読めません。直すか、空にしてください。"
    ),
    Code.EMAIL_OLD_FORM: gettext_lazy(
        "「%(field)s」の「%(value)s」は古い携帯電話の形です。届かないときは、本人に確かめてください。"
    ),
    Code.EMAIL_SEVERAL: gettext_lazy(
        "「%(field)s」にアドレスが二つ以上あります（%(value)s）。初めのアドレスだけを取り込みます。"
    ),
    Code.EMAIL_JOINED: gettext_lazy("「%(field)s」の途中の改行や空白を除きました（%(value)s）。確かめてください。"),
    Code.FORMULA_KEPT: gettext_lazy("「%(field)s」の「%(value)s」は計算式の形です。計算せず、文字として取り込みます。"),
    Code.INVISIBLE_REMOVED: gettext_lazy("「%(field)s」から見えない文字を除きました（%(value)s）。確かめてください。"),
    Code.STAGE_UNKNOWN: gettext_lazy(
        "「%(field)s」の「%(value)s」の意味が決まっていません。対応する段階を選んでください。"
    ),
    Code.OUTCOME_UNKNOWN: gettext_lazy(
        "「%(field)s」の「%(value)s」の意味が決まっていません。対応する結果を選んでください。"
    ),
    Code.STATUS_UNKNOWN: gettext_lazy(
        "「%(field)s」の「%(value)s」の意味が決まっていません。対応する段階と結果を選んでください。"
    ),
    Code.SOURCE_UNKNOWN: gettext_lazy(
        "「%(field)s」の「%(value)s」の種類が決まっていません。名前のまま取り込みます。種類を選んでください。"
    ),
    Code.EMPLOYMENT_TYPE_UNKNOWN: gettext_lazy(
        "「%(field)s」の「%(value)s」の意味が決まっていないため、取り込みません。対応する形態を選んでください。"
    ),
    Code.PREFECTURE_UNKNOWN: gettext_lazy(
        "「%(field)s」の「%(value)s」は都道府県ではないため、取り込みません。「東京都」のように入力してください。"
    ),
    Code.OUTCOME_CONTRADICTS: gettext_lazy(
        "「%(value)s」と「%(other)s」が食い違っています。正しい方だけを残してください。"
    ),
    Code.DECIDED_BEFORE_APPLIED: gettext_lazy(
        "「%(field)s」（%(value)s）が応募日（%(other)s）より前です。どちらかを直してください。"
    ),
    Code.KEY_MISSING: gettext_lazy(
        "応募ID、メールアドレス、電話番号のどれもないため、同じ応募かどうかを見分けられません。どれかを入力してください。"
    ),
    Code.DOUBLE_IN_FILE: gettext_lazy("%(other)s行目と同じ応募です。どちらかの行を除いてください。"),
    Code.ID_TWICE_IN_FILE: gettext_lazy(
        "応募ID「%(value)s」は%(other)s行目にもありますが、氏名かメールアドレスが違います。書き出し元でIDを直すか、どちらかの行を除いてください。"
    ),
    Code.ID_OF_ANOTHER: gettext_lazy(
        "応募ID「%(value)s」は、別の方（%(other)s）の応募として登録済みです。書き出し元でIDか氏名を直してください。"
    ),
    Code.LEFT_BEFORE_JOINED: gettext_lazy(
        "退職日（%(value)s）が入社日（%(other)s）より前です。どちらかを直してください。"
    ),
    Code.BARRED_WORD: gettext_lazy(
        "「%(value)s」に、採用選考で集めてはいけない内容（%(other)s）があります。このセルは取り込みません。ほかの部分が要るときは、除いて入力し直してください。"
    ),
}
