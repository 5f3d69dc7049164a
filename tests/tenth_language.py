"""What test_tenth_language.py runs in a copy of the project: Portuguese is added as the guide says, opened, and read.

    DATABASE_URL=sqlite:///… python -m tests.tenth_language

The copy has the line in its settings and a catalogue; the database is that of a portal without Portuguese. It prints what
was seen as JSON. Nothing is asserted here.
"""

import io
import json
import re

import django
from django.core.management import call_command
from django.test.utils import setup_test_environment


CODE = "pt"
MOST_PAGES = 150
HAN = re.compile(r"[\u4e00-\u9fff]+")
LINK = re.compile(r'(?:href|src)="([^"#]+)|<loc>([^<]+)')
# What is read: texts are told of the first ones.
SHOWN = (
    f"/{CODE}/",
    f"/{CODE}/data/hedged/",
    f"/{CODE}/search/?q=texto",
    f"/api/v1/stories?lang={CODE}",
    "/sitemap-pages.xml",
)
ASKED = (
    f"/{CODE}/search/suggest?q=tex",
    f"/{CODE}/site.webmanifest",
    f"/{CODE}/schools/compare/?school=jijiang&school=shuangfu-6",
    f"/{CODE}/_util/login/",
    f"/{CODE}/nowhere/",
    "/sitemap.xml",
    "/robots.txt",
    "/llms.txt",
)
WRONG, RIGHT = "O novo campus tem 12.345 m²", "O novo campus tem 1.234,5 m²"


# Django is set up in `main`: what needs it is imported where it is used.
def provide():
    """makemigrations and migrate; what the former has written."""
    written = io.StringIO()
    call_command("makemigrations", stdout=written)
    call_command("migrate", interactive=False, verbosity=0)
    call_command("sync_roles", verbosity=0)
    return [line.strip() for line in written.getvalue().splitlines() if re.match(r"\s+[+~-] ", line)]


def checked():
    """What the system checks say: (id, whether anything is blocked, message)."""
    from django.core.checks import run_checks

    return [(each.id, each.is_serious(), each.msg) for each in run_checks()]


def fill():
    """One page of every kind, a topic, and a figure that is hedged."""
    from metrics.tests.factories import make_metric, make_observation
    from news.models import StoryPage, Topic
    from news.tests.factories import publish

    from .portal import make_portal

    make_portal()
    make_observation(metric=make_metric(key="hedged", name="学位"), qualifier="more")
    story = StoryPage.objects.get(slug="story")
    story.topics.add(Topic.objects.create(key="reform", name="改革"))
    publish(story)


def pseudo(text):
    """A text with the chips and the digits of the Chinese, and words that are not."""
    return HAN.sub(" texto ", text).translate(str.maketrans("，。！、：？“”（）", ',.!,:?""()')).strip()


class Desk:
    """Somebody who may do everything, at the translators' desk."""

    def __init__(self):
        from django.test import Client

        from core.models import User

        self.client = Client(raise_request_exception=False)
        self.client.force_login(User.objects.create_superuser("superuser"))

    def page(self, name, *arguments):
        from django.urls import reverse

        return self.client.get(reverse(name, args=arguments)).content.decode()

    def act(self, act):
        """Take up or open the language; whether it is open then."""
        from django.urls import reverse

        from core.models import Language

        self.client.post(reverse("languages_language_action", args=[CODE]), {"act": act})
        return Language.objects.get(code=CODE).is_open

    def write(self, original, row, text):
        """Finish a segment; what the workbench answers."""
        from django.urls import reverse

        known = {"path": row.segment.path, "hash": row.hash, "version": row.version, "text": text, "act": "done"}
        address = reverse("languages_save", args=[original.pk, CODE])
        return self.client.post(address, json.dumps(known), content_type="application/json").json()

    def publish(self, obj):
        from django.urls import reverse

        from languages.desk.originals import original_of
        from languages.desk.rows import rows_of
        from languages.desk.seen import fingerprints

        original = original_of(obj)
        for row in rows_of(original, CODE):
            self.write(original, row, pseudo(row.segment.text))
        seen = json.dumps(fingerprints(rows_of(original, CODE)))
        self.client.post(reverse("languages_publish", args=[original.pk, CODE]), {"seen": seen, "accept_cited": "1"})


def opened(desk):
    """Whether it opens before and after the required pages are published."""
    from core.models import BasePage, Language
    from core.models.pages import TOP
    from metrics.models import Metric
    from news.models import ProgrammePage, StoryPage
    from schools.models import SchoolPage

    Language.objects.filter(code=CODE).update(review_required=False)
    desk.act("start")
    early = desk.act("open")
    for page in BasePage.objects.filter(depth__in=TOP).live().public().order_by("path"):
        desk.publish(page.specific)
    others = [
        StoryPage.objects.get(slug="story"),
        SchoolPage.objects.get(slug="shuangfu-6"),
        ProgrammePage.objects.get(),
    ]
    for obj in (*Metric.objects.all(), *others):
        desk.publish(obj)
    return [early, desk.act("open")]


def figures(desk):
    """What the workbench answers to a wrong number and to a right one, and what its pages say of numbers."""
    from languages.desk.originals import original_of
    from languages.desk.rows import rows_of
    from languages.models import LanguageWork
    from news.tests.factories import make_story

    original = original_of(make_story(slug="figures", title="新校园占地1234.5平方米", standfirst="", body=[]))
    told = {}
    for name, text in (("wrong", WRONG), ("right", RIGHT)):
        [row] = rows_of(original, CODE)
        answer = desk.write(original, row, text)
        told[name] = [answer.get("standing", ""), answer.get("message", ""), answer.get("findings", "").strip()]
    told["workbench"] = desk.page("languages_workbench", original.pk, CODE)
    LanguageWork.objects.create(language="fr")
    told["another"] = desk.page("languages_workbench", original.pk, "fr")
    told["languages"] = desk.page("languages_overview")
    return told


def crawl():
    """{address: (status, name of its view, its html tag)} of what a reader can reach in the language; and some texts."""
    from django.test import Client
    from django.urls import resolve
    from django.utils import translation

    client = Client(raise_request_exception=False)
    found, texts, waiting = {}, {}, [*SHOWN, *ASKED]
    while waiting and len(found) < MOST_PAGES:
        address = waiting.pop(0)
        if address in found:
            continue
        response = client.get(address)
        text = b"".join(response).decode(errors="replace")
        texts |= {address: text} if address in SHOWN else {}
        html = re.search(r"<html[^>]*>", text)
        with translation.override(CODE):
            view = resolve(address.partition("?")[0]).url_name
        found[address] = (response.status_code, view, html.group() if html else "")
        for link in (
            "".join(each).replace("&amp;", "&").removeprefix("http://testserver") for each in LINK.findall(text)
        ):
            if link.startswith((f"/{CODE}/", "/sitemap-")):
                waiting.append(link)
    return {"read": found, "texts": texts}


def views_of_the_language():
    """Names of all addresses that stand below the prefix of a language."""
    from django.urls import LocalePrefixPattern, URLPattern, get_resolver

    waiting = [each for each in get_resolver().url_patterns if isinstance(each.pattern, LocalePrefixPattern)]
    while waiting:
        each = waiting.pop()
        if isinstance(each, URLPattern):
            yield each.name
        else:
            waiting += each.url_patterns


def main():
    django.setup()
    setup_test_environment()
    written = provide()
    told = {"written": written, "checks": checked()}
    fill()
    desk = Desk()
    told |= {"opened": opened(desk), "figures": figures(desk), "views": list(views_of_the_language())}
    told |= crawl()
    print("\n" + json.dumps(told))  # noqa: T201


if __name__ == "__main__":
    main()
