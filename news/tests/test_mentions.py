"""From a figure to the sentences that cite it, and back."""

import re

import pytest
from wagtail import blocks
from wagtail.rich_text import RichText

from metrics.models import MetricsPage
from metrics.tests.factories import make_observation
from news.mentions import find_mentions
from news.models import StoryPage
from schools.tests.factories import make_school

from .factories import make_index, make_story, translate


pytestmark = pytest.mark.django_db


@pytest.fixture
def figure():
    make_index(MetricsPage)
    return make_observation()


def link(figure, words="8660个"):
    return f'<a linktype="figure" id="{figure.pk}">{words}</a>'


def story_with(*paragraphs, **fields):
    html = "".join(f'<p data-block-key="p{number}">{text}</p>' for number, text in enumerate(paragraphs))
    return make_story(body=[("text", html)], **fields)


def sentences(figure, language="zh-hans"):
    return [str(words) for found in find_mentions([figure.pk], language) for _address, words in found.sentences]


def test_only_the_sentence_that_cites_is_shown_and_the_figure_is_marked(figure):
    story_with(f"第一句。新增学位{link(figure)}，都是公办。第三句。", "没有数字的一段。")
    assert sentences(figure) == ["新增学位<mark>8660个</mark>，都是公办。"]


@pytest.mark.parametrize(
    ("paragraph", "expected"),
    [
        ("他说：“新增{}。”后来又说别的。", "他说：“新增<mark>8660个</mark>。”"),
        ("真的吗？有{}！好。", "有<mark>8660个</mark>！"),
        ("Places: 98.5 and {} in all. Next.", "Places: 98.5 and <mark>8660个</mark> in all."),
        ("<b>粗</b>&amp;{}&lt;script&gt;", "粗&amp;<mark>8660个</mark>&lt;script&gt;"),
        ("第一行。<br/>One<br/>{}。", "One <mark>8660个</mark>。"),
    ],
)
def test_where_a_sentence_begins_and_ends(figure, paragraph, expected):
    story_with(paragraph.format(link(figure)))
    assert sentences(figure) == [expected]


def test_sentences_in_asides_are_cited(figure):
    html = f"<p>背景。此前已增{link(figure, '约8660个')}。</p><ul><li>其中{link(figure)}</li></ul>"
    make_story(body=[("aside", {"heading": "算账", "text": html})])
    assert sentences(figure) == ["此前已增<mark>约8660个</mark>。", "其中<mark>8660个</mark>"]


class BoxBlock(blocks.StructBlock):
    points = blocks.ListBlock(blocks.StreamBlock([("point", blocks.RichTextBlock())]))


def test_a_block_that_nobody_has_heard_of_is_cited_too(figure, monkeypatch):
    """Whoever adds a block with rich text to a body need not tell anybody."""
    box = BoxBlock()
    box.set_name("box")
    for name in ("body", "body_zh_hans"):
        monkeypatch.setitem(StoryPage._meta.get_field(name).stream_block.child_blocks, "box", box)
    html = f"<p>盒子里有{link(figure)}。</p>"
    story = make_story(body=[("box", {"points": [[("point", RichText(html))]]})])
    (found,) = find_mentions([figure.pk], "zh-hans")
    assert found.sentences == [(f"{story.url}#b-{story.body[0].id}", "盒子里有<mark>8660个</mark>。")]


def test_the_words_of_a_link_without_words_are_those_of_the_figure(figure, django_assert_num_queries):
    """As translators leave them: the figure is said in the reader's language."""
    school = make_school(title="聚奎中学")
    story_with(f'<a linktype="school" id="{school.pk}"></a>有{link(figure, "")}。', f"又有{link(figure, '')}。")
    with django_assert_num_queries(4):  # the site, the stories, the figures, the schools
        found = sentences(figure)
    assert found == [f"聚奎中学有<mark>{figure.display()}</mark>。", f"又有<mark>{figure.display()}</mark>。"]


def test_another_figure_in_the_sentence_is_not_marked(figure):
    other = make_observation(value=3)
    story_with(f"有{link(figure)}和{link(other, '3所')}。")
    assert sentences(figure) == ["有<mark>8660个</mark>和3所。"]


def test_a_figure_shown_in_a_block_names_the_story_without_a_sentence(figure):
    story = make_story(body=[("figures", {"heading": "", "figures": [figure]})])
    (found,) = find_mentions([figure.pk], "zh-hans")
    assert (found.page, found.sentences) == (story, [])


def test_drafts_and_other_languages_are_left_out(figure):
    story_with(f"草稿{link(figure)}。", live=False)
    chinese = story_with(f"中文{link(figure)}。")
    assert [found.page for found in find_mentions([figure.pk], "zh-hans")] == [chinese]
    assert find_mentions([figure.pk], "en") == []


def test_in_english_the_english_sentence(figure):
    story = story_with(f"新增{link(figure)}。")
    path = f"body.{story.body[0].id}#p0"
    translate(story, "en", **{path: 'Places added: <a id="a1">8,660</a>. More.'})
    assert sentences(figure, "en") == ["Places added: <mark>8,660</mark>."]


def test_the_page_of_a_figure_leads_to_the_sentence_and_the_sentence_to_the_page(client, figure):
    story = story_with(f"新增学位{link(figure)}。")
    html = client.get(figure.metric.get_absolute_url()).content.decode()
    (address,) = re.findall(r'citing__sentence"><a href="([^"]+)"', html)
    path, anchor = address.split("#")
    assert path == story.url
    page = client.get(path).content.decode()
    assert f'id="{anchor}"' in page
    assert f'href="{figure.metric.get_absolute_url()}"' in page


def test_a_metric_says_how_to_cite_it_and_offers_its_files(client, figure):
    url = figure.metric.get_absolute_url()
    html = client.get(url).content.decode()
    assert figure.source.title in html[html.index('class="cite"') :]
    for extension in ("csv", "json", "svg"):
        assert f'href="{url.rstrip("/")}.{extension}"' in html
