"""Schools, and the site around them, for tests. What is not given gets a sensible value."""

from itertools import count

from django.apps import apps
from wagtail.images.tests.utils import get_test_image_file
from wagtail.models import Site

from core.models import BasePage, PortalImage
from core.rendering.renditions import make_renditions
from schools.models import Honour, Organisation, SchoolIndexPage, SchoolPage


_numbers = count(1)


def make_home(**values):
    """The front page as the root of the default site; made once."""
    model = apps.get_model("news.HomePage")
    home = model.objects.first()
    if home is None:
        home = BasePage.objects.get(depth=1).add_child(
            instance=model(**{"title": "江津教育", "slug": "front"} | values)
        )
        Site.objects.update_or_create(is_default_site=True, defaults={"hostname": "localhost", "root_page": home})
        BasePage.objects.filter(depth=2).exclude(pk=home.pk).delete()  # Wagtail's welcome page
    return home


def make_school(**values):
    """A published school under the directory: `make_school(title="双福六小", title_en="…", town=…)`."""
    home = make_home()
    index = SchoolIndexPage.objects.first() or home.add_child(instance=SchoolIndexPage(title="学校", slug="schools"))
    defaults = {"title": "双福六小", "slug": f"school-{next(_numbers)}", "stage": "primary"}
    return index.add_child(instance=SchoolPage(**defaults | values))


def make_organisation(**values):
    defaults = {"name": "江津区", "kind": "area", "key": f"organisation-{next(_numbers)}"}
    return Organisation.objects.create(**defaults | values)


def make_honour(**values):
    if "holder_organisation" not in values and "holder_school" not in values:
        values["holder_school"] = make_school()
    return Honour.objects.create(**{"name": "教学成果奖", "key": f"honour-{next(_numbers)}"} | values)


def make_image(**values):
    """A small picture with every size that pages use."""
    file = get_test_image_file(filename=f"picture-{next(_numbers)}.png", size=(320, 200))
    image = PortalImage.objects.create(**{"title": "校园", "file": file, "credit": "示意图"} | values)
    make_renditions([image])
    return image


def make_story(*texts, **values):
    """A published story with one text block for each of `texts`, given as stored rich text."""
    story = apps.get_model("news.StoryPage")(**{"title": "开学", "slug": f"story-{next(_numbers)}"} | values)
    story.body = text_stream(*texts)
    make_home().add_child(instance=story)
    story.save_revision().publish()
    return type(story).objects.get(pk=story.pk)


def text_stream(*texts):
    """The stored form of a body of text blocks."""
    return [{"type": "text", "value": text, "id": f"block-{number}"} for number, text in enumerate(texts)]


def make_metric(**values):
    """A published metric, without importing the app above: 班级数, in 个."""
    theme, _new = apps.get_model("metrics.Theme").objects.get_or_create(key="places", defaults={"name": "学位"})
    unit, _new = apps.get_model("metrics.Unit").objects.get_or_create(
        key="place", defaults={"symbol": "个", "symbol_en": "place | places", "kind": "count"}
    )
    defaults = {"key": f"figure-{next(_numbers)}", "name": "班级数", "name_en": "Classes", "measure": "stock"}
    return apps.get_model("metrics.Metric").objects.create(**{"theme": theme, "unit": unit} | defaults | values)


def make_period(**values):
    defaults = {"key": "y2024", "label": "2024年", "label_en": "2024", "kind": "year"} | values
    return apps.get_model("metrics.Period").objects.get_or_create(key=defaults.pop("key"), defaults=defaults)[0]


def make_figure(school, metric=None, **values):
    """48 classes of a school in 2024."""
    metric = metric or make_metric()
    total, _new = apps.get_model("metrics.Dimension").objects.get_or_create(
        axis="total", member="total", defaults={"key": "total", "label": "合计", "label_en": "Total"}
    )
    source, _new = apps.get_model("metrics.Source").objects.get_or_create(key="report", defaults={"title": "工作报告"})
    defaults = {
        "key": f"figure-{next(_numbers)}",
        "value": 48,
        "unit": metric.unit,
        "period": values.pop("period", None) or make_period(),
        "dimension": total,
        "source": source,
    }
    return apps.get_model("metrics.Observation").objects.create(
        metric=metric, subject_school=school, **defaults | values
    )
