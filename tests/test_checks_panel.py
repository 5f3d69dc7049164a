"""Wagtail's checks beside the form, and its bar on the pages that editors read; anonymous readers get nothing of either."""

import re

import pytest
from django.test import Client
from playwright.sync_api import expect
from wagtail.users.models import UserProfile

from core.models import User
from news.tests.factories import make_index, make_story
from schools.tests.factories import make_image

from .browser import DESK, LOCALES, Names
from .test_journeys import Editor


BAR = re.compile(r"\n<!-- Wagtail user bar embed code -->.*<!-- end Wagtail user bar embed code -->\n", re.DOTALL)
TEXT = "<p>" + "学校" * 600 + "</p><p>The new school</p>"


@pytest.mark.django_db
@pytest.mark.parametrize("path", ["{story}", "/search/?q=开学", "/nowhere/"])
def test_the_bar_is_only_in_what_editors_get(client, path):
    path = path.format(story=make_story().url)
    editor = Client()
    editor.force_login(User.objects.create_superuser("editor"))
    client.get(path)  # what is kept for all readers is there then
    shown, seen = client.get(path), editor.get(path)
    assert b"userbar" not in shown.content
    assert "private" not in shown.get("Cache-Control", "")
    whole = seen.content.decode()
    assert BAR.search(whole)
    assert BAR.sub("", whole) == shown.content.decode()
    assert {"private", "no-store"} <= set(seen["Cache-Control"].split(", "))


@pytest.mark.browser
@pytest.mark.django_db(transaction=True, serialized_rollback=True)
@pytest.mark.usefixtures("initial_data_restored")
def test_the_panel_sees_what_is_wrong_and_counts_characters(visit):
    make_index(title="新闻")
    picture = make_image(description="")
    named_by_a_camera = {"image": picture.pk, "caption": "", "credit": "", "alt": "IMG_0042.jpg", "wide": False}
    body = [{"type": "text", "value": TEXT}, {"type": "image", "value": named_by_a_camera}]
    story = make_story(slug="first-day", body=body, picture=picture, correction="原文误作四十八班。")
    user = User.objects.create_superuser("editor", "editor@example.org", "demo")
    UserProfile.objects.create(user=user, preferred_language="en")
    editor = Editor(visit(viewport=DESK, locale=LOCALES["en"]), Names("en"))
    editor.logs_in("editor", "demo")
    page = editor.page
    page.goto(f"/admin/pages/{story.pk}/edit/")
    page.locator('[data-side-panel-toggle="checks"]').click()
    panel = page.locator('[data-side-panel="checks"]')
    found = panel.locator("[data-content-checker-name]")
    expect(found).to_have_text(["Picture without alternative text", "Image alt text has inappropriate pattern"])
    expect(panel.locator("[data-content-checker-count]")).to_have_text("2")
    expect(panel.locator("[data-text-length]")).to_have_text("1,203 characters, 3 words")
    expect(panel.locator("[data-text-minutes]")).to_have_text("4 minutes")
    expect(panel).not_to_contain_text("Readability")
    page.goto(story.url)
    page.locator("[data-wagtail-userbar-trigger]").click()
    expect(page.get_by_role("menuitem", name="Edit this page")).to_be_visible()
    assert_corrections_come_first(page)


def assert_corrections_come_first(page):
    for width in (375, 768, 1280):
        for medium in ("screen", "print"):
            page.set_viewport_size({"width": width, "height": 800})
            page.emulate_media(media=medium)
            correction, text = (page.locator(part).bounding_box() for part in (".notice--correction", ".story .body"))
            assert correction["y"] + correction["height"] <= text["y"], (width, medium)
