from __future__ import annotations

import pytest
from django.utils import translation

from career_relay.domain.ground.postings.models import EmploymentType
from career_relay.domain.hiring.intake import spellings, values
from career_relay.domain.hiring.intake.values import ValueMap
from career_relay.domain.hiring.intake.vocabulary import Field, Outcome, Side, SourceKind, Stage, side_of

S, O = Stage, Outcome  # noqa: E741 -- two columns of a long table


def test_more_than_200_words_for_stages_and_outcomes_are_written_out() -> None:
    tables = (spellings.STAGES.values(), spellings.OUTCOMES.values(), spellings.BOTH.values())
    words = {values.key(name) for table in tables for names in table for name in names.split("|")}
    assert len(words) >= 200


def test_no_word_means_two_things() -> None:
    seen: dict[str, object] = {}
    for table in (spellings.SOURCES, spellings.EMPLOYMENT_TYPES):
        for meaning, names in table.items():
            for name in names.split("|"):
                assert seen.setdefault(f"{id(table)}{values.key(name)}", meaning) == meaning, name
    for outcome, names in spellings.OUTCOMES.items():
        for name in names.split("|"):
            assert seen.setdefault(values.key(name), outcome) == outcome, name


@pytest.mark.parametrize(
    ("word", "meaning"),
    [
        ("書類選考", (S.DOCUMENTS, None)),
        ("書類選考中", (S.DOCUMENTS, O.IN_PROGRESS)),
        ("書類選考 結果待ち", (S.DOCUMENTS, O.IN_PROGRESS)),
        ("書類NG", (S.DOCUMENTS, O.REJECTED)),
        ("書類選考不合格", (S.DOCUMENTS, O.REJECTED)),
        ("書類お見送り", (S.DOCUMENTS, O.REJECTED)),
        ("一次面接", (S.FIRST, None)),
        ("１次面接", (S.FIRST, None)),
        ("第一次面接", (S.FIRST, None)),
        ("1次面接 日程調整中", (S.FIRST, O.IN_PROGRESS)),
        ("一次面接（不合格）", (S.FIRST, O.REJECTED)),
        ("一次面接後辞退", (S.FIRST, O.WITHDREW)),
        ("二次選考通過", (S.SECOND, O.IN_PROGRESS)),
        ("三次面接", (S.THIRD, None)),
        ("四次面接", (S.THIRD, None)),
        ("最終面接", (S.FINAL, None)),
        ("役員面接", (S.FINAL, None)),
        ("最終面接_不採用", (S.FINAL, O.REJECTED)),
        ("ｶｼﾞｭｱﾙ面談", (S.CASUAL, None)),
        ("SPI", (S.APTITUDE, None)),
        ("Webテスト受検済", None),
        ("内定", (S.OFFER, O.IN_PROGRESS)),
        ("内々定", (S.OFFER, O.IN_PROGRESS)),
        ("内定承諾", (S.ACCEPTED, O.HIRED)),
        ("内定辞退", (S.OFFER, O.WITHDREW)),
        ("承諾後辞退", (S.ACCEPTED, O.WITHDREW)),
        ("内定取消", (S.OFFER, O.REJECTED)),
        ("入社", (S.JOINED, O.HIRED)),
        ("入社予定", (S.ACCEPTED, O.HIRED)),
        ("保留", (S.ON_HOLD, O.IN_PROGRESS)),
        ("新着", (S.APPLIED, O.IN_PROGRESS)),
        ("未対応", (S.APPLIED, O.IN_PROGRESS)),
        ("エントリー", (S.APPLIED, None)),
        ("対応中", (None, O.IN_PROGRESS)),
        ("連絡済み", (None, O.IN_PROGRESS)),
        ("連絡済", (None, O.IN_PROGRESS)),
        ("選考中", (None, O.IN_PROGRESS)),
        ("不採用", (None, O.REJECTED)),
        ("【不採用】", (None, O.REJECTED)),
        ("不採用（会社判断）", (None, O.REJECTED)),
        ("お見送り", (None, O.REJECTED)),
        ("見送り", (None, O.REJECTED)),
        ("不合格", (None, O.REJECTED)),
        ("ＮＧ", (None, O.REJECTED)),
        ("Rejected", (None, O.REJECTED)),
        ("REJECTED", (None, O.REJECTED)),
        ("選考辞退", (None, O.WITHDREW)),
        ("辞退", (None, O.WITHDREW)),
        ("応募者辞退", (None, O.WITHDREW)),
        ("Withdrawn", (None, O.WITHDREW)),
        ("採用", (None, O.HIRED)),
        ("入社決定", (None, O.HIRED)),
        ("Hired", (None, O.HIRED)),
        ("非選考対象", (None, O.EXCLUDED)),
        ("重複応募", (None, O.EXCLUDED)),
        ("ポジション終了", (None, O.CLOSED)),
        ("充足", (None, O.CLOSED)),
        ("Position Filled", (None, O.CLOSED)),
    ],
)
def test_status_means_a_stage_an_outcome_or_both(word: str, meaning: values.Status | None) -> None:
    assert [values.status(word), values.stage(word), values.outcome(word)] == [meaning] * 3


@pytest.mark.parametrize(
    "word",
    [
        "終了",
        "選考終了",
        "合格",
        "通過",
        "対象外",
        "Archived",
        "Closed",
        "キャンセル",
        "音信不通",
        "連絡不通",
        "済",
        "A",
        "○",
        "×",
        "検討",
        "不",
        "採用または不採用",
    ],
)
def test_word_of_many_meanings_is_unknown(word: str) -> None:
    assert values.status(word) is None


@pytest.mark.parametrize("outcome", list(Outcome))
def test_our_own_names_are_known(outcome: Outcome) -> None:
    with translation.override("ja"):
        assert values.outcome(str(outcome.label)) == (None, outcome)


@pytest.mark.parametrize("stage", list(Stage))
def test_our_own_names_of_stages_are_known(stage: Stage) -> None:
    with translation.override("ja"):
        meaning = values.stage(str(stage.label))
    assert meaning is not None
    assert meaning[0] == stage


@pytest.mark.parametrize(
    ("word", "kind"),
    [
        ("Indeed", SourceKind.JOB_BOARD),
        ("ＩＮＤＥＥＤ", SourceKind.JOB_BOARD),
        ("求人媒体", SourceKind.JOB_BOARD),
        ("求人媒体(スカウト)", SourceKind.SCOUT),
        ("自社サイト", SourceKind.CAREER_SITE),
        ("社員紹介", SourceKind.EMPLOYEE_REFERRAL),
        ("エージェント", SourceKind.AGENCY),
        ("ハローワーク", SourceKind.PUBLIC_OFFICE),
        ("大学キャリアセンター", SourceKind.SCHOOL),
        ("その他", SourceKind.OTHER),
        ("株式会社知らない", None),
    ],
)
def test_source_is_a_kind_of_door(word: str, kind: SourceKind | None) -> None:
    assert values.source(word) == kind


@pytest.mark.parametrize(
    ("word", "kind"),
    [
        ("正社員", EmploymentType.MID_CAREER),
        ("新卒", EmploymentType.NEW_GRADUATE),
        ("ｱﾙﾊﾞｲﾄ･ﾊﾟｰﾄ", EmploymentType.PART_TIME),
        ("業務委託", None),
    ],
)
def test_employment_type(word: str, kind: EmploymentType | None) -> None:
    assert values.employment_type(word) == kind


def test_answer_of_the_tenant_goes_first_and_only_for_its_column() -> None:
    answers = ValueMap(
        outcomes={values.key("終了"): (None, Outcome.REJECTED)},
        statuses={values.key("辞退"): (Stage.FIRST, Outcome.EXCLUDED)},
        sources={values.key("知人"): SourceKind.EMPLOYEE_REFERRAL},
    )
    assert values.outcome("【終了】", answers) == (None, Outcome.REJECTED)
    assert values.status("終了", answers) is None
    assert values.status("辞退", answers) == (Stage.FIRST, Outcome.EXCLUDED)
    assert values.source("知人", answers) == SourceKind.EMPLOYEE_REFERRAL


@pytest.mark.parametrize("raw", ["", " ", "　", "'", "-", "空白", "なし", "ー", " - ", "未設定", "N/A"])
def test_blank_marks_say_nothing(raw: str) -> None:
    assert values.is_blank(raw)


@pytest.mark.parametrize("raw", ["0", "無職", "--", "×"])
def test_other_words_are_no_blanks(raw: str) -> None:
    assert not values.is_blank(raw)


def test_blank_marks_can_be_those_of_a_source() -> None:
    assert [values.is_blank(raw, frozenset({"##"})) for raw in ("##", "-", " ")] == [True, False, True]


def test_suggestions_are_the_likest_meanings() -> None:
    assert values.suggestions(Field.STATUS, "不採用メール送付")[0] == (None, Outcome.REJECTED)
    assert values.suggestions(Field.SOURCE, "求人ボックス広告")[0] == SourceKind.JOB_BOARD
    assert values.suggestions(Field.EMPLOYMENT_TYPE, "zzz") == []
    assert len(values.suggestions(Field.STATUS, "一次面接の調整", most=2)) == 2


@pytest.mark.parametrize(
    ("outcome", "side"),
    [
        (O.REJECTED, Side.EMPLOYER),
        (O.WITHDREW, Side.PERSON),
        (O.CLOSED, Side.POSTING),
        (O.HIRED, Side.NONE),
        (O.IN_PROGRESS, Side.NONE),
        (O.EXCLUDED, Side.NONE),
    ],
)
def test_side_tells_whose_decision_it_was(outcome: Outcome, side: Side) -> None:
    assert side_of(outcome) == side
