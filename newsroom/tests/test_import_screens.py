"""Importing a story in the admin: who may, what is refused and said, the two sides, the draft, and taking it back."""

import tempfile
from pathlib import Path

import pytest
from bs4 import BeautifulSoup
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone
from wagtail.images import get_image_model
from wagtail.models import PageLogEntry
from wagtail.users.models import UserProfile

from core.models import PortalImage
from core.roles import all_roles
from core.tests.pictures import png_of
from news.models import Contributor, StoryPage
from news.tests.factories import make_index, make_story
from newsroom.importing import applying
from newsroom.imports import forgetting, making
from newsroom.imports.rights import may_import
from newsroom.models import ImportedPicture, StoryImport

from .factories import make_member
from .test_import_limits import HOSTILE, OLE, RENAMED
from .test_reading_word import FILES


pytestmark = [pytest.mark.django_db, pytest.mark.once]

WORD = (FILES / "python-docx.docx").read_bytes()
TITLE = "书声巷里的早读课"


@pytest.fixture(autouse=True)
def media(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path / "media"
    settings.WAGTAIL_WORKFLOW_ENABLED = True
    return settings.MEDIA_ROOT


def person(role, name="", client=None):
    user = make_member(role, name, client)
    UserProfile.objects.create(user=user, preferred_language="en")
    return user


@pytest.fixture
def reporter(client):
    make_index()
    return person("Reporters", "reporter", client)


def soup(answer):
    return BeautifulSoup(answer.content, "html.parser")


def upload(client, content=WORD, name="早读.docx", **data):
    return client.post(reverse("import_story"), {"file": SimpleUploadedFile(name, content), **data})


def imported(client, **more):
    answer = upload(client, **more)
    assert answer.status_code == 302, soup(answer).select_one(".w-field__errors")
    return StoryImport.objects.latest("pk")


def screen(client, stored):
    return soup(client.get(reverse("story_import", args=[stored.pk])))


def act(client, stored, act, **kinds):
    data = {"act": act} | {f"kind-{key}": kind for key, kind in kinds.get("kinds", {}).items()}
    return client.post(reverse("story_import", args=[stored.pk]), data)


def keys(stored):
    stored.refresh_from_db()
    return ["-".join(".".join(map(str, each)) for each in slices) for _kind, slices in stored.parts]


def made(client, **more):
    stored = imported(client, **more)
    answer = act(client, stored, "make")
    page = StoryPage.objects.latest("pk")
    assert answer.url == reverse("wagtailadmin_pages:edit", args=[page.pk])
    stored.refresh_from_db()
    return stored, page


def files(media):
    return [path.name for path in Path(media).rglob("*") if path.is_file()]


# Who may --------------------------------------------------------------------------------------------------


def test_it_is_a_right_of_the_table(client):
    make_index()
    people = {role.name: make_member(role.name, role.name) for role in all_roles()}
    may = {name for name, user in people.items() if may_import(user)}
    assert may == {"Reporters", "Final review", "Site managers"}
    for name in ("Reporters", "First review"):
        client.force_login(people[name])
        assert (client.get(reverse("import_story")).status_code == 200) is (name in may)
        menu = client.get(reverse("wagtailadmin_home")).content.decode()
        assert (reverse("import_story") in menu) is (name in may)


def test_whose_it_is_and_who_edits_its_draft_work_on_it(reporter, client):
    stored = imported(client)
    address = reverse("story_import", args=[stored.pk])
    picture = reverse("story_import_picture", args=[stored.pk, stored.pictures.get().name])
    for name, role, sees in [
        ("colleague", "Reporters", False),
        ("chief", "Final review", True),
        ("first", "First review", False),
        ("data", "Data officers", False),
    ]:
        client.force_login(person(role, name))
        for each in (address, picture, reverse("story_import_undo", args=[stored.pk])):
            assert (client.get(each).status_code == 200) is sees, (name, each)
        assert client.post(address, {"act": "reset"}).status_code == 302
    client.force_login(reporter)
    answer = client.get(picture)
    assert (answer["Content-Type"], answer["X-Content-Type-Options"]) == ("image/png", "nosniff")
    assert "private" in answer["Cache-Control"]
    assert answer.content == bytes(stored.pictures.get().content)
    assert client.get(reverse("story_import_picture", args=[stored.pk, "x.png"])).status_code == 404


# What comes in --------------------------------------------------------------------------------------------


def test_a_file_is_shown_and_is_no_draft_yet(reporter, client, media):
    stored = imported(client)
    page = screen(client, stored)
    assert page.select_one(".import-part [data-import-file] [data-import-words]").text == "校园观察"
    assert [row["data-kind"] for row in page.select(".import-part")][:4] == ["kicker", "title", "subtitle", "byline"]
    assert (
        page.select_one("[data-kind=byline] .import-becomes").text.split()
        == [
            *("Writer", "林知远,", "Writer", "何小禾,", "Editor", "沈秋"),
        ]
        or "林知远" in page.select_one("[data-kind=byline] .import-becomes").text
    )
    assert "paragraph 1" in page.select_one(".import-place").text
    assert page.select_one("[data-kind=table] table")
    assert page.select_one("[data-kind=picture] img")["src"].startswith("/admin/imports/")
    assert "Kept" in page.select_one(".import-report").text
    assert not StoryPage.objects.exists()
    assert not PortalImage.objects.exists()
    assert files(media) == []
    assert stored.name in soup(client.get(reverse("import_story"))).select_one("table.work").text


@pytest.mark.parametrize("name", [*HOSTILE, *RENAMED])
def test_what_is_refused_is_said_at_its_field_and_leaves_nothing(reporter, client, name, tmp_path, monkeypatch, media):
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    content, called = (HOSTILE[name][0](), HOSTILE[name][1]) if name in HOSTILE else RENAMED[name][:2]
    answer = upload(client, content, called)
    assert answer.status_code == 200
    field = soup(answer).select_one("[data-field]:has(input[type=file])")
    said = field.select_one(".w-field__errors").text.strip()
    assert len(said) > 20
    assert "Traceback" not in answer.content.decode()
    assert not StoryImport.objects.exists()
    assert not list(tmp_path.glob("import-*"))
    assert files(media) == []


def test_the_old_word_is_refused_with_what_to_do(reporter, client):
    assert "save it as .docx" in soup(upload(client, OLE, "稿件.doc")).select_one(".w-field__errors").text


def test_text_is_pasted_with_its_format_or_without(reporter, client):
    html = "<html><body><h1>早读课</h1><p>清晨七点，铃声响起，孩子们开始读书。</p><ul><li>甲</li><li>乙</li></ul></body></html>"
    for data in ({"pasted": "早读课", "pasted_html": html}, {"pasted": html}):
        client.post(reverse("import_story"), data)
        assert [kind for kind, _slices in StoryImport.objects.latest("pk").parts] == ["title", "text", "list"]
    client.post(reverse("import_story"), {"pasted": "早读课\n\n清晨七点，铃声响起，孩子们开始读书。1 < 2"})
    assert StoryImport.objects.latest("pk").document["format"] == "txt"
    assert StoryImport.objects.count() == 3


def test_nothing_typed_is_lost(reporter, client):
    answer = upload(client, OLE, "稿件.doc", pasted="我的文字", pasted_html="<p>我的文字</p>")
    page = soup(answer)
    assert "not both" in page.text
    assert page.select_one("textarea[name=pasted]").text.strip() == "我的文字"
    assert page.select_one("textarea[name=pasted_html]").text.strip() == "<p>我的文字</p>"
    page = soup(client.post(reverse("import_story"), {"pasted": " \n ", "pasted_html": ""}))
    assert "Choose a file, or paste a text below." in page.text
    page = soup(client.post(reverse("import_story"), {"pasted": "<p></p>"}))
    assert page.select_one("textarea[name=pasted]").text.strip() == "<p></p>"
    assert "There is no text" in page.text


def test_the_token_is_asked_for(reporter):
    from django.test import Client

    strict = Client(enforce_csrf_checks=True)
    strict.force_login(reporter)
    assert strict.post(reverse("import_story"), {"pasted": "文字"}).status_code == 403
    assert not StoryImport.objects.exists()


def test_a_name_that_no_database_keeps(reporter, client):
    client.post(reverse("import_story"), {"pasted": "早读课\0\n\n清晨七点，铃声响起。"})
    stored = imported(client, name="长" * 200 + ".docx")
    assert "\0" not in str(StoryImport.objects.first().document)
    assert stored.name.endswith(".docx")


# What each part becomes -----------------------------------------------------------------------------------


def test_kinds_are_saved_whatever_button_is_pressed(reporter, client):
    stored = imported(client)
    first, second = keys(stored)[:2]
    assert act(client, stored, "save", kinds={first: "text"}).status_code == 302
    assert "saved" in screen(client, stored).text
    answer = act(client, stored, f"join:{first}", kinds={second: "text"})
    assert answer.url.endswith(f"#part-{first}-{second}")
    stored.refresh_from_db()
    assert stored.parts[0] == ["text", [[0, 0, 4], [1, 0, 8]]]
    answer = act(client, stored, f"split:{first}-{second}:4")
    assert keys(stored)[:2] == [first, second]
    act(client, stored, "reset")
    stored.refresh_from_db()
    assert [kind for kind, _slices in stored.parts][:2] == ["kicker", "title"]


def test_a_script_is_told_what_changed_and_the_report(reporter, client):
    stored = imported(client)
    key = keys(stored)[1]
    data = {"act": "save", f"kind-{key}": "left-out", "kind-9.9.9": "text"}
    address = reverse("story_import", args=[stored.pk])
    said = client.post(address, data, headers={"X-Requested-With": "XMLHttpRequest"}).json()
    assert list(said["rows"]) == [key]
    assert "left out" in said["rows"][key]
    assert f"taken out by hand: “{TITLE}”" in said["report"]
    assert said["refused"] == ["9.9.9"]


@pytest.mark.parametrize(
    "odd", ["split:x", "split::", "split:0.0.4:x", "join:", "join:9.9.9", "split:0.0.4:99", "nonsense"]
)
def test_odd_acts_change_nothing(reporter, client, odd):
    stored = imported(client)
    before = keys(stored)
    assert act(client, stored, odd).status_code == 302
    assert keys(stored) == before


def test_a_long_file_is_shown_in_pages(reporter, client):
    text = "\n\n".join(f"第{number}段，铃声响起，孩子们开始读书，这是早读课。" for number in range(150))
    stored = imported(client, content=f"标题\n\n{text}".encode(), name="长.txt")
    address = reverse("story_import", args=[stored.pk])
    assert len(screen(client, stored).select(".import-part")) == 100
    assert len(soup(client.get(f"{address}?p=2")).select(".import-part")) == 51
    assert client.get(f"{address}?p=x").status_code == client.get(f"{address}?p=99").status_code == 200
    assert act(client, stored, f"join:{keys(stored)[120]}").url.startswith(f"{address}?p=2#part-")


# The draft ------------------------------------------------------------------------------------------------


def test_a_draft_is_made_of_what_was_chosen(reporter, client, media):
    stored = imported(client)
    by_kind = {kind: key for key, (kind, _slices) in zip(keys(stored), stored.parts, strict=True)}
    answer = act(client, stored, "make", kinds={by_kind["kicker"]: "left-out", by_kind["quote"]: "text"})
    page = StoryPage.objects.get()
    assert answer.url == reverse("wagtailadmin_pages:edit", args=[page.pk])
    draft = page.get_latest_revision_as_object()
    assert (draft.title, draft.kicker, draft.owner, draft.live) == (TITLE, "", reporter, False)
    assert "quote" not in [block.block_type for block in draft.body]
    edit = client.get(answer.url)
    assert 'data-side-panel="checklist"' in edit.content.decode()
    stored.refresh_from_db()
    assert (stored.state, stored.page_id) == ("done", page.pk)
    image = PortalImage.objects.get()
    assert stored.made["pictures"] == {str(image.pk): image.file_hash}
    assert "taken out by hand" in screen(client, stored).select_one(".import-report").text
    assert not screen(client, stored).select("select[data-import-kind]")
    assert act(client, stored, "make").url == reverse("story_import", args=[stored.pk])
    assert StoryPage.objects.count() == 1


def test_a_failure_leaves_the_file_as_it_was_and_nothing_else(reporter, client, media, monkeypatch):
    stored = imported(client)
    monkeypatch.setattr(making, "remember", lambda *_args, **_kwargs: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        making.make_draft(stored, reporter)
    stored.refresh_from_db()
    assert stored.state == "open"
    counts = (StoryPage.objects.count(), PortalImage.objects.count(), Contributor.objects.count())
    assert (counts, files(media)) == ((0, 0, 0), [])


def test_who_may_import_but_not_add_pictures_is_told(reporter, client):
    stored = imported(client)
    reporter.groups.get().collection_permissions.all().delete()
    answer = act(client, stored, "make")
    assert answer.url == reverse("story_import", args=[stored.pk])
    assert "Only those who may write stories" in screen(client, stored).text
    assert not StoryPage.objects.exists()


def test_the_command_asks_for_the_right_too():
    make_index()
    user = person("First review")
    with pytest.raises(applying.PermissionDenied):
        applying.check_rights(user, has_pictures=False)


# The same file --------------------------------------------------------------------------------------------


def test_the_second_is_told_who_was_first_and_may_go_on(reporter, client):
    stored, _page = made(client)
    client.force_login(person("Reporters", "colleague"))
    again = imported(client, name="又一个名字.docx")
    shown = screen(client, again)
    told = shown.select_one(".help-warning")
    assert "reporter" in told.text
    assert "You may go on" in told.text
    assert TITLE in told.text
    link = told.a["href"]
    assert link == reverse("story_import", args=[stored.pk])
    first = client.get(link)  # the same file is theirs to read
    assert first.status_code == 200
    assert "You may look at this import" in soup(first).text
    assert client.post(reverse("story_import_undo", args=[stored.pk])).status_code == 302
    assert StoryPage.objects.count() == 1
    act(client, again, "make")
    assert StoryPage.objects.count() == 2
    assert PortalImage.objects.count() == 1


# Taking back ----------------------------------------------------------------------------------------------


def undo(client, stored):
    return client.post(reverse("story_import_undo", args=[stored.pk]), follow=True)


def test_an_import_is_taken_back_with_its_pictures_and_names(reporter, client, media):
    stored, _page = made(client)
    asked = soup(client.get(reverse("story_import_undo", args=[stored.pk])))
    assert TITLE in asked.text
    assert "1 picture" in asked.text
    assert StoryPage.objects.count() == 1  # it only asked
    assert "taken back, with 1 picture" in soup(undo(client, stored)).text
    counts = (StoryPage.objects.count(), PortalImage.objects.count(), Contributor.objects.count())
    assert counts == (0, 0, 0)
    assert PageLogEntry.objects.filter(action="wagtail.delete", user=reporter).exists()
    stored.refresh_from_db()
    assert (stored.state, stored.page, stored.made) == ("open", None, {})
    act(client, stored, "make")  # what was chosen is still there
    assert StoryPage.objects.get().title == TITLE


def test_pictures_that_are_used_or_changed_stay(reporter, client):
    stored, _page = made(client)
    image = PortalImage.objects.get()
    other = make_story(title="别的报道", live=False)
    other.picture = image
    other.save_revision()
    undo(client, stored)
    assert PortalImage.objects.get() == image
    other.delete()
    stored, _page = made(client)
    PortalImage.objects.update(file_hash="0" * 40)
    undo(client, stored)
    assert PortalImage.objects.exists()


def edited(page, user):
    page.standfirst = "改过"
    page.save_revision(user=user)


def submitted(page, user):
    from wagtail.models import GroupApprovalTask, Workflow, WorkflowTask

    workflow = Workflow.objects.create(name="w")
    WorkflowTask.objects.create(workflow=workflow, task=GroupApprovalTask.objects.create(name="t"), sort_order=0)
    workflow.start(page, user)


def published(page, user):
    page.get_latest_revision().publish()


def deleted(page, user):
    page.delete()


@pytest.mark.parametrize(
    ("happens", "said"),
    [
        (edited, "edited since, last by reporter"),
        (submitted, "submitted for review"),
        (published, "was published"),
        (deleted, "deleted already"),
    ],
)
def test_what_something_came_of_is_not_taken_back(reporter, client, happens, said):
    stored, page = made(client)
    happens(page, reporter)
    if happens is not deleted:
        assert said in screen(client, stored).text
    assert said in soup(client.get(reverse("story_import_undo", args=[stored.pk]))).text
    assert said in soup(undo(client, stored)).text
    assert StoryPage.objects.count() == (happens is not deleted)
    assert get_image_model().objects.count() == 1


def test_a_file_that_is_no_draft_is_thrown_away(reporter, client):
    stored = imported(client)
    assert "thrown away" in soup(undo(client, stored)).text
    assert not StoryImport.objects.exists()
    assert not ImportedPicture.objects.exists()


def test_what_nobody_goes_on_with_is_forgotten(reporter, client):
    done, _page = made(client)
    left = imported(client)
    assert list(forgetting.forget_old(timezone.now())) == []
    StoryImport.objects.update(changed_at=timezone.now() - forgetting.KEPT * 2)
    assert list(forgetting.forget_old(timezone.now()))
    assert list(StoryImport.objects.all()) == [done]
    assert not ImportedPicture.objects.exists()
    assert not StoryImport.objects.filter(pk=left.pk).exists()
    undo(client, done)
    done.refresh_from_db()
    assert done.state == "undone"


def test_a_picture_that_breaks_at_the_draft_is_left_out_and_said(reporter, client):
    stored = imported(client)
    stored.pictures.update(content=png_of(20_000, 20_000))
    act(client, stored, "make")
    assert "picture that cannot be read" in screen(client, stored).select_one(".import-report").text
