"""Words that sound alike, where the words around leave no doubt: 反应/反映, 必须/必需, 截止/截至, 权利/权力, 法制/法治.

Meanings: 现代汉语词典 (7th edition); 第一批异形词整理表 (GF 1001-2001) for 账/帐 and 成分/成份. Where both can be right (既使,
订购/定购, 的/地 before most verbs) nothing is said. Words that are wrong wherever they stand are rules that editors keep, not here.
"""

from .slips import Pattern, pattern


_NOW = r"(?=到?(?:目前|日前|发稿|记者发稿|今[年天日]|昨[天日]|去年|上[月周个]|本[月周]|(?:19|20)[0-9]{2}年|[0-9]{1,2}月|[0-9]{1,2}[日时点]))"
_DEGREE = r"(?=很|更|十分|格外|非常|有些|尤其|特别|那么|越来越|自己|无比)"


PATTERNS: tuple[Pattern, ...] = (
    # 反映 tells, 反应 reacts
    pattern("near-word", r"(?P<x>反应)(?=了?(?:问题|情况|意见|诉求|民意|民情|心声|呼声|现状|实际))", "反映"),
    pattern(
        "near-word",
        r"(?:(?<=充分)|(?<=真实)|(?<=集中)|(?<=生动)|(?<=如实)|(?<=客观)|(?<=深刻))(?P<x>反应)(?=[了出])",
        "反映",
    ),
    pattern("near-word", r"(?:(?<=化学)|(?<=连锁)|(?<=过敏)|(?<=不良)|(?<=应激)|(?<=条件))(?P<x>反映)", "反应"),
    pattern("near-word", r"(?P<x>反映)(?=过来|迟钝|敏捷|灵敏|堆)", "反应"),
    # 必须 must, 必需 is needed
    pattern(
        "near-word",
        r"(?P<x>必需)(?=要|在|把|将|按|先|坚持|做到|严格|遵守|认真|加强|高度|立即|全面|经过|通过|由)",
        "必须",
    ),
    pattern("near-word", r"(?P<x>必须)(?=品[^德行格质味学位])", "必需"),
    pattern("near-word", r"(?:(?<=所)|(?<=生活))(?P<x>必须)(?=的|[，。；])", "必需"),
    # 截至 until, 截止 ends
    pattern("near-word", rf"(?P<x>截止){_NOW}", "截至"),
    pattern("near-word", r"(?<=[日底时点分前])(?P<x>截至)(?=[。，；]|$)", "截止"),
    pattern("near-word", r"(?<=报名|投稿|申请|征稿)(?P<x>截至)(?=日期|时间)", "截止"),
    # 权利 is a right, 权力 is power
    pattern(
        "near-word",
        r"(?:(?<=受教育的)|(?<=受教育)|(?<=合法)|(?<=公民的)|(?<=公民)|(?<=儿童的)|(?<=未成年人的)|(?<=民主))(?P<x>权力)(?!机关|机构)",
        "权利",
    ),
    pattern("near-word", r"(?P<x>权力)(?=[和与及]义务)", "权利"),
    pattern("near-word", r"(?:(?<=国家)|(?<=行政)|(?<=公共))(?P<x>权利)(?=机关|机构|运行|寻租|滥用|下放)", "权力"),
    pattern("near-word", r"(?<![\u4e00-\u9fff])(?P<x>权利)(?=机关|寻租|下放)", "权力"),
    # 法治 rules, 法制 is a system of laws
    pattern("near-word", r"(?P<x>法制)(?=社会|政府|中国|国家(?!机关)|思维|精神|轨道|信仰|副校长|方式)", "法治"),
    pattern("near-word", r"(?<=依)(?P<x>法制)(?=国|校)", "法治"),
    # 做客 pays a visit, 作客 lives abroad
    pattern("near-word", r"(?P<x>作客)(?=[^，。！？]{0,8}(?:直播间|演播室|栏目|节目|讲堂|课堂|访谈))", "做客"),
    pattern("near-word", r"(?:(?<=家里)|(?<=家中)|(?<=我家)|(?<=我校))(?P<x>作客)", "做客"),
    # 账 is of money, 帐 of cloth
    pattern("near-word", r"(?P<x>帐)(?=户|号|单|目|本|册|款|面(?!料))", "账"),
    pattern("near-word", r"(?<=[算记结报查转对欠还入付买坏呆台到赖])(?P<x>帐)(?![篷房幕子顶外内])", "账"),
    # 像, 象, 想
    pattern("near-word", r"(?P<x>好象)(?![征牙棋])", "好像"),
    pattern(
        "near-word",
        r"(?<![大小对现印气景迹表抽形意想万征图群海石战巨白亚非摸])(?P<x>象)(?=[^，。；]{1,8}(?:一样|似的|那样|这样))",
        "像",
    ),
    pattern("near-word", r"(?P<x>录象|摄象)(?=[机头师带]|[，。的了]|$)", lambda found: found["x"][0] + "像"),
    pattern("near-word", r"(?P<x>想像)(?=力|中|空间|出|[，。的])", "想象"),
    # 度, 渡
    pattern("near-word", r"(?P<x>渡假|欢渡)", lambda found: found["x"].replace("渡", "度")),
    pattern(
        "near-word",
        r"(?P<x>渡过)(?=了?[^，。难危关河江海]{0,10}(?:时光|童年|假期|暑假|寒假|节日|春节|生日|周末|晚年))",
        "度过",
    ),
    pattern("near-word", r"(?P<x>过度)(?=时期|阶段|地带|措施)", "过渡"),
    # 佩戴, 份, 座
    pattern("near-word", r"(?P<x>佩带)(?=红领巾|口罩|校徽|团徽|党徽|胸花|奖章|头盔)", "佩戴"),
    pattern("near-word", r"(?P<x>身分)(?=证|[，。的])", "身份"),
    pattern("near-word", r"(?<![全股总])(?P<x>部份)(?!额)", "部分"),
    pattern("near-word", r"(?<![组构形族])(?P<x>成份)(?!额|股|指)", "成分"),
    pattern("near-word", r"(?P<x>座落)(?=[于在]|[，。])", "坐落"),
    # 启事 announces, 启示 teaches
    pattern(
        "near-word", r"(?:(?<=招聘)|(?<=寻人)|(?<=寻物)|(?<=征稿)|(?<=招生)|(?<=招领)|(?<=征集))(?P<x>启示)", "启事"
    ),
    # 的, 地, 得: only in fixed turns
    pattern("near-word", r"(?<![感知视听触嗅味错直幻察自睡警])(?P<x>觉的)" + _DEGREE, "觉得"),
    pattern("near-word", r"(?P<x>显的)" + _DEGREE, "显得"),
    pattern(
        "near-word", r"(?<![产价数均总净市])(?P<x>值的)(?=一提|注意|学习|肯定|推广|借鉴|期待|称赞|信赖|骄傲)", "值得"
    ),
    pattern(
        "near-word",
        r"(?<![录选争考获提抽吸听采索换收夺领])(?P<x>取的)(?=了|优异|良好|显著|丰硕|圆满|成功|突破|进展|佳绩)",
        "取得",
    ),
    pattern("near-word", r"(?<![收捕截猎查缴荣])(?P<x>获的)(?=了|第[一二三]|[一二三]等奖|冠军|全国|全市)", "获得"),
    pattern(
        "near-word",
        r"(?<=慢慢|渐渐|紧紧|静静|默默|悄悄|轻轻|牢牢|匆匆|缓缓)(?P<x>的)(?=走[来进向过出]|说[道：]|看着|听着|坐[在着]|站[在起着]|握[住着]|抱[住着]|跟[在着]|离开|推开|打开|放下|闭上|抬起)",
        "地",
    ),
    pattern(
        "near-word",
        r"(?:(?<=美丽)|(?<=漂亮)|(?<=优秀)|(?<=可爱)|(?<=崭新)|(?<=宽敞))(?P<x>地)(?=校园|学校|教室|孩子|老师|教师|学生|操场|环境|成绩)",
        "的",
    ),
    # 作为
    pattern("near-word", r"(?P<x>做为)(?!期|人)", "作为"),
)
