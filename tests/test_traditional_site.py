"""Traditional Chinese as a site writes it: its region, its names, its phrases, and what people put right."""

from io import StringIO

import pytest
from django.core.management import call_command
from django.urls import reverse
from wagtail.models import Site
from wagtail.users.models import UserProfile

from core.models import PortalSettings, User
from core.publishing.mending import mend
from languages.desk.corrections import carried
from languages.models import Phrase, UnitState
from languages.views.workbench import RowPresenter
from news.models import Contributor
from schools.models import Town

from .desk import Bench, edited, stored, story_of, translator


pytestmark = [pytest.mark.django_db, pytest.mark.once]


def traditional(page, name="body"):
    return str(stored(page, name, "zh-hant"))


def printed(text, **options):
    out = StringIO()
    call_command("to_traditional", text, stdout=out, **options)
    return out.getvalue().strip()


@pytest.fixture
def in_taiwan():
    settings = PortalSettings.for_site(Site.objects.get(is_default_site=True))
    settings.traditional_standard = "tw"
    settings.save()
    return settings


# The region ---------------------------------------------------------------------------------------


def test_texts_are_written_anew_when_the_site_chooses_another_region(client):
    story = story_of(("a", "教室里面"), title="校园里的平台")
    assert (traditional(story, "title"), "教室裏面" in traditional(story)) == ("校園裏的平台", True)
    settings = PortalSettings.for_site(Site.objects.get(is_default_site=True))
    settings.traditional_standard = "tw"
    settings.save()
    assert (traditional(story, "title"), "教室裡面" in traditional(story)) == ("校園裡的平臺", True)
    settings.traditional_standard = "hk"
    settings.save()
    assert traditional(story, "title") == "校園裏的平台"


def test_open_graph_names_the_region_whose_characters_are_used(client):
    story = story_of(("a", "教室里面"))
    assert 'property="og:locale" content="zh_HK"' in client.get(f"/zh-hant{story.url}").content.decode()
    settings = PortalSettings.for_site(Site.objects.get(is_default_site=True))
    settings.traditional_standard = "tw"
    settings.save()
    assert 'property="og:locale" content="zh_TW"' in client.get(f"/zh-hant{story.url}").content.decode()
    assert 'property="og:locale:alternate" content="zh_TW"' in client.get(story.url).content.decode()


def test_the_command_prints_what_the_site_would_write(in_taiwan):
    Phrase.objects.create(simplified="软件", traditional="軟體")
    assert printed("教室里的软件") == "教室裡的軟體"
    assert printed("教室里的软件", standard="hk") == "教室裏的軟體"


# Names --------------------------------------------------------------------------------------------


def test_a_person_of_the_site_keeps_the_surname_in_every_text():
    story = story_of(("a", "本文由于伟采写。"))
    Contributor.objects.create(key="yu-wei", name="于伟")
    assert "由于偉採寫" in traditional(story)
    assert printed("记者于伟") == "記者于偉"


def test_a_name_that_is_a_word_as_well_stays_a_word():
    Contributor.objects.create(key="xiang-qian", name="余光")
    assert printed("眼睛的余光") == "眼睛的餘光"


def test_a_corrected_name_is_written_so_wherever_it_stands():
    town = Town.objects.create(key="yanfa", name="岩发镇")
    story = story_of(("a", "岩发镇的小学开学。"))
    assert "岩發鎮的小學" in traditional(story)
    Bench(town, translator("zh-hant"), "zh-hant").writes("岩发镇", "巖髮鎮", UnitState.APPROVED)
    assert "巖髮鎮的小學開學" in traditional(story)
    assert printed("岩发镇") == "巖髮鎮"


def test_a_phrase_wins_over_a_name_of_the_same_words():
    Town.objects.create(key="jijiang", name="几江街道")
    assert printed("几江街道") == "几江街道"
    Phrase.objects.create(simplified="几江街道", traditional="幾江街道")
    assert printed("几江街道") == "幾江街道"


# A phrase that changes other words -----------------------------------------------------------------


@pytest.fixture
def editor(client):
    user = User.objects.create_superuser("root", "r@example.org", "x")
    UserProfile.objects.create(user=user, preferred_language="en")
    client.force_login(user)
    return client


def add_phrase(client, simplified, traditional, **more):
    address = reverse(Phrase.snippet_viewset.get_url_name("add"))
    return client.post(address, {"simplified": simplified, "traditional": traditional, "note": "", **more})


def test_a_phrase_that_would_change_other_words_shows_them_and_asks(editor):
    story = story_of(("a", "离学校三公里。"))
    answer = add_phrase(editor, "里", "裡").content.decode()
    assert "公里 → 公裡 (双福六小开学)" in answer
    assert "里程 → 裡程" in answer
    assert not Phrase.objects.exists()
    assert "三公里" in traditional(story)
    assert add_phrase(editor, "里", "裡", is_meant="on").status_code == 302
    assert "三公裡" in traditional(story)


def test_a_phrase_across_two_words_is_found_in_the_texts(editor):
    story_of(("a", "学生发展"))
    assert "學生發展 → 學生髮展" in add_phrase(editor, "生发", "生髮").content.decode()


def test_a_phrase_that_changes_only_what_it_is_for_is_saved_at_once(editor):
    story_of(("a", "软件园的软件"))
    assert add_phrase(editor, "软件", "軟體").status_code == 302


# What people put right -----------------------------------------------------------------------------

SOURCE, CORRECTED = "软件课程深受学生欢迎", "軟體課程深受學生歡迎"


@pytest.mark.parametrize(
    ("new", "automatic", "shown", "lost"),
    [
        ("软件课程很受学生欢迎", "軟件課程很受學生歡迎", "軟體課程很受學生歡迎", False),
        ("今年软件课程深受欢迎", "今年軟件課程深受歡迎", "今年軟體課程深受歡迎", False),
        ("硬件课程深受学生欢迎", "硬件課程深受學生歡迎", "硬件課程深受學生歡迎", True),
        ("<b1>软件</b1>课程受欢迎", "<b1>軟件</b1>課程受歡迎", "<b1>軟體</b1>課程受歡迎", False),
    ],
)
def test_a_correction_is_of_words(new, automatic, shown, lost):
    from core.text.traditional import to_traditional

    correction = carried(SOURCE, CORRECTED, new, automatic, to_traditional)

    assert (correction.text, correction.lost) == (shown, lost)


def test_of_two_corrections_the_one_whose_words_stand_is_kept():
    from core.text.traditional import to_traditional

    correction = carried("软件和视频", "軟體和影片", "软件和音频", "軟件和音頻", to_traditional)

    assert (correction.text, correction.is_carried, correction.lost) == ("軟體和音頻", True, True)


@pytest.fixture
def corrected():
    bench = Bench(story_of(("a", SOURCE)), translator("zh-hant"), "zh-hant")
    bench.writes(SOURCE, CORRECTED, UnitState.APPROVED)
    return bench


def shown_at_the_desk(bench):
    presenter = RowPresenter(bench.original, bench.language, bench.rows)
    row = bench.row("课程")
    return presenter.text_of(row), presenter.status_of(row)


def preview(bench, client):
    client.force_login(bench.user)
    return client.get(reverse("languages_preview", args=[bench.original.pk, "zh-hant"])).content.decode()


def test_a_correction_survives_a_change_of_another_word(corrected, client):
    edited(corrected.obj, ("a", "软件课程很受学生欢迎"))
    assert "軟體課程很受學生歡迎" in traditional(corrected.obj)
    assert shown_at_the_desk(corrected) == ("軟體課程很受學生歡迎", "carried")
    assert "軟體課程很受學生歡迎" in preview(corrected, client)


def test_where_the_corrected_words_changed_the_desk_and_the_preview_show_what_readers_see(corrected, client):
    edited(corrected.obj, ("a", "编程课程深受学生欢迎"))
    assert "編程課程深受學生歡迎" in traditional(corrected.obj)
    assert shown_at_the_desk(corrected) == ("編程課程深受學生歡迎", "outdated")
    page = preview(corrected, client)
    assert "編程課程深受學生歡迎" in page
    assert "軟體" not in page


def test_a_correction_comes_back_with_its_words(corrected):
    edited(corrected.obj, ("a", "编程课程深受学生欢迎"))
    edited(corrected.obj, ("a", "软件课程深受学生欢迎！"))
    assert "軟體課程深受學生歡迎！" in traditional(corrected.obj)


# What was written by an earlier release -----------------------------------------------------------


def test_what_would_be_written_otherwise_today_is_found_and_written_anew():
    story = story_of(("a", "学生发展"))
    list(mend(only=["traditional-characters"]))  # the front page comes with the migrations
    type(story).objects.filter(pk=story.pk).update(title_zh_hant="雙福六小開学")
    found = [flaw for _mender, flaw, _outcome in mend(only=["traditional-characters"])]
    assert [flaw.thing for flaw in found] == [f"news.StoryPage {story.pk}, zh-hant"]
    assert traditional(story, "title") == "雙福六小開學"
    assert not list(mend(only=["traditional-characters"]))
