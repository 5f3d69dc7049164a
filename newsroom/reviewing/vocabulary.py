"""Words that say who decided, who somebody is, how much, how far and when: another one of these is no typing error.

In simplified characters, to which both texts are folded. Each kind says why it is here. The names of bodies and offices are
those that organs of the state, of the party, and schools bear; units are the legal units of measurement of 1984, and 亩,
顷 and 斤 that are still counted in. Nothing breaks if a word is missing: `words` asks the same of any word of the dictionary, and
`meaning` has single characters. What is listed is refused also where the other word sounds alike.
"""

import re
from typing import NamedTuple


class Kind(NamedTuple):
    reason: str
    words: str


KINDS = (
    Kind(
        "A decision of the party's committee is not one of the government, nor one of the county one of the city.",
        "党中央 党委 党组 党支部 党总支 总支 支部 党工委 工委 纪委 监委 监察委员会 全国人大 人大常委会 人大 人民代表大会 常委会 国务院 "
        "人民政府 政府 政协 法院 检察院 公安局 派出所 教育部 教育厅 教育局 教委 教育委员会 教育工委 财政局 财政部 发改委 发改局 卫健委 住建委 住建局 "
        "人社局 应急局 税务局 市场监管局 编办 组织部 宣传部 统战部 督导室 督导办 督导团 教科院 教科所 教研室 教研院 进修学院 "
        "考试院 招生办 招办 资助中心 少工委 少先队 团委 团支部 共青团 学生会 工会 妇联 残联 关工委 家委会 家长会 教代会 职代会 董事会 理事会 监事会 "
        "校务会 校委会 居委会 村委会 街道办 办公厅 办公室 领导小组 指挥部 联席会议 省委 市委 区委 县委 镇委 省政府 市政府 区政府 县政府 镇政府",
    ),
    Kind(
        "Where something holds or was awarded.",
        "国家级 省级 市级 区级 县级 镇级 乡级 校级 院级 班级 年级 全国 全省 全市 全区 全县 全镇 全校 全班 城区 郊区 主城 镇街 街道 社区",
    ),
    Kind(
        "How much of what.",
        "公顷 平方米 平方公里 平方千米 立方米 公里 千米 厘米 毫米 公斤 千克 毫克 市斤 吨 亩 万元 亿元 千元 百元 美元 欧元 港元 日元 "
        "百分点 百分比 百分之 人次 人均 户均 生均 班额 学分 学时 课时 小时 分钟 周岁 虚岁 同比 环比 净增 净减 累计 合计 总计 平均 占比 增幅 降幅 涨幅 跌幅 "
        "上升 下降 提高 降低 增长 减少 高于 低于 大于 小于 达到 突破 接近 超过 不足 不到 至少 至多 以上 以下 以内 以外 之内 之外 之前 之后",
    ),
    Kind(
        "Which school, which pupils, which examination.",
        "幼儿园 托儿所 小学 初中 高中 中学 大学 中职 高职 职高 普高 中专 大专 本科 专科 专升本 研究生 学士 硕士 博士 学前 义务教育 职业教育 特殊教育 "
        "继续教育 九年一贯制 十二年一贯制 完全中学 小升初 中考 高考 会考 学考 选考 期中 期末 期终 月考 补考 新生 老生 应届 往届 肄业 结业 毕业 休学 退学 转学 "
        "复学 公办 民办 普惠 托管 联办 新建 改建 扩建 迁建 改扩建",
    ),
    Kind(
        "What is done, or happened to somebody.",
        "取消 撤销 撤回 撤并 终止 中止 停办 停课 停学 停招 拆除 关闭 合并 开除 劝退 处分 表彰 奖励 罚款 免费 收费 缴费 退费 补助 减免 录取 录用 聘用 解聘 任命 任免 "
        "辞职 逮捕 拘留 起诉 判决 死亡 受伤 失踪 中毒 感染 确诊 疑似 部分 全部 全体 所有",
    ),
    Kind(
        "Who is meant.",
        "教师 老师 学生 家长 职工 教职工 同学 校友 保安 校医 厨师 司机 志愿者 干部 群众 党员 团员 队员 孩子 儿童 少年 青年 老人 妇女 残疾人 "
        "留守儿童 随迁子女 监护人 负责人 参与者 获奖者 评委 选手 受害人 嫌疑人 证人",
    ),
    Kind(
        "Which prize.",
        "冠军 亚军 季军 金奖 银奖 铜奖 金牌 银牌 铜牌 特等奖 一等奖 二等奖 三等奖 优秀奖 优胜奖 提名奖 入围奖",
    ),
    Kind(
        "When.",
        "上旬 中旬 下旬 月初 月中 月底 月末 年初 年中 年底 年末 周初 周末 周日 周天 星期日 星期天 礼拜天 凌晨 清晨 早晨 早上 上午 中午 正午 下午 傍晚 晚上 夜间 深夜 "
        "前天 昨天 今天 明天 后天 当天 次日 当晚 当日 隔日 前年 去年 今年 明年 后年 本月 上月 下月 寒假 暑假 春假 秋假 春节 元旦 清明 端午 中秋 国庆 除夕 元宵 "
        "劳动节 儿童节 教师节 工作日 休息日 节假日 双休日 学年 学期 春季 夏季 秋季 冬季 上半年 下半年 上学期 下学期 每天 每周 每月 每年 逐年 历年",
    ),
    Kind(
        "What a paper or a rule is, and until when it holds.",
        "征求意见稿 草案 试行 暂行 正式 废止 施行 实施 修订 修正 印发 转发 公布 公示 通报 批复 批准 备案 审批 核准 权利 权力 义务 责任 法制 法治 定金 订金 学历 学力 "
        "截止 截至 启事 启示",
    ),
)
# Wrong forms that are no words, though dictionaries and segmenters know some of them: of the hundred commonest that the editors of
# 《咬文嚼字》 published in 2005, those that would else be taken for other words or for names.
MISTAKES = {
    "气慨": "气概", "粗旷": "粗犷", "松驰": "松弛", "寒喧": "寒暄", "膺品": "赝品", "凭添": "平添", "欢渡": "欢度", "明辩是非": "明辨是非",
    "甘败下风": "甘拜下风", "一诺千斤": "一诺千金", "不落巢臼": "不落窠臼", "兰天白云": "蓝天白云", "黄梁美梦": "黄粱美梦", "美仑美奂": "美轮美奂",
    "默守成规": "墨守成规", "磬竹难书": "罄竹难书", "额首称庆": "额手称庆", "鬼鬼崇崇": "鬼鬼祟祟", "九宵云外": "九霄云外",
    "饮鸠止渴": "饮鸩止渴", "床第之私": "床笫之私",
}  # fmt: skip
TITLES = (
    "总书记 书记 主席 委员长 常委 委员 总理 总统 部长 厅长 局长 处长 科长 股长 省长 市长 区长 县长 镇长 乡长 村长 会长 理事长 董事长 秘书长 秘书 主任 校长 园长 院长 所长 馆长 "
    "站长 组长 队长 团长 段长 班长 班主任 教务主任 教导主任 德育主任 总务主任 年级主任 校监 教授 讲师 助教 研究员 教研员 督学 督导 辅导员 指导员 特级教师 高级教师 正高级教师 "
    "一级教师 二级教师 骨干教师 学科带头人 代表 发言人 主编 记者 主持人 裁判 教练 大使 参赞 主管 经理 总监 干事 专干 专员 调研员 巡视员 科员 主任医师 医师 助理"
)
BEFORE_TITLES = "副|正|总|代理?|原|前|现任?|时任|曾任|名誉|荣誉|常务|执行|第一|兼任?|拟任|候补|见习|党委|党组|党支部|党总支|纪委|团委|工会"
_TITLE = rf"(?:{BEFORE_TITLES})*(?:{'|'.join(sorted(TITLES.split(), key=len, reverse=True))})"
_WORDS = "|".join(sorted({word for kind in KINDS for word in kind.words.split()}, key=len, reverse=True))
_LISTED = re.compile(rf"{_TITLE}|{_WORDS}")


class Listed(NamedTuple):
    word: str
    start: int
    end: int


def listed(text: str) -> list[Listed]:
    """The words of the lists in a text in simplified characters, a title with what stands before it (副校长)."""
    return [Listed(found[0], found.start(), found.end()) for found in _LISTED.finditer(text)]


def mended(old: str, new: str) -> str:
    """The old text with the wrong forms that the new one has no more."""
    for wrong, right in MISTAKES.items():
        if wrong in old and wrong not in new:
            old = old.replace(wrong, right)
    return old
