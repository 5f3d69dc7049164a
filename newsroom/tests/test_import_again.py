"""A corrected file onto a draft: compared first, then written; with links, pictures, choices and translations kept."""

import pytest
from bs4 import BeautifulSoup
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from wagtail.models import Revision

from core.models import BasePage, PortalImage
from core.publishing.projection import project
from core.segments import extract
from languages.desk.originals import original_of
from languages.desk.rows import SegmentStatus, rows_of
from languages.models import Unit
from metrics.tests.factories import make_observation
from news.models import Contributor, StoryPage
from news.tests.factories import make_index, make_story
from newsroom.correcting.updating import plan_of
from newsroom.models import StoryImport

from .test_import_screens import act, files, keys, media, person, screen, soup, undo  # noqa: F401 (media is a fixture)
from .word_files import docx, inline, p, png


pytestmark = pytest.mark.django_db  # on both databases: they keep JSON otherwise

A = "清晨七点，书声巷小学的操场上已经有人在跑步，铃声还没有响。"
B = "全校有1200名学生，每天早上读书二十分钟。"
C = "校长说，早读不是为了考试，是为了安静下来。"
D = "下午四点，图书角仍然坐满了人。"


def word(*texts, title="书声巷里的早读课", byline="记者 林知远", picture="#246"):
    """A file with a picture after its first paragraph."""
    shown = [p(inline("r1")), p("图1 早读的学生。")] if picture else []
    blocks = [p(title), p(byline), p(texts[0]), *shown, *map(p, texts[1:])]
    parts = {"word/media/1.png": png(picture)} if picture else {}
    return docx(*blocks, relations=[("r1", "image", "media/1.png")] if picture else [], parts=parts)


@pytest.fixture
def reporter(client):
    make_index()
    return person("Reporters", "reporter", client)


def imported(client, content, page=None, name="早读.docx"):
    address = reverse("import_story") + (f"?onto={page.pk}" if page else "")
    answer = client.post(address, {"file": SimpleUploadedFile(name, content)})
    assert answer.status_code == 302, soup(answer).select(".w-field__errors, .messages")
    return StoryImport.objects.latest("pk")


@pytest.fixture
def page(reporter, client):
    act(client, imported(client, word(A, B, C)), "make")
    return StoryPage.objects.get()


def draft_of(page):
    return StoryPage.objects.get(pk=page.pk).get_latest_revision_as_object()


def edited(page, user, change):
    draft = draft_of(page)
    body = draft.body.get_prep_value()
    change(body)
    draft.body = body
    draft.save_revision(user=user)


def source(page):
    return "".join(block.value.source for block in draft_of(page).body if block.block_type == "text")


def compared(client, stored):
    return soup(client.get(reverse("story_import_compare", args=[stored.pk])))


def change(client, stored, untick=()):
    shown = compared(client, stored)
    data = {"token": shown.select_one("[name=token]")["value"], "row": [], "field": []}
    for box in shown.select("input[type=checkbox][checked]"):
        if box["value"] not in untick:
            data[box["name"]].append(box["value"])
    return client.post(reverse("story_import_compare", args=[stored.pk]), data)


def test_a_corrected_file_changes_what_it_changes(page, reporter, client):
    before = draft_of(page).body.get_prep_value()
    stored = imported(client, word(A, B.replace("二十", "三十"), D, title="书声巷的早读"), page)
    assert "书声巷里的早读课" in screen(client, stored).select_one(".help-info").text
    assert act(client, stored, "compare").url == reverse("story_import_compare", args=[stored.pk])
    shown = compared(client, stored)
    assert [row.select_one("strong").text for row in shown.select(".import-compared")] == [
        *("Changed", "Unchanged", "Unchanged", "Unchanged", "Changed", "Gone from the file", "New")
    ]
    assert shown.select_one(".import-compared--changed del").text == "里"
    assert shown.select_one(".import-compared--new ins").text == D
    assert draft_of(page).title == "书声巷里的早读课"  # it was only compared
    answer = change(client, stored)
    assert answer.url == reverse("wagtailadmin_pages:edit", args=[page.pk])
    draft = draft_of(page)
    after = draft.body.get_prep_value()
    assert (draft.title, draft.latest_revision.user) == ("书声巷的早读", reporter)
    assert [each["id"] for each in after] == [each["id"] for each in before]
    assert after[0] == before[0]
    assert after[1] == before[1]
    assert BeautifulSoup(source(page), "html.parser").text == A + B.replace("二十", "三十") + D
    assert PortalImage.objects.count() == 1
    assert StoryPage.objects.count() == 1
    assert Contributor.objects.count() == 1


def test_what_an_editor_did_stays(page, reporter, client):
    figure = make_observation()
    other = PortalImage.objects.create(title="别的", file=PortalImage.objects.get().file)

    def by_editor(body):
        body[0]["value"] = body[0]["value"].replace("跑步", "晨跑")
        body[1]["value"] |= {"image": other.pk, "caption": "清晨的操场"}
        linked = f'<a linktype="figure" id="{figure.pk}">1200名</a>'
        body[2]["value"] = body[2]["value"].replace("1200名", linked)
        body.append({"type": "chart", "id": "chart", "value": {"metric": figure.metric_id}})

    edited(page, reporter, by_editor)
    change(client, imported(client, word(A, B.replace("每天", "天天"), C), page))
    body = draft_of(page).body.get_prep_value()
    assert "晨跑" in body[0]["value"]
    assert (body[1]["value"]["image"], body[1]["value"]["caption"]) == (other.pk, "清晨的操场")
    assert f'全校有<a linktype="figure" id="{figure.pk}">1200名</a>学生，天天早上' in body[2]["value"]
    assert body[3]["type"] == "chart"
    change(client, imported(client, word(A, B, C), page))  # and once more: it is compared with the last file
    assert "晨跑" in source(page)
    assert f'<a linktype="figure" id="{figure.pk}">1200名</a>学生，每天早上' in source(page)


def test_translations_of_what_stays_the_same_stand(page, reporter, client):
    live = StoryPage.objects.get(pk=page.pk)
    live.get_latest_revision().publish()
    live.refresh_from_db()
    original = original_of(live)
    texts = {segment.path: f"fr {number}" for number, segment in enumerate(extract(live))}
    from core.segments import source_hash

    for segment in extract(live):
        Unit.objects.create(
            original=original,
            language="fr",
            path=segment.path,
            source_hash=source_hash(segment),
            source_text=segment.text,
            text=texts[segment.path],
            state="approved",
        )
    project(live, "fr", texts)
    stored = imported(client, word(A, B.replace("二十", "三十"), C, D), page)
    change(client, stored)
    latest = StoryPage.objects.get(pk=page.pk).get_latest_revision()
    latest.publish()
    live = StoryPage.objects.get(pk=page.pk)
    original.refresh_from_db()
    found = {row.segment.text: row.status for row in rows_of(original, "fr", extract(live))}
    assert found[A] == found[C] == found["书声巷里的早读课"] == SegmentStatus.APPROVED
    assert found[B.replace("二十", "三十")] == SegmentStatus.OUTDATED
    assert found[D] == SegmentStatus.MISSING


def test_ticks_that_are_taken_away(page, client):
    stored = imported(client, word(A, B.replace("二十", "三十"), C, title="新题"), page)
    rows = plan_of(stored).comparison.rows
    (changed,) = [str(number) for number, row in enumerate(rows) if row.is_taken]
    before = source(page)
    change(client, stored, untick=(changed, "title"))
    assert (source(page), draft_of(page).title) == (before, "书声巷里的早读课")
    again = imported(client, word(A, B.replace("二十", "三十"), C, title="新题"), page)
    assert not [row for row in plan_of(again).comparison.rows if row.may_choose]  # what was refused is not asked again


def test_a_draft_that_was_changed_meanwhile_is_compared_again(page, reporter, client):
    stored = imported(client, word(A, D), page)
    token = compared(client, stored).select_one("[name=token]")["value"]
    edited(page, reporter, lambda body: body.pop())
    latest = draft_of(page).latest_revision
    answer = client.post(reverse("story_import_compare", args=[stored.pk]), {"token": token}, follow=True)
    assert "changed meanwhile" in soup(answer).text
    assert draft_of(page).latest_revision == latest
    assert StoryImport.objects.get(pk=stored.pk).is_open


def test_choices_for_the_same_parts_are_carried_over(reporter, client):
    stored = imported(client, word(A, B, C, D))
    first = keys(stored)[-3]
    act(client, stored, f"join:{first}", kinds={first: "quote", keys(stored)[-1]: "left-out"})
    act(client, stored, "make")
    page = StoryPage.objects.get()
    again = imported(client, word("新的一段，放在最前面，清晨六点。", A, B, C, D), page)
    kinds = [kind for kind, _slices in again.parts]
    assert kinds[-2:] == ["quote", "left-out"]
    assert len(again.parts[-2][1]) == 2
    assert not [row for row in plan_of(again).comparison.rows if str(row.sort) not in ("same", "new")]


def test_a_new_picture_comes_to_the_library_only_if_it_is_taken(page, client, media):  # noqa: F811
    stored = imported(client, word(A, B, C, picture="#c20"), page)
    (number,) = [str(number) for number, row in enumerate(plan_of(stored).comparison.rows) if row.may_choose]
    compared(client, stored)
    change(client, stored, untick=(number,))
    assert PortalImage.objects.count() == 1
    stored = imported(client, word(A, B, C, picture="#2c0"), page)
    change(client, stored)
    assert PortalImage.objects.count() == 2
    (shown,) = [block.value for block in draft_of(page).body if block.block_type == "image"]
    assert (shown["image"], shown["caption"]) == (PortalImage.objects.latest("pk"), "图1 早读的学生。")
    assert len(files(media)) == 2


def test_a_failure_changes_nothing(page, client, media, monkeypatch):  # noqa: F811
    from newsroom.correcting import updating

    stored = imported(client, word(A, D, picture="#c20"), page)
    latest = draft_of(page).latest_revision
    monkeypatch.setattr(updating, "remember", lambda *_args, **_kwargs: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        change(client, stored)
    assert draft_of(page).latest_revision == latest
    assert (PortalImage.objects.count(), len(files(media))) == (1, 1)
    assert StoryImport.objects.get(pk=stored.pk).is_open


def test_it_is_taken_back_to_what_the_draft_said(page, client):
    before = draft_of(page).body.get_prep_value()
    stored = imported(client, word(A, D, picture="#c20"), page)
    change(client, stored)
    assert draft_of(page).body.get_prep_value() != before
    stored.refresh_from_db()
    assert "says again what it said" in soup(client.get(reverse("story_import_undo", args=[stored.pk]))).text
    undo(client, stored)
    assert draft_of(page).body.get_prep_value() == before
    assert PortalImage.objects.count() == 1
    assert not [row for row in plan_of(imported(client, word(A, B, C), page)).comparison.rows if row.may_choose]


def test_a_draft_that_no_import_has_made(reporter, client):
    page = make_story(
        live=False, title="手写的报道", body=[{"type": "text", "id": "t", "value": f'<p data-block-key="a">{A}</p>'}]
    )
    page.owner = reporter
    page.save()
    page.save_revision(user=reporter)
    stored = imported(client, word(A, B, picture="", title="手写的报道"), page)
    change(client, stored)
    assert BeautifulSoup(source(page), "html.parser").text == A + B
    assert 'data-block-key="a"' in source(page)


def test_only_drafts_that_one_may_edit_and_that_are_free(page, reporter, client):
    client.force_login(person("Reporters", "colleague"))
    assert client.get(reverse("import_story") + f"?onto={page.pk}").status_code == 302
    client.force_login(reporter)
    stored = imported(client, word(A, D), page)
    BasePage.objects.filter(pk=page.pk).update(locked=True, locked_by=person("Final review", "chief"))
    assert "locked" in soup(client.get(reverse("story_import_compare", args=[stored.pk]), follow=True)).text
    answer = client.post(reverse("import_story") + f"?onto={page.pk}", {"file": SimpleUploadedFile("a.docx", word(A))})
    assert "locked" in soup(answer).text
    count = Revision.objects.count()
    client.post(reverse("story_import_compare", args=[stored.pk]), {"token": plan_of(stored).token})
    assert Revision.objects.count() == count


def test_the_header_of_a_draft_leads_there(page, client):
    edit = client.get(reverse("wagtailadmin_pages:edit", args=[page.pk])).content.decode()
    assert f"{reverse('import_story')}?onto={page.pk}" in edit
    for odd in ("?onto=x", "?onto=999999", f"?onto={make_index().pk}"):
        assert client.get(reverse("import_story") + odd).status_code == 200
