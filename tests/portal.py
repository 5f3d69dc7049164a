"""A small portal with one page of every kind, for the journeys in Chromium."""

import gc
import warnings
from decimal import Decimal

from core.models import Language, SiteNotice
from metrics.models import MetricsPage
from metrics.tests.factories import make_metric, make_observation
from news.models import ProgrammeIndexPage
from news.tests.factories import make_index, make_programme, make_standard_page, make_story, publish, translate
from schools.models import SchoolIndexPage
from schools.tests.factories import make_home, make_honour, make_image, make_organisation, make_school


TITLE, TITLE_EN, TITLE_AR = "新校园迎来首批学生", "First pupils on the new campus", "افتتاح المدرسة الجديدة"
REPORT, SOURCE_ADDRESS = "https://report.example/2024/", "https://paper.example/story/1"


def make_picture():
    """Wagtail leaves the files of the sizes it makes to the garbage collector, which warns: have it done here."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", ResourceWarning)
        picture = make_image()
        gc.collect()
        return picture


def everything(school, figure, programme, picture):
    """A body with every kind of block but a document."""
    table = {
        "columns": [{"type": "text", "heading": f"第{n}列"} for n in range(4)],
        "rows": [{"values": ["双福六小"] * 4}],
    }
    image = {"image": picture.pk, "caption": "新校园", "credit": "", "alt": "操场", "wide": True}
    pictures = [{"type": "item", "value": image, "id": f"picture-{n}"} for n in range(2)]
    links = (
        f'<p data-block-key="a1"><a linktype="school" id="{school.pk}">双福六小</a>开学了，全区新增学位'
        f'<a linktype="figure" id="{figure.pk}">8660个</a>。</p>'
    )
    blocks = [
        ("heading", {"heading": "校园", "subheading": "一砖一瓦"}),
        ("text", links),
        ("image", image),
        ("gallery", {"heading": "", "images": pictures}),
        ("quote", {"quote": "每个孩子都算数。", "attribution": ""}),
        ("heading", {"heading": "数字", "subheading": ""}),
        ("aside", {"heading": "说明", "text": f'<p data-block-key="a2">数字取自<a href="{REPORT}">工作报告</a>。</p>'}),
        ("figures", {"heading": "学位", "figures": [figure.pk]}),
        ("chart", {"metric": figure.metric.pk, "caption": "新增学位"}),
        ("table", {"caption": "各镇街", "table": table | {"caption": ""}, "note": "合计"}),
        ("schools", {"heading": "学校", "schools": [school.pk]}),
        ("programme", {"programme": programme.pk}),
        ("video", {"title": "开学", "url": "https://video.example/1", "poster": None, "transcript": "同学们好。"}),
    ]
    return [{"type": kind, "value": value, "id": f"block-{n}"} for n, (kind, value) in enumerate(blocks)]


def make_portal():
    """One page of every kind, in Chinese; in English and in Arabic, the sections, the story and something beside it."""
    make_home(title="江津教育", title_en="Jiangjin Education")
    make_index(title="新闻", title_en="News", title_ar="الأخبار")
    make_index(SchoolIndexPage, title="学校", slug="schools", title_en="Schools", title_ar="المدارس")
    make_index(MetricsPage, title="数据", title_en="Figures", title_ar="البيانات")
    make_index(ProgrammeIndexPage, title="行动与项目", slug="programmes", title_en="Programmes")
    school = make_school(title="双福六小", slug="shuangfu-6", title_en="Shuangfu No. 6")
    other = make_school(title="几江中学", slug="jijiang", stage="junior", standfirst="江边的学校。")
    make_honour(holder_school=other, year=2023)
    metric = make_metric(key="new-places", name="新增学位", name_ar="مقاعد جديدة")
    figure = make_observation(metric=metric)
    make_observation(metric=metric, subject_school=other, value=Decimal(120), key="places-of-a-school")
    programme = make_programme(title="课程改革", slug="reform")
    picture = make_picture()
    body = everything(school, figure, programme, picture)
    texts = {"kicker": "奔跑吧，少年", "standfirst": "双福六小今秋开学。", "picture": picture}
    source = {"credit_line": "江津日报", "source_url": SOURCE_ADDRESS}
    story = make_story(title=TITLE, slug="story", body=body, correction="更正一处数字。", **texts, **source)
    translate(story, "en", title=TITLE_EN)
    translate(story, "ar", title=TITLE_AR)
    notice = {"kind": "notice", "document_number": "津教〔2024〕1号", "issued_by": make_organisation(name="区教委")}
    make_story(title="招生通知", slug="notice", **notice)
    make_standard_page(title="关于本站", slug="about", body=body[:2])
    SiteNotice.objects.create(text="今天维护。", level="warning")
    Language.objects.filter(code="ar").update(is_open=True)
    publish(make_home())
