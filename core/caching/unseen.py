"""What readers never see: writing it does not move the content stamp.

A table that is not named here is seen, so one that somebody adds moves the stamp from the first day. A name here needs a
reason; a test checks that each is a table of ours.
"""

from collections.abc import Iterator
from functools import cache

from django.apps import apps
from django.db import models
from treebeard.mp_tree import MP_Node
from wagtail.models import DraftStateMixin, LockableMixin, RevisionMixin


STAMPS = "core_contentstamp"

UNSEEN_TABLES: dict[str, str] = {
    STAMPS: "the stamp itself",
    "core_heartbeat": "when a program was last alive",
    "core_tick": "which warnings editors have answered for",
    **dict.fromkeys(["newsroom_storyimport", "newsroom_importedpicture"], "files that are read to become drafts"),
    **dict.fromkeys(["core_notice", "core_noticesettings"], "what people are told in the admin and by mail"),
    **dict.fromkeys(
        ["django_session", "django_migrations", "django_content_type"],
        "Django's own: who is logged in, what was migrated, which models there are",
    ),
    **dict.fromkeys(
        ["core_user", "core_user_groups", "core_user_user_permissions", "wagtailusers_userprofile"],
        "accounts: a page names contributors, who are rows of their own",
    ),
    **dict.fromkeys(
        [
            "auth_group",
            "auth_group_permissions",
            "auth_permission",
            "wagtailcore_groupcollectionpermission",
            "wagtailcore_grouppagepermission",
            "wagtailcore_groupsitepermission",
            "wagtailcore_apitoken",
            "wagtailadmin_admin",
        ],
        "who may do what: pages for some people only are never kept",
    ),
    **dict.fromkeys(
        [
            "wagtailcore_revision",
            "wagtailcore_comment",
            "wagtailcore_commentreply",
            "wagtailcore_pagesubscription",
            "wagtailcore_uploadedfile",
            "wagtailadmin_editingsession",
            "wagtailadmin_formstate",
        ],
        "drafts and what is said of them: what is published is written into the page's own tables",
    ),
    **dict.fromkeys(
        [
            "wagtailcore_groupapprovaltask",
            "wagtailcore_groupapprovaltask_groups",
            "wagtailcore_task",
            "wagtailcore_taskstate",
            "wagtailcore_workflow",
            "wagtailcore_workflowcontenttype",
            "wagtailcore_workflowpage",
            "wagtailcore_workflowstate",
            "wagtailcore_workflowtask",
        ],
        "who looks at a text before it is published",
    ),
    **dict.fromkeys(["wagtailcore_modellogentry", "wagtailcore_pagelogentry"], "what was done, for editors"),
    "wagtailcore_referenceindex": "what uses what, for editors",
    **dict.fromkeys(
        ["wagtailsearch_indexentry", "wagtailsearch_indexentry_fts", "core_searchrow"],
        "read by searches only, which are never kept; it is written for every draft",
    ),
    **dict.fromkeys(
        [
            "languages_comment",
            "languages_languagework",
            "languages_original",
            "languages_phrase",
            "languages_publication",
            "languages_sectionlimit",
            "languages_term",
            "languages_termtarget",
            "languages_translation",
            "languages_unit",
            "languages_unitversion",
        ],
        "the translators' desk: what is published is written into the columns of the thing itself",
    ),
    "newsroom_entry": "who answers for what was published, for editors",
}

# Of things that have drafts, locks or a place in a tree: which draft is the newest, who holds it, how many are below.
UNSEEN_COLUMNS = frozenset(
    {
        "draft_title",
        "has_unpublished_changes",
        "latest_revision_id",
        "latest_revision_created_at",
        "locked",
        "locked_at",
        "locked_by_id",
        "numchild",
        "owner_id",
    }
)
HAVE_UNSEEN_COLUMNS = (DraftStateMixin, RevisionMixin, LockableMixin, MP_Node)


@cache
def unseen_columns() -> dict[str, frozenset[str]]:
    """For each table that has any, those of its columns that readers never see."""
    return {table: found for table, found in _unseen_columns() if found}


def _unseen_columns() -> Iterator[tuple[str, frozenset[str]]]:
    for model in apps.get_models():
        if issubclass(model, HAVE_UNSEEN_COLUMNS):
            yield model._meta.db_table, UNSEEN_COLUMNS & set(_columns(model))


def _columns(model: type[models.Model]) -> Iterator[str]:
    for field in model._meta.local_concrete_fields:
        yield field.column
