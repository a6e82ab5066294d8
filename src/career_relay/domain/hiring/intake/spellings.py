"""What words in cells mean everywhere: stages, outcomes, sources and kinds of hiring as Japanese exports write them."""

from __future__ import annotations

import typing

from career_relay.domain.ground.postings.models import EmploymentType
from career_relay.domain.hiring.intake.vocabulary import Outcome, SourceKind, Stage

STAGES: typing.Final[dict[Stage, str]] = {
    Stage.APPLIED: (
        "応募|応募受付|応募済|応募済み|新規応募|新着応募|エントリー|エントリー済|エントリー済み|エントリー受付|受付|受付済|Applied|Application Received|Entry|New Applicant"
    ),
    Stage.CASUAL: (
        "カジュアル面談|カジュアル面接|カジュアル|面談|初回面談|会社説明会|説明会|職場見学|見学|Casual|Casual Interview|Casual Meeting|Casual Talk|Info Session"
    ),
    Stage.DOCUMENTS: (
        "書類選考|書類審査|書類|書類確認|書類待ち|履歴書選考|レジュメ選考|ES選考|書類スクリーニング|Document Screening|Documents|Screening|Resume Review|Resume Screening|CV Review|Application Review"
    ),
    Stage.APTITUDE: (
        "適性検査|適性試験|筆記試験|筆記|SPI|Webテスト|Web試験|試験|テスト受検|スキルテスト|技術テスト|実技試験|コーディングテスト|Aptitude|Aptitude Test|Assessment|Skill Test|Coding Test|Take Home Test"
    ),
    Stage.FIRST: (
        "一次面接|1次面接|第一次面接|第1次面接|一次選考|1次選考|一次|1次|一次面談|1次面談|初回面接|店舗面接|店長面接|面接1回目|1回目面接|一面|First Interview|1st Interview|First Round|Phone Interview|Phone Screen"
    ),
    Stage.SECOND: (
        "二次面接|2次面接|第二次面接|第2次面接|二次選考|2次選考|二次|2次|二次面談|2次面談|面接2回目|2回目面接|二面|Second Interview|2nd Interview|Second Round"
    ),
    Stage.THIRD: (
        "三次面接|3次面接|第三次面接|第3次面接|三次選考|3次選考|三次|3次|三次以降|三次面接以降|四次面接|4次面接|五次面接|5次面接|面接3回目|3回目面接|三面|Third Interview|3rd Interview|Third Round|Fourth Interview"
    ),
    Stage.FINAL: (
        "最終面接|最終選考|最終|最終面談|役員面接|社長面接|代表面接|オーナー面接|Final Interview|Final Round|Onsite|On-site Interview|Executive Interview"
    ),
    Stage.OFFER: (
        "内定|内々定|内定通知|内定通知済|内定出し|オファー|オファー面談|オファー提示|条件提示|条件面談|Offer|Offered|Offer Extended|Offer Sent"
    ),
    Stage.ON_HOLD: "保留|選考保留|一時保留|保留中|On Hold|Hold|Pending|Paused",
}
ENDINGS: typing.Final[dict[str, Outcome]] = {
    "中": Outcome.IN_PROGRESS,
    "待ち": Outcome.IN_PROGRESS,
    "予定": Outcome.IN_PROGRESS,
    "調整中": Outcome.IN_PROGRESS,
    "日程調整中": Outcome.IN_PROGRESS,
    "設定中": Outcome.IN_PROGRESS,
    "設定済": Outcome.IN_PROGRESS,
    "案内済": Outcome.IN_PROGRESS,
    "実施済": Outcome.IN_PROGRESS,
    "実施済み": Outcome.IN_PROGRESS,
    "結果待ち": Outcome.IN_PROGRESS,
    "合否待ち": Outcome.IN_PROGRESS,
    "通過": Outcome.IN_PROGRESS,
    "合格": Outcome.IN_PROGRESS,
    "OK": Outcome.IN_PROGRESS,
    "不合格": Outcome.REJECTED,
    "不採用": Outcome.REJECTED,
    "不通過": Outcome.REJECTED,
    "落ち": Outcome.REJECTED,
    "NG": Outcome.REJECTED,
    "見送り": Outcome.REJECTED,
    "お見送り": Outcome.REJECTED,
    "でお見送り": Outcome.REJECTED,
    "で不採用": Outcome.REJECTED,
    "後不採用": Outcome.REJECTED,
    "後お見送り": Outcome.REJECTED,
    "辞退": Outcome.WITHDREW,
    "前辞退": Outcome.WITHDREW,
    "後辞退": Outcome.WITHDREW,
    "で辞退": Outcome.WITHDREW,
}
OUTCOMES: typing.Final[dict[Outcome, str]] = {
    Outcome.IN_PROGRESS: (
        "選考中|対応中|進行中|選考継続|選考継続中|継続|継続中|検討中|審査中|確認中|連絡済|連絡済み|連絡中|日程調整中|面接調整中|面接日程調整中|面接設定|面接設定済み|面接設定中|面接予定|面接待ち|面接済|面接済み|面接実施済み|結果待ち|合否検討中|合否連絡待ち|返信待ち|連絡待ち|対応済み|対応済|選考"
        "|In Progress|In Process|Active|Ongoing|In Review|Under Review|Reviewing|Interviewing|Contacted|Open|Screening in Progress|Underway"
    ),
    Outcome.HIRED: (
        "採用|採用決定|採用済|採用済み|採用確定|採用者|本採用|採用となった|入社決定|入社確定|就業決定|勤務決定|採用予定|Hired|Hire|Placed|Recruited|Hiring Completed"
    ),
    Outcome.REJECTED: (
        "不採用|不採用（会社判断）|会社判断による不採用|不合格|お見送り|見送り|見送|見送り済み|お見送り済み|お断り|お断り済み|NG|落選|不通過|不採用通知済み|不採用通知済|不採用連絡済み|不採用済|不採用決定|企業お断り|企業NG|会社NG|選考NG|お祈り|不採用（企業都合）|企業側お見送り|会社側お見送り|面接不採用|面接不合格|面接後不採用|面接NG|面接落ち|選考落ち|採用見送り|採用不可|不採"
        "|Rejected|Reject|Declined by Company|Not Selected|Unsuccessful|Failed|Fail|Disqualified|Turned Down|Not Hired|No Hire|Rejected by Company|Company Rejected|Did not pass"
    ),
    Outcome.WITHDREW: (
        "辞退|本人辞退|応募者辞退|候補者辞退|選考辞退|応募辞退|途中辞退|辞退済|辞退済み|辞退（本人）|本人都合辞退|本人都合|面接辞退|面接前辞退|面接後辞退|応募取消|応募取り消し|応募キャンセル|本人キャンセル|本人NG|本人お断り|他社決定|他社内定|他社入社|他社へ入社|求職者辞退|学生辞退"
        "|Withdrawn|Withdrew|Withdraw|Candidate Withdrew|Candidate Declined|Declined by Candidate|Withdrawn by Candidate|Self Withdrawn|Application Withdrawn|Dropped Out"
    ),
    Outcome.EXCLUDED: (
        "非選考対象|選考対象外|選考外|重複|重複応募|二重応募|テスト|テスト応募|テストデータ|いたずら|いたずら応募|スパム|誤応募|営業|誤登録|Duplicate|Spam|Test|Not Applicable|Excluded"
    ),
    Outcome.CLOSED: (
        "ポジション終了|ポジションクローズ|求人終了|求人クローズ|募集終了|募集停止|募集締切|募集中止|充足|充足済み|充足のため終了|案件終了|案件クローズ|他候補者で充足|他者充足|採用枠終了|Position Closed|Position Filled|Job Closed|Requisition Closed|Filled|Job Filled|Role Closed"
    ),
}
BOTH: typing.Final[dict[tuple[Stage | None, Outcome | None], str]] = {
    (Stage.APPLIED, Outcome.IN_PROGRESS): (
        "新着|新規|未対応|未確認|未処理|未連絡|未読|未着手|未選考|対応待ち|New|Unread|Not Started|To Review|New Application"
    ),
    (Stage.ON_HOLD, Outcome.IN_PROGRESS): "保留|保留中|選考保留|一時保留|On Hold|Hold|Paused|選考保留中",
    (
        Stage.OFFER,
        Outcome.IN_PROGRESS,
    ): "内定|内々定|内定承諾待ち|承諾待ち|内定者|内定済み|内定済|内定承諾前|内定検討中|内定回答待ち|Offer|Offered|Offer Extended|Offer Sent",
    (
        Stage.OFFER,
        Outcome.WITHDREW,
    ): "内定辞退|内々定辞退|オファー辞退|内定後辞退|内定承諾前辞退|内定お断り|Offer Declined|Declined Offer|Offer Rejected by Candidate",
    (Stage.OFFER, Outcome.REJECTED): "内定取消|内定取り消し|内定取消し|Offer Rescinded|Offer Withdrawn by Company",
    (
        Stage.ACCEPTED,
        Outcome.HIRED,
    ): "内定承諾|内定承諾済み|内定承諾済|承諾|承諾済み|内定受諾|オファー承諾|入社予定|入社待ち|入社前|入社手続き中|入社準備中|内諾|Offer Accepted|Accepted|Pre-boarding",
    (
        Stage.ACCEPTED,
        Outcome.WITHDREW,
    ): "承諾後辞退|内定承諾後辞退|内定承諾辞退|入社前辞退|入社辞退|Accepted then Withdrew|Reneged",
    (
        Stage.JOINED,
        Outcome.HIRED,
    ): "入社|入社済|入社済み|入社完了|就業中|在籍中|勤務開始|勤務中|就業開始|入社後|定着|Joined|Onboarded|Started|Employed",
}
SOURCES: typing.Final[dict[SourceKind, str]] = {
    SourceKind.JOB_BOARD: (
        "求人媒体|求人サイト|求人広告|転職サイト|就活サイト|媒体|求人情報誌|求人検索エンジン|求人ボックス|Indeed|インディード|indeed PLUS|Indeed（オーガニック）|Indeedプラス|スタンバイ|Googleしごと検索|doda|デューダ|リクナビ|リクナビNEXT|リクナビネクスト|マイナビ|マイナビ転職|マイナビバイト|エン転職|en転職|エンゲージ|engage|タウンワーク|TOWNWORK|フロムエー|バイトル|バイトルNEXT|はたらこねっと|とらばーゆ|求人ジャーナル|dジョブ|イーアイデム|アイデム|ジョブメドレー|マッハバイト|シフトワークス|シゴトin|飲食店ドットコム|求人飲食店ドットコム|グルメキャリー|クックビズ|食べログ求人|AirWORK|エアワーク|エアワーク採用管理|Airワーク|Airワーク採用管理|HRハッカー|ジョブオプ|ワガシャde DOMO|DOMO|Wantedly|ウォンテッドリー|Green|グリーン|type|女の転職type|ビズリーチ（公募）|ミドルの転職|日経転職版|Find Job!|paiza|Forkwell|LAPRAS|YOUTRUST|LinkedIn|リンクトイン|Glassdoor|ワンキャリア|キャリタス就活|あさがくナビ|Job Board|Job Site|Job Advertisement"
    ),
    SourceKind.SCOUT: (
        "スカウト|求人媒体(スカウト)|スカウト媒体|スカウトメール|ダイレクトリクルーティング|ダイレクトソーシング|ダイレクト|ビズリーチ|BIZREACH|ビズリーチスカウト|OfferBox|オファーボックス|dodaダイレクト|doda Recruiters|リクルートダイレクトスカウト|キミスカ|dodaキャンパス|iroots|AMBI|アンビ|転職ドラフト|Scout|Direct Sourcing|Sourced|Outbound|Sourcing"
    ),
    SourceKind.CAREER_SITE: (
        "自社サイト|自社HP|自社ホームページ|自社採用サイト|採用サイト|採用ホームページ|採用ページ|採用HP|コーポレートサイト|自社採用ページ|ホームページ|HP|公式サイト|オウンドメディア|自社応募フォーム|直接応募|自社|Company Website|Careers Site|Career Site|Careers Page|Career Page|Corporate Site|Website|Direct|Direct Application"
    ),
    SourceKind.EMPLOYEE_REFERRAL: (
        "社員紹介|リファラル|リファラル採用|社内紹介|従業員紹介|スタッフ紹介|知人紹介|知人の紹介|友人紹介|縁故|縁故採用|社員紹介制度|紹介（社員）|アルバイト紹介|Referral|Employee Referral|Referred|Internal Referral"
    ),
    SourceKind.AGENCY: (
        "エージェント|人材紹介|人材紹介会社|紹介会社|人材会社|転職エージェント|新卒紹介|人材エージェント|リクルートエージェント|dodaエージェント|マイナビエージェント|パソナ|JACリクルートメント|ワークポート|レバテックキャリア|ギークリー|type転職エージェント|エンエージェント|紹介予定派遣会社|派遣会社|Agency|Recruitment Agency|Staffing Agency|Recruiting Agency|Headhunter"
    ),
    SourceKind.PUBLIC_OFFICE: "ハローワーク|職業安定所|公共職業安定所|職安|ハローワークインターネットサービス|新卒応援ハローワーク|ジョブカフェ|シルバー人材センター|Hello Work",
    SourceKind.SCHOOL: "学校|大学|大学求人|学校紹介|学校推薦|学校求人|大学キャリアセンター|キャリアセンター|専門学校|研究室推薦|教授推薦|学内説明会|学内セミナー|高校|University|School|Campus",
    SourceKind.OTHER: "その他|他|不明|チラシ|折込チラシ|店頭ポスター|店頭ポスター・チラシ|張り紙|ポスター|電話|電話応募|来店|来社|飛び込み|イベント|合同説明会|転職フェア|就活イベント|SNS|X|Twitter|Instagram|インスタグラム|Facebook|LINE|TikTok|YouTube|note|再応募|Other|Others|Event|Social Media|Unknown|Walk-in",
}
EMPLOYMENT_TYPES: typing.Final[dict[EmploymentType, str]] = {
    EmploymentType.NEW_GRADUATE: "新卒|新卒採用|新規学卒|新卒正社員|新卒・既卒|新卒入社|New Graduate|New Grad|Graduate|Campus Hire",
    EmploymentType.MID_CAREER: (
        "中途|中途採用|キャリア採用|キャリア|経験者採用|正社員|正社員（中途）|正職員|社員|契約社員|準社員|嘱託|嘱託社員|限定正社員|地域限定正社員|無期雇用|常勤|第二新卒|Mid-career|Mid Career|Experienced|Full-time|Full Time|Fulltime|Permanent|Regular|Contract|Contract Employee"
    ),
    EmploymentType.PART_TIME: (
        "アルバイト|パート|アルバイト・パート|パート・アルバイト|アルバイト/パート|バイト|PA|AP|パートタイム|パートタイマー|非常勤|短期|短期アルバイト|学生アルバイト|パート社員|臨時社員|Part-time|Part Time|Parttime|Casual Staff|Temporary|Hourly"
    ),
}
