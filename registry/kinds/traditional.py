"""Traditional characters, as the papers of Hong Kong, Macao and Taiwan have them and their holders type them.

For the words before a number and the names of papers: those words alone that the catalogue has. A number keeps its own.
"""

from __future__ import annotations

import re
from typing import Final

_PAIRS: Final = (
    "专專个個临臨义義习習乡鄉书書买買从從优優传傳伤傷伪偽体體储儲党黨兑兌关關内內册冊军軍农農凭憑别別办辦务務动動劳勞"
    "医醫区區华華协協单單卖賣卫衛厂廠历歷压壓双雙发發变變号號员員团團园園国國图圖场場备備复復处處学學实實对對导導将將"
    "岗崗师師帐帳干幹广廣废廢开開强強当當录錄户戶执執护護报報据據数數时時暂暫术術机機权權条條构構标標档檔残殘毕畢"
    "汇匯济濟湾灣炉爐烟煙环環现現电電疗療监監码碼种種离離称稱税稅筑築级級纳納组組织織经經结結络絡统統绿綠编編缴繳网網"
    "注註职職联聯药藥营營补補计計认認训訓议議记記许許访訪识識诊診证證试試请請负負财財责責账賬货貨质質贵貴购購费費赁賃资資"
    "车車转轉辅輔辆輛输輸运運适適采採鉴鑑铁鐵银銀销銷锅鍋门門闻聞队隊陆陸险險页頁项項预預领領额額饮飲驶駛驾駕产產"
    "业業会會来來属屬为為台臺围圍"
)
_TRADITIONAL_OF: Final = dict(zip(_PAIRS[::2], _PAIRS[1::2], strict=True))
_SIMPLIFIED: Final = str.maketrans({old: new for new, old in _TRADITIONAL_OF.items()})
_ANY: Final = re.compile(f"[{''.join(_TRADITIONAL_OF.values())}]")


def in_simplified(words: str) -> str:
    """The words in simplified characters.

    >>> in_simplified("營業執照")
    '营业执照'
    """
    return words.translate(_SIMPLIFIED) if _ANY.search(words) else words


def in_either(words: str) -> str:
    """A regular expression that takes words in simplified or traditional characters.

    >>> in_either("证号")
    '[证證][号號]'
    """
    return "".join(f"[{c}{_TRADITIONAL_OF[c]}]" if c in _TRADITIONAL_OF else re.escape(c) for c in words)
