"""A template may be written on several lines where readers must see no blank."""

from django.template import Context, Template


def rendered(source, **context):
    return Template("{% unbroken %}" + source + "{% endunbroken %}").render(Context(context))


def test_line_breaks_between_tags_and_words_are_dropped():
    source = """
      {% if before %}
        <b>{{ before }}</b>
      {% endif %}
      {% for word in words %}
        <i>{{ word }}</i>
      {% endfor %}
    """
    assert rendered(source, before="约", words=["亩", "所"]) == "<b>约</b><i>亩</i><i>所</i>"


def test_blanks_within_a_line_stay():
    assert rendered("\n  {{ level }} <b>2</b>\n  · 国家级\n", level="国家级") == "国家级 <b>2</b>· 国家级"


def test_attributes_on_lines_of_their_own_stay_apart_by_a_blank():
    source = '<a href="/"\n   {% if css %}class="{{ css }}"\n   {% endif %}lang="en">\n  English\n</a>'
    assert rendered(source, css="on") == '<a href="/" class="on" lang="en">English</a>'


def test_line_breaks_of_values_stay():
    assert rendered("<p>\n  {{ text }}\n</p>", text="一\n二") == "<p>一\n二</p>"


def test_what_stands_outside_stays_as_it_is():
    source = "<i>1</i>\n{% unbroken %}\n<i>2</i>\n{% endunbroken %}\n<i>3</i>"
    assert Template(source).render(Context()) == "<i>1</i>\n<i>2</i>\n<i>3</i>"
