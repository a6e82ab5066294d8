"""100,000 applications of 80,000 people with names that are met in Japan, made by the database itself.

Everything is drawn from one seed, so that two runs measure the same rows. What happened to an application is drawn as
it is met in practice: most end at the documents, few are offered a place, and nearly all who were rejected were told.
Rows lie in the order in which people applied, as they do where file after file was taken in.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import uuid
    from collections.abc import Iterable

FAMILY = """
佐藤サトウ 鈴木スズキ 髙橋タカハシ 田中タナカ 伊藤イトウ 渡邊ワタナベ 山本ヤマモト 中村ナカムラ 小林コバヤシ 加藤カトウ 吉田ヨシダ 山田ヤマダ
佐々木ササキ 山口ヤマグチ 松本マツモト 井上イノウエ 木村キムラ 林ハヤシ 齋藤サイトウ 清水シミズ 山﨑ヤマザキ 森モリ 池田イケダ 橋本ハシモト 阿部アベ
石川イシカワ 山下ヤマシタ 中島ナカジマ 石井イシイ 小川オガワ 前田マエダ 岡田オカダ 長谷川ハセガワ 藤田フジタ 後藤ゴトウ 近藤コンドウ 村上ムラカミ
遠藤エンドウ 青木アオキ 坂本サカモト 福田フクダ 太田オオタ 西村ニシムラ 藤井フジイ 岡本オカモト 藤原フジワラ 三浦ミウラ 金子カネコ 中野ナカノ
中川ナカガワ 原田ハラダ 松田マツダ 竹内タケウチ 小野オノ 田村タムラ 中山ナカヤマ 和田ワダ 石田イシダ 森田モリタ 上田ウエダ 原ハラ 内田ウチダ
柴田シバタ 酒井サカイ 宮崎ミヤザキ 横山ヨコヤマ 高木タカギ 安藤アンドウ 宮本ミヤモト 大野オオノ 小島コジマ 谷口タニグチ 今井イマイ 工藤クドウ
高田タカダ 増田マスダ 丸山マルヤマ 杉山スギヤマ 村田ムラタ 大塚オオツカ 新井アライ 小山コヤマ 平野ヒラノ 藤本フジモト 河野コウノ 上野ウエノ
野口ノグチ 武田タケダ 松井マツイ 千葉チバ 菅原スガワラ 岩崎イワサキ 木下キノシタ 久保クボ 佐野サノ 野村ノムラ 松尾マツオ 市川イチカワ
菊地キクチ 杉本スギモト 古川フルカワ 大西オオニシ 島田シマダ 水野ミズノ 桜井サクライ 渡部ワタベ 高野タカノ 吉川ヨシカワ 廣瀬ヒロセ 濵田ハマダ
"""
GIVEN = """
翔太ショウタ 大輔ダイスケ 健太ケンタ 拓也タクヤ 直樹ナオキ 誠マコト 学マナブ 隆タカシ 亮リョウ 陽翔ハルト 蓮レン 湊ミナト 悠真ユウマ 樹イツキ 大翔ヒロト
蒼アオイ 朝陽アサヒ 律リツ 優ユウ 海斗カイト 大和ヤマト 颯太ソウタ 太郎タロウ 一郎イチロウ 浩ヒロシ 豊ユタカ 修オサム 剛ツヨシ 進ススム 茂シゲル
美咲ミサキ 愛アイ 彩アヤ 舞マイ 恵メグミ 陽子ヨウコ 直美ナオミ 由美ユミ 真由美マユミ 明美アケミ 久美子クミコ 裕子ユウコ 結衣ユイ 葵アオイ 凛リン 陽菜ヒナ
結愛ユア 咲良サクラ 莉子リコ 芽依メイ 紬ツムギ 花ハナ 心春コハル 美月ミツキ 楓カエデ 琴音コトネ 香織カオリ 智子トモコ 幸子サチコ 千尋チヒロ
"""
MEDIA = [
    "自社サイト",
    "ハロハロ求人",
    "転職の窓口",
    "キャリア広場",
    "みらいナビ",
    "学校の紹介",
    "社員の紹介",
    "人材紹介会社",
    "合同説明会",
    "スカウト",
]
RECRUITERS = ["青木", "石田", "上野", "江口", "大島", "加納", "木下", "久我", "小宮"]
REASONS = [
    "経験が要件に合わない",
    "勤務地が合わない",
    "時期が合わない",
    "書類の不備",
    "面接での評価",
    "適性検査の結果",
    "条件が合わない",
    "連絡が取れない",
    "他社に決まった",
]

_NUMBERS = """
SELECT setseed({seed});
CREATE TEMP TABLE family AS
    SELECT row_number() OVER () - 1 AS at, v->>0 AS name, v->>1 AS kana, v->>2 AS search FROM json_array_elements($names${family}$names$) v;
CREATE TEMP TABLE given AS
    SELECT row_number() OVER () - 1 AS at, v->>0 AS name, v->>1 AS kana, v->>2 AS search FROM json_array_elements($names${given}$names$) v;
"""
_PEOPLE = """
CREATE TEMP TABLE person AS
    SELECT n, gen_random_uuid() AS id, floor(power(random(), 1.6) * {families}) AS family, floor(random() * {givens}) AS given
    FROM generate_series(1, {people}) n;
INSERT INTO applications_applicant (id, organization_id, key, external_id, name, family_name, given_name, kana, email,
                                    phone, prefecture, search, created_at, changed_at)
SELECT p.id, '{organization}', 'P' || n, 'P' || n, f.name || ' ' || g.name, f.name, g.name,
    CASE WHEN n % 20 = 0 THEN '' ELSE f.kana || ' ' || g.kana END, 'person' || n || '@people.example',
    '+8190' || lpad(n::text, 8, '0'), lpad((n % 47 + 1)::text, 2, '0'),
    f.search || g.search || CASE WHEN n % 20 = 0 THEN '' ELSE ' ' || f.kana || g.kana END, now(), now()
FROM person p JOIN family f ON f.at = p.family JOIN given g ON g.at = p.given;
INSERT INTO applications_gram (organization_id, applicant_id, gram)
SELECT DISTINCT '{organization}'::uuid, id, substr(search, at, 2)
FROM applications_applicant, generate_series(1, length(search) - 1) AS at WHERE organization_id = '{organization}';
"""
_POSTINGS = """
INSERT INTO postings_jobposting (id, organization_id, hiring_employer_name, key, external_id, title, employment_type,
                                 job_family, prefecture, state, created_at)
SELECT gen_random_uuid(), '{organization}', '', 'J' || n, 'J' || n, '求人 ' || n, 'mid_career', '', '13', 'open', now()
FROM generate_series(1, {postings}) n;
CREATE TEMP TABLE posting AS
    SELECT row_number() OVER (ORDER BY key) - 1 AS at, id FROM postings_jobposting WHERE organization_id = '{organization}';
"""
_APPLICATIONS = """
CREATE TEMP TABLE application AS
    SELECT a.n, gen_random_uuid() AS id, p.id AS applicant, random() AS fate, random() AS far, random() AS pace,
        random() AS luck, (timestamptz '{now}' - random() * interval '{months} months') AS applied_at
    FROM generate_series(1, {applications}) AS a (n) JOIN person p ON p.n = CASE WHEN a.n <= {people} THEN a.n ELSE a.n - {people} END;
ALTER TABLE application ADD outcome text, ADD stage text, ADD rank int, ADD decided_at timestamptz;
UPDATE application SET outcome = CASE
    WHEN applied_at > timestamptz '{now}' - interval '20 days' THEN 'in_progress' WHEN fate < 0.62 THEN 'rejected'
    WHEN fate < 0.76 THEN 'withdrew' WHEN fate < 0.83 THEN 'hired' WHEN fate < 0.88 THEN 'closed'
    WHEN fate < 0.92 THEN 'excluded' ELSE 'in_progress' END;
UPDATE application SET stage = CASE WHEN outcome = 'hired' THEN 'joined' WHEN far < 0.1 THEN 'applied'
    WHEN far < 0.55 THEN 'documents' WHEN far < 0.8 THEN 'first' WHEN far < 0.9 THEN 'second'
    WHEN far < 0.97 THEN 'final' WHEN far < 0.99 THEN 'offer' ELSE 'on_hold' END;
UPDATE application SET rank = r.rank, decided_at = CASE WHEN outcome <> 'in_progress' AND luck > 0.02
    THEN least(applied_at + (r.rank + pace * 10) * interval '2 days', timestamptz '{now}') END
FROM (VALUES ('applied', 1), ('documents', 3), ('first', 5), ('second', 6), ('final', 8), ('offer', 9), ('joined', 11),
      ('on_hold', 6)) AS r (stage, rank) WHERE r.stage = application.stage;
INSERT INTO applications_application (id, organization_id, applicant_id, posting_id, source_id, batch_id, key, external_id,
    medium, recruiter, employment_type, job_family, applied_at, stage, outcome, outcome_side, reason, decided_at, told_at,
    note, created_at, changed_at)
SELECT a.id, '{organization}', applicant, p.id, b.source_id, b.id, 'id:A' || n, 'A' || n,
    (ARRAY[{media}])[1 + floor(far * {media_count})], (ARRAY[{recruiters}])[1 + n % {recruiter_count}], 'mid_career', '',
    applied_at, stage, outcome,
    CASE outcome WHEN 'rejected' THEN 'employer' WHEN 'withdrew' THEN 'person' WHEN 'closed' THEN 'posting' ELSE 'none' END,
    CASE WHEN outcome IN ('rejected', 'withdrew') AND luck < 0.8 THEN (ARRAY[{reasons}])[1 + floor(pace * {reason_count})] ELSE '' END,
    decided_at, CASE WHEN outcome = 'rejected' AND luck < 0.95 AND decided_at < timestamptz '{now}' - interval '2 days'
        THEN decided_at + interval '1 day' END, '', now(), now()
FROM intake_batch b, application a JOIN posting p ON p.at = floor(power(pace, 2) * {postings}) WHERE b.id = '{batch}'
ORDER BY applied_at;
INSERT INTO applications_stageevent (organization_id, application_id, stage, entered_on)
SELECT '{organization}', a.id, r.stage, (a.applied_at + (r.rank + pace * r.rank) * interval '1 day')::date
FROM application a JOIN (VALUES ('documents', 3), ('first', 5), ('second', 6), ('final', 8), ('offer', 9), ('accepted', 10),
      ('joined', 11)) AS r (stage, rank) ON r.rank <= a.rank
ORDER BY a.applied_at;
"""


def statements(
    organization: uuid.UUID, batch: uuid.UUID, *, applications: int, people: int, postings: int, now: str
) -> str:
    """Return the SQL that fills an employer's rooms."""
    families, givens = _names(FAMILY), _names(GIVEN)
    values = {
        "organization": organization,
        "batch": batch,
        "applications": applications,
        "people": people,
        "postings": postings,
        "now": now,
        "months": 36,
        "seed": 0.2,
        "family": json.dumps(families),
        "given": json.dumps(givens),
        "families": len(families),
        "givens": len(givens),
        "media": _literals(MEDIA),
        "media_count": len(MEDIA),
        "recruiters": _literals(RECRUITERS),
        "recruiter_count": len(RECRUITERS),
        "reasons": _literals(REASONS),
        "reason_count": len(REASONS),
    }
    return "".join(part.format(**values) for part in (_NUMBERS, _POSTINGS, _PEOPLE, _APPLICATIONS))


def _names(text: str) -> list[tuple[str, str, str]]:
    """Return name, reading and search form of each word, whose katakana are the reading."""
    from career_relay.kernel.japanese import folding

    words = [(word.rstrip(_KATAKANA), word[len(word.rstrip(_KATAKANA)) :]) for word in text.split()]
    return [(name, kana, folding.fold(name)) for name, kana in words]


def _literals(words: Iterable[str]) -> str:
    return ", ".join(f"'{word}'" for word in words)


_KATAKANA = "".join(map(chr, range(0x30A1, 0x30FD)))
