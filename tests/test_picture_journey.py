"""A picture from a telephone, from the form to its readers, in Chromium."""

import re

import pytest
from playwright.sync_api import expect
from wagtail.users.models import UserProfile

from core.models import BasePage, User
from core.tests import pictures
from core.tests.pictures import SECRET
from news.models import StoryPage
from news.tests.factories import make_index
from schools.tests.factories import make_home

from .browser import DESK, LOCALES, Names
from .test_journeys import Editor


pytestmark = [
    pytest.mark.browser,
    pytest.mark.django_db(transaction=True, serialized_rollback=True),
    pytest.mark.usefixtures("initial_data_restored"),
]

CODE, TITLE = "en", "运动会"
BROKEN = {"name": "IMG_1.JPG", "mimeType": "image/jpeg", "buffer": pictures.phone_picture()[:2500]}
WHOLE = {"name": "IMG_1.JPG", "mimeType": "image/jpeg", "buffer": pictures.phone_picture(orientation=6)}


@pytest.fixture
def editor(visit):
    BasePage.objects.filter(depth=2).delete()  # Wagtail's page of welcome
    make_home(title="江津教育")
    make_index(title="新闻")
    user = User.objects.create_superuser("editor", "editor@example.org", "demo")
    UserProfile.objects.create(user=user, preferred_language=CODE)
    editor = Editor(visit(viewport=DESK, locale=LOCALES[CODE]), Names(CODE))
    editor.logs_in("editor", "demo")
    return editor


def uploads(editor, file):
    dialog = editor.page.get_by_role("dialog")
    dialog.locator("input[type=file]").set_input_files(file)
    expect(dialog.get_by_label("Title")).to_have_value("IMG_1")  # a script takes it from the file's name
    editor.presses("Upload", inside=dialog)


def is_told(editor, *messages):
    """The list beside the form, and the number at its button."""
    button = editor.page.locator('[data-side-panel-toggle="checklist"]')
    expect(button.locator("[data-side-panel-toggle-counter]")).to_have_text(re.compile(rf"^\s*{len(messages)}\s*$"))
    asked = editor.page.locator(".checklist__item--error, .checklist__item--warning").locator("[data-checklist-place]")
    expect(asked).to_have_text(list(messages))


def test_nothing_but_the_picture_reaches_readers(editor, visit):
    page = editor.page
    editor.opens_a_new_story(make_index())
    editor.fills_in(title=TITLE)
    editor.gives_an_address("sports-day")
    no_author = "Nobody is named as author (byline)."
    no_topic = "It has no topic: readers of a topic do not find it."
    is_told(editor, "There is no lead picture: lists and shared links show none.", no_author, no_topic)

    page.get_by_role("region", name="Lead picture").get_by_role("button", name="Choose an image").click()
    page.get_by_role("dialog").get_by_role("tab", name="Upload").click()
    uploads(editor, BROKEN)
    expect(page.get_by_role("dialog")).to_contain_text("This picture cannot be read to its end")
    uploads(editor, WHOLE)
    expect(page.get_by_role("dialog")).to_have_count(0)
    page.wait_for_url("**/admin/pages/*/edit/")  # it is saved by itself
    wordless = "The picture “IMG_1” lacks: alternative text, caption, credit."
    is_told(editor, no_author, no_topic, wordless)

    page.locator('[data-side-panel-toggle="checklist"]').click()
    page.get_by_role("link", name=wordless).click()
    expect(page.locator("#id_picture_alt")).to_be_focused()
    page.keyboard.type("学生在跑步")
    is_told(editor, no_author, no_topic, "The picture “IMG_1” lacks: caption, credit.")

    editor.presses("More actions")
    editor.presses("Publish")
    expect(page.get_by_role("status").first).to_contain_text("Still to be looked at")
    assert StoryPage.objects.get().live
    assert_bytes_are_bare(visit())


def assert_bytes_are_bare(page):
    """A reader gets every size of the page, upright, and no trace of the telephone; and nothing by guessing.

    The server of the tests gives out the whole folder; that ours does not is in news/tests/test_pictures.py.
    """
    context = page.context
    html = page.goto(StoryPage.objects.get().url).text()
    addresses = set(re.findall(r"/media/images/[^\s\"',;]+", html))
    assert len(addresses) == 7
    for address in addresses:
        response = context.request.get(address)
        assert response.status == 200
        assert not [trace for trace in (SECRET.encode(), b"Exif", b"adobe", b"8BIM") if trace in response.body()]
        assert context.request.get(re.sub(r"\.[0-9a-f]{20}\.", ".", address)).status == 404
    shown = page.get_by_role("article").get_by_role("img", name="学生在跑步")
    expect(shown).to_have_js_property("complete", True)
    assert shown.evaluate("img => img.naturalWidth > img.naturalHeight")
