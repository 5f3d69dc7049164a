from wagtail import hooks
from wagtail.snippets.models import register_snippet

from . import rich_text
from .viewsets import FiguresGroup


# Links in rich text


@hooks.register("register_rich_text_features")
def register_figure_links(features):
    rich_text.register(features)


@hooks.register("register_admin_viewset")
def register_figure_link_chooser():
    return rich_text.figure_chooser


# Snippets


register_snippet(FiguresGroup)
