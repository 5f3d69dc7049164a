"""What the rest of the admin shows a translator: nothing that readers do not see. No chooser, listing or search leaks."""

import pytest
from django.core.files.base import ContentFile
from django.urls import NoReverseMatch, get_resolver, reverse
from wagtail.documents import get_document_model
from wagtail.models import Collection, PageViewRestriction

from metrics.tests.factories import make_metric
from news.models import StoryPage
from news.tests.factories import make_index, make_standard_page
from schools.tests.factories import make_image

from .desk import translator


pytestmark = pytest.mark.django_db

SECRET = "机密"
KINDS = ("草稿", "页面", "指标", "图片", "文件")
NAMES = [f"{SECRET}{kind}" for kind in KINDS] + [
    f"\\u673a\\u5bc6\\u{ord(kind[0]):04x}" for kind in KINDS
]  # in JSON, too


@pytest.fixture
def secrets():
    """A draft of a story, a private page, a metric that is not published and a picture that nobody uses."""
    index = make_index()
    draft = StoryPage(title=f"{SECRET}草稿", slug="draft", live=False)
    index.add_child(instance=draft)
    draft.save_revision()
    private = make_standard_page(title=f"{SECRET}页面")
    PageViewRestriction.objects.create(page=private, restriction_type=PageViewRestriction.LOGIN)
    metric = make_metric(name=f"{SECRET}指标")
    type(metric).objects.filter(pk=metric.pk).update(live=False)
    get_document_model().objects.create(title=f"{SECRET}文件", file=ContentFile(b"1", "secret.txt"))
    make_image(title=f"{SECRET}图片")
    Collection.get_first_root_node().add_child(name=f"{SECRET}文件夹")
    return [index.pk, draft.pk, private.pk]


def without_arguments(resolver, prefix=()):
    """Names of the admin's addresses that need nothing more."""
    for pattern in resolver.url_patterns:
        if hasattr(pattern, "url_patterns"):
            inner = (*prefix, pattern.namespace) if pattern.namespace else prefix
            yield from without_arguments(pattern, inner)
        elif pattern.name:
            yield ":".join([*prefix, pattern.name])


def addresses(pks):
    for name in sorted(set(without_arguments(get_resolver()))):
        try:
            address = reverse(name)
        except NoReverseMatch:
            continue
        if address.startswith("/admin/") and "logout" not in address:
            yield address
            yield f"{address}?q={SECRET}"
    for pk in pks:
        yield reverse("wagtailadmin_choose_page_child", args=[pk])
        yield reverse("wagtailadmin_explore", args=[pk])
        yield reverse("wagtailadmin_pages:usage", args=[pk])
        yield f"/admin/api/main/pages/{pk}/"


def test_nothing_is_shown_that_readers_do_not_see(secrets, client):
    client.raise_request_exception = False  # Wagtail has a page that only raises
    client.force_login(translator("fr"))
    asked, leaks = 0, []
    for address in addresses(secrets):
        response = client.get(address, headers={"X-Requested-With": "XMLHttpRequest"})
        content = b"".join(response.streaming_content) if response.streaming else response.content
        text = content.decode("utf-8", "replace")
        asked += 1
        if any(name in text for name in NAMES):
            leaks.append((address, response.status_code))
    assert asked > 100
    assert leaks == [], "\n".join(map(str, leaks))
