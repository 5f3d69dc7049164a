"""Which traditional character a word is, by what stands beside it.

A dictionary cannot know: 只 is 隻 after a numeral, 里 a mile (里) after one and the inside (裏) elsewhere, 余 a surname
before 老师 and the rest (餘) elsewhere. The forms are OpenCC's own: `traditional` makes them those of a region.
"""

import re
from collections.abc import Sequence
from functools import cache
from typing import NamedTuple


_DIGITS = "0-9\uff10-\uff19〇零一二两三四五六七八九十百千万亿几数半"
# After these, 一 and 万 are no numerals: 唯一, 统一, 之一, 万一.
NUMERAL = rf"(?:(?<![唯统单其万之专同逐划])一|(?![一])[{_DIGITS}])"
_COUNTED = re.compile(rf"((?:第|每|好)?[{_DIGITS}]+[余多]?)(只|里|里路|斗|周岁|周年|出|卷|碗面|分钟|秒钟|点钟|刻钟)")

_TITLE = (
    r"(?:老师|师傅|师父|同学|先生|女士|小姐|太太|夫人|教授|博士|院士|医生|大夫|护士|教练|导师|辅导员|阿姨|叔叔|伯伯|爷爷|奶奶|妈妈|爸爸"
    r"|大爷|大妈|大姐|大哥|姐姐|哥哥|嬢嬢|老板|经理|律师|记者|工程师|法官|警官|班长|队长|组长|委员|代表|主席|总理|烈士|秘书长|班主任|教导主任"
    r"|[副总]?(?:校长|园长|院长|主任|书记|局长|处长|科长|股长|所长|站长|馆长|部长|厅长|司长|市长|区长|县长|镇长|乡长|村长|会长|社长|厂长|董事长)"
    r"|总书记|党委书记|某)(?!们|队伍|培训|岗位)"
)
_ROLE = rf"(?:{_TITLE}|学生|教师|教官|选手|主持人|作家|诗人|导演|演员|作者|通讯员|保安|员工|学者|候选人|家长|校友|青年|名叫|叫做|名为)$"
_EDGE = r"(?:^|[，。、；：！？“”「」『』《》（）()\s和与及跟同])$"
# Whose object can be a person. After other verbs 于 is a preposition: 服务于老师.
_TO_PERSON = r"(?:[对向请让叫由找给是有的了被把为问听见陪帮访拜]|感谢|采访|拜访|走访|邀请|询问|告诉|看望|慰问|认识|喜欢|欢迎|祝贺|表扬|联系|遇到|学习|谢谢|记者)$"
# Characters of given names that begin neither a place nor a time (于海南, 于春季, 于会上).
_GIVEN = "伟芳娜敏静秀娟英华慧巧美婷丽玲桂红洁梅琳莲雪荣霞燕娣倩婉瑾颖瑶蓉琴薇菁梦婕馨艺咏聪澜晓欢枫丹刚勇毅俊强军平辉力永健志义波贵福龙才武彬富涛昌康达岩茂坚彪震振壮群豪邦功松厚庆磊裕哲超浩亮政谦鹏泽晨炎雄琛航弘轩涵琪洋玉宇建国明"
_GIVEN_NAME = rf"(?:小?[{_GIVEN}]{{1,2}})"
_IDEOGRAPH = "[\u4e00-\u9fff]"
# Surnames that as words of their own are other characters: 于 -> 於, 余 -> 餘, 钟 -> 鐘.
SURNAMES = dict(zip("范余于钟党种干涂朴仇丑占后", "范余于鍾党种干涂朴仇丑占后", strict=True))
_PARTY = re.compile("(?:总|副?书记|委|员|组|支|代表|校)")  # 党总支, 党委员: not Mr Dang
# What is counted or said before it, so it is no surname: 三十余, 八点钟, 这种, 能干.
_NO_SURNAME_AFTER = {
    "余": rf"(?:{NUMERAL}|其|剩|业|课|多)$",
    "钟": rf"(?:{NUMERAL}|[点分秒刻时敲撞大座口古闹老])$",
    "种": rf"(?:{NUMERAL}|[这那各某哪种品播耕栽])$",
    "干": "[能敢肯想苦实会要若相不]$",
    "占": rf"(?!{_EDGE}|{_ROLE}).$",
    "后": rf"(?!{_EDGE}).$",
    "朴": "[质淳简古]$",
    "丑": "[美小文武]$",
}


class Rule(NamedTuple):
    word: str
    before: str
    after: str
    form: str


_FAMILY_PLACE = "[坝湾沟坪坡岭寨桥巷庄塘岩嘴岗冲河坳埂祠院村镇乡屯堡]"
# The first that fits wins. `before` is searched in what precedes the word, `after` matched against what follows.
RULES = [
    *(Rule(surname, "", f"家{_FAMILY_PLACE}", SURNAMES[surname]) for surname in "余于钟涂种"),
    *(Rule(f"{surname}家", "", _FAMILY_PLACE, f"{SURNAMES[surname]}家") for surname in "余于钟涂种"),
    *(Rule(surname, "姓$", "", form) for surname, form in SURNAMES.items()),
    Rule("范", "", "", "范"),
    Rule("于", rf"{_EDGE}|{_TO_PERSON}|{_ROLE}", rf"{_IDEOGRAPH}{{0,2}}{_TITLE}", "于"),
    Rule("于", _ROLE, rf"{_GIVEN_NAME}(?!{_IDEOGRAPH}?[年月日时])", "于"),
    *(
        Rule(surname, "", rf"(?:{_GIVEN_NAME})?{_TITLE}", form)
        for surname, form in SURNAMES.items()
        if surname not in "范于"
    ),
    *(Rule(surname, _ROLE, _GIVEN_NAME, SURNAMES[surname]) for surname in "余钟涂党仇"),
    Rule(
        "余",
        rf"(?:{_EDGE}|{_TO_PERSON}|{_ROLE})",
        rf"(?![名人个位所年万元天种件家台次月日篇本条下力]){_IDEOGRAPH}",
        "余",
    ),
    Rule("钟", rf"(?:{_EDGE}|{_TO_PERSON}|{_ROLE})", rf"(?![响声楼点表头摆敲停走要的了是有也]){_IDEOGRAPH}", "鍾"),
    Rule("只", rf"{NUMERAL}[多余]?$", "(?![是有能见会])", "隻"),
    Rule("只", "[每某各另整]$", "", "隻"),
    Rule("只", "[这那哪]$", "(?![是有能要会需不见为在说用作当代限适占属针提看做算管好可得剩差因])", "隻"),
    Rule("里", rf"{NUMERAL}[多余]?$", "", "里"),
    Rule("里路", rf"{NUMERAL}[多余]?$", "", "里路"),
    Rule("斗", rf"{NUMERAL}$", "", "斗"),
    Rule("周岁", "", "", "週歲"),
    Rule("周年", "", "", "週年"),
    Rule("周", rf"(?:{NUMERAL}|[每本上下隔首当单双整逐这那])$", "", "週"),
    Rule(
        "周",
        "(?:活动|宣传|教育|推普|推广|展示|服务|体验|美食|文化|开放|读书|阅读|科技|安全|艺术|体育|劳动|考试|复习|黄金|实践|主题|招聘|就业|节能|环保)$",
        "",
        "週",
    ),
    Rule("四周", "(?:共|持续|为期|历时|连续|时长|达|满|近|约|第|每|前|隔|放假|休息|仅)$", "", "四週"),
    Rule("四周", "", "(?:[后内前]|以[内后前上下]|时间|左右|之[内后前])", "四週"),
    Rule("出", rf"{NUMERAL}[多余]?$", "(?:[好大老新]?戏|[话短歌舞京川]?剧|折子)", "齣"),
    Rule(
        "面",
        r"(?:[碗煮揉擀炒拌根吃]|吃了|下了|牛肉|鸡蛋|酸辣|豆花|炸酱|杂酱|肥肠|油泼|荞麦|海鲜|清汤|番茄)$",
        "(?!前|子|对|临|试|积|向|孔|貌|部)",
        "麪",
    ),
    Rule("姜", "[葱仔嫩鲜切]$", "", "薑"),
    Rule("姜", "", "[农苗蒜葱块地田]", "薑"),
    Rule("准", "[看猜听拿定认对瞄吃找算摸踩投射]$", "", "準"),
    Rule("系", "", "(?:红领巾|领巾|鞋带|领带|安全带|腰带|带子|绳|围巾|围裙|扣|丝带|蝴蝶结|[上好紧住着])", "繫"),
    Rule("系", "", "(?:推定|推算|估算|误|指(?!定|导|出|挥|标))", "係"),
    Rule("困", "[很太好犯又真更发越]$", "", "睏"),
    Rule("困", "", "[了得意]", "睏"),
    Rule("干", "[晒晾擦烘吹喝风烤榨拧洗抹流熬沥甩枯口水]$", "", "乾"),
    Rule("松", "", "(?:[了开口手绑土动紧软散松]|一口气)", "鬆"),
    Rule("卷", "", "(?:[起着入走曲好成]|铅笔|头发|袖)", "捲"),
    Rule("喂", "", rf"(?:[了着给饱]|{_IDEOGRAPH})", "餵"),
    Rule("扎", "", "(?:头发|辫|马尾|小辫|蝴蝶结|染)", "紮"),
    Rule("冲", "", "(?:[水茶凉澡泡洗淡刷调]|奶粉|咖啡|厕所|牛奶|马桶)", "沖"),
    Rule("划", "", "(?:[船桨水艇拳着]|龙舟|小船)", "划"),
    Rule("表", "[块戴看怀]$", r"(?:[，。、；：！？]|$|[的了])", "錶"),
    Rule("云", r"(?:[人诗语曰]|古人|》)$", "[：，“]", "云"),
    Rule("折", "", "(?:纸|千纸鹤|成|好|了|起|出)", "摺"),
    Rule("钟", "", "", "鐘"),
]
NAMED_BY = "范余钟"
_PEOPLE = "范余于钟涂朴仇丑"  # others begin offices, too: 党办, 干事
# Words that begin with a surname's character and are no names.
_NO_NAMES = re.compile(
    "范(?:围|畴|例|文|本|式|型|读|写|唱)|余(?:下|地|波|音|味|香|[^\u4e00-\u9fff])|钟(?:点|声|楼|鼓|乳|表|摆|头|塔|鸣|罩)"
)


def apart(words: Sequence[str]) -> list[str]:
    """Numerals apart from what they count: 几十只 -> 几十 只, so that one rule is enough."""
    result: list[str] = []
    for word in words:
        counted = _COUNTED.fullmatch(word)
        result += counted.groups() if counted else [word]
    return result


def form(word: str, before: str, after: str) -> str | None:
    """The traditional form of a word between these texts (a few characters are enough), or None: as OpenCC has it."""
    for rule, before_pattern, after_pattern in _rules().get(word, ()):
        if not after_pattern.match(after) or not before_pattern.search(before):
            continue
        if rule.form == SURNAMES.get(word) and _is_counted(word, before, after):
            continue
        return rule.form
    return None


def has_mile(word: str) -> bool:
    """Whether 里 stands behind a numeral in a word: 百里挑一."""
    return re.search(f"{NUMERAL}里", word) is not None


def may_be_name(word: str) -> bool:
    """Whether a word of several characters that the dictionary holds for a person may be one: 范仲淹, not 范围图."""
    return word[0] in NAMED_BY and not _NO_NAMES.match(word)


def surname_of(name: str) -> str:
    """The surname's traditional form if a name of two or three characters has one that is another word's, or ''."""
    is_short = len(name) in (2, 3) and name[0] in _PEOPLE
    return SURNAMES[name[0]] if is_short else ""


def _is_counted(word: str, before: str, after: str) -> bool:
    if word == "党":
        return bool(_PARTY.match(after))
    blocked = _NO_SURNAME_AFTER.get(word)
    return bool(blocked and re.search(blocked, before))


@cache
def _rules() -> dict[str, list[tuple[Rule, re.Pattern[str], re.Pattern[str]]]]:
    compiled: dict[str, list[tuple[Rule, re.Pattern[str], re.Pattern[str]]]] = {}
    for rule in RULES:
        compiled.setdefault(rule.word, []).append((rule, re.compile(rule.before), re.compile(rule.after)))
    return compiled
