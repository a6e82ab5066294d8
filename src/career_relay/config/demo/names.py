"""Names for people who do not exist: frequent ones, and those that break programs."""

from __future__ import annotations

import typing


def _pairs(text: str) -> tuple[tuple[str, str], ...]:
    """Return the words of a text, each with the reading behind its slash."""
    return tuple((written, reading) for written, _, reading in (pair.partition("/") for pair in text.split()))


# Family name and reading. Variant characters, one character, long ones and a surrogate pair are there on purpose.
FAMILIES: typing.Final = _pairs(
    """
    佐藤/サトウ 鈴木/スズキ 高橋/タカハシ 髙橋/タカハシ 田中/タナカ 伊藤/イトウ 渡辺/ワタナベ 渡邊/ワタナベ 渡邉/ワタナベ 山本/ヤマモト
    中村/ナカムラ 小林/コバヤシ 加藤/カトウ 吉田/ヨシダ 𠮷田/ヨシダ 山田/ヤマダ 佐々木/ササキ 山口/ヤマグチ 松本/マツモト 井上/イノウエ
    木村/キムラ 林/ハヤシ 斎藤/サイトウ 齋藤/サイトウ 斉藤/サイトウ 清水/シミズ 山崎/ヤマザキ 山﨑/ヤマサキ 森/モリ 池田/イケダ
    橋本/ハシモト 阿部/アベ 安部/アベ 石川/イシカワ 山下/ヤマシタ 中島/ナカジマ 中嶋/ナカシマ 石井/イシイ 小川/オガワ 前田/マエダ
    岡田/オカダ 長谷川/ハセガワ 藤田/フジタ 後藤/ゴトウ 近藤/コンドウ 村上/ムラカミ 遠藤/エンドウ 青木/アオキ 坂本/サカモト 福田/フクダ
    太田/オオタ 西村/ニシムラ 藤井/フジイ 金子/カネコ 岡本/オカモト 藤原/フジワラ 三浦/ミウラ 中野/ナカノ 原田/ハラダ 原/ハラ
    松田/マツダ 竹内/タケウチ 小野/オノ 田村/タムラ 中山/ナカヤマ 和田/ワダ 石田/イシダ 上田/ウエダ 森田/モリタ 柴田/シバタ
    酒井/サカイ 工藤/クドウ 横山/ヨコヤマ 宮崎/ミヤザキ 宮﨑/ミヤザキ 宮本/ミヤモト 内田/ウチダ 高木/タカギ 髙木/タカギ 谷口/タニグチ
    安藤/アンドウ 丸山/マルヤマ 今井/イマイ 大野/オオノ 河野/コウノ 藤本/フジモト 村田/ムラタ 武田/タケダ 上野/ウエノ 杉山/スギヤマ
    増田/マスダ 平野/ヒラノ 菅原/スガワラ 小島/コジマ 小嶋/コジマ 久保/クボ 千葉/チバ 岩崎/イワサキ 松井/マツイ 野口/ノグチ
    木下/キノシタ 野村/ノムラ 佐野/サノ 菊地/キクチ 菊池/キクチ 渡部/ワタベ 大塚/オオツカ 樋口/ヒグチ 沢田/サワダ 澤田/サワダ
    浜田/ハマダ 濱田/ハマダ 濵田/ハマダ 広瀬/ヒロセ 廣瀬/ヒロセ 辻/ツジ 東/アズマ 王/オウ 金/キム 李/リ 乾/イヌイ 長宗我部/チョウソカベ
    勅使河原/テシガワラ 小比類巻/コヒルイマキ 五十嵐/イガラシ 八重樫/ヤエガシ 喜屋武/キヤン 比嘉/ヒガ 一ノ瀬/イチノセ 二階堂/ニカイドウ
    """
)
GIVENS: typing.Final = _pairs(
    """
    蓮/レン 陽翔/ハルト 湊/ミナト 大翔/ヒロト 悠真/ユウマ 颯太/ソウタ 樹/イツキ 健太/ケンタ 翔太/ショウタ 拓海/タクミ 直樹/ナオキ 大輔/ダイスケ
    誠/マコト 浩/ヒロシ 学/マナブ 亮/リョウ 翼/ツバサ 匠/タクミ 隆之介/リュウノスケ 慎太郎/シンタロウ 健一郎/ケンイチロウ 一/ハジメ 仁/ジン 司/ツカサ
    陽葵/ヒマリ 凛/リン 結衣/ユイ 芽依/メイ 紬/ツムギ さくら/サクラ あおい/アオイ 美咲/ミサキ 葵/アオイ 七海/ナナミ 優花/ユウカ 真由美/マユミ
    恵子/ケイコ 由美子/ユミコ 直美/ナオミ 香織/カオリ 彩/アヤ 愛/アイ 舞/マイ 遥/ハルカ 千尋/チヒロ 薫/カオル 光/ヒカル 小百合/サユリ
    麻衣子/マイコ 沙也加/サヤカ 理恵/リエ 友梨奈/ユリナ みなみ/ミナミ ひかり/ヒカリ こころ/ココロ りん/リン 心春/コハル 花/ハナ
    """
)
# Whole names that are not a family name and a given name, with a reading.
WHOLE: typing.Final = (
    ("李", "リ"),
    ("Nguyễn Thị Lan", "グエン ティ ラン"),
    ("Maria Fernanda da Silva Santos", "マリア フェルナンダ ダ シルバ サントス"),
    ("Kim Minjun", "キム ミンジュン"),
    ("Rajesh Kumar", "ラジェシュ クマール"),
    ("ジョンソン 絵美", "ジョンソン エミ"),
    ("スハルト", "スハルト"),
    ("Anna-Lena Müller", "アンナレーナ ミュラー"),
    ("Siti Nurhaliza binti Abdullah", "シティ ヌルハリザ"),
    ("Wickramasinghe Arachchige Don Nuwan Chaminda", "ウィクラマシンハ アラッチゲ ドン ヌワン チャミンダ"),
)
PREFECTURES: typing.Final = (
    *["東京都"] * 8, *["神奈川県"] * 6, *["埼玉県"] * 4, *["千葉県"] * 4, *["大阪府"] * 4, *["愛知県"] * 3, *["福岡県"] * 2,
    "北海道", "宮城県", "静岡県", "京都府", "兵庫県", "広島県", "沖縄県",
)  # fmt: skip

# What an old encoding may lack, as its systems write it.
PLAINER: typing.Final = {"𠮷": "吉", "髙": "高", "﨑": "崎", "濵": "濱", "\U000e0100": ""}
