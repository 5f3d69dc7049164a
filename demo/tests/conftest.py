"""The demo, seeded once for all tests of this folder."""

import gc
import re
import warnings
from pathlib import PurePosixPath

import pytest
from django.core.management import call_command
from django.db import connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext

from core.models import PortalRendition
from demo import images


LINK = re.compile(r'href="(/[^"#?]*)"')
NOT_PAGES = ("/static/", "/media/", "/documents/")


@pytest.fixture(scope="package")
def demo(django_db_setup, django_db_blocker):
    """The seeded database; undone at the end. Pictures are drawn small, in this process."""
    with django_db_blocker.unblock(), pytest.MonkeyPatch.context() as patch:
        patch.setattr(images, "SIZE", (320, 200))
        patch.setattr(images, "ProcessPoolExecutor", Here)
        with transaction.atomic():
            with warnings.catch_warnings():  # Wagtail leaves the temporary files of renditions to the collector
                warnings.simplefilter("ignore", ResourceWarning)
                call_command("seed_demo", verbosity=0)
                gc.collect()
            yield
            transaction.set_rollback(True)


class Here:
    """An executor without processes."""

    def __init__(self, *_args, **_kwargs): ...

    def __enter__(self):
        return self

    def __exit__(self, *_error): ...

    def submit(self, function, *args):
        function(*args)
        return self

    def result(self): ...


@pytest.fixture(scope="package")
def crawl(demo, django_db_blocker):
    """The whole public site, asked for once by following links from the front pages."""
    with django_db_blocker.unblock():
        return Crawl()


class Crawl:
    """`pages`: address -> HTML; and what should not have happened on the way."""

    def __init__(self):
        self.pages, self.failures, self.cookies, self._files = {}, [], [], {}
        before = PortalRendition.objects.count()
        with CaptureQueriesContext(connection) as captured:
            self._follow({"/", "/en/", "/zh-hant/"})
        self.writes = [query["sql"] for query in captured if not query["sql"].lstrip().upper().startswith("SELECT")]
        self.made = PortalRendition.objects.count() - before

    def _follow(self, waiting):
        seen = set()
        while waiting:
            path = waiting.pop()
            seen.add(path)
            response = Client().get(path)
            if response.status_code != 200:
                self.failures.append((path, response.status_code))
            if response.cookies:
                self.cookies.append(path)
            if response["Content-Type"].startswith("text/html"):
                self.pages[path] = response.content.decode()
                waiting |= {link for link in LINK.findall(self.pages[path]) if self._is_worth_it(link)} - seen

    def _is_worth_it(self, link):
        """Every page, and one file of each kind and language: the files of the 49 metrics are made alike."""
        extension = PurePosixPath(link).suffix
        kind = (link.split("/")[1], extension)
        return not link.startswith(NOT_PAGES) and (not extension or self._files.setdefault(kind, link) == link)
