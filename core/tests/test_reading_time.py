import pytest

from core.text.reading_time import length


@pytest.mark.parametrize(
    ("html", "expected"),
    [
        ("", 1),
        ("<p>短。</p>", 1),
        ("<p>" + "学" * 400 + "</p>", 1),
        ("<p>" + "学" * 401 + "</p>", 2),
        ("<p>" + "word " * 480 + "</p>", 2),
        ("<p>" + "學" * 400 + " word" * 240 + "</p>", 2),
        ("<p>" + "слово " * 241 + "</p>", 2),
        ("<svg viewBox='0 0 1 1'><path d='" + "M1 2 " * 2000 + "'/></svg><p>学校</p>", 1),
    ],
)
def test_characters_and_words_are_counted_apart_and_tags_not_at_all(html, expected):
    assert length(html).minutes == expected
