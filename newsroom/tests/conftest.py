import pytest

from core.publishing import bypass_review
from news.tests.factories import make_index

from .reviewing import Desk


@pytest.fixture
def reviewed(settings):
    """Reviews are asked for and the record is kept, as in production; other tests publish without."""
    settings.REVIEWS_REQUIRED = settings.WAGTAIL_WORKFLOW_ENABLED = settings.KEEPS_RECORD = True


@pytest.fixture
def desk(reviewed):
    """The people of a newsroom, beside an index of stories."""
    with bypass_review("a test"):
        make_index()
    return Desk()
