"""Broken copy: found exactly on a damaged article, never on clean ones, and put right by one click."""

import re
from pathlib import Path

import pytest
from django.core.management import call_command
from django.utils import translation

from core.publishing.checklist import findings_for
from news.models import StoryPage
from news.tests.factories import make_story
from newsroom.damage.documents import damage_of
from newsroom.damage.finding import Broken, damage
from newsroom.damage.lines import Kind, Line
from newsroom.damage.sentences import begins_within, is_cut, one_word
from newsroom.importing.applying import apply
from newsroom.importing.assigning import assign
from newsroom.importing.reading import reading


pytestmark = [pytest.mark.django_db, pytest.mark.once]

ARTICLES = Path(__file__).parent / "data" / "articles"
CLEAN = ["news", "notice", "interview"]
LONG = "全区学校开齐开足体育课程，每天安排两节大课间，学生在操场上跑步、跳绳、打球，笑声传得很远。"


def marked(name):
    """(text of an article, [(kind, line, line it belongs before)]) of its damage; lines count from 1."""
    lines = [line for line in (ARTICLES / f"{name}.txt").read_text("utf-8").splitlines() if not line.startswith("# ")]
    names = {found[1]: number for number, line in enumerate(lines, 1) if (found := re.search(r"\{@(\w+)\}", line))}
    marks = []
    for number, line in enumerate(lines, 1):
        if found := re.match(r"\{d (\w+)(?:>(\w+))?\}", line):
            marks.append((found[1], number, names.get(found[2] or "", 0)))
    text = re.sub(r"\{[d@][^{}]*\}", "", "\n".join(lines))
    return re.sub(r"\{[snt] ([^{}|]*)(?:\|[^{}]*)?\}", r"\1", text), marks


def document(text, tmp_path):
    path = tmp_path / "article.txt"
    path.write_text(text, "utf-8")
    return assign(reading.document(path, path.name))


def kinds(*lines):
    """Of damage in lines of text; those in brackets are headings."""
    read = [Line(each[1:-1], Kind.HEADING) if each.startswith("[") else Line(each) for each in lines]
    return [(each.kind.value, each.first, each.last, each.other) for each in damage(read)]


class TestArticles:
    def test_the_damage_is_found_exactly(self, tmp_path):
        text, marks = marked("damaged")
        found = damage_of(document(text, tmp_path))
        assert [(each.kind.value, each.place.number) for each in found] == [(kind, line) for kind, line, _to in marks]
        strays = [(each.place.number, each.belongs_at.number) for each in found if each.kind is Broken.STRAY]
        assert strays == [(line, to) for kind, line, to in marks if kind == "stray"]

    @pytest.mark.parametrize("name", CLEAN)
    def test_a_clean_article_has_none(self, name, tmp_path):
        assert damage_of(document(marked(name)[0], tmp_path)) == []

    def test_the_command_says_it(self, tmp_path, capsys):
        (tmp_path / "a.txt").write_text(marked("damaged")[0], "utf-8")
        call_command("import_story", tmp_path / "a.txt", dry_run=True)
        said = capsys.readouterr().out
        assert "“云岭二小百草园” looks like the caption of a picture that is not here. (line 29)" in said
        assert "it seems to belong before “于创新的劲头、敢啃硬骨头的韧劲…”. (line 58)" in said


class TestSentences:
    @pytest.mark.parametrize(
        "text",
        [
            "为打造一批乡村书屋，去年青石镇",
            "学校开设了三十门课程，其中",
            "孩子们在田里割稻、捆扎，",
            "阅读节上，校长推荐了《",
            "老师们走进山村。孩子们",
            "全区投入资金改善办学条件，今年",
            "为了让更多孩子在家门口上好学，区里把新建学校列入民生实事，每月调度一次，倒排工期，挂图作战，目前主体工程已经封顶并",
            "该校将食堂改造成开放厨房，菜单由学生、家长和",
        ],
    )
    def test_what_stops_within_a_sentence(self, text):
        assert is_cut(text)

    @pytest.mark.parametrize(
        "text",
        [
            "学校开学了。",
            "他说：“好。”",
            "减负？增效！听听他们怎么说",
            "学校好，老师强",
            "做好加减法，让课后服务更有温度",
            "一张蓝图绘到底，一茬接着一茬干",
            "爱一直都在",
            "联系人：招生考试科，电话见附件",
            "图为学生在稻田里收割。 见习记者 宋知秋 摄",
            "本报记者 陆清和 文/图",
            "6月20日至25日：网上报名",
            "他们的故事，请看——",
            "现将有关事项通知如下：",
            "（此件公开发布）",
            "1.各校要落实责任。2.家长要签字",
        ],
    )
    def test_what_does_not(self, text):
        assert not is_cut(text)

    @pytest.mark.parametrize(
        "text", ["，学校开学了。", "的孩子们笑了。", "们在操场上跑步。", "”老师说。", "孩子们很快乐。”他说。"]
    )
    def test_what_begins_within_one(self, text):
        assert begins_within(text)

    @pytest.mark.parametrize(
        "text",
        [
            "的确，学校变了。",
            "于是，他们出发了。",
            "了解到情况后，学校行动了。",
            "’97届毕业生回到母校。",
            "“好！”他说。",
            "着力提升质量。",
        ],
    )
    def test_what_begins_none(self, text):
        assert not begins_within(text)

    def test_two_halves_of_a_word(self):
        assert one_word("云岭区以勇", "于创新的劲头")
        assert not one_word("去年云岭区", "于创新的劲头")


class TestKinds:
    def test_neighbours_are_joined(self):
        assert kinds(LONG, "这些年，学校新增学", "位五百个，家长不再发愁。", LONG[:-1] + "！") == [
            ("cut", 1, 1, 2),
            ("start", 2, 2, 1),
            ("repeated", 3, 3, 0),
        ]

    def test_a_heading_within_a_sentence(self):
        assert kinds(LONG, "为提升教师素养，今年学校以敢", "[名师领航]", "于担当的精神组建团队。") == [
            ("cut", 1, 1, 3),
            ("heading", 2, 2, 1),
            ("start", 3, 3, 1),
        ]

    def test_a_lost_ending(self):
        assert kinds("学校新建了操场。", LONG, "面向未来，学校将继续努力，把") == [("ending", 2, 2, None)]

    def test_verses_and_lists_are_whole(self):
        assert (
            kinds(LONG, "你把春天放在我手心，", "我就有了颜色，", "你把星星挂在我窗前，", "我就不怕夜色。", LONG[3:])
            == []
        )

    def test_a_caption_beside_its_picture(self):
        lines = [Line(LONG), Line("", Kind.PICTURE), Line("学生在操场上的合影"), Line(LONG[2:])]
        assert damage(lines) == []
        assert [each.kind for each in damage([lines[0], *lines[2:]])] == [Broken.CAPTION]

    @pytest.mark.parametrize(
        "tail",
        [
            ["（记者 林知远）"],
            ["记者 林知远 通讯员 何小禾", "责任编辑 沈秋"],
            ["本报记者 林知远", "相关链接", LONG[1:]],
            ["记者 林知远", "[体育馆明年开放]", LONG[1:], "记者 何小禾"],
            ["记者 林知远", "附件：1.名单", "联系电话：见官方网站"],
        ],
    )
    def test_what_may_stand_after_the_byline(self, tail):
        assert kinds(LONG, LONG[4:], LONG[5:], *tail) == []

    def test_what_may_not(self):
        lines = (LONG, LONG[4:], LONG[5:], "记者 林知远", "[办好每一所学校]", LONG[1:], "责任编辑 沈秋")
        assert kinds(*lines) == [("stray", 4, 5, None)]

    def test_numbers_of_headings_and_nothing_below(self):
        assert kinds("[一、目标]", LONG, "[三、任务]", LONG[3:], "[四、要求]") == [
            ("heading", 2, 2, None),
            ("heading", 4, 4, None),
        ]


# In the list before publishing -------------------------------------------------------------------


def listed(page):
    with translation.override("en"):
        return [each for each in findings_for(page) if each.check == "newsroom.damage"]


def said_of(finding):
    """The words that it names first."""
    return re.search("“([^”]*)”", finding.message)[1]


def story(*body):
    return make_story(live=False, body=list(body))


def text(*paragraphs, key="t1"):
    return {
        "type": "text",
        "id": key,
        "value": "".join(f'<p data-block-key="{n}">{p}</p>' for n, p in enumerate(paragraphs)),
    }


def heading(words, key="h1"):
    return {"type": "heading", "id": key, "value": {"heading": words, "subheading": ""}}


def shape(page):
    """What the body holds, in short."""
    return [
        block.value["heading"] if block.block_type == "heading" else plain(block.value.source) for block in page.body
    ]


def plain(html):
    return re.sub(r"<[^>]*>", "", html.replace("</p>", "|"))


def mended(page, number=0):
    listed(page)[number].mend.apply()
    page.save_revision()
    return StoryPage.objects.get(pk=page.pk).get_latest_revision_as_object()


class TestListed:
    def test_an_imported_story_says_what_its_file_said(self, tmp_path):
        from news.tests.factories import make_index

        make_index()
        page = apply(document(marked("damaged")[0], tmp_path)).page
        found = listed(page)
        assert [said_of(each) for each in found] == [
            "云岭二小百草园",
            "云岭区中小学生艺术展演现场",
            "云岭区2025年青年教师研修班合…",
            "为让年轻教师站稳讲台，前年云岭区",
            "于创新的劲头、敢啃硬骨头的韧劲…",
            "柳溪初级中学依托河湾湿地开发观鸟…",
            "激发改革动能 以制度创新跑出发展…",
        ]
        assert "it seems to belong before “于创新的劲头" in found[-1].message
        assert all(each.place.startswith("body.") and each.level == 2 for each in found)
        after = mended(page, -1)
        said = "".join(shape(after))
        assert "云岭区以勇于创新的劲头、敢啃硬骨头的韧劲" in said
        assert said.index("激发改革动能") < said.index("目前，全区组建6个教育集团") < said.index("山高人为峰")
        left = ["云岭二小百草园", "云岭区中小学生艺术展演现场", "云岭区2025年青年教师研修班合…"]
        assert [said_of(each) for each in listed(after)] == [
            *left,
            "为让年轻教师站稳讲台，前年云岭区",
            "柳溪初级中学依托河湾湿地开发观鸟…",
        ]

    def test_halves_are_joined(self):
        page = story(
            text(LONG, "这些年，<b>学校</b>新增学"), heading("家门口"), text("位<b>五百</b>个。", LONG[3:], key="t2")
        )
        cut, between, start = listed(page)
        assert (cut.place, between.place, start.place) == ("body.t1", "body.h1", "body.t2")
        assert (cut.mend.label, between.mend, start.mend) == ("Join them", None, None)
        assert shape(mended(page)) == [f"{LONG}|这些年，学校新增学位五百个。|", "家门口", f"{LONG[3:]}|"]

    def test_a_repeat_is_taken_away(self):
        page = story(text(LONG, "学校开学了。", LONG))
        assert listed(page)[0].mend.label == "Take it away"
        assert shape(mended(page)) == [f"{LONG}|学校开学了。|"]

    def test_nothing_is_said_of_a_clean_story(self):
        assert listed(story(heading("家门口"), text(LONG, "学校开学了。"), text(LONG[3:], key="t2"))) == []
        assert listed(story()) == []

    def test_headings_are_left_to_their_own_check(self):
        assert listed(story(text(LONG), heading("家门口"))) == []
