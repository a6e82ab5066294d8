"""Header spellings that are known and for which there is no field: they stay with the raw row and raise no question."""

from __future__ import annotations

import typing

NAMES: typing.Final = """
郵便番号|住所|現住所|住所1|住所2|市区町村|丁目|番地|建物名|町名・番地|マンション名|住所（市区町村）|住所（番地）|エリア|居住地|最寄り駅|最寄駅|沿線|通勤時間
現在の職業|現職|現職業|現所属|現在の会社|勤務先|前職業種|前職職種|前職|直近の勤務先|会社名|部署|役職|業種|経験業種|経験職種|経験年数|法人営業経験年数|経験社数|転職回数|現年収|年収|希望年収|希望給与|最低希望年収
連絡希望日|連絡方法|希望連絡時間|希望連絡時間・連絡方法|連絡可能時間|連絡可能な時間帯|希望連絡方法|連絡到達|見学会希望有無|見学会希望日|希望面接形態|面接予定日|面接日|面接日時|面接希望日|面接希望日1|面接希望日2|面接希望日3|面接場所|面接形式|面接官|選考・面談日|各選考の実施日|次回選考日
学歴|最終学歴|学校名|学部|学科|学部・学科|学校区分|卒業年|卒業年月|卒業予定年月|文理区分|専攻|社歴|職歴|職務経歴|職務要約|職務経歴書|履歴書|レジュメ|添付資料|添付ファイル|ポートフォリオ|資格|取得資格|保有資格|免許|語学|語学力|英語力|TOEIC|スキル|PCスキル|活かせる経験
勤務可能期間|勤務可能日|勤務可能時間|勤務可能曜日|勤務開始可能日|入社可能日|入社可能時期|入社希望日|希望勤務地|希望勤務時間|希望シフト|希望勤務日数|希望条件|転職時期|転職希望時期|就業状況|就職転職状況|現在の就業状況|離職中か
自由項目1|自由項目2|自由項目3|自由項目|カスタム項目1|カスタム項目2|カスタム項目3|質問1|質問2|質問3|回答1|回答2|回答3|アンケート|設問1|設問2|設問3|応募ラベル|ラベル|タグ|応募フォーム|更新日|更新日時|最終更新日|最終更新日時|最終更新者|登録者
店舗ID|店舗名|店名|店舗|店舗コード|企業名|企業ID|会社ID|拠点|拠点名|事業所|事業所名|勤務地|勤務先名|配属先|部門名|応募環境|応募遷移|応募端末|デバイス|応募画面|応募回数|既読|未読|既読・未読|閲覧状況|返信状況|お気に入り|評価|評価点|スコア|総合評価
自己PR|自己紹介|自己PR・推薦文|自己PR_推薦文|推薦文|推薦コメント|志望動機|志望理由|応募理由|応募動機|応募メッセージ|メッセージ|本文|質問・要望|ご質問|備考（応募者）|趣味・特技|趣味|特技|URL|SNS|LINE
流入元LP|流入元LINE追加URL|媒体推定|Campaign名|Ad名|AdSet名|EXP-ID|訴求軸|形式|90日定着|LINEトーク履歴URL|流入元URL|広告名|キャンペーン名|utm_source|utm_medium|utm_campaign|リファラー
電話番号2|電話2|メールアドレス2|メール2|Email 2|Secondary Email|Phone 2|お仕事番号2|お仕事番号3|No|No.|番号|通番|連番|項番|行番号|#
Zip|Zip Code|Postal Code|Address|Street|City|address_city|address_detail|State|Country|Location|Web Site|Website|Links|LinkedIn|GitHub|Portfolio|Resume|CV|Cover Letter|Attachments|Skills|Key Skills|Languages|Summary|Headline|Tags|Labels|Talent Pools|Experience Level|Years of Experience|Education|School|Degree|Current Employer|Current Company|Company|Current Title|Current Position|Department|Office|Salary|Expected Salary|current_income|desired_income|desired_position|desired_location|desired_industry|client|client_name|fee_amount|refund_amount|fee_rate|Updated At|Last Updated|Last Activity|Last Activity At|Available From|Rating|Score
"""
