"""Line breaks that a template needs to be readable, and a page must not have: in Chinese every blank is seen."""

import re
from collections.abc import Iterable

from django import template
from django.template.base import Node, NodeList, Parser, TextNode, Token
from django.utils.safestring import SafeString


LINE_BREAK = re.compile(r"\s*\n\s*")

register = template.Library()


class UnbrokenNode(Node):
    def __init__(self, nodelist: NodeList) -> None:
        self.nodelist = nodelist

    def render(self, context: template.Context) -> SafeString:
        return self.nodelist.render(context)


@register.tag
def unbroken(parser: Parser, token: Token) -> UnbrokenNode:
    """`{% unbroken %}…{% endunbroken %}`: what is written on several lines inside comes out as on one.

    A line break between words or tags is dropped together with the indentation around it, one between the attributes
    of a tag is a blank. A blank within a line stays, and so does whatever a variable or another template puts in.
    """
    nodelist = parser.parse(["endunbroken"])
    parser.delete_first_token()
    drop_line_breaks(nodelist.get_nodes_by_type(TextNode))
    return UnbrokenNode(nodelist)


def drop_line_breaks(nodes: Iterable[TextNode]) -> None:
    """Changes the texts in place, in the order of the template: a tag may be opened in one and closed in another."""
    in_tag = False
    for node in nodes:
        pieces = re.split(r"([<>])", node.s)
        for place, piece in enumerate(pieces):
            if piece in ("<", ">"):
                in_tag = piece == "<"
            else:
                pieces[place] = LINE_BREAK.sub(" " if in_tag else "", piece)
        node.s = "".join(pieces)
