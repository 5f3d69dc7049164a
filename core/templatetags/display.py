"""Tags for how a reader wants a page shown."""

from django import template
from django.template.base import Node, NodeList, Parser, Token
from django.utils.safestring import SafeString, mark_safe

from ..languages import content_language
from ..text.ruby import LANGUAGES, annotated


register = template.Library()


@register.simple_tag
def has_pinyin(code: str) -> bool:
    """Whether texts in this language can have pinyin over them."""
    return code in LANGUAGES


class RubyNode(Node):
    def __init__(self, nodelist: NodeList) -> None:
        self.nodelist = nodelist

    def render(self, context: template.Context) -> SafeString:
        html = self.nodelist.render(context)
        display = getattr(context.get("request"), "display", None)
        if display is None or not display.ruby or content_language() not in LANGUAGES:
            return html
        return mark_safe(annotated(html, content_language()))  # noqa: S308 (made of what was rendered, and of letters)


@register.tag
def ruby(parser: Parser, token: Token) -> RubyNode:
    """`{% ruby %}…{% endruby %}`: Chinese text inside has pinyin over it, if the reader asked for it."""
    nodelist = parser.parse(["endruby"])
    parser.delete_first_token()
    return RubyNode(nodelist)
