"""Header spellings for the application: which one, to what, by what door, and where it stands."""

from __future__ import annotations

import typing

from career_relay.domain.hiring.intake.vocabulary import Field

WEAK: typing.Final = (
    "ID|結果|判定|状態|状況|進捗|現状|担当|メモ|コメント|名|姓|氏|読み|Name|Result|Note|Notes|Comment|Owner|Position|Reading|Cell"
    "|希望雇用形態|希望職種|希望の雇用形態|希望する雇用形態|応募時刻|受付日|登録日|登録日時|作成日時|作成日|Created At|Created On|created_date|推薦日|推薦日時|recommended_at|recommended_on"
    "|求人|案件|Job Family|不合格|辞退|採用日|退職日|流入元|経由|店舗面接日|採用担当|面談日|面談実施日|チャネル|媒体"
)
NAMES: typing.Final[dict[Field, str]] = {
    Field.APPLICATION_ID: (
        "応募ID|応募番号|応募No|応募コード|応募管理番号|応募管理ID|応募管理No|エントリーID|エントリー番号|エントリーNo|エントリーコード|選考ID|選考番号|選考プロセスID|選考No|受付番号|受付ID|受付No|申込番号|申込ID|応募整理番号|応募履歴ID|応募データID|応募情報ID|応募受付番号"
        "|Application ID|Application Number|Application No|Candidacy ID|Entry ID|Entry No|Submission ID|Opportunity ID|application_code|apply_id|External Application ID|Job Application ID|Process ID|ID"
    ),
    Field.APPLIED_AT: (
        "応募日時|応募日|応募年月日|応募日付|応募受付日時|応募受付日|応募日（受付日）|応募受付年月日|エントリー日時|エントリー日|エントリー年月日|エントリー日付|申込日時|申込日|応募完了日時|応募完了日|応募が来た日|応募いただいた日|応募のあった日|求人応募日|求人応募日時|初回応募日|最新応募日時|最終応募日時|応募データ受信日時|応募受信日時|応募登録日|応募登録日時|応募日・時間|受付日時|受付日|登録日時|登録日|作成日時|作成日|推薦日|推薦日時"
        "|Applied At|Applied On|Applied Date|Application Date|Date Applied|Apply Date|Applied|Application Time|Applied Time Stamp|Submitted At|Submission Date|Date of Application|Entry Date|Application Submitted|apply_datetime|application_datetime|entry_at|submitted_on|Received At|Received Date|Created At|Created On|created_date|recommended_at|recommended_on"
    ),
    Field.APPLIED_TIME: (
        "応募時間|応募時刻|応募時分|応募時間（時刻）|エントリー時間|エントリー時刻|受付時間（応募）|応募受付時間|応募受付時刻|申込時間|申込時刻|Time Applied|Application Time of Day|Entry Time|apply_time|applied_time"
    ),
    Field.SOURCE: (
        "応募経路|応募経路名|応募経路1|応募媒体|応募媒体名|媒体名|媒体|応募チャネル|応募ルート|応募元|応募元媒体|応募元サイト|応募サイト|応募サイト名|掲載媒体|掲載媒体名|利用媒体|求人媒体|求人媒体名|経路|流入経路|流入元媒体|流入元|流入媒体|チャネル|採用チャネル|採用経路|採用手法|応募方法|応募手段|応募種別|母集団経路|エントリー経路|エントリー元|エントリー媒体|応募のきっかけ|何を見て応募したか|紹介元|紹介会社|紹介会社名|人材紹介会社|人材紹介会社名|エージェント|エージェント名|エージェント会社名|経由|経由媒体|登録経路|集客経路|応募先媒体"
        "|Source|Application Source|Candidate Source|Applicant Source|Source Name|Sourced From|Channel|Application Channel|Recruiting Channel|Origin|Medium|Job Board|apply_route|application_route|Referral Source|Source Type|How did you hear about us|Recruiting Source|Lead Source"
    ),
    Field.POSTING_ID: (
        "応募求人ID|応募求人番号|応募求人先|応募求人No|応募求人コード|応募先求人ID|求人ID|求人番号|求人No|求人コード|求人管理番号|求人票ID|求人票番号|原稿ID|原稿番号|原稿No|原稿コード|掲載ID|掲載番号|案件ID|案件番号|案件コード|案件No|募集ID|募集番号|募集コード|職種ID|ポジションID|選考ポジションID|お仕事番号|お仕事番号1|お仕事ID|お仕事No|仕事番号|仕事No|ジョブID|JOB ID|JOB番号|JOB No|募集要項ID|募集要項番号|ハローワーク求人番号|管理番号（求人）"
        "|Posting ID|Job Posting ID|Job Number|Job Code|Requisition ID|Req ID|Requisition Number|Position ID|Opening ID|Vacancy ID|Job Reference|job_ref|requisition_no|Job Opening ID"
    ),
    Field.POSTING_TITLE: (
        "求人名|求人タイトル|求人票名|求人票タイトル|応募求人名|応募求人|応募求人タイトル|応募先求人|応募先求人名|応募先名（原稿名）|応募先名|応募先|応募原稿名|原稿名|原稿タイトル|選考ポジション名|選考ポジション|応募ポジション|応募ポジション名|ポジション|ポジション名|募集ポジション|募集ポジション名|募集職種|募集職種名|応募職種|応募職種名|応募した職種|案件名|案件|案件タイトル|募集名|募集タイトル|募集要項名|募集要項|募集案件名|お仕事名|お仕事タイトル|仕事名|掲載求人名|掲載タイトル|求人|JOB名|JOB|ジョブ名|選考ジョブ|エントリー職種|エントリーコース|応募コース|コース名|募集コース|登録先求人|候補者基本.登録先求人|応募求人原稿名|求人件名|職務名|応募先求人タイトル"
        "|Job Title|Job Name|Posting Title|Posting|Job Posting|Position|Position Name|Position Title|Position Applied For|Applied Position|Applied Job|Job|Role|Role Title|Vacancy|Vacancy Title|Opening|Opening Name|Requisition|Requisition Title|Requisition Name|Job Posting Title|Job Opening"
    ),
    Field.EMPLOYMENT_TYPE: (
        "雇用形態|雇用形態名|雇用区分|募集雇用形態|求人雇用形態|採用区分|採用種別|採用形態|契約形態|就業形態|勤務形態|働き方区分|新卒中途区分|新卒／中途|応募区分（雇用）|雇用種別|求人の雇用形態|応募雇用形態|雇用契約形態|採用雇用形態|希望雇用形態|希望の雇用形態|希望する雇用形態"
        "|Employment Type|Type of Employment|Job Type|Contract Type|Employment Status|Employment Category|Working Type|employment_kind|hire_type|Employment|Hiring Type"
    ),
    Field.JOB_FAMILY: (
        "職種|職種名|職種カテゴリ|職種カテゴリー|職種分類|職種区分|職種大分類|職種中分類|職種小分類|職種1|募集職種カテゴリ|求人職種|仕事内容区分|職務カテゴリ|職種グループ|募集職種分類|職種（大）|職種（中）|職種（小）|希望職種|希望職種1"
        "|Job Family|Job Category|Job Function|Occupation|Occupation Category|Job Class|Function|Job Classification|Job Group|occupation_name|job_field"
    ),
    Field.STAGE: (
        "選考ステップ|選考ステップ名|現在の選考ステップ|ステップ|選考段階|現在の選考段階|選考フェーズ|フェーズ|現在のフェーズ|選考プロセス|選考工程|選考フロー|選考ステージ|ステージ|現在のステージ|現在の選考|現選考|現選考ステップ|進捗段階|最終到達段階|最終選考ステップ|選考過程|選考進捗段階|到達ステップ|到達段階|選考種別|選考名|面接段階|選考回"
        "|Stage|Current Stage|Stage Name|Pipeline Stage|Hiring Stage|Interview Stage|Recruiting Stage|Step|Current Step|Selection Stage|Selection Step|stage_current|Phase|Application Stage|Pipeline Step|Process Stage"
    ),
    Field.OUTCOME: (
        "選考結果|最終結果|合否|合否結果|合否判定|最終合否|採否|採否結果|採用結果|採用可否|採否判定|選考合否|判定結果|最終判定|選考判定|面接結果（最終）|結果|判定|最終選考結果|合否区分|合否ステータス|採用判定|結果区分|選考結果区分|終了区分|選考終了区分"
        "|Outcome|Result|Final Result|Decision|Hiring Decision|Final Decision|Selection Result|Disposition|Application Result|Hire Result|Final Outcome|Hiring Outcome|Application Outcome|Application Decision"
    ),
    Field.STATUS: (
        "選考ステータス|選考状況|選考進捗|選考進捗状況|選考状態|ステータス|ステータス名|応募ステータス|応募状況|応募状態|対応状況|対応ステータス|対応状態|現在の状況|現在の状態|現在のステータス|進捗状況|進捗ステータス|進捗|採用ステータス|採用状況|候補者ステータス|応募者ステータス|応募者状況|管理ステータス|面接状況|選考管理ステータス|現状|状況|状態|状況ステータス|ステイタス|最新ステータス|求職者ステータス|選考の状況|対応進捗|対応フェーズ|応募対応状況"
        "|Status|Application Status|Candidate Status|Current Status|Applicant Status|Hiring Status|Selection Status|Recruitment Status|Original Status|status_name|Application State|Candidacy Status|Progress"
    ),
    Field.REASON: (
        "選考終了理由|終了理由|不採用理由|不合格理由|お見送り理由|見送り理由|辞退理由|不採用・辞退理由|辞退・不採用理由|辞退/不採用理由|選考理由|NG理由|落選理由|不採用の理由|辞退の理由|選考結果理由|判定理由|合否理由|結果理由|選考終了の理由|内定辞退理由|選考辞退理由|不通過理由|お断り理由|理由|クローズ理由|失注理由|見送り事由"
        "|Reason|Rejection Reason|Reject Reason|Rejected Reason|Decline Reason|Withdrawal Reason|Archive Reason|Archived Reason|Disposition Reason|Reason for Rejection|Close Reason|End Reason|Closed Reason|Decision Reason|Drop Reason|withdraw_reason|decline_reason_name|rejection_reason_name"
    ),
    Field.RECRUITER: (
        "担当者|採用担当者|担当|採用担当|担当者名|採用担当者名|選考担当者|選考担当|応募担当者|対応者|対応担当者|担当リクルーター|リクルーター|リクルータ|人事担当|人事担当者|主担当|主担当者|メイン担当|管理担当者|社内担当|社内担当者|採用責任者|担当人事|候補者担当|応募者担当|担当社員"
        "|Recruiter|Recruiter Name|Owner|Candidate Owner|Hiring Manager|Assigned To|Assignee|Assigned Recruiter|Responsible|Coordinator|Talent Partner|recruiter_email|Application Owner|Person in Charge|Recruiting Owner|Lead Recruiter"
    ),
    Field.NOTE: (
        "備考|備考欄|備考1|メモ|メモ欄|社内メモ|コメント|特記事項|特記|評価コメント|面接メモ|選考メモ|管理メモ|その他備考|対応メモ|採用メモ|社内コメント|社内備考|申し送り|申し送り事項|引継ぎ事項|補足|備考・メモ|連絡事項|応募者メモ|候補者メモ"
        "|Note|Notes|Memo|Remarks|Remark|Comment|Comments|Internal Note|Internal Notes|Additional Notes|Recruiter Notes|Private Notes|Feedback"
    ),
}
