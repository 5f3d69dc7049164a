from wagtail import hooks
from wagtail.snippets.models import register_snippet

from . import rich_text
from .viewsets import SchoolsGroup


# Links in rich text


@hooks.register("register_rich_text_features")
def register_school_links(features):
    rich_text.register(features)


@hooks.register("register_admin_viewset")
def register_school_link_chooser():
    return rich_text.school_chooser


# Snippets and listings


register_snippet(SchoolsGroup)
