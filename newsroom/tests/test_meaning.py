"""What turns the meaning is no typing error, be it one character; what is only mistyped is one."""

import pytest

from newsroom.reviewing.typing_errors import why_not


pytestmark = pytest.mark.once


def content(text):
    return {"embedded": {}, "fields": {"title": "题", "body": [["text", f"<p>{text}</p>"]]}}


def is_refused(old, new):
    return bool(why_not(content(old), content(new), []))


def pairs(text):
    return [tuple(each.strip().split("→")) for each in text.split("|")]


TURNED = pairs("""
    上午8时报到→下午8时报到 | 收费上限→收费下限 | 入学人数增长→入学人数下降 | 满6岁以上→满6岁以下 | 开学前缴费→开学后缴费 | 增加学位→减少学位 | 高于去年→低于去年 | 男生宿舍→女生宿舍 |
    东门入校→西门入校 | 可以带手机→不可以带手机 | 家长应到场→家长不应到场 | 免费用餐→收费用餐 | 应当报名→可以报名 | 必须参加→自愿参加 | 仅限本区→限本区 | 今天报名→明天报名 |
    春季招生→秋季招生 | 学校开放→学校关闭 | 至少10人→至多10人 | 课时8小时→课时8分钟 | 里程5公里→里程5公斤 | 三小时→三分钟 | 教师免票→学生免票 | 初中部→高中部 |
    公办学校→民办学校 | 甲等→乙等 | 已完成→将完成 | 书和本子→书或本子 | 从学校出发→向学校出发 | 全部学生→部分学生 | 每周一节→每月一节 | 副校长到会→正校长到会 | 允许进入→禁止进入 |
    他说→她说 | 录取的名单→淘汰的名单 | 超过名额→过名额 | 左侧通行→右侧通行 | 提早放学→推迟放学 | come at 8 am→come at 8 pm | at 8 a.m.→at 8 p.m. |
    before school→after school | is above it→is below it | more pupils→fewer pupils |
    it increased→it decreased | pupils must come→pupils may come | pupils can go→pupils can't go |
    it is possible→it is impossible | be careful→be careless | it is able to→it is unable to |
    at least ten→at most ten | on Monday→on Friday | tea and milk→tea or milk | schools open→schools close |
    it is free→it is paid | pupils will→pupils won't | from home→to home | the boys→the girls |
    pupils passed→pupils failed | at noon→at midnight | north gate→south gate | take 8 hours→take 8 days |
    allowed here→forbidden here | 他不来，我去→他来，我不去
""")
MISTYPED = pairs("""
    首批学牛→首批学生 | 同意→同义 | 在次开学→再次开学 | 帐号→账号 | 做为学校→作为学校 | 高兴的跳→高兴地跳 | 跑的快→跑得快 | 既将开学→即将开学 | 象花一样→像花一样 | 一齐来→一起来 |
    48个班极→48个班级 | 学校学校开学→学校开学 | 座落→坐落 | 渡过假期→度过假期 | 以经→已经 | the shcool→the school | recieve it→receive it |
    teh school→the school | form home→from home | their there→there there | 8 pupil here→8 pupil heer
""")

# Another body or office, place, unit, school, time, prize; words of the dictionary; whole words; people.
OTHER_WORDS = pairs("""
    区党委批准→区政府批准 | 区教委公布→区教育局公布 | 党支部会议→党总支会议 | 区委决定→县委决定 | 政协委员→人大委员 | 学校书记到会→学校主任到会 | 校长到会→副校长到会 | 原校长到会→校长到会 |
    局长讲话→处长讲话 | 书记和校长→校长和书记 | 主任到会→主任医师到会 | 局长到会→局长助理到会 | 占地57亩→占地57公顷 | 投入9000万元→投入9000亿元 | 共1000元→共1000万元 |
    重几吨→重几公斤 | 人均面积→户均面积 | 同比持平→环比持平 | 三个百分点→三个百分比 | 国家级课题→市级课题 | 幼儿园招生→小学招生 | 期中考试→期终考试 | 中考安排→高考安排 |
    家长报名→校长报名 | 获得冠军→获得亚军 | 获金奖→获银奖 | 周三上课→周四上课 | 周日上课→周末上课 | 月初公布→月底公布 | 三个班→四个班 | 两个班→三个班 | 法治副校长→法制副校长 |
    截止本月→截至本月 | 学校开展活动→学校取消活动 | 学校建在江边→学校拆在江边 | 录取新生→录用新生 | 班级名单→年级名单 | 孩子喜欢→孩子讨厌 | 双福的孩子→德感的孩子 | 免费午餐→午餐 |
    刘志强说→刘志刚说 | 王建国介绍→王建军介绍 | 张伟认为→章伟认为 | 张伟来了→章伟来了 | 由陈芳负责→由陈方负责 | 吴思远很开心→吴思源很开心 | 六年级的林知远→六年级的林知元 |
    感谢李娜和王芳→感谢李娜和王方 | 小明拿到了奖→小红拿到了奖 | 老张来校→老章来校 | 石俊杰，六年级学生→石俊捷，六年级学生 | 江津区招生→江北区招生 | 白沙镇招生→石门镇招生
""")
TRADITIONAL = pairs("""
    黨委批准→政府批准 | 書記到會→主任到會 | 校長到會→副校長到會 | 占地57畝→占地57公頃 | 人數增長→人數減少 | 高於全市→低於全市 | 滿6歲以上→滿6歲以下 | 上午報到→下午報到 | 週三上課→週四上課 |
    兩個班→三個班 | 9000萬元→9000億元 | 據王建國介紹→據王建軍介紹 | 張偉來了→章偉來了 | 學校開展活動→學校取消活動 | 可以帶手機→不可以帶手機
""")
MISTYPED_WORDS = pairs("""
    老师门→老师们 | 校园里工做→校园里工作 | 教肓→教育 | 图书管→图书馆 | 教学搂→教学楼 | 参加活功→参加活动 | 记者采仿→记者采访 | 按排课程→安排课程 | 开属运动会→开展运动会 |
    热裂欢迎→热烈欢迎 | 活动时问→活动时间 | 主仁到会→主任到会 | 一各学校→一个学校 | 学校教学质→学校教学质量 | 高兴的说→高兴地说 | 认真听取→认真听取了 | 美丽校园→美丽的校园 | 在在学校→在学校 |
    同学们在操场上跑步跑步→同学们在操场上跑步 | 心里健康→心理健康 | 学校，欢迎你→学校欢迎你 | 孩子们爱学习。。→孩子们爱学习。 | 精神面藐→精神面貌 | 脉博→脉搏 | 松驰→松弛 | 粗旷→粗犷 |
    再接再励→再接再厉 | 走头无路→走投无路 | 谈笑风声→谈笑风生 | 體育管→體育館 | 帳號→賬號 | 教學搂→教學樓 | 高興的跳→高興地跳 | 學生門→學生們 | 學校學校開學→學校開學 | 學校位于→學校位於
""")


@pytest.mark.parametrize(("old", "new"), [*OTHER_WORDS, *TRADITIONAL])
def test_another_word_is_no_typing_error(old, new):
    assert is_refused(old, new)
    assert is_refused(new, old)


@pytest.mark.parametrize(("old", "new"), MISTYPED_WORDS)
def test_what_sounds_alike_or_is_no_word_is_mended(old, new):
    assert why_not(content(old), content(new), []) == ""


def test_a_name_is_known_from_elsewhere_in_the_story():
    """Of 钱豆豆 alone nobody would say that it is one."""
    old, new = content("向日葵班的钱豆豆"), content("向日葵班的钱逗逗")
    assert why_not(old, new, []) == ""
    told = [["text", "<p>“好。”钱豆豆说。</p>"]]
    for each in (old, new):
        each["fields"]["body"] += told
    assert "名称" in why_not(old, new, [])


def test_the_form_of_a_character_alone_says_nothing():
    assert not is_refused("开学後见", "开学后见")


@pytest.mark.parametrize(("old", "new"), TURNED)
def test_what_turns_the_meaning_is_no_typing_error(old, new):
    assert is_refused(old, new)
    assert is_refused(new, old)


@pytest.mark.parametrize(("old", "new"), MISTYPED)
def test_what_is_mistyped_is_mended(old, new):
    assert not is_refused(old, new)


def test_the_word_is_named():
    assert "“下午”" in why_not(content("上午报到"), content("下午报到"), [])
