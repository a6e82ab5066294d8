"""Characters that stand for one another in Japanese names: the everyday form first, then its variants.

The same person writes 渡邊 in one form and 渡辺 in the next, and systems replace what their encoding lacks. Searching and
comparing must not notice. Only shapes of one and the same character are listed (old and new forms of the reform of 1949,
forms of family registers, printers' forms); characters that merely sound alike (阪 and 坂) stay apart. Characters that
NFKC replaces by itself (塚 U+FA10, 神 U+FA19) need no entry.
"""

from __future__ import annotations

import typing

_GROUPS: typing.Final = """
高髙 崎﨑嵜㟢 辺邉邊 斉齊斎齋斊 沢澤 広廣 島嶋嶌㠀 国國圀 浜濱濵 真眞 徳德 恵惠 瀬瀨 桜櫻 吉𠮷 橋槗𣘺 桑桒 野埜壄 富冨
松枩柗 柳栁桺 村邨 喜㐂 土圡𡈽 鶴靏靍 昇曻 昂昻 曽曾 曹曺 宜冝宐 丈𠀋 館舘 峰峯 園薗 滝瀧 竜龍 亀龜 船舩 淵渕渊
磯礒 薮藪 場塲 駆駈 鉄鐵鐡銕 蒋蔣 秋穐龝 曳曵 熙煕熈凞 呑吞 梅楳 柏栢 桧檜 横橫 毎每 皐皋 研硏 穎頴 縁緣 翠翆 庵菴
蘇蘓 体體躰 隣鄰 麹麴 黄黃 黒黑 姫姬 姉姊 妍姸 歳歲 歩步 晃晄 呉吳 娯娛 内內 兎兔 涼凉 刃刄 剣劍剱劔釼 勖勗 厩廐廏
哲喆 婿壻 巣巢 并幷 強强 悦悅 戸戶 戻戾 教敎 既旣 晩晚 暦曆 歴歷 概槪 涙淚 温溫 涛濤 焔焰 状狀 産產 税稅 窓窻窗
絶絕 群羣 脱脫 荊荆 葱蔥 裏裡 説說 鋭銳 閲閱 靭靱 頬頰 顛顚 亜亞 悪惡 圧壓 囲圍 為爲 医醫 壱壹 稲稻 飲飮 隠隱 営營
栄榮 衛衞 駅驛 円圓 艶艷 塩鹽 奥奧 応應 欧歐 殴毆 仮假 価價 画畫 会會 懐懷 絵繪 拡擴 殻殼 覚覺 学學斈 岳嶽 楽樂 勧勸
巻卷 寛寬 歓歡 観觀 関關 陥陷 巌巖 顔顏 帰歸 気氣 偽僞 戯戲 犠犧 旧舊 拠據 挙擧 虚虛 峡峽 挟挾 狭狹 郷鄕 尭堯 暁曉
勲勳 薫薰 径徑 掲揭 渓溪 経經 継繼 茎莖 蛍螢 軽輕 鶏鷄 芸藝 欠缺 倹儉 圏圈 検檢 権權 献獻 県縣 険險 顕顯 験驗 厳嚴
効效 恒恆 鉱鑛 号號 済濟 砕碎 剤劑 冊册 雑雜 参參 惨慘 桟棧 蚕蠶 賛贊 残殘 糸絲 児兒 歯齒 湿濕 実實 舎舍 写寫 釈釋
寿壽 収收 従從 渋澁 獣獸 縦縱 粛肅 処處 緒緖 叙敍 尚尙 奨奬 将將 焼燒 称稱 証證 乗乘 剰剩 壌壤 嬢孃 条條 浄淨 畳疊
穣穰 譲讓 醸釀 嘱囑 触觸 寝寢 慎愼 晋晉 尽盡 図圖 粋粹 酔醉 随隨 髄髓 数數 枢樞 清淸 声聲 青靑 静靜 摂攝 窃竊 専專
戦戰 浅淺 潜潛 繊纖 践踐 銭錢 禅禪 双雙 壮壯 捜搜 挿插 争爭 総總 聡聰 荘莊 装裝 騒騷 増增 臓臟 蔵藏 属屬 続續 堕墮
対對 帯帶 滞滯 台臺 択擇 単單 担擔 胆膽 団團 弾彈 断斷 痴癡 遅遲 昼晝 虫蟲 鋳鑄 庁廳 聴聽 鎮鎭 逓遞 転轉 点點 伝傳
党黨 盗盜 灯燈 当當 闘鬪 独獨 読讀 届屆 縄繩 弐貳 悩惱 脳腦 覇霸 廃廢 拝拜 売賣 麦麥 発發 髪髮 抜拔 蛮蠻 秘祕 彦彥
瓶甁 払拂 仏佛 並竝 変變 弁辨瓣辯 舗舖 穂穗 宝寶寳 萌萠 褒襃 豊豐 没沒 槙槇 万萬 満滿 麺麵 黙默 弥彌 訳譯 薬藥 予豫
余餘 与與 誉譽 揺搖 様樣 謡謠 遥遙 瑶瑤 来來 頼賴 乱亂 覧覽 両兩 猟獵 緑綠 塁壘 励勵 礼禮 隷隸 霊靈 齢齡 恋戀 炉爐
労勞 楼樓 郎郞 禄祿 録錄 湾灣 亘亙 凛凜 珍珎 間閒 祷禱 侠俠 諌諫 壷壺 莱萊 鴎鷗 頚頸 迩邇 節莭 年秊
"""


def _pairs() -> dict[str, str]:
    """Return each variant with its everyday form."""
    groups = [group for group in _GROUPS.split() if len(set(group)) > 1]
    return {variant: group[0] for group in groups for variant in group[1:]}


EVERYDAY: typing.Final = _pairs()
