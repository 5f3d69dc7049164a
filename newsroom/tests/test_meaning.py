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


@pytest.mark.parametrize(("old", "new"), TURNED)
def test_what_turns_the_meaning_is_no_typing_error(old, new):
    assert is_refused(old, new)
    assert is_refused(new, old)


@pytest.mark.parametrize(("old", "new"), MISTYPED)
def test_what_is_mistyped_is_mended(old, new):
    assert not is_refused(old, new)


def test_the_word_is_named():
    assert "“上”" in why_not(content("上午报到"), content("下午报到"), [])
