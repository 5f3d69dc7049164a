"""From a file to a draft: what is stored, by whom, and that it is all or nothing."""

import io
from pathlib import Path

import pytest
from django.contrib.auth.models import Group
from django.core.exceptions import PermissionDenied
from django.core.management import CommandError, call_command
from django.urls import reverse

from core.models import PortalImage, User
from core.roles import sync
from core.tests.pictures import png_of
from metrics.tests.factories import make_metric, make_observation
from news.models import Contributor, StoryPage
from news.tests.factories import make_index
from newsroom.correcting.updating import plan_of
from newsroom.importing import applying
from newsroom.importing.applying import apply, try_out
from newsroom.importing.assigning import assign
from newsroom.importing.document import File
from newsroom.importing.reader import ImportRefused, read
from newsroom.importing.reading import reading
from newsroom.models import StoryImport
from schools.tests.factories import make_school

from .factories import make_member
from .test_reading_word import FILES


pytestmark = [pytest.mark.django_db, pytest.mark.once]


@pytest.fixture(autouse=True)
def media(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path / "media"
    return settings.MEDIA_ROOT


@pytest.fixture
def story():
    return assign(reading.document(FILES / "python-docx.docx", "早读.docx"))


def files(media):
    return [path.name for path in Path(media).rglob("*") if path.is_file()]


def test_a_draft_of_a_file_of_word(story):
    make_index()
    draft = apply(story)
    page = StoryPage.objects.get()
    assert draft.page == page
    assert (page.live, page.has_unpublished_changes, page.slug) == (False, True, "shusheng-xiangli-de-zaoduke")
    latest = page.get_latest_revision_as_object()
    for found in (page, latest):
        assert (found.kicker, found.title, found.subtitle) == (
            "校园观察",
            "书声巷里的早读课",
            "一所小学怎样把晨光还给孩子",
        )
        assert [(row.role, row.contributor.name) for row in found.byline.all()] == [
            *(("writer", "林知远"), ("writer", "何小禾"), ("editor", "沈秋"))
        ]
        assert [block.block_type for block in found.body] == ["heading", "text", "image", "heading", "table", "quote"]
    picture = latest.body[2].value
    assert (picture["caption"], picture["credit"]) == ("图1 早读课上的二年级学生。", "林知远 摄")
    assert (picture["image"].title, picture["image"].width) == ("图1 早读课上的二年级学生。", 320)
    assert "<b>早读铃</b>" in latest.body[1].value.source
    assert '<a href="https://school.example.org/morning">学校主页</a>' in latest.body[1].value.source
    assert [column["heading"] for column in latest.body[4].value["table"].columns] == ["年级", "早读 开始", "早读 结束"]
    assert [each.text for each in draft.findings if each.kind == "new-name"] == ["林知远", "何小禾", "沈秋"]


def test_the_draft_opens_in_the_editor_and_can_be_saved(story, admin_client):
    make_index()
    page = apply(story).page
    answer = admin_client.get(reverse("wagtailadmin_pages:edit", args=[page.pk]))
    assert answer.status_code == 200
    assert "书声巷里的早读课" in answer.content.decode()


def test_what_is_known_is_used_again(story):
    make_index()
    Contributor.objects.create(key="lin", name="林知远")
    apply(story)
    second = apply(story)
    assert PortalImage.objects.count() == 1
    assert Contributor.objects.filter(name="林知远").count() == 1
    assert second.page.slug == "shusheng-xiangli-de-zaoduke-2"
    assert not [each for each in second.findings if each.kind == "new-name"]


def test_a_failure_leaves_nothing(story, media, monkeypatch):
    make_index()

    def fail(*_args, **_kwargs):
        raise RuntimeError

    monkeypatch.setattr(applying, "stream", fail)
    with pytest.raises(RuntimeError):
        apply(story)
    assert (StoryPage.objects.count(), PortalImage.objects.count(), Contributor.objects.count()) == (0, 0, 0)
    assert files(media) == []


def test_a_picture_that_cannot_be_read_to_its_end_is_left_out(story):
    make_index()
    (name,) = story.document.pictures
    for content in (story.document.pictures[name].content[:200], png_of(20_000, 20_000)):
        story.document.pictures[name] = File(name, content)
        draft = apply(story)
        assert "image" not in [block.block_type for block in draft.page.body]
        assert [each.kind for each in draft.findings if each.kind == "damaged-picture"] == ["damaged-picture"]


def test_trying_writes_nothing(story, media):
    make_index()
    draft = try_out(story)
    assert (draft.page, draft.fields.title) == (None, "书声巷里的早读课")
    assert (StoryPage.objects.count(), PortalImage.objects.count(), Contributor.objects.count()) == (0, 0, 0)
    assert files(media) == []


def test_only_those_who_write_stories_import_them(story):
    make_index()
    sync()
    people = {}
    for name in ("Reporters", "Data officers"):
        people[name] = User.objects.create_user(name)
        people[name].groups.add(Group.objects.get(name=name))
    with pytest.raises(PermissionDenied):
        apply(story, people["Data officers"])
    draft = apply(story, people["Reporters"])
    assert draft.page.owner == people["Reporters"]
    assert draft.page.latest_revision.user == people["Reporters"]
    assert PortalImage.objects.get().uploaded_by_user == people["Reporters"]


def test_without_a_news_section_nothing_is_imported(story):
    with pytest.raises(ImportRefused):
        apply(story)


def test_a_file_is_read_in_another_process_as_in_this_one():
    content = (FILES / "python-docx.docx").read_bytes()
    assert read(content, "稿\0\ud800 -件.docx").blocks == reading.document(FILES / "python-docx.docx", "a.docx").blocks
    assert read(content, "a.docx") == reading.document(FILES / "python-docx.docx", "a.docx")


# The command ---------------------------------------------------------------------------------


def run(*args, **options):
    out = io.StringIO()
    call_command("import_story", *args, stdout=out, **options)
    return out.getvalue()


def test_the_command_makes_a_draft_and_prints_its_report():
    make_index()
    report = run(str(FILES / "libreoffice.docx"))
    page = StoryPage.objects.get()
    lines = report.splitlines()
    assert "title: 山路尽头的图书角" in lines
    assert "byline: 王青禾 (writer)" in lines
    assert "Left out: comment: “编辑甲: 请核对册数” (paragraph 3)" in lines
    assert lines[-1].startswith("libreoffice.docx: blocks")
    assert lines[-1].endswith(f"draft {page.pk}, {page.slug}")


def test_a_dry_run_says_the_same_and_writes_nothing(tmp_path):
    make_index()
    path = tmp_path / "早读.txt"
    path.write_bytes("书声巷的早读\r\n\r\n　　每天七点四十分，铃声准时响起。\r\n".encode("gb18030"))
    report = run(str(path), dry_run=True)
    assert report.endswith("早读.txt: blocks 1, pictures 0, notes 3 (dry run)\n")
    assert "Changed: encoding of the file: “GB18030”" in report
    assert not StoryPage.objects.exists()
    assert "标题" not in report
    assert "空格" in run(str(path), dry_run=True, language="zh-hans")


@pytest.mark.parametrize("name", ["missing.docx", "稿件.doc"])
def test_what_cannot_be_read_is_said_and_nothing_is_made(name, tmp_path):
    make_index()
    (tmp_path / "稿件.doc").write_bytes(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1")
    with pytest.raises(CommandError, match=r"cannot be read|save it as \.docx"):
        run(str(tmp_path / name))
    assert not StoryPage.objects.exists()


def test_a_page_that_wants_to_run_something_only_says_its_words():
    """Whatever comes in, what is stored has no script and leads nowhere strange."""
    make_index()
    body = "<h1>早读</h1><p onclick='x()'>甲<a href='javascript:x()'>乙</a><img src=x onerror=x()>丙&lt;script&gt;</p>"
    page = apply(assign(read(body.encode(), "paste.html"))).page
    assert page.body[0].value.source.partition(">")[2] == "甲乙丙&lt;script&gt;</p>"


def test_the_report_says_which_schools_and_figures_the_text_speaks_of(tmp_path):
    make_index()
    make_school(title="江津中学")
    make_school(title="江津中学滨江校区")
    make_observation(metric=make_metric(name="新增公办中小学学位"))
    path = tmp_path / "学位.txt"
    path.write_text("江津再添学位\n\n今年，江津中学滨江校区开学。全区新增公办中小学学位8660个，投入3亿元。\n", "utf-8")
    lines = [line for line in run(str(path), dry_run=True).splitlines() if line.startswith(("School", "Figure"))]
    assert lines == [
        "Schools named (1): 江津中学滨江校区",
        "School: “江津中学滨江校区” (3) is 江津中学滨江校区",
        "Figure: “8660个” (3) may be 8660个 · 新增公办中小学学位 · 江津区 · 2024年",
    ]


def test_the_report_counts_what_it_lists(tmp_path):
    make_index()
    make_school(title="江津中学")
    path = tmp_path / "学位.txt"
    text = "江津再添学位\n\n江津中学开学，学生在操场上跑步、跳绳、打球。\n\n这些年，学校新增学\n\n位五百个，家长不再发愁。\n"
    path.write_text(text, "utf-8")
    for dry_run in (True, False):
        lines = run(str(path), dry_run=dry_run).splitlines()
        assert "Broken copy (2)" in lines
        assert any(line.endswith("seems to go on with it. (line 5)") for line in lines)
        assert "Schools named (1): 江津中学" in lines
        assert not [line for line in lines if line.startswith("Numbers")]
    path.write_text("江津再添学位\n\n学生在操场上跑步。\n", "utf-8")
    report = run(str(path), dry_run=True)
    assert "Broken copy" not in report
    assert "Schools" not in report


# The import of a draft that the command made ----------------------------------------------------


def test_the_command_keeps_an_import_as_the_screens_do(client):
    make_index()
    reporter = make_member("Reporters", "reporter")
    run(str(FILES / "python-docx.docx"), user="reporter")
    page = StoryPage.objects.get()
    stored = StoryImport.objects.get()
    assert (stored.name, stored.by, stored.page_id, stored.state) == ("python-docx.docx", reporter, page.pk, "done")
    assert stored.pictures.count() == 1
    client.force_login(reporter)
    address = reverse("story_import", args=[stored.pk])
    assert client.get(address).status_code == 200
    assert address in client.get(f"{reverse('import_story')}?onto={page.pk}").content.decode()
    with (FILES / "python-docx.docx").open("rb") as file:
        client.post(f"{reverse('import_story')}?onto={page.pk}", {"file": file})
    again = StoryImport.objects.latest("pk")
    assert not [row for row in plan_of(again).comparison.rows if row.may_choose]
    client.post(reverse("story_import_undo", args=[stored.pk]))
    assert not StoryPage.objects.exists()
    assert not PortalImage.objects.exists()


def test_an_import_of_nobody_is_worked_on_by_who_edits_its_draft(client):
    make_index()
    run(str(FILES / "python-docx.docx"))
    stored = StoryImport.objects.get()
    assert stored.by is None
    address = reverse("story_import", args=[stored.pk])
    for role, sees in (("Final review", True), ("Reporters", False)):
        make_member(role, role, client)
        assert (client.get(address).status_code == 200) is sees
    make_member("Site managers", "manager", client)
    client.post(reverse("story_import_undo", args=[stored.pk]))
    assert not StoryPage.objects.exists()


def test_a_draft_that_the_command_does_not_make_leaves_no_import(media):
    with pytest.raises(CommandError, match="no news section"):
        run(str(FILES / "python-docx.docx"))
    make_index()
    make_member("Data officers", "data")
    with pytest.raises(CommandError, match="may write stories"):
        run(str(FILES / "python-docx.docx"), user="data")
    run(str(FILES / "python-docx.docx"), dry_run=True)
    assert not StoryImport.objects.exists()
    assert not StoryPage.objects.exists()
    assert files(media) == []
