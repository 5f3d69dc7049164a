"""Who may do what: one table of all groups. `manage.py sync_roles` makes the database equal to it.

Changing users and groups is left to superusers: whoever may change a user can become anybody.

The table names apps and models of other rooms, and does so on purpose: who may do what is to be read in one place, beside
the code that makes it so. They are strings, looked up when the table is put into force, so core still imports nobody.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from django.apps import apps
from django.conf import settings
from django.contrib.auth.models import Group, Permission
from django.contrib.contenttypes.models import ContentType
from django.db import models, transaction
from django.dispatch import Signal
from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail.models import GroupCollectionPermission, GroupPagePermission

from .languages import TARGETS
from .models import BasePage
from .queries.permissions import Permissions


WHOLE_SITE = "news.HomePage"
NEWS = "news.StoryIndexPage"
MANAGE = ("add", "change", "delete", "view")
FIGURES = ("Metric", "Observation", "Period", "Dimension", "Unit", "Theme", "Source")
SCHOOL_RECORDS = ("Organisation", "Honour", "Town", "SchoolZone", "SchoolGroup")
GLOSSARY = (("languages.Term", ("add", "change", "view")),)
STAGES = ("first", "second", "final")  # of a review; with more than three steps, all between the ends are the second


@dataclass(frozen=True)
class Role:
    """One group. `pages` maps the type of a section's page to actions there and below."""

    name: str
    description: str | Promise
    pages: tuple[tuple[str, tuple[str, ...]], ...] = ()
    models: tuple[tuple[str, tuple[str, ...]], ...] = ()
    images: tuple[str, ...] = ()
    documents: tuple[str, ...] = ()
    collections: tuple[str, ...] = ()
    languages: tuple[str, ...] = ()  # codenames of Language's own permissions
    reviews: tuple[tuple[str, str], ...] = ()  # kinds of content (settings.REVIEWS), each with a stage of STAGES


def manage(
    app: str, names: Iterable[str], actions: tuple[str, ...] = MANAGE
) -> tuple[tuple[str, tuple[str, ...]], ...]:
    return tuple((f"{app}.{name}", actions) for name in names)


def _reviewer(name: str, stage: str) -> Role:
    return Role(
        name=name,
        description=_("Read and correct any story, and approve it. Never publish."),
        reviews=(("stories", stage),),
        pages=((NEWS, ("change",)),),
        images=("add", "choose"),
        documents=("add", "choose"),
    )


ROLES = (
    Role(
        name="Reporters",
        description=_("Write stories or import them, edit their own and add pictures. Never publish."),
        pages=((NEWS, ("add",)),),
        models=manage("newsroom", ("StoryImport",), ("add",)),
        images=("add", "choose"),
        documents=("add", "choose"),
    ),
    _reviewer("First review", "first"),
    _reviewer("Second review", "second"),
    Role(
        name="Final review",
        description=_(
            "Read, correct and withdraw any page, and approve pages and figures as the last. Put up notices, keep house style."
        ),
        reviews=(("stories", "final"), ("figures", "final"), ("pages", "final")),
        pages=((WHOLE_SITE, ("change", "publish", "lock", "unlock")), (NEWS, ("add",))),  # for an urgent notice
        models=(
            *manage("core", ("SiteNotice",)),
            *manage("newsroom", ("Withdrawal", "StoryImport"), ("add",)),
            *manage("newsroom", ("StyleRule",)),
            *manage("metrics", ("Metric", "Observation"), ("change", "publish", "view")),
        ),
        images=("add", "change", "choose"),
        documents=("add", "change", "choose"),
    ),
    Role(
        name="Data officers",
        description=_(
            "Keep all figures and where they come from, and approve those of colleagues. They see school records."
        ),
        reviews=(("figures", "final"),),
        models=(
            *manage("metrics", FIGURES),
            *manage("metrics", ("Metric", "Observation"), ("publish",)),
            *manage("schools", SCHOOL_RECORDS, ("view",)),
        ),
        documents=("add", "choose"),
    ),
    Role(
        name="Site managers",
        description=_("Everything on the site: pages, figures, schools, files, languages and settings. Not the users."),
        pages=((WHOLE_SITE, ("add", "bulk_delete", "change", "lock", "publish", "unlock")),),
        models=(
            *manage("metrics", FIGURES),
            *manage("metrics", ("Metric", "Observation"), ("publish",)),
            *manage("schools", SCHOOL_RECORDS),
            *manage("news", ("Topic", "Contributor")),
            *manage("languages", ("Term", "Phrase")),
            *manage("newsroom", ("StoryImport",), ("add",)),
            *manage("newsroom", ("StyleRule",)),
            ("core.Language", ("change", "view")),
            ("core.PortalSettings", ("change",)),
            *manage("core", ("SiteNotice",)),
            *manage("wagtailredirects", ("Redirect",)),
        ),
        images=("add", "change", "choose", "delete"),
        documents=("add", "change", "choose", "delete"),
        collections=("add", "change", "delete"),
    ),
)


def translate_codename(code: str) -> str:
    """The permission to work on translations into a language: held as `core.translate_en`."""
    return f"translate_{code}"


def publish_codename(code: str) -> str:
    """The permission to publish translations into a language: held as `core.publish_translation_en`."""
    return f"publish_translation_{code}"


def all_roles() -> list[Role]:
    """The table, with two groups for each language that is translated into."""
    return [*ROLES, *(role for code in TARGETS for role in _language_roles(code))]


def _language_roles(code: str) -> tuple[Role, Role]:
    return (
        Role(
            name=f"Translators ({code})",
            description=_("Translate into this language and keep the glossary. No page rights, so no drafts."),
            models=_word_lists(code),
            languages=(translate_codename(code),),
        ),
        Role(
            name=f"Translation publishers ({code})",
            description=_("Translate into this language, publish and withdraw its translations, keep the glossary."),
            models=_word_lists(code),
            languages=(translate_codename(code), publish_codename(code)),
        ),
    )


def _word_lists(code: str) -> tuple[tuple[str, tuple[str, ...]], ...]:
    """Everybody may edit the glossary; the phrases are for traditional characters only."""
    return (*GLOSSARY, *(manage("languages", ("Phrase",)) if code == "zh-hant" else ()))


def reviewing_groups(kind: str, stages: Iterable[str] = STAGES) -> list[str]:
    """Names of the groups whose members review this kind of content, at any of these stages."""
    wanted = {(kind, stage) for stage in stages}
    return [role.name for role in ROLES if wanted & set(role.reviews)]


NAMES = {
    "Reporters": _("Reporters"),
    "First review": _("First review"),
    "Second review": _("Second review"),
    "Final review": _("Final review"),
    "Data officers": _("Data officers"),
    "Site managers": _("Site managers"),
}


def title(name: str) -> str:
    """What the admin calls the group of that name; its own name, if it is not of the table."""
    kind, _space, code = name.removesuffix(")").rpartition(" (")
    language = dict(settings.LANGUAGES).get(code, code)
    if kind == "Translators":
        return gettext("Translators: {language}").format(language=language)
    if kind == "Translation publishers":
        return gettext("Translation publishers: {language}").format(language=language)
    return str(NAMES.get(name, name))


def name_groups() -> None:
    """Groups are stored under the names of the table, and shown in the language of the admin."""

    def shown(group: Group) -> str:
        return title(group.name)

    Group.__str__ = shown


def language_permissions() -> models.QuerySet[Permission]:
    """The permissions to translate, for the form of a group."""
    names = [name(code) for code in TARGETS for name in (translate_codename, publish_codename)]
    return Permission.objects.filter(content_type=_type_of("core.Language"), codename__in=names)


# Making the database equal to the table ------------------------------------------------------


@dataclass
class Report:
    """What `sync` changed, and what somebody should know."""

    changes: list[str] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)


synced = Signal()  # sent by `sync` with its `report`, for those who keep something of the table


@transaction.atomic
def sync() -> Report:
    """Add and remove until the groups of the table have exactly its permissions. Members are not touched.

    Raises Permission.DoesNotExist if the database is not migrated.
    """
    report = Report()
    _make_language_permissions(report)
    stored = Permissions()
    for role in all_roles():
        group = stored.groups.get(role.name)
        if not group:
            group = Group.objects.create(name=role.name)
            report.changes.append(f"+ group {role.name}")
        _sync_models(group, role, stored, report)
        _sync_pages(group, role, stored, report)
        _sync_collections(group, role, stored, report)
    _remove_wagtails_own(report)
    synced.send(sender=Role, report=report)
    return report


def _make_language_permissions(report: Report) -> None:
    names, of_languages = dict(settings.LANGUAGES), _type_of("core.Language")
    present = set(language_permissions().values_list("codename", flat=True))
    for code in TARGETS:
        for codename, verb in (
            (translate_codename(code), "translate into"),
            (publish_codename(code), "publish translations into"),
        ):
            if codename not in present:
                name = f"Can {verb} {names[code]}"
                Permission.objects.create(content_type=of_languages, codename=codename, name=name)
                report.changes.append(f"+ permission core.{codename}")


def _sync_models(group: Group, role: Role, stored: Permissions, report: Report) -> None:
    wanted = {stored.named("wagtailadmin.Admin", "access_admin")}
    wanted |= {stored.for_action(label, action) for label, actions in role.models for action in actions}
    wanted |= {stored.named("core.Language", codename) for codename in role.languages}
    present = stored.held_by(group)
    if added := wanted - present:
        group.permissions.add(*added)
        report.changes += [f"+ {group.name}: {_label(each)}" for each in sorted(added, key=_label)]
    if removed := present - wanted:
        group.permissions.remove(*removed)
        report.changes += [f"- {group.name}: {_label(each)}" for each in sorted(removed, key=_label)]


def _sync_pages(group: Group, role: Role, stored: Permissions, report: Report) -> None:
    wanted: dict[tuple[int, int], str] = {}
    for section, actions in role.pages:
        page = _section(section, role, report)
        for action in actions:
            permission = stored.for_action("core.BasePage", action)
            wanted[page.pk, permission.pk] = f"{permission.codename} on {page.title}"
    rows = {(row.page_id, row.permission_id): row for row in stored.on_pages[group.pk]}
    added = {key: what for key, what in wanted.items() if key not in rows}
    GroupPagePermission.objects.bulk_create(
        [GroupPagePermission(group=group, page_id=page, permission_id=permission) for page, permission in added]
    )
    report.changes += [f"+ {group.name}: {what}" for what in added.values()]
    _drop([row for key, row in rows.items() if key not in wanted], group, report)


def _sync_collections(group: Group, role: Role, stored: Permissions, report: Report) -> None:
    root = stored.root_collection
    held = {"wagtailimages.Image": role.images, "wagtaildocs.Document": role.documents}
    held["wagtailcore.Collection"] = role.collections
    wanted = {
        (root.pk, stored.for_action(label, action).pk): f"{action} {label}"
        for label, actions in held.items()
        for action in actions
    }
    rows = {(row.collection_id, row.permission_id): row for row in stored.on_collections[group.pk]}
    added = {key: what for key, what in wanted.items() if key not in rows}
    GroupCollectionPermission.objects.bulk_create(
        [
            GroupCollectionPermission(group=group, collection=root, permission_id=permission)
            for _root, permission in added
        ]
    )
    report.changes += [f"+ {group.name}: {what}" for what in added.values()]
    _drop([row for key, row in rows.items() if key not in wanted], group, report)


def _drop(rows: Iterable[Any], group: Group, report: Report) -> None:
    for row in rows:
        where = getattr(row, "page", None) or row.collection
        report.changes.append(f"- {group.name}: {row.permission.codename} on {where}")
        row.delete()


def _section(label: str, role: Role, report: Report) -> BasePage:
    """The page that a section's rights are attached to; until it exists the front page, else the root of the tree."""
    for each in dict.fromkeys((label, WHOLE_SITE)):
        if page := apps.get_model(each)._base_manager.order_by("path").first():
            break
    else:
        page = BasePage.get_first_root_node()
    if page._meta.label != label:
        report.notes.append(
            f"{role.name}: there is no {label} yet, so its rights hang on “{page.title}”. Sync again later."
        )
    return page


def _remove_wagtails_own(report: Report) -> None:
    for group in Group.objects.filter(name__in=("Moderators", "Editors")):
        if group.user_set.exists():
            report.notes.append(f"{group.name} has users and was left: give them another group.")
        else:
            group.delete()
            report.changes.append(f"- group {group.name}")


def _type_of(label: str) -> ContentType:
    return ContentType.objects.get_by_natural_key(*label.lower().split("."))


def _label(permission: Permission) -> str:
    return f"{permission.content_type.app_label}.{permission.codename}"
