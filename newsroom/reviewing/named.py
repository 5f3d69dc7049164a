"""What a text names: people, addresses, numbers in words. Another one of these is no typing error.

Which people there are is in no table of ours, so a person is a surname beside a title or before what somebody says (张志强说), 小 or
老 with a character there, and any word with a capital. As in `meaning`, what is refused only takes its full review, so the
lists rather hold a word too many. Texts are in simplified characters.
"""

import re


_SURNAMES = (
    "赵钱孙李周吴郑王冯陈褚卫蒋沈韩杨朱秦尤许何吕施张孔曹严华金魏陶姜戚谢邹喻柏水窦章云苏潘葛奚范彭郎鲁韦昌马苗凤花方俞任袁柳"
    "酆鲍史唐费廉岑薛雷贺倪汤滕殷罗毕郝邬安常乐于时傅皮卞齐康伍余元卜顾孟平黄和穆萧尹姚邵汪祁毛禹狄米贝明臧计伏成戴谈宋茅庞熊"
    "纪舒屈项祝董梁杜阮蓝闵席季麻强贾路娄危江童颜郭梅盛林刁钟徐邱骆高夏蔡田樊胡凌霍虞万支柯管卢莫经房裘缪干解应宗丁宣邓郁单杭"
    "洪包诸左石崔吉龚程嵇邢滑裴陆荣翁荀羊惠甄曲家封芮储靳汲邴糜松井段富巫乌焦巴弓牧隗山谷车侯宓蓬全班仰秋仲伊宫宁仇栾暴甘厉戎祖"
    "武符刘景詹束龙叶幸司韶黎薄印宿白怀蒲邰从鄂索咸籍赖卓蔺屠蒙池乔阴胥苍双闻莘党翟谭贡劳逄姬申扶堵冉宰郦雍桑桂濮牛寿通边扈燕冀"
    "浦尚农温别庄晏柴瞿阎充慕连茹习宦艾鱼容向古易慎戈廖庾终暨居衡步都耿满弘匡国文寇广禄阙东欧沃利蔚越夔隆师巩厍聂晁勾敖融冷訾辛"
    "阚那简饶空曾毋沙乜养鞠须丰巢关蒯相查后荆红游竺权逯盖益桓公肖代涂"
)
_TITLES = (
    "副?(?:校长|园长|院长|局长|区长|镇长|县长|市长|主任|书记|部长|处长|科长|组长|站长|会长|馆长|馆员|教授|主席|委员|秘书)"
    "|老师|教师|同学|学生|班主任|辅导员|记者|编辑|作者|先生|女士|同志|博士|院士|教练|医生|家长"
)
_SAYS = (
    "说|表示|介绍|认为|告诉|指出|强调|坦言|直言|回忆|透露|提醒|补充|感慨|感叹|感谢|呼吁|建议|解释|分享|谈到|提到|坚信|相信|希望|回答|笑着|主持|致辞|"
    "发言|出席|获|当选|担任|带领"
)
_NOT_IN_NAMES = "的地得了着过们在和与对向是也都就还很又不"
_PEOPLE = re.compile(
    rf"(?:{_TITLES})[：:、\s]?(?=([{_SURNAMES}][\u4e00-\u9fff]{{1,2}}))|([{_SURNAMES}][\u4e00-\u9fff]{{0,2}})(?={_TITLES})"
    rf"|([{_SURNAMES}小老阿](?:(?![{_NOT_IN_NAMES}])[\u4e00-\u9fff]){{1,3}}?)(?=(?:{_SAYS}))"
)
_CAPITALS = re.compile(r"[A-Z][\w'’-]*")  # names of people and places, numerals (II), what is counted by letters (A栋)
_ADDRESSES = re.compile(
    r"(?:https?://|www\.)[^\s<>\u3000-\u9fff]++|(?<![\w.+-])[\w.+-]++@[\w.-]++"
    r"|(?<![\w.-])(?:[\w-]++\.)+(?:cn|com|org|net|edu|gov)\b[\w/.?=&%#-]*+",
    re.IGNORECASE | re.ASCII,
)
_NUMBER_WORDS = re.compile(
    r"\b(?:one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|(?:thir|four|fif|six|seven|eigh|nine)teen"
    r"|(?:twen|thir|for|fif|six|seven|eigh|nine)ty|dozens?|hundreds?|thousands?|millions?|billions?"
    r"|second|third|fourth|fifth|sixth|seventh|eighth|ninth|tenth|once|quarters?|thirds)\b",
    re.IGNORECASE,
)


def people(text: str) -> list[str]:
    """Of a text without tags: surnames with what follows or goes before beside a title, and words with a capital."""
    found = ["".join(each) for each in _PEOPLE.findall(text)]
    return [*found, *_CAPITALS.findall(text)]


def addresses(text: str) -> list[str]:
    """Of pages and mail, typed as text."""
    return _ADDRESSES.findall(text)


def number_words(text: str) -> list[str]:
    return [word.lower() for word in _NUMBER_WORDS.findall(text)]
