"""Words that turn what a sentence says: one of them changed is no typing error, however few its characters.

From the rules of the newsroom: words of direction, of the time of day, of duty, of comparison and quantity, and of who is
meant. Texts are Chinese with English in them, so both vocabularies are looked for in every text. What is refused here only
takes its full review, so the lists rather hold a word too many.
"""

import re
from collections.abc import Iterable


def _listed(words: str) -> list[str]:
    return words.split()


# Nothing of these is added, taken away or moved.
_CHARACTERS = (
    "前后後上下内內外左右东東南西北"  # place and order; 上午, 以下, 上限
    "早晚晨夜昨"  # time
    "高低多少增减減升降涨漲跌超逾余餘约約仅僅只隻最更全每均"  # comparison and quantity
    "应應须須需必可能宜准準许許允免拒停暂暫"  # duty and leave
    "男女他她父母爸妈媽夫妻兄弟姐妹"  # who
)
_CHINESE_WORDS = _listed(
    """
    今天 明天 今日 明日 次日 当日 今年 明年 去年 今晚 明早 本周 下周 本月 大于 小于 等于 至今 起止 部分 所有 一律 个别 自愿 强制
"""
)
_ENGLISH = _listed(
    """
    before after above below over under beneath behind ahead inside outside within beyond up down upper lower left
    right north south east west northern southern eastern western until till since early earlier earliest late
    later latest first last next previous former latter today tomorrow yesterday tonight morning afternoon evening
    noon midday midnight night daytime mondays? tuesdays? wednesdays? thursdays? fridays? saturdays? sundays?
    january february march april june july august september october november december more less fewer most least
    many much few little great(?:er|est)? small(?:er|est)? larg(?:e|er|est) high(?:er|est)? low(?:est)?
    long(?:er|est)? short(?:er|est)? maximum minimum max min only about around almost nearly exactly approximately
    roughly all some any every each both either half double twice increas(?:e|es|ed|ing) decreas(?:e|es|ed|ing)
    ris(?:e|es|en|ing) rose fall(?:s|en|ing)? fell gr(?:ow|ows|own|owing|ew) growth shr(?:ink|inks|ank|unk|inking)
    rais(?:e|es|ed|ing) reduc(?:e|es|ed|ing|tion) drop(?:s|ped|ping)? gain(?:s|ed|ing)? los(?:e|es|s|ses|ing) lost
    extend(?:s|ed|ing)? shorten(?:s|ed|ing)? add(?:s|ed|ing)? remov(?:e|es|ed|ing) must may might shall should will
    would can could need(?:s|ed)? ought requir(?:e|es|ed) obligatory compulsory mandatory optional voluntary
    recommend(?:s|ed)? allow(?:s|ed)? permit(?:s|ted)? forbid(?:s|den)? forbade bann?(?:s|ed)? prohibit(?:s|ed)?
    free paid charg(?:e|es|ed) exempt(?:s|ed)? unless except if he she him his hers? m[ae]n wom[ae]n boys? girls?
    males? females? fathers? mothers? sons? daughters? brothers? sisters? husbands? wi(?:fe|ves) mr mrs ms
"""
)
_TURNING = re.compile(
    rf"{'|'.join(_CHINESE_WORDS)}|[{_CHARACTERS}]|\b[ap]\.?\s?m\b|\b(?:{'|'.join(_ENGLISH)})\b", re.IGNORECASE
)

# Neither side takes the place of the other. One alone may be mended: 学牛 → 学生 says nothing of teachers.
_CHINESE_OPPOSITES = _listed(
    """
    今→明 明→次 始|起|初|首→终|止|末|尾|毕 先→后|後 旧|舊|老|原→新 春→夏|秋|冬 夏→秋|冬 秋→冬 昼|白天→夜 周→月|年 日|天→周|月|年 月→年|季 时|時→分|秒|日|天 分→秒
    已|曾→将|將|拟|擬|正 本→上|下|次|外 从|從|自|由→向|往|至|到 进|進|入→出|退 来|來→去 往→返 到→离|離 里|裡→外 大→中|小 中→小 长|長→短 强|強→弱 快→慢 重→轻|輕 远|遠→近
    深→浅|淺 宽|寬→窄 厚→薄 冷|寒→热|熱|暖|暑 单|單→双|雙|复|複 奇→偶 加|添→扣|除|去 扩|擴|延→缩|縮 好|优|優→坏|壞|差|劣 盈|赢|贏|胜|勝→亏|虧|输|輸|负|負|败|敗
    开|開|启|啟→关|關|闭|閉|停|结|結 收→付|免|退|发|發|放 借→还|還 买|買→卖|賣 得→失 教师|老师|教師|老師→学生|學生|家长|家長 家长|家長→学生|學生 师|師→生 老→少|幼 公→民|私
    城→乡|鄉|农|農|村 市→区|區|县|縣|镇|鎮 国|國→省|市|区|區 正|主→副|次|反 甲→乙|丙|丁 乙→丙|丁 真→假|伪 对|對→错|錯 同意|同→反|异|異 支持|赞成→反对|抵制 合格→淘汰
    录取|錄取|通过|批准→淘汰|否决|驳回|撤销 生→死|亡 安→危 正常→异常 和|与|及|且|并→或 都→或 继续|恢复→取消|暂停|中断|终止 接受→谢绝|退回 奖→罚|惩
    戊→己|庚|辛 己→庚|辛 庚→辛 死亡→伤亡 疑似|嫌疑→确认|确诊|犯 确诊→疑诊 阳性→阴性 合法|依法→违法|非法 撤销→给予 罢免→任免|任命 当选→落选
    罢工|罢课→复工|复课 有害→有益 开除→录取|录用 取消→保留|继续
"""
)
_ENGLISH_OPPOSITES = _listed(
    r"""
    and→(?:or) from→(?:to|till) in(?:to)?→out on→off by→(?:from|since) with→against
    open(?:s|ed|ing)?→clos(?:e|es|ed|ing)
    (?:start|begin|began|begun)(?:s|ed|ning)?→(?:end|stop|finish|cancel)(?:s|es|ped|ed|led)?
    pass(?:es|ed)?→fail(?:s|ed)? w[io]n(?:s)?→los(?:t|e|es)
    (?:accept|approve|support|confirm)(?:s|d|ed)?→(?:reject|refuse|oppose|den(?:y|ie)|decline)(?:s|d|ed)?
    (?:include|import|enter|arrive)(?:s|d|ed)?→(?:exclude|export|leave|exit|depart)(?:s|d|ed)? public→private
    urban→rural (?:old|older)→(?:new|young|younger) (?:good|better|best)→(?:bad|worse|worst|poor)
    (?:pupil|student)s?→(?:teacher|parent)s? teachers?→parents? primary→secondary
    (?:hour|day)s?→(?:minute|week|month|year)s? (?:week|month)s?→years?
"""
)
_OPPOSITES = [
    *(tuple(re.compile(side) for side in pair.split("→")) for pair in _CHINESE_OPPOSITES),
    *(tuple(re.compile(rf"\b(?:{side})\b", re.IGNORECASE) for side in pair.split("→")) for pair in _ENGLISH_OPPOSITES),
]
_PREFIXES = ("un", "in", "im", "il", "ir", "dis", "non", "non-", "mis", "de")  # of English opposites: able, unable
_SUFFIXES = ("less", "ful")
_WORD = re.compile(r"[A-Za-z-]+")
# What a number counts: 8小时 is not 8分钟, though both say 8. Nobody counts by the 一 in 一起 and 一样.
_NUMERALS = "一二三四五六七八九十百千万萬亿億两兩半"
_UNIT = r"[小公千毫平立海英]?[^\W\d_]"
_COUNTED = re.compile(
    rf"[$¥￥€£]?(?<!\d)\d[\d.,:：]*+\s*+(?:[A-Za-z]+|{_UNIT})|[{_NUMERALS[1:]}][{_NUMERALS}]*{_UNIT}|一[{_NUMERALS}]+{_UNIT}"
)


def turned(old: str, new: str, pieces: Iterable[str]) -> str:
    """The word that makes one text say something else than the other, "" if there is none. `pieces` are what is gone
    from the old text and what is new; both texts are without tags."""
    changed = list(pieces)
    for piece in changed:
        if found := _TURNING.search(piece):
            return found[0]
    before, now = (_TURNING.findall(text) for text in (old, new))
    if before != now:
        return _first_difference(before, now)
    return _opposite(old, new) or _negated(changed) or _counted(old, new)


def _opposite(old: str, new: str) -> str:
    for one, other in _OPPOSITES:
        ones, others = (len(side.findall(new)) - len(side.findall(old)) for side in (one, other))
        if ones * others < 0 and (found := (one if ones > 0 else other).search(new)):
            return found[0]
    return ""


def _negated(pieces: list[str]) -> str:
    """possible → impossible, careful → careless."""
    words = {word.lower() for piece in pieces for word in _WORD.findall(piece)}
    for word in sorted(words):
        if any(f"{prefix}{word}" in words for prefix in _PREFIXES):
            return word
        stems = [word.removesuffix(suffix) for suffix in _SUFFIXES if word.endswith(suffix)]
        if any(stem in words or any(stem + other in words - {word} for other in _SUFFIXES) for stem in stems):
            return word
    return ""


def _counted(old: str, new: str) -> str:
    before, now = (_COUNTED.findall(text) for text in (old, new))
    return _first_difference(before, now) if before != now else ""


def _first_difference(before: list[str], now: list[str]) -> str:
    for one, other in zip(before, now, strict=False):
        if one != other:
            return other
    longer = before if len(before) > len(now) else now
    return longer[min(len(before), len(now))]
