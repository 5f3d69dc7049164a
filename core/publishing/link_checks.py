"""What is checked of a page's links: that readers see what they lead to."""

from collections import defaultdict
from collections.abc import Callable, Iterator
from functools import partial
from urllib.parse import unquote, urlsplit

from django.conf import settings
from django.db import models
from django.utils.translation import gettext as _
from wagtail import blocks
from wagtail.models import Site
from wagtail.rich_text import extract_references_from_rich_text

from ..keys import parse_key, parse_keys
from ..languages import PROVISIONED
from ..models import BasePage
from ..rendering.preloading import kind
from ..text.markup import addresses
from ..text.tags import Piece, pieces
from .checklist import Finding, Mend, publish_check, shared
from .page_texts import change_text, parts_of


Reference = tuple[type[models.Model], str]

_left_to_others: set[type[models.Model]] = set()


def leave(*checked: type[models.Model]) -> None:
    """Whether readers see things of these models is checked by whoever knows more of them."""
    _left_to_others.update(checked)


@publish_check("core.unpublished-links", BasePage)
def check_links(page: BasePage) -> Iterator[Finding]:
    """Links and cards that lead to what readers do not see: one query for each kind of thing.

    It is not named: whoever edits this page may not know of it.
    """
    referred = list(_references(page))
    unseen = _unseen({reference for _place, reference, _words in referred})
    for place, (model, key), words in referred:
        if (model, key) not in unseen:
            continue
        about = f"{model._meta.label_lower} {key}"
        if words is None:
            what = model._meta.verbose_name
            yield Finding(
                _("What is chosen here is not published: readers see no {what}.").format(what=what), place, about
            )
        else:
            mend = Mend(
                _("Remove the link"),
                partial(change_text, page, place, partial(without_link, model, key)),
            )
            message = _("The link “{words}” leads to what is not published: readers see the words alone.")
            yield Finding(message.format(words=words), place, f"{about} {words}", mend)


def _references(page: BasePage) -> Iterator[tuple[str, Reference, str | None]]:
    """(content path, what is referred to, the words of the link), no words for what is chosen. Pictures and documents are
    not published by themselves."""
    for part in shared(page, parts_of):
        if isinstance(part.block, blocks.ChooserBlock):
            reference = kind(part.block.model_class), str(part.raw)
            if _is_published_by_itself(reference[0]):
                yield part.place, reference, None
        elif isinstance(part.block, blocks.RichTextBlock) and "linktype" in part.raw:
            links = links_in(part.raw)
            yield from ((part.place, found, words) for found, words in links if _is_published_by_itself(found[0]))


def links_in(html: str) -> Iterator[tuple[Reference, str]]:
    """(what a link refers to, its words)."""
    found, words = None, ""
    for piece in pieces(html):
        if piece.name == "a" and piece.is_start:
            found, words = _target(piece.raw), ""
        elif piece.name == "a" and found:
            yield found, words
            found = None
        elif piece.is_text:
            words += piece.raw


def _target(tag: str) -> Reference | None:
    """What a link's tag refers to."""
    for model, key, *_path in extract_references_from_rich_text(f"{tag}</a>"):
        return kind(model), str(key)
    return None


def _is_published_by_itself(model: type[models.Model]) -> bool:
    return hasattr(model, "live") and model not in _left_to_others


def _unseen(references: set[Reference]) -> set[Reference]:
    by_model: dict[type[models.Model], list[str]] = defaultdict(list)
    for model, key in references:
        by_model[model].append(key)
    seen: set[tuple[type[models.Model], int | None]] = set()
    for model, keys in by_model.items():
        live = model._default_manager.filter(pk__in=parse_keys(keys), live=True)
        seen |= {(model, key) for key in live.order_by().values_list("pk", flat=True)}
    return {(model, key) for model, key in references if (model, parse_key(key)) not in seen}


def _leads_to(model: type[models.Model], key: str, tag: Piece) -> bool:
    return _target(tag.raw) == (model, key)


def without_link(model: type[models.Model], key: str, html: str) -> str:
    """The links to this thing become their words."""
    return _without_links(partial(_leads_to, model, key), html)


def _without_links(is_meant: Callable[[Piece], bool], html: str) -> str:
    """The links of which this is true become their words."""
    done, is_inside = [], False
    for piece in pieces(html):
        if piece.name == "a" and piece.is_start:
            is_inside = is_meant(piece)
        if not (is_inside and piece.name == "a"):
            done.append(piece.raw)
    return "".join(done)


# Addresses that were typed or pasted ---------------------------------------------------------------


@publish_check("core.unpublished-addresses", BasePage)
def check_addresses(page: BasePage) -> Iterator[Finding]:
    """Addresses of this site where a page is that readers do not see: two queries, or none."""
    typed = [(place, address) for place, html in _rich_texts(page) for address in addresses(html)]
    paths = {address: path for _place, address in typed if (path := _path_here(address))}
    hidden = _hidden(set(paths.values())) if paths else set()
    for place, address in dict.fromkeys(typed):
        if paths.get(address) in hidden:
            message = _("The link to {address} leads to a page that is not published.").format(address=address)
            change = partial(_without_links, partial(_has_address, address))
            yield Finding(
                message, place, address, Mend(_("Remove the link"), partial(change_text, page, place, change))
            )


def _rich_texts(page: BasePage) -> list[tuple[str, str]]:
    parts = [part for part in shared(page, parts_of) if isinstance(part.block, blocks.RichTextBlock)]
    return [(part.place, part.raw) for part in parts if "href" in part.raw]


def _has_address(address: str, tag: Piece) -> bool:
    return tag.attributes.get("href") == address


def _path_here(address: str) -> str:
    """The path of an address of this site in Chinese; '' if it is of another one."""
    parts = urlsplit(address)
    if parts.netloc and parts.netloc != urlsplit(settings.WAGTAILADMIN_BASE_URL).netloc:
        return ""
    path = unquote(parts.path).strip("/")
    first, _slash, rest = path.partition("/")
    return rest if first in PROVISIONED else path


def _hidden(paths: set[str]) -> set[str]:
    """Those where there is a page that readers do not see."""
    site = Site.objects.filter(is_default_site=True).select_related("root_page").first()
    if site is None:
        return set()
    root = site.root_page.url_path
    wanted = {f"{root}{path}/": path for path in paths}
    found = BasePage.objects.filter(url_path__in=wanted)
    seen = set(found.readable().values_list("url_path", flat=True))
    return {wanted[each] for each in found.values_list("url_path", flat=True) if each not in seen}
