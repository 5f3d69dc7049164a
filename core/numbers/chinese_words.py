"""The Chinese words around a numeral: measure words, hedges, and words that only look like figures.

All in simplified characters; the reader folds traditional and full-width forms first, one to one.
"""

import re

from .numerals import CHINESE_NUMERALS


_FOLDS = (
    ("０１２３４５６７８９．％－～−", "0123456789.%-~-"),
    ("○壹贰貳叁參肆伍陆陸柒捌玖拾佰仟萬億兩", "〇一二二三三四五六六七八九十百千万亿两"),
    ("個項門畝頃間棟層萬億餘約將過數幾點領師級課時節歲類種場隊條張屆學軒號畢鐘週訂專倍紙來頁專噸無負", None),
)
_SIMPLE = "个项门亩顷间栋层万亿余约将过数几点领师级课时节岁类种场队条张届学轩号毕钟周订专倍纸来页专吨无负"


def _fold_table() -> dict[int, int | str]:
    table: dict[int, int | str] = {}
    for before, after in _FOLDS:
        table |= str.maketrans(before, after or _SIMPLE)
    return table


FOLD = _fold_table()

PERCENT = "%"
_UNITS = """
% ‰ 个百分点 百分点 个月 个小时 个星期 个季度 个课时 人次 人天 台次 家次 平方米 平方公里 平方千米 平米 ㎡ m² km² 立方米 公顷 ha
公里 千米 厘米 毫米 km cm mm kg 千克 公斤 毫升 小时 分钟 周年 学年 学期 学分 学时 课时 年级 年度 年代 世纪 季度 星期 个
美元 欧元 港元 日元 英镑 元 万字 米 亩 吨 克 升 度 ℃ 倍 所 名 人 位 项 门 套 家 间 栋 幢 座 台 件 本 册 篇 部 场 类 种 级 层
条 张 份 例 组 支 队 班 届 次 年 月 日 号 天 周 秒 分 岁 期 轮 代 节 户 处 幅 首 辆 棵 盏 段 款 站 成 字 页 步 批 点 角 块 封
"""
# A unit's character that begins another word is not the unit: 2023成立, 前10位于, 5部门.
_NOT_AFTER = {
    "成": "立为果功长员绩都效就才熟人",
    "位": "于列居置",
    "部": "分门署长",
    "家": "长庭校乡风访教",
    "点": "燃亮赞评击",
    "节": "约",
    "代": "表替",
    "场": "馆地所",
    "层": "次",
    "处": "理于在",
    "期": "间望待",
    "封": "闭顶存",
}


def _unit(word: str) -> str:
    """One unit as a pattern that does not match the beginning of another word."""
    not_after = "a-zA-Z" if word[-1].isascii() and word[-1].isalpha() else _NOT_AFTER.get(word, "")
    return re.escape(word) + (f"(?![{not_after}])" if not_after else "")


_UNIT = "|".join(map(_unit, sorted(_UNITS.split(), key=len, reverse=True)))
UNIT = re.compile(rf"[ \u00a0]?(?:个(?P<more>多)(?P<later>月|小时|星期)|(?P<unit>{_UNIT}))")
LASTING = frozenset({"年", "月", "天", "日", "周", "周年", "小时", "分钟", "个月", "个小时", "个星期", "学年", "年度"})
# Units after which 多 means 'and a bit' (三年多), not 'many' (5人多次).
_BIT = "年天倍亩米元岁吨周"
AFTER = re.compile(rf"(?P<more>以上|(?<=[{_BIT}里时钟])多(?![次种样元功方媒彩民边人]))|(?P<about>左右|上下)")
# 三年半, 两个半小时; not 两个半成品.
HALF = re.compile(r"(?<=[年个天时倍月亩里])半(?![径数岛成决])(?P<later>(?<=个半)(?:小时|月|星期))?")
# 余, 多 or 来 inside the numeral, with the scale that may follow: 4160余万, 22.3万余, 1亿多.
INSIDE = re.compile(r"(?:(?P<more>余|多(?![媒功样边党民]))|(?P<about>来))(?P<scale>[万亿]{0,2})")

# Hedges before a numeral. 约 and 近 also end other words: 节约57亩, 最近3年. 不超过 is a bound, no hedge.
BEFORE = re.compile(
    r"(?:(?P<about>大约|(?<![大节契条预签合公制简特邀违履相])约)"
    r"|(?P<nearly>将近|接近|(?<![最附临靠邻贴亲远就将接])近)"
    r"|(?P<more>(?<!不)超过|(?<![高赶反不])超|逾|(?<!不)[多大]于))[ \u00a0]?\Z"
)
ORDINAL = "第"
JOINERS = frozenset("至到-—–~")

# 一 before these is a count (建成一所); before others an article or part of a word (一批, 一种, 一起).
ONE_COUNTS = frozenset("所个名位人项家门套座栋幢间台届号班册本篇年月日岁元亩%")

_NAMES = (
    r"唯一|统一|单一|同一|专一|逐一|之一|其一|独一无二",
    r"一次性|一部分|一家人|一条龙|一分为二|一年一度|三点一线|千家万户|千篇一律|百家争鸣|四分五裂|百分[百制]",
    r"一(?P<again>[个项所名次件家句天年座张条步点])(?P=again)",
    r"第一时间|第三方|第三者|第三产业",
    r"十分(?![钟之])",
    # All around, not four weeks: 校园四周; but 为期四周, 前四周, 四周后. What FOLD leaves as it is stands in both scripts.
    r"(?<![第期时時续續每共满滿了近约到至达達前头頭过過用经經需为為])四周(?!年|岁|[以之]?[内內后後前上]|[多半]|的?[时時][间間]|左右)",
    rf"(?<![人总次件岁班户系])[数几][十百千万亿]++[{CHINESE_NUMERALS}]*+",
    r"[一二两三四五六七八九]?[十百千万亿]几[十百千万亿]*+",
)
_CODES = (
    r"(?<![0-9])[0-9]++(?:[/:：+][0-9]++)++",
    r"(?<![0-9])[0-9]++(?P<separator>[-.])[0-9]++(?:(?P=separator)[0-9]++)++",
    r"[A-Za-z_][A-Za-z0-9_]*+(?:-[A-Za-z0-9_]++)*+",
)
# Codes, dates in digits, times, versions, Latin words and set phrases: read over.
NOT_FIGURES = "|".join([*_CODES, *_NAMES])
