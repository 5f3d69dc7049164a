import pytest

from core.text.slugs import LONGEST, slug_of


pytestmark = pytest.mark.once


@pytest.mark.parametrize(
    ("title", "slug"),
    [
        ("重庆2027年招生", "chongqing-2027-nian-zhaosheng"),
        ("校长和家长：长江边的开学典礼", "xiaozhang-he-jiazhang-changjiang-bian-de-kaixuedianli"),
        ("新增学位8660个", "xinzeng-xuewei-8660-ge"),
        ("École ＡＩ", "ecole-ai"),
        ("2027", "2027"),
        ("！——…", ""),
        ("", ""),
    ],
)
def test_a_title_is_spelt(title, slug):
    assert slug_of(title) == slug


def test_a_long_title_is_cut_between_words():
    slug = slug_of("双福第六小学校一年级新生入学体验活动暨家长开放日活动在学校举行")
    assert len(slug) <= LONGEST
    assert not slug.endswith("-")
    assert len(slug_of("a" * 200)) == LONGEST
