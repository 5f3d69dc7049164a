"""The words of generated content: each sentence says what it is, and none states a fact or names a person."""

from functools import cache
from random import Random

from core.languages import SOURCE
from core.text.traditional import to_traditional


Text = dict[str, str]  # by language
LANGUAGES = (SOURCE, "zh-hant", "en")

SENTENCES = (
    ("这是一句生成的话，只用来试版面。", "This is a generated sentence, made only to try out the layout."),
    ("它不报道任何事情，也不提到任何人。", "It reports nothing and mentions nobody."),
    ("段落有长有短，好看出行距是否合适。", "Paragraphs are long or short, to show whether the spacing is right."),
    ("列表、分页和检索都要面对许多这样的文字。", "Lists, pages and searches have to cope with much text of this kind."),
    ("读到这里的人看的是一个试用的网站。", "Whoever reads this is looking at a site on trial."),
    ("文字由程序写成，每次写出来都一样。", "A program writes the text, and writes it the same way every time."),
    ("这里的学校、主题和项目同样是生成的。", "The schools, topics and programmes here are generated too."),
    ("需要真实内容时，请把这些页面全部删除。", "When real content is needed, please delete all of these pages."),
    ("标点、数字和换行也在试验之列。", "Punctuation, numbers and line breaks are on trial as well."),
    ("一个网站在内容很多时应当同样快。", "A site should be just as fast when it holds a great deal."),
    ("句子的先后由一个固定的数决定。", "A fixed number decides the order of the sentences."),
    ("同样的数总是得到同样的次序。", "The same number always gives the same order."),
)
NAMES = {
    "story": ("生成的报道", "Generated story"),
    "school": ("生成的学校", "Generated school"),
    "programme": ("生成的项目", "Generated programme"),
    "topic": ("生成的主题", "Generated topic"),
    "heading": ("生成的小标题", "Generated heading"),
}
# Where a paragraph of a text names something, and where that is.
ABOUT = ("这一段与{}有关。", "This paragraph is about {}.")


def name(kind: str, number: int) -> Text:
    """生成的报道 12345, in every language that we can write."""
    return {code: f"{text} {number}" for code, text in _in_languages(NAMES[kind]).items()}


def paragraph(random: Random) -> Text:
    """Two to six sentences."""
    drawn = [_in_languages(pair) for pair in random.sample(SENTENCES, random.randint(2, 6))]
    return {code: (" " if code == "en" else "").join(each[code] for each in drawn) for code in drawn[0]}


def about(thing: Text) -> Text:
    """A sentence around a name, which may be marked up."""
    return {code: text.format(thing[code]) for code, text in _in_languages(ABOUT).items()}


@cache
def _in_languages(pair: tuple[str, str]) -> Text:
    chinese, english = pair
    return dict(zip(LANGUAGES, (chinese, to_traditional(chinese), english), strict=True))
