"""Header spellings for who applied. Within a field the better name stands first and wins when several columns claim it."""

from __future__ import annotations

import typing

from career_relay.domain.hiring.intake.vocabulary import Field

NAMES: typing.Final[dict[Field, str]] = {
    Field.APPLICANT_ID: (
        "応募者ID|応募者番号|応募者No|応募者コード|応募者管理番号|応募者管理ID|候補者ID|候補者番号|候補者No|候補者コード|候補者管理番号"
        "|求職者ID|求職者番号|求職者コード|求職者No|会員ID|会員番号|会員No|人材ID|人材コード|個人ID|個人コード|個人番号（応募者）"
        "|ユーザーID|ユーザID|レジュメID|学生ID|学生番号|エントリー者ID|登録者ID|登録者番号|スタッフID|プロフィールID|応募者基本.ID"
        "|Applicant ID|Candidate ID|Candidate Number|Person ID|Contact ID|Member ID|User ID|Profile ID|Talent ID|Prospect ID"
        "|applicant_no|candidate_no|applicant_code|candidate_code|External Candidate ID"
    ),
    Field.NAME: (
        "氏名|応募者名|応募者氏名|お名前|名前|候補者名|候補者氏名|候補者|求職者名|求職者氏名|姓名|応募者|応募者の氏名|応募者様名|応募者様"
        "|ご氏名|ご芳名|氏名（漢字）|氏名漢字|漢字氏名|名前（漢字）|お名前（漢字）|漢字名|応募者名（漢字）|候補者名（漢字）|フルネーム|本名"
        "|応募者氏名（漢字）|候補者氏名（漢字）|氏名（姓名）|氏名（全角）|学生氏名|学生名|会員氏名|個人名|人材名|エントリー者|エントリー者名|登録者名|登録者氏名"
        "|名前（フルネーム）|氏名（フルネーム）|応募者フルネーム|候補者基本.氏名|応募者情報.氏名|基本情報.氏名|氏名・名前|表示名"
        "|Full Name|Name|Applicant Name|Candidate Name|Applicant|Candidate|Display Name|Applicant Full Name|Candidate Full Name"
        "|Person Name|Contact Name|Talent Name|Name (Kanji)|Kanji Name|fullname_kanji|name_full|name_ja|Legal Name"
    ),
    Field.FAMILY_NAME: (
        "姓|苗字|名字|氏|姓（漢字）|苗字（漢字）|名字（漢字）|氏名（姓）|名前（姓）|お名前（姓）|応募者名（姓）|応募者姓|候補者姓|候補者名（姓）|氏名_姓|漢字姓|姓漢字"
        "|応募者氏名（姓）|氏名（漢字）姓|氏名（漢字・姓）|氏名（姓・漢字）|応募者（姓）|ファミリーネーム|ラストネーム"
        "|Last Name|Family Name|Surname|lname|name_last|name_family|sei|name_sei|Last Name (Kanji)|Family Name (Kanji)|Candidate Last Name|Applicant Last Name"
    ),
    Field.GIVEN_NAME: (
        "名|下の名前|名（漢字）|氏名（名）|名前（名）|お名前（名）|応募者名（名）|応募者（名）|候補者（名）|候補者名（名）|氏名_名|名漢字|漢字（名）"
        "|応募者氏名（名）|氏名（漢字）名|氏名（漢字・名）|氏名（名・漢字）|ファーストネーム|ギブンネーム"
        "|First Name|Given Name|Forename|fname|name_first|name_given|mei|name_mei|First Name (Kanji)|Given Name (Kanji)|Candidate First Name|Applicant First Name"
    ),
    Field.KANA: (
        "フリガナ|ふりがな|氏名（カナ）|氏名（フリガナ）|氏名フリガナ|氏名カナ|カナ氏名|氏名かな|氏名（かな）|氏名（ふりがな）|氏名ふりがな|氏名（カタカナ）|氏名カタカナ"
        "|名前フリガナ|名前（フリガナ）|名前（カナ）|名前（かな）|名前（ふりがな）|名前ふりがな|お名前（フリガナ）|お名前（カナ）|お名前（ふりがな）|お名前（かな）"
        "|応募者名（カナ）|応募者名（フリガナ）|応募者名フリガナ|応募者名（かな）|応募者氏名（カナ）|応募者氏名（フリガナ）|応募者フリガナ|応募者カナ|応募者ふりがな|応募者名ふりがな|応募者名（ふりがな）"
        "|候補者名（カナ）|候補者名（フリガナ）|候補者フリガナ|候補者カナ|候補者氏名（カナ）|候補者ふりがな|候補者氏名フリガナ|求職者名（カナ）|求職者フリガナ"
        "|カナ|かな|カナ名|読み|よみ|読み仮名|よみがな|ヨミガナ|ヨミ|氏名ヨミ|氏名（ヨミ）|氏名よみがな|姓名カナ|姓名（カナ）|姓名フリガナ|姓名（フリガナ）|氏名の読み"
        "|候補者基本.氏名かな|候補者基本.氏名カナ|氏名（半角カナ）|氏名（全角カナ）|フルネーム（カナ）"
        "|Name (Kana)|Name Kana|Kana|Furigana|Full Name (Kana)|Kana Name|fullname_kana|Phonetic Name|Yomi|Name Yomi|Reading|Candidate Name (Kana)|Applicant Name (Kana)|name_furigana"
    ),
    Field.FAMILY_KANA: (
        "姓（カナ）|姓カナ|セイ|せい|姓（フリガナ）|姓フリガナ|姓（かな）|姓（ふりがな）|姓ふりがな|姓かな|苗字（カナ）|苗字（フリガナ）|名字（カナ）|氏名カナ（姓）|氏名（カナ）姓|氏名（セイ）"
        "|氏名フリガナ（姓）|フリガナ（姓）|フリガナ（セイ）|ふりがな（姓）|ふりがな（せい）|カナ（姓）|カナ姓|カナ（セイ）|応募者名カナ（姓）|姓（全角カナ）|姓（カタカナ）|お名前（セイ）|姓（ヨミ）"
        "|Last Name (Kana)|Family Name (Kana)|last_kana|family_kana|sei_kana|lname_kana|Last Name Furigana|Phonetic Last Name|kana_last|kana_sei"
    ),
    Field.GIVEN_KANA: (
        "名（カナ）|名カナ|メイ|めい|名（フリガナ）|名フリガナ|名（かな）|名（ふりがな）|名ふりがな|名かな|下の名前（カナ）|下の名前（フリガナ）|氏名カナ（名）|氏名（カナ）名|氏名（メイ）"
        "|氏名フリガナ（名）|フリガナ（名）|フリガナ（メイ）|ふりがな（名）|ふりがな（めい）|カナ（名）|カナ（メイ）|応募者名カナ（名）|名（全角カナ）|名（カタカナ）|お名前（メイ）|名（ヨミ）"
        "|First Name (Kana)|Given Name (Kana)|first_kana|given_kana|mei_kana|fname_kana|First Name Furigana|Phonetic First Name|kana_first|kana_mei"
    ),
    Field.EMAIL: (
        "メールアドレス|メール|Eメール|E-mail|E-mailアドレス|Eメールアドレス|電子メール|電子メールアドレス|メールアドレス1|メール1|メアド|応募者メールアドレス|応募者メール|候補者メールアドレス"
        "|候補者メール|候補者一般.メール1|連絡先メールアドレス|連絡先（メール）|連絡先メール|連絡用メールアドレス|PCメールアドレス|PCメール|PCアドレス|メールアドレス（PC）|メール（PC）|携帯メールアドレス|携帯メール"
        "|メールアドレス（携帯）|メールアドレス（主）|メインメールアドレス|主メールアドレス|個人メールアドレス|本人メールアドレス|学生メールアドレス|求職者メールアドレス|アドレス（メール）|受信用メールアドレス"
        "|Email Address|mail_address|mail|email1|Email 1|Primary Email|Primary Email Address|Personal Email|Contact Email|Candidate Email|Candidate Email Address|Applicant Email|Home Email|e_mail_1|Email (Primary)"
    ),
    Field.PHONE: (
        "電話番号|電話|携帯電話番号|携帯電話|携帯番号|携帯|電話番号（携帯）|携帯TEL|TEL（携帯）|TEL|TEL1|連絡先電話番号|連絡先（電話）|連絡先電話|連絡先TEL|電話番号1|電話1|候補者一般.電話1"
        "|お電話番号|ご連絡先電話番号|応募者電話番号|応募者電話|候補者電話番号|候補者電話|電話番号（ハイフンなし）|電話番号（ハイフンあり）|日中の連絡先|日中連絡先|緊急でない連絡先|自宅電話番号|自宅電話|自宅TEL|固定電話|固定電話番号|電話番号（自宅）|電話番号（固定）"
        "|求職者電話番号|学生電話番号|本人電話番号|スマートフォン番号|連絡先番号|連絡先1"
        "|Phone Number|Phone|Cell Phone|Mobile Phone|Mobile|Mobile Number|Mobile Phone Number|Cell|Cellphone|Cell Phone Number|Telephone|Telephone Number|Tel No|Phone No|Phone 1|phone1|Primary Phone|Candidate Phone|Applicant Phone|Contact Number|Contact Phone|Home Phone|Home Phone Number|Work Phone|Phone (Mobile)|Phone (Home)"
    ),
    Field.PREFECTURE: (
        "都道府県|住所（都道府県）|住所_都道府県|現住所（都道府県）|現住所都道府県|住所1（都道府県）|都道府県名|居住地（都道府県）|居住都道府県|居住地都道府県|応募者都道府県|お住まいの都道府県|お住まい（都道府県）|県|府県|居住エリア（都道府県）|現住所.都道府県|候補者一般.都道府県"
        "|Prefecture|pref|address_pref|address_prefecture|Prefecture Name|State/Prefecture|Address Prefecture|pref_name|Residence Prefecture|Home Prefecture"
    ),
}
