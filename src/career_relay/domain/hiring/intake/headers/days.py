"""Header spellings for days in a selection. Wide files have one column per stage."""

from __future__ import annotations

import typing

from career_relay.domain.hiring.intake.vocabulary import Field

NAMES: typing.Final[dict[Field, str]] = {
    Field.DECIDED_AT: (
        "判定日|判定日時|合否判定日|合否決定日|判定結果入力日|決定日|選考結果日|結果日|選考終了日|選考終了日時|選考完了日|合否日|採否決定日|採用決定日|結果入力日|クローズ日|選考結果登録日|結果確定日|最終判定日|合否確定日|終了日（選考）|選考結果決定日"
        "|Decided At|Decision Date|Decided On|Result Date|Closed At|Closed Date|Archived At|Archived Date|Outcome Date|Date Closed|Resolved At|Date of Decision"
    ),
    Field.TOLD_AT: (
        "通知日|結果通知日|合否通知日|合否連絡日|結果連絡日|結果通知日時|合否通知日時|不採用通知日|不合格通知日|お見送り連絡日|見送り連絡日|お見送り通知日|不採用連絡日|選考結果通知日|結果送信日|結果送付日|合否送信日|連絡日（合否）|合否連絡日時|通知日時"
        "|Told At|Notified At|Notified On|Notification Date|Result Notified At|Rejection Sent At|Rejection Email Sent At|Result Sent At|Date Notified"
    ),
    Field.OFFERED_AT: (
        "内定日|内定日時|内定年月日|内定通知日|内定通知日時|内定出し日|内定提示日|内定付与日|内定連絡日|内定決定日|オファー日|オファー提示日|オファー日時|オファー面談実施日|オファーレター送付日|内々定日|内々定通知日|条件提示日|内定通知書送付日"
        "|Offered At|Offered On|Offer Date|Offer Sent At|Offer Sent Date|Offer Extended|Date Offered|Offer Extended At|offer_at|Offer Made On|Offer Letter Date"
    ),
    Field.ACCEPTED_AT: (
        "内定承諾日|内定承諾日時|内定承諾年月日|承諾日|承諾日時|入社承諾日|オファー承諾日|内定受諾日|受諾日|承諾書受領日|内定承諾書受領日|内定承諾書提出日|入社意思確認日|内諾日|オファー受諾日|労働条件承諾日"
        "|Accepted At|Accepted On|Offer Accepted At|Offer Accepted Date|Acceptance Date|offer_accept_date|Date Accepted|Offer Accepted On|accept_date|Offer Acceptance Date"
    ),
    Field.JOINED_ON: (
        "入社日|入社年月日|入社予定日|入社決定日|入社確定日|入社日（予定）|入社日（確定）|採用日|採用年月日|入職日|入職予定日|勤務開始日|就業開始日|雇用開始日|初出勤日|初回出勤日|着任日|入店日|雇入日|雇入年月日|雇い入れ日|配属日"
        "|Joined On|Join Date|Joining Date|Date Joined|Hired At|Hire Date|Hired On|Date Hired|Start Date|Employment Start Date|Onboarding Date|Starts At|started_on|Date of Joining|hired_date"
    ),
    Field.LEFT_ON: (
        "退職日|退職年月日|離職日|離職年月日|退社日|退社年月日|退店日|雇用終了日|退職日（入社後）|入社後退職日|早期退職日|契約終了日（雇用）|Left On|Leaving Date|Termination Date|Resignation Date|Last Working Day|post_join_quit_date|Employment End Date|quit_date|Date Left|terminated_on"
    ),
    Field.REJECTED_ON: (
        "不採用日|不合格日|不合格日時|不採用日時|お見送り日|見送り日|不採用決定日|不合格決定日|NG日|不採用処理日|落選日|お断り日|不合格|不通過日|不採用年月日|見送り決定日|お祈り日"
        "|Rejected At|Rejected On|Rejected Date|Rejection Date|Date Rejected|Declined At|Declined Date|reject_date|Disqualified At|disqualified_on"
    ),
    Field.WITHDREW_ON: (
        "辞退日|辞退日時|選考辞退日|内定辞退日|辞退連絡日|応募辞退日|辞退年月日|本人辞退日|応募取消日|キャンセル日|辞退|入社辞退日|辞退受付日|選考辞退日時|応募キャンセル日"
        "|Withdrawn At|Withdrew On|Withdrawn Date|Withdrawal Date|Date Withdrawn|pre_join_withdraw_date|withdraw_date|Withdrawn On|Cancelled At|offer_decline_date|Offer Declined At"
    ),
    Field.STAGE_DATE_CASUAL: (
        "カジュアル面談日|カジュアル面談実施日|カジュアル面談日時|カジュアル面談|カジュアル面接日|面談日|面談実施日|面談日時|初回面談日|初回面談実施日|会社説明会参加日|説明会参加日|説明会日|会社説明会日|職場見学日|見学実施日|Casual Interview Date|Casual Meeting Date|casual_at|Casual Talk Date|Informal Interview Date|Info Session Date"
    ),
    Field.STAGE_DATE_DOCUMENTS: (
        "書類選考日|書類選考実施日|書類選考日時|書類選考開始日|書類選考完了日|書類選考通過日|書類通過日|書類選考結果日|書類合格日|書類審査日|書類確認日|書類判定日|書類選考判定日|履歴書確認日|書類提出日|書類受領日|書類到着日|レジュメ選考日|ES選考日|書類選考"
        "|Document Screening Date|Screening Date|Resume Review Date|Document Review Date|document_passed_at|documents_at|Resume Screened At|CV Review Date|Application Review Date|screening_at"
    ),
    Field.STAGE_DATE_APTITUDE: (
        "適性検査日|適性検査実施日|適性検査受検日|適性検査日時|適性試験日|筆記試験日|筆記試験実施日|SPI受検日|SPI実施日|Webテスト受検日|Webテスト日|Webテスト実施日|試験日|テスト実施日|適性検査完了日|スキルテスト日|技術テスト日|コーディングテスト日|実技試験日|適性検査|Aptitude Test Date|Assessment Date|Test Date|aptitude_at|Coding Test Date|Skill Test Date"
    ),
    Field.STAGE_DATE_FIRST: (
        "一次面接日|1次面接日|第一次面接日|第1次面接日|一次面接実施日|1次面接実施日|一次面接日時|1次面接日時|一次選考日|1次選考日|一次選考実施日|1次選考実施日|一次面接|1次面接|一次面談日|1次面談日|一次実施日|1次実施日|一次日|1次日|初回面接日|初回面接実施日|面接日（1回目）|面接日（一次）|面接日（1次）|1回目面接日|面接日1|面接1日時|面接1実施日|一次面接予定日|1次面接予定日|一次面接通過日|1次面接通過日|店舗面接日"
        "|First Interview Date|1st Interview Date|First Interview At|first_interview_on|1st Interview|First Interview|interview1_date|Interview 1 Date|interview_1_at|Interview Date 1|first_round_date"
    ),
    Field.STAGE_DATE_SECOND: (
        "二次面接日|2次面接日|第二次面接日|第2次面接日|二次面接実施日|2次面接実施日|二次面接日時|2次面接日時|二次選考日|2次選考日|二次選考実施日|2次選考実施日|二次面接|2次面接|二次面談日|2次面談日|二次実施日|2次実施日|二次日|2次日|面接日（2回目）|面接日（二次）|面接日（2次）|2回目面接日|面接日2|面接2日時|面接2実施日|二次面接予定日|2次面接予定日|二次面接通過日|2次面接通過日"
        "|Second Interview Date|2nd Interview Date|Second Interview At|second_interview_on|2nd Interview|Second Interview|interview2_date|Interview 2 Date|interview_2_at|Interview Date 2|second_round_date"
    ),
    Field.STAGE_DATE_THIRD: (
        "三次面接日|3次面接日|第三次面接日|第3次面接日|三次面接実施日|3次面接実施日|三次面接日時|3次面接日時|三次選考日|3次選考日|三次選考実施日|3次選考実施日|三次面接|3次面接|三次面談日|3次面談日|三次以降面接日|三次実施日|3次実施日|面接日（3回目）|面接日（三次）|面接日（3次）|3回目面接日|面接日3|面接3日時|三次面接予定日|3次面接予定日"
        "|Third Interview Date|3rd Interview Date|Third Interview At|third_interview_on|3rd Interview|Third Interview|interview3_date|Interview 3 Date|interview_3_at|Interview Date 3|third_round_date"
    ),
    Field.STAGE_DATE_FINAL: (
        "最終面接日|最終面接実施日|最終面接日時|最終選考日|最終選考実施日|最終面接|最終面談日|最終面談実施日|役員面接日|役員面接実施日|社長面接日|社長面接実施日|代表面接日|最終実施日|面接日（最終）|最終面接予定日|最終面接通過日|最終面接年月日|最終選考日時"
        "|Final Interview Date|Final Interview At|final_interview_on|Final Interview|Onsite Date|final_round_date|Last Interview Date|Executive Interview Date|final_at|Onsite Interview Date"
    ),
    Field.STAGE_DATE_ON_HOLD: "保留日|保留日時|保留開始日|選考保留日|保留決定日|On Hold At|On Hold Date|Hold Date|on_hold_since|Held At",
}
