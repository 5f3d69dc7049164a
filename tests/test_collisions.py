"""Two editors at one thing: who comes second is asked, part by part, and loses nothing."""

import json
import re
from html import unescape

import pytest
from bs4 import BeautifulSoup
from django.contrib.auth.models import Group, Permission
from django.core.files.base import ContentFile
from django.test import Client
from django.urls import URLPattern, get_resolver, reverse
from django.utils import timezone, translation
from django.views.generic import UpdateView, View
from wagtail.admin.admin_url_finder import AdminURLFinder
from wagtail.admin.viewsets.pages import page_viewset_registry
from wagtail.contrib.redirects.models import Redirect
from wagtail.documents.models import Document
from wagtail.fields import StreamField
from wagtail.models import Collection, Site, get_page_models
from wagtail.test.utils.form_data import nested_form_data, rich_text

from core.models import Language, PortalSettings, SiteNotice, User
from languages.models import Phrase, Term
from metrics.models import Observation
from metrics.tests.factories import make_figures_page, make_metric, make_observation
from news.models import Contributor, StoryPage, Topic
from news.tests.factories import make_programme, make_standard_page, make_story
from schools.models import Town
from schools.tests.factories import make_honour, make_image, make_organisation, make_school


pytestmark = pytest.mark.django_db

BODY = [
    {"type": "heading", "id": "h1", "value": {"heading": "校园", "subheading": ""}},
    {"type": "text", "id": "t1", "value": "<p>新校园有<b>48</b>个班。</p>"},
    {"type": "text", "id": "t2", "value": "<p>操场很大。</p>"},
]


@pytest.fixture(autouse=True)
def _english():
    with translation.override("en"):
        yield


@pytest.fixture
def ann(client):
    client.force_login(User.objects.create_superuser("ann", first_name="Ann"))
    client.cookies["django_language"] = "en"
    return client


@pytest.fixture
def ben():
    other = Client()
    other.force_login(User.objects.create_superuser("ben", first_name="Ben"))
    other.cookies["django_language"] = "en"
    return other


@pytest.fixture
def story():
    return make_story(title="开学", slug="first-day", body=BODY)


def fields_of(html, form="form[data-edit-form], .collision form"):
    """What a browser would post of a form without scripts: everything but bodies."""
    data = {}
    for each in BeautifulSoup(html, "html.parser").select_one(form).select("input, textarea, select"):
        name, kind = each.get("name"), each.get("type")
        if not name or "__prefix__" in name or kind in ("submit", "file") or each.has_attr("disabled"):
            continue
        if kind in ("checkbox", "radio") and not each.has_attr("checked"):
            continue
        if each.name == "select":
            chosen = [option.get("value") for option in each.select("option[selected]")]
            data[name] = chosen if each.has_attr("multiple") else (chosen or [""])[0]
        elif each.name == "textarea":
            data[name] = each.text.removeprefix("\n")
        elif kind == "checkbox":
            data[name] = [*data.get(name, []), each.get("value", "on")]
        else:
            data[name] = each.get("value", "")
    return data


def body(*blocks, name="body"):
    """The body as the editor's script posts it: (type, value, id)."""
    data = {f"{name}-count": str(len(blocks))}
    for number, (kind, value, block_id) in enumerate(blocks):
        at = f"{name}-{number}"
        data |= {f"{at}-type": kind, f"{at}-deleted": "", f"{at}-order": str(number), f"{at}-id": block_id}
        data |= nested_form_data({f"{at}-value": rich_text(value) if kind == "text" else value})
    return data


HEADING, TEXT, LAST = [(each["type"], each["value"], each["id"]) for each in BODY]


class Form:
    """An edit form as somebody has it open."""

    def __init__(self, client, url, **extra):
        self.client, self.url = client, url
        self.data = fields_of(client.get(url).content.decode()) | extra

    def send(self, action="", **changes):
        own = {f"action-{action}": "1"} if action else {}
        return self.client.post(self.url, self.data | changes | own)


def open_story(client, story, *blocks):
    url = reverse("wagtailadmin_pages:edit", args=[story.pk])
    return Form(client, url, **body(*(blocks or (HEADING, TEXT, LAST))))


def asked(response):
    """{part: (who changed it, theirs, mine)}, names as shown."""
    assert response.status_code == 409
    found = {}
    for part in BeautifulSoup(response.content.decode(), "html.parser").select(".collision__part"):
        sides = [" ".join(side.text.split()) for side in part.select(".collision__text")]
        found[part.legend.text + " " * (part.legend.text in found)] = (part.select_one(".help").text, *sides)
    return found


def go_on(client, response, url, **choices):
    """Press Continue, and give what the edit form then holds."""
    data = fields_of(response.content.decode())
    shown = client.post(url, data | {f"choose:{key}": value for key, value in choices.items()})
    return shown


def draft(story):
    return StoryPage.objects.get(pk=story.pk).get_latest_revision_as_object()


def blocks_in(response):
    """The words of the blocks in the edit form that is shown, in their order."""
    html = response.content.decode()
    state = json.loads(unescape(re.search(r'id="body"[^>]*data-w-block-arguments-value="([^"]*)"', html).group(1)))
    texts = (each["value"] if each["type"] == "heading" else json.loads(each["value"]) for each in state[0])
    return [each.get("heading") or each["blocks"][0]["text"] for each in texts]


def row(number, contributor, role="writer", pk=""):
    """A row of the byline."""
    at = f"byline-{number}"
    data = {f"{at}-contributor": str(contributor.pk), f"{at}-role": role, f"{at}-id": str(pk)}
    return data | {f"{at}-ORDER": str(number + 1), f"{at}-DELETE": "", "byline-TOTAL_FORMS": str(number + 1)}


def with_byline(story, contributor):
    """The key of the row that says who has written the published story."""
    story.byline.create(contributor=contributor)
    story.save_revision().publish()
    return StoryPage.objects.get(pk=story.pk).byline.get().pk


class TestPages:
    @pytest.mark.parametrize("action", ["", "publish"])
    def test_a_late_form_is_asked_about_and_not_saved(self, ann, ben, story, action):
        mine, theirs = open_story(ann, story), open_story(ben, story)
        assert theirs.send(title="开学了").status_code == 302
        answer = mine.send(action, title="新学期", standfirst="我写的。")
        assert asked(answer) == {
            "Title": ("Both of you have changed this.", "开学了", "新学期"),
            "Standfirst": ("Changed by you only.", "新校园迎来首批学生。", "我写的。"),
        }
        assert "Ben, " in answer.content.decode()
        assert draft(story).title == "开学了"

    def test_nobody_is_asked_who_comes_in_time(self, ann, ben, story):
        assert open_story(ben, story).send(title="开学了").status_code == 302
        assert open_story(ann, story).send(title="新学期").status_code == 302
        assert draft(story).title == "新学期"

    def test_the_parts_that_are_chosen_come_back_in_a_form_that_is_not_saved(self, ann, ben, story):
        mine, theirs = open_story(ann, story), open_story(ben, story)
        theirs.send(title="开学了", kicker="他们的")
        answer = mine.send("publish", title="新学期", standfirst="我写的。")
        shown = go_on(ann, answer, mine.url, title="theirs")
        assert shown.status_code == 200
        data = fields_of(shown.content.decode())
        assert [data[name] for name in ("title", "kicker", "standfirst")] == ["开学了", "他们的", "我写的。"]
        assert draft(story).standfirst != "我写的。"
        # It is a form of what is stored now: sent on, it is saved; sent after a third save, it is asked about.
        again = Form.__new__(Form)
        again.client, again.url, again.data = ann, mine.url, data | body(HEADING, TEXT, LAST)
        open_story(ben, story).send(kicker="又一次")
        assert asked(again.send()) == {
            "Kicker": ("Changed by somebody else only.", "又一次", "他们的"),
            "Standfirst": ("Changed by you only.", "新校园迎来首批学生。", "我写的。"),
        }

    @pytest.mark.parametrize("count", ["x", "999999999"])
    def test_a_strange_number_of_comments_is_no_error(self, ann, ben, story, count):
        mine = open_story(ann, story)
        open_story(ben, story).send(title="开学了")
        answer = mine.send(title="新学期", **{"comments-INITIAL_FORMS": count})
        assert go_on(ann, answer, mine.url, title="theirs").status_code == 200

    def test_who_saves_while_somebody_chooses_is_seen(self, ann, ben, story):
        mine = open_story(ann, story)
        open_story(ben, story).send(title="开学了")
        answer = mine.send(title="新学期")
        open_story(ben, story).send(title="又开学了")
        again = go_on(ann, answer, mine.url, title="theirs")
        assert asked(again)["Title"][1:] == ("又开学了", "新学期")
        assert "it was saved once more" in again.content.decode()

    def test_blocks_are_compared_one_by_one(self, ann, ben, story):
        mine, theirs = open_story(ann, story), open_story(ben, story)
        new = ("text", "<p>他们加的。</p>", "n1")
        theirs.send(**body(("text", "<p>新校园有48个教室。</p>", "t1"), HEADING, new))  # moved, changed, added, deleted
        answer = mine.send(
            **body(HEADING, ("text", "<p>新校园有50个班。</p>", "t1"), LAST, ("text", "<p>我加的。</p>", "n2"))
        )
        assert asked(answer) == {
            "Body: 2. Text": ("Both of you have changed this.", "新校园有48个教室。", "新校园有50个班。"),
            "Body: 3. Text": ("Changed by somebody else only.", "(deleted)", "操场很大。"),
            "Body: 3. Text (new)": ("Changed by somebody else only.", "他们加的。", "(not there)"),
            "Body: 4. Text (new)": ("Changed by you only.", "(not there)", "我加的。"),
            "Body: order": (
                "Changed by somebody else only.",
                "1. Text 新校园有50个班。 2. Section heading Heading: 校园",
                "1. Section heading Heading: 校园 2. Text 新校园有50个班。",
            ),
        }
        assert "新校园有<mark>50</mark>个<mark>班</mark>" in answer.content.decode()
        shown = go_on(ann, answer, mine.url, **{"body:t1": "mine"})
        assert blocks_in(shown) == ["新校园有50个班。", "我加的。", "校园", "他们加的。"]
        shown = go_on(ann, answer, mine.url, **{"body:t1": "theirs", "body:order": "mine", "body:t2": "mine"})
        assert blocks_in(shown) == ["校园", "他们加的。", "新校园有48个教室。", "操场很大。", "我加的。"]

    def test_rows_are_put_together(self, ann, ben, story):
        one, two, three = (Contributor.objects.create(name=name, key=name) for name in ("one", "two", "three"))
        key = with_byline(story, one)
        mine, theirs = open_story(ann, story), open_story(ben, story)
        assert theirs.send(**row(1, two)).status_code == 302
        answer = mine.send(**row(0, one, "photographer", pk=key) | row(1, three))
        assert asked(answer) == {
            "Byline: 1": (
                "Changed by you only.",
                "Contributor: one Role: Writer",
                "Contributor: one Role: Photographer",
            ),
            "Byline: 2 (new)": ("Changed by somebody else only.", "Contributor: two Role: Writer", "(not there)"),
            "Byline: 2 (new) ": ("Changed by you only.", "(not there)", "Contributor: three Role: Writer"),
        }
        shown = go_on(ann, answer, mine.url)
        sent = ann.post(mine.url, fields_of(shown.content.decode()) | body(HEADING, TEXT, LAST))
        assert sent.status_code == 302
        byline = [(each.contributor.name, each.role) for each in draft(story).byline.all()]
        assert byline == [("one", "photographer"), ("two", "writer"), ("three", "writer")]

    def test_a_row_that_is_gone_is_no_error(self, ann, ben, story):
        one = Contributor.objects.create(name="one", key="one")
        key = with_byline(story, one)
        mine, theirs = open_story(ann, story), open_story(ben, story)
        assert theirs.send(**row(0, one, pk=key) | {"byline-0-DELETE": "1"}, title="开学了").status_code == 302
        draft(story).get_latest_revision().publish()
        answer = mine.send(**row(0, one, "photographer", pk=key), title="新学期")
        assert asked(answer)["Byline: 1"][1:] == ("(deleted)", "Contributor: one Role: Photographer")
        shown = go_on(ann, answer, mine.url)
        assert ann.post(mine.url, fields_of(shown.content.decode()) | body(HEADING, TEXT, LAST)).status_code == 302
        assert [each.role for each in draft(story).byline.all()] == ["photographer"]

    def test_what_is_read_from_the_text_is_nobodys_change(self, ann, ben):
        """The rows of a published story that say what its text refers to: a draft has none."""
        school = make_school()
        link = ("text", f'<p><a linktype="school" id="{school.pk}">双福六小</a></p>', "t1")
        linked = make_story(body=[{"type": link[0], "id": link[2], "value": link[1]}])
        assert linked.school_links.count() == 1
        mine, theirs = open_story(ann, linked, link), open_story(ben, linked, link)
        theirs.send(kicker="他们的")
        assert list(asked(mine.send(title="新学期"))) == ["Kicker", "Title"]
        assert theirs.send("publish", overwrite_revision_id=str(draft(linked).latest_revision_id)).status_code == 302
        assert StoryPage.objects.get(pk=linked.pk).school_links.get().school == school


class TestOtherThings:
    def test_a_figure_with_drafts(self, ann, ben):
        make_observation(metric=make_metric(), key="places", printed="8660个").save_revision().publish()
        figure = Observation.objects.get()
        url = reverse(figure.snippet_viewset.get_url_name("edit"), args=[figure.pk])
        mine, theirs = Form(ann, url), Form(ben, url)
        theirs.send(note="含民办。", source_place="第3页")
        answer = mine.send("publish", note="不含民办。")
        assert asked(answer) == {
            "Place in the source": ("Changed by somebody else only.", "第3页", "(empty)"),
            "Note": ("Both of you have changed this.", "含民办。", "不含民办。"),
        }
        data = fields_of(go_on(ann, answer, url).content.decode())
        assert (data["source_place"], data["note"]) == ("第3页", "不含民办。")
        assert ann.post(url, data | {"action-publish": "1"}).status_code == 302
        figure.refresh_from_db()
        assert (figure.source_place, figure.note) == ("第3页", "不含民办。")

    def test_what_is_live_at_once(self, ann, ben):
        topic = Topic.objects.create(key="sport", name="体育", description="操场")
        url = reverse(topic.snippet_viewset.get_url_name("edit"), args=[topic.pk])
        mine, theirs = Form(ann, url), Form(ben, url)
        assert theirs.send(name="运动").status_code == 302
        answer = mine.send(description="球场")
        assert asked(answer) == {
            "Name": ("Changed by somebody else only.", "运动", "体育"),
            "Description": ("Changed by you only.", "操场", "球场"),
        }
        assert "Ben, " in answer.content.decode()
        data = fields_of(go_on(ann, answer, url).content.decode())
        assert Topic.objects.get().description == "操场"
        assert ann.post(url, data).status_code == 302
        assert (Topic.objects.get().name, Topic.objects.get().description) == ("运动", "球场")

    def test_the_same_change_twice_is_no_collision(self, ann, ben):
        topic = Topic.objects.create(key="sport", name="体育")
        url = reverse(topic.snippet_viewset.get_url_name("edit"), args=[topic.pk])
        mine, theirs = Form(ann, url), Form(ben, url)
        assert theirs.send(name="运动").status_code == 302
        assert mine.send(name="运动").status_code == 302

    def test_the_settings(self, ann, ben):
        story = make_story()
        site = story.get_site()
        url = reverse("wagtailsettings:edit", args=["core", "portalsettings", site.pk])
        mine, theirs = Form(ann, url), Form(ben, url)
        assert theirs.send(icp_number="渝ICP备2021000001号").status_code == 302
        assert [sides for _who, *sides in asked(mine.send()).values()] == [["渝ICP备2021000001号", "(empty)"]]
        assert PortalSettings.for_site(site).icp_number == "渝ICP备2021000001号"

    def test_an_autosave_of_a_late_form_is_refused(self, ann, ben, story):
        mine = open_story(ann, story)
        open_story(ben, story).send(title="开学了")
        refused = ann.post(mine.url, mine.data | {"title": "新学期"}, headers={"accept": "application/json"})
        assert (refused.status_code, refused.json()["error_code"]) == (400, "invalid_revision")

    def test_what_a_form_has_saved_by_itself_is_its_own(self, ann, ben, story):
        """Somebody who writes on after an autosave is asked about others' changes since then, not about their own."""
        mine = open_story(ann, story)
        saved = ann.post(mine.url, mine.data | {"title": "新学期"}, headers={"accept": "application/json"}).json()
        own = {"saved_revision_id": str(saved["revision_id"])}  # as the script of a button says it
        assert ann.post(mine.url, mine.data | own | {"title": "新学期了"}).status_code == 302
        mine = open_story(ann, story)
        saved = ann.post(mine.url, mine.data | {"title": "新年"}, headers={"accept": "application/json"}).json()
        open_story(ben, story).send(kicker="他们的")
        late = mine.send(saved_revision_id=str(saved["revision_id"]), title="新年好")
        assert asked(late) == {
            "Kicker": ("Changed by somebody else only.", "他们的", "(empty)"),
            "Title": ("Changed by you only.", "新年", "新年好"),
        }


class TestWhereThereIsNoForm:
    """What was typed is shown, and can be sent again if there is still something that takes it."""

    def typed(self, response):
        page = BeautifulSoup(response.content.decode(), "html.parser")
        names, texts = page.select(".collision__typed dt"), page.select(".collision__typed dd")
        return {name.text: text.text for name, text in zip(names, texts, strict=True)}, page.select_one("main form")

    def test_logged_out(self, ann, story):
        mine = open_story(ann, story, HEADING, ("text", "<p>我写的。</p>", "t1"))
        ann.logout()
        ann.cookies["django_language"] = "en"
        answer = mine.send("publish", title="新学期")
        assert answer.status_code == 403
        shown, form = self.typed(answer)
        assert (shown["Title"], shown["Body 2"]) == ("新学期", "我写的。")
        ann.force_login(User.objects.get())
        again = fields_of(str(form), "form")
        assert "action-publish" not in again
        assert ann.post(form["action"], again).status_code == 302
        assert draft(story).title == "新学期"

    def test_logged_out_with_what_is_no_text_of_ours(self, client):
        """Anybody may send this."""
        deep = '{"blocks":' * 20_000
        answer = client.post("/admin/pages/1/edit/", {"loaded_version": "x", "body-0-value": deep})
        assert answer.status_code == 403
        assert self.typed(answer)[0] == {"body-0-value": deep}

    @pytest.mark.parametrize(("origin", "sent_again"), [("http://testserver", True), ("https://evil.example", False)])
    def test_logged_in_again_in_another_tab(self, story, origin, sent_again):
        """The form has a token of before. Only a form of this site's own is offered to be sent again."""
        strict = Client(enforce_csrf_checks=True)
        strict.force_login(User.objects.create_superuser("ann"))
        mine = open_story(strict, story)
        strict.cookies["csrftoken"] = "b" * 32
        answer = strict.post(mine.url, mine.data | {"title": "新学期"}, headers={"origin": origin})
        shown, form = self.typed(answer)
        assert (answer.status_code, shown["标题"], form is not None) == (403, "新学期", sent_again)

    def test_deleted(self, ann, story):
        topic = Topic.objects.create(key="sport", name="体育")
        mine = Form(ann, reverse(topic.snippet_viewset.get_url_name("edit"), args=[topic.pk]))
        topic.delete()
        answer = mine.send(description="我写的。")
        assert (answer.status_code, self.typed(answer)[0]["Description"]) == (404, "我写的。")
        late = open_story(ann, story)
        story.delete()
        answer = late.send(title="新学期")
        assert (answer.status_code, self.typed(answer)[0]["Title"]) == (404, "新学期")

    def test_not_allowed_any_more(self, ann, story):
        mine = open_story(ann, story)
        user = User.objects.get()
        user.is_superuser = False
        user.save()
        user.user_permissions.add(Permission.objects.get(codename="access_admin"))
        answer = mine.send(title="新学期")
        assert (answer.status_code, self.typed(answer)[0]["Title"]) == (403, "新学期")

    def test_locked(self, ann, story):
        """Wagtail shows the form as it was typed; if it is late too, it is asked about."""
        mine = open_story(ann, story)
        ben = User.objects.create_superuser("ben")
        StoryPage.objects.update(locked=True, locked_by=ben, locked_at=timezone.now())
        answer = mine.send(title="新学期")
        assert fields_of(answer.content.decode())["title"] == "新学期"
        story = StoryPage.objects.get()
        story.kicker = "他们的"
        story.save_revision(user=ben)
        late = mine.send(title="新学期")
        assert list(asked(late)) == ["Kicker", "Title"]
        assert "It is locked for you now." in late.content.decode()


# Every edit view --------------------------------------------------------------------------------

NOT_GUARDED = {
    # In the page that has uploaded the file just now, by whoever has uploaded it.
    "wagtail.images.views.multiple.EditView",
    "wagtail.documents.views.multiple.EditView",
    # Show what a form holds, and store nothing.
    "wagtail.contrib.settings.views.PreviewOnEdit",
    "wagtail.snippets.views.snippets.PreviewOnEditView",
}


def is_edit_view(view):
    return bool(re.search("Edit|Revert", view.__name__)) or issubclass(view, UpdateView)


def edit_views():
    """Every class of views of the admin that edits what is stored."""
    waiting = [("", each) for each in get_resolver().url_patterns]
    while waiting:
        before, each = waiting.pop()
        address = before + str(each.pattern)
        if not isinstance(each, URLPattern):
            waiting += [(address, inner) for inner in each.url_patterns]
        elif address.startswith("admin/") and is_edit_view(view := getattr(each.callback, "view_class", View)):
            yield view
    for model in get_page_models():
        viewset = page_viewset_registry.get_by_type(model)
        yield from (viewset.edit_view_class, viewset.revisions_revert_view_class)


def test_every_edit_view_is_guarded():
    views = {f"{view.__module__}.{view.__name__}": view for view in edit_views()}
    assert len(views) > 12
    bare = {name for name, view in views.items() if view.dispatch.__module__ != "core.editing.collisions.guard"}
    assert bare == NOT_GUARDED


def things():
    """One of everything that has an edit form."""
    make_figures_page()
    figure = make_observation(metric=make_metric(), key="places")
    yield from (figure, figure.metric, figure.metric.unit, figure.period, figure.dimension, figure.source)
    school = make_school(town=Town.objects.create(key="shuangfu", name="双福"))
    yield from (school, school.town, make_programme(), make_standard_page(), make_story(), make_story().get_parent())
    yield from (make_honour(holder_school=school), make_organisation(), SiteNotice.objects.create(text="今天维护。"))
    yield from (Topic.objects.create(key="t", name="体育"), Contributor.objects.create(key="c", name="李"))
    yield from (Term.objects.create(source="双福"), Phrase.objects.create(simplified="干部", traditional="幹部"))
    yield from (Language.objects.first(), Site.objects.first(), User.objects.first(), Group.objects.first())
    yield from (make_image(), Redirect.objects.create(old_path="/a", redirect_link="/b"))
    yield Collection.get_first_root_node().add_child(name="图片")
    yield Document.objects.create(title="文件", file=ContentFile(b"a", "a.txt"))


PLACES = {
    Redirect: "wagtailredirects:edit",
    Collection: "wagtailadmin_collections:edit",
    Group: "wagtailusers_groups:edit",
}


def test_every_form_takes_along_what_was_loaded_and_an_untouched_one_differs_in_nothing(ann):
    user, found = User.objects.first(), []
    for thing in things():
        finder = AdminURLFinder(user).get_edit_url(thing)
        url = finder or reverse(PLACES[type(thing)], args=[thing.pk])
        data = fields_of(ann.get(url).content.decode())
        bodies = [each.name for each in thing._meta.get_fields() if isinstance(each, StreamField)]
        data |= {key: value for name in bodies for key, value in body(name=name).items()}
        if not data.get("loaded_version") or (differs := asked(ann.post(url, data | {"seen_version": "another"}))):
            found.append((url, differs if data.get("loaded_version") else "takes nothing along"))
    assert found == []
