"""Who may do what at the desk. A translator needs no right to any page."""

from collections.abc import Sequence
from typing import Any

from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group, Permission
from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.db.models.functions import Cast, Length, Substr
from django.http import HttpRequest
from wagtail.images import get_image_model
from wagtail.models import PageViewRestriction, ReferenceIndex

from core.languages import TARGETS
from core.models import BasePage, Language
from core.roles import publish_codename, translate_codename

from ..models import LanguageWork, Origin, Original, SectionLimit, Translation, Unit


def may_translate(user: models.Model, code: str) -> bool:
    return user.is_active and (user.has_perm(f"core.{translate_codename(code)}") or may_publish(user, code))


def may_publish(user: models.Model, code: str) -> bool:
    return user.is_active and user.has_perm(f"core.{publish_codename(code)}")


def may_manage_languages(user: models.Model) -> bool:
    return user.is_active and user.has_perm("core.change_language")


def active_languages() -> list[Language]:
    """Target languages that are open, or that somebody has started; in the order of the switcher."""
    taken_up = models.Exists(LanguageWork.objects.filter(language=models.OuterRef("code")))
    return list(Language.objects.filter(models.Q(is_open=True) | taken_up, code__in=TARGETS))


def languages_of(user: models.Model) -> list[Language]:
    """Active languages that the user may translate into."""
    return [language for language in active_languages() if may_translate(user, language.code)]


def is_given_a_language(user: models.Model) -> bool:
    """By a group or by themselves, whatever they may do as a superuser."""
    holds = models.Q(group__user=user) | models.Q(user=user)
    names = [name(code) for code in TARGETS for name in (translate_codename, publish_codename)]
    return Permission.objects.filter(holds, codename__in=names).exists()


def translates(user: models.Model) -> bool:
    """Whether the person has been assigned a text, or has written for one."""
    written = Unit.objects.filter(author=user, origin=Origin.HUMAN)
    return Translation.objects.filter(assignee=user).exists() or written.exists()


def may_use_desk(request: HttpRequest) -> bool:
    user = request.user
    return may_manage_languages(user) or any(may_translate(user, code) for code in TARGETS)


def translators_of(codes: Sequence[str]) -> models.QuerySet:
    """Active people with the right to translate into one of the languages, and those who have been assigned a text."""
    names = [name(code) for code in codes for name in (translate_codename, publish_codename)]
    holds = models.Q(groups__permissions__codename__in=names) | models.Q(user_permissions__codename__in=names)
    assigned = Translation.objects.filter(language__in=codes).exclude(assignee=None).values("assignee")
    found = get_user_model().objects.filter((holds & models.Q(is_active=True)) | models.Q(pk__in=assigned))
    return found.distinct().order_by("username")


def visible_to(user: models.Model, codes: Sequence[str] = TARGETS) -> models.QuerySet[Original]:
    """What a translator may see: what readers see, and drafts that were released; in the sections of the groups from
    which they have the right to any of these languages."""
    if user.is_superuser:
        return at_the_desk()
    limits = SectionLimit.objects.filter(group__in=_groups(user, codes))
    is_within = models.Q(path="") | models.Exists(_above(limits, "section__path")) | ~models.Exists(limits)
    return shown().filter(is_within | models.Exists(_groups(user, codes).filter(section_limits=None)))


def people_who_see(original: Original, code: str, *, only_publishers: bool = False) -> list[Any]:
    """The other way round: the active people with the right to translate into a language, or to publish it, who may see
    an original; in a constant number of queries. Superusers see everything, but publish a language only where they have
    been given that."""
    names = [publish_codename(code)] if only_publishers else [translate_codename(code), publish_codename(code)]
    holds = models.Q(groups__permissions__codename__in=names) | models.Q(user_permissions__codename__in=names)
    granting = Group.objects.filter(permissions__codename__in=[translate_codename(code), publish_codename(code)])
    granting = granting.prefetch_related(
        models.Prefetch("section_limits", SectionLimit.objects.select_related("section"))
    ).distinct()
    wanted = holds if only_publishers else holds | models.Q(is_superuser=True)
    people = get_user_model().objects.filter(wanted, is_active=True).distinct().order_by("pk")
    people = people.prefetch_related(models.Prefetch("groups", granting, to_attr="granting_groups"))
    is_shown = shown().filter(pk=original.pk).exists()
    return [
        person
        for person in people
        if person.is_superuser or (is_shown and _is_within(original, person.granting_groups))
    ]


def _is_within(original: Original, groups: Sequence[Group]) -> bool:
    limits = [list(group.section_limits.all()) for group in groups]
    if not original.path or not all(limits):
        return True
    return any(original.path.startswith(limit.section.path) for each in limits for limit in each)


def at_the_desk() -> models.QuerySet[Original]:
    """All that anybody translates: what is live, and drafts that were released."""
    return Original.objects.present().filter(models.Q(is_live=True) | models.Q(released__isnull=False))


def public() -> models.QuerySet[Original]:
    """What readers see."""
    return shown().filter(is_live=True)


def shown() -> models.QuerySet[Original]:
    """What translators see whose groups have no limits."""
    private = _above(PageViewRestriction.objects.all(), "page__path")
    pictures = ContentType.objects.get_for_model(get_image_model())
    found = at_the_desk().filter(~models.Q(content_type=pictures) | models.Exists(_uses(pictures)))
    return found.exclude(models.Exists(private), released=None)


def _uses(pictures: ContentType) -> models.QuerySet[ReferenceIndex]:
    """The uses of a picture that are public, or in a released draft: a picture without one could give away a page that
    is not public."""
    private = _above(PageViewRestriction.objects.all(), "page__path")
    released = Original.objects.filter(path=models.OuterRef("path"), released__isnull=False)
    shown = BasePage.objects.filter(models.Q(live=True) | models.Exists(released)).exclude(models.Exists(private))
    pages = ContentType.objects.get_for_model(BasePage)
    number = models.IntegerField()
    is_shown = models.Exists(shown.filter(pk=Cast(models.OuterRef("object_id"), number)))
    key = Cast(models.OuterRef("object_id"), models.CharField())
    uses = ReferenceIndex.objects.filter(to_content_type=pictures, to_object_id=key)
    return uses.filter(~models.Q(base_content_type=pages) | is_shown)


def _above(rows: models.QuerySet, path: str) -> models.QuerySet:
    """The rows whose page is that of the outer query's original, or one above it."""
    start = Substr(models.OuterRef("path"), 1, Length(path))
    return rows.annotate(start=start).filter(**{path: models.F("start")})


def _groups(user: models.Model, codes: Sequence[str]) -> models.QuerySet[Group]:
    """The user's groups that give a right to one of these languages."""
    codenames = [name(code) for code in codes for name in (translate_codename, publish_codename)]
    return Group.objects.filter(user=user, permissions__codename__in=codenames)
