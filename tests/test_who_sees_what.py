"""Words that only some may read are put into drafts, private pages, figures, files and notices; then every address of the
admin is asked for as every role, and the answer may hold no word that the role may not read.

Each address stands in `ADDRESSES`, with the queries it is asked with, or in `LEFT_OUT`, with the reason. One that stands
in neither is an error: whoever adds a view says here how it is to be tried.
"""

import itertools
import logging
import re
from dataclasses import dataclass, field
from datetime import timedelta
from io import BytesIO

import pytest
from django.apps import apps
from django.contrib.auth.models import Group, Permission
from django.core.files.base import ContentFile
from django.db import transaction
from django.test import Client
from django.urls import get_resolver, reverse
from django.utils import timezone
from wagtail.admin.views.bulk_action.registry import bulk_action_registry
from wagtail.contrib.redirects.models import Redirect
from wagtail.documents import get_document_model
from wagtail.models import (
    Collection,
    CollectionViewRestriction,
    Comment,
    GroupApprovalTask,
    PageViewRestriction,
    ReferenceIndex,
    Site,
    Workflow,
    WorkflowPage,
    WorkflowTask,
)
from wagtail.snippets.models import get_snippet_models

from core.models import BasePage, Language, SiteNotice, User
from core.notices.mentioning import MENTIONED
from core.notices.sending import notify
from core.roles import NEWS, WHOLE_SITE, all_roles, sync
from languages.desk.notice_kinds import ASSIGNED
from languages.desk.originals import original_of
from languages.models import Phrase, SectionLimit, Term, Translation
from metrics.models import Observation
from metrics.tests.factories import make_figures_page, make_metric, make_observation
from news.models import Contributor, StandardPage, Topic
from news.tests.factories import make_index, make_programme, make_standard_page, make_story, publish
from newsroom.imports.storing import store
from newsroom.models import Allowance, Entry, ReviewState, StoryImport
from newsroom.record import chain
from newsroom.record.naming import thing_of
from newsroom.reviewing.kinds import kind_of
from newsroom.reviewing.sync import workflow_of
from schools.models import SchoolGroup, SchoolZone, Town
from schools.tests.factories import make_home, make_honour, make_image, make_school

from .desk import take_up


pytestmark = [pytest.mark.django_db, pytest.mark.sqlite]

BARE = "no group"


# Who may read what ------------------------------------------------------------------------------------------


def _on(role, *sections, actions=("add", "change", "publish")):
    return any(section in sections and set(actions) & set(held) for section, held in role.pages)


def _keeps(role, label):
    return any(name == label and "change" in held for name, held in role.models)


READERS = {
    "Zqnewsdraft": lambda role: _on(role, NEWS, WHOLE_SITE),
    "Zqnewsbody": lambda role: _on(role, NEWS, WHOLE_SITE, actions=("change", "publish")),
    "Zqsitedraft": lambda role: _on(role, WHOLE_SITE),
    "Zqsitebody": lambda role: _on(role, WHOLE_SITE),
    "Zqrenamed": lambda role: _on(role, WHOLE_SITE),
    "Zqprivatesection": lambda role: _on(role, WHOLE_SITE),
    "Zqprivatepage": lambda role: _on(role, WHOLE_SITE),
    "Zqprivatebody": lambda role: _on(role, WHOLE_SITE),
    "Zqschool": lambda role: _on(role, WHOLE_SITE) or _keeps(role, "metrics.Observation"),  # it is a figure's subject
    "Zqmetric": lambda role: _keeps(role, "metrics.Metric"),
    "Zqfigure": lambda role: _keeps(role, "metrics.Observation"),
    "Zqremark": lambda role: _keeps(role, "metrics.Observation"),
    "Zqimage": lambda role: bool(role.images),
    "Zqdocument": lambda role: bool(role.documents),
    "Zqcollection": lambda role: bool(role.images or role.documents),
    "Zqnotice": lambda role: _keeps(role, "core.SiteNotice") or bool(role.languages),  # translated in advance
}


def may_read(name):
    role = next((each for each in all_roles() if each.name == name), None)
    return {word for word, test in READERS.items() if role and test(role)}


def _rights(role):
    """All of them, whatever language they are for."""
    held = {(kind, right) for kind in ("images", "documents", "collections") for right in getattr(role, kind)}
    held |= {(name, right) for name, rights in (*role.pages, *role.models) for right in rights}
    return held | {name.split("_")[0] for name in role.languages}


def tried():
    """The roles, without those whose rights are all held by another role that may read no more than they."""
    found = [BARE]
    for role in sorted(all_roles(), key=lambda each: len(_rights(each)), reverse=True):
        wider = [each for each in all_roles() if each.name in found and _rights(role) <= _rights(each)]
        if not any(may_read(role.name) == may_read(each.name) for each in wider):
            found.append(role.name)
    return found


# The site ---------------------------------------------------------------------------------------------------


@dataclass
class World:
    pages: list
    schools: list
    objects: dict = field(default_factory=dict)  # model: objects that are asked for
    originals: dict = field(default_factory=dict)  # key of a page: key of its original
    task_state: object = None

    @property
    def home(self):
        return make_home().pk

    @property
    def private(self):
        return self.schools[1]


def body(words):
    return [{"type": "text", "value": f'<p data-block-key="a1">{words}</p>', "id": "block-1"}]


@pytest.fixture(scope="module")
def world(lasting):
    writer = User.objects.create_user("writer")
    make_home()
    make_index()
    make_figures_page()
    sync()
    take_up("fr")
    image = make_image(title="Zqimage")
    private_files = Collection.get_first_root_node().add_child(name="Zqcollection")
    CollectionViewRestriction.objects.create(collection=private_files, restriction_type="login")
    image.collection = private_files
    image.save()
    document = get_document_model().objects.create(
        title="Zqdocument", file=ContentFile(b"1", "d.txt"), collection=private_files
    )
    school = make_school(title="Zqschool", live=False)
    metric = make_metric(name="Zqmetric", live=False)
    known = make_metric()
    figures = [
        make_observation(metric=known, printed="Zqfigure", note="Zqremark", live=False),
        make_observation(metric=metric),
        make_observation(metric=known, subject_school=school),
    ]
    make_observation(metric=known)
    for each in (metric, *figures):
        each.save_revision(user=writer, log_action=True)
    links = (
        f'Zqnewsbody <a linktype="figure" id="{figures[0].pk}">1</a>'
        f'<a linktype="school" id="{school.pk}">s</a><a linktype="document" id="{document.pk}">d</a>'
    )
    draft = make_story(title="Zqnewsdraft", live=False, slug="d1", body=body(links), picture=image, locked=True)
    site_draft = make_home().add_child(
        instance=StandardPage(title="Zqsitedraft", slug="d2", live=False, body=body("Zqsitebody"), picture=image)
    )
    section = make_standard_page(title="Zqprivatesection", slug="d3")
    PageViewRestriction.objects.create(page=section, restriction_type=PageViewRestriction.LOGIN)
    private = publish(
        section.add_child(
            instance=StandardPage(title="Zqprivatepage", slug="d4", body=body("Zqprivatebody"), picture=image)
        )
    )
    renamed = make_standard_page(title="公开", slug="d5")
    renamed.title = "Zqrenamed"
    pages = [draft, site_draft, section, private, renamed]
    for page in pages:
        page.save_revision(user=writer, log_action=True)
        page.refresh_from_db()
    Comment.objects.create(page=draft, user=writer, text="Zqnewsbody", contentpath="title")
    task = GroupApprovalTask.objects.create(name="Approve")
    task.groups.add(Group.objects.get(name="First review"))
    workflow = Workflow.objects.create(name="Approval")
    WorkflowTask.objects.create(workflow=workflow, task=task, sort_order=0)
    WorkflowPage.objects.create(workflow=workflow, page=draft)
    state = workflow.start(draft, writer)
    states = [submitted(obj, writer) for obj in (site_draft, private, renamed, metric, *figures)]
    entries = [published_urgently(obj, writer) for obj in (draft, site_draft, private, metric, *figures)]
    Redirect.objects.create(old_path="/old", redirect_page=site_draft)
    notice = SiteNotice.objects.create(text="Zqnotice", level="info", starts_at=timezone.now() + timedelta(days=3))
    honour = make_honour(holder_school=school)
    make_programme(title="公开的项目", slug="p1", metrics=[known])
    objects = {
        BasePage: pages,
        type(metric): [metric],
        type(figures[0]): figures,
        type(image): [image],
        type(document): [document],
        Collection: [private_files],
        SiteNotice: [notice],
        type(honour): [honour],
        Workflow: [workflow],
        GroupApprovalTask: [task],
        ReviewState: states,
        Entry: entries,
        StoryImport: [imported(writer), imported(writer, onto=draft)],
        Site: [Site.objects.get()],
        User: [writer],
        Group: [Group.objects.get(name="Reporters")],
        Language: [Language.objects.get(code="fr")],
        Redirect: list(Redirect.objects.all()),
        Term: [Term.objects.create(source="学位")],
        Phrase: [Phrase.objects.create(simplified="信息", traditional="資訊")],
        SectionLimit: [SectionLimit.objects.create(group=Group.objects.get(name="Translators (ar)"), section=private)],
        Topic: [Topic.objects.create(key="t1", name="话题")],
        Contributor: [Contributor.objects.create(key="c1", name="作者")],
        Town: [Town.objects.create(key="t1", name="镇")],
        SchoolZone: [SchoolZone.objects.create(key="z1", name="学区", lead=school)],
        SchoolGroup: [SchoolGroup.objects.create(key="g1", name="集团", lead=school)],
    }
    for model in get_snippet_models():
        objects.setdefault(model, list(model.objects.all()[:1]))
    for each in itertools.chain(*objects.values()):
        ReferenceIndex.create_or_update_for_object(each)
    originals = {page.pk: original_of(page).pk for page in pages}
    wait_for(writer, originals.values())
    return World(pages, [school, private], objects, originals, state.current_task_state)


def imported(writer, **more):
    """A file of somebody's that is no draft yet."""
    stored = store(BytesIO("Zqnewsdraft\n\nZqnewsbody，清晨七点，铃声响起。".encode()), "Zqnewsdraft.txt", writer)
    StoryImport.objects.filter(pk=stored.pk).update(**more)
    return StoryImport.objects.get(pk=stored.pk)


def wait_for(person, originals):
    """All that can wait for one person alone."""
    ReviewState.objects.update(assignee=person)
    BasePage.objects.exclude(depth=1).update(locked=True, locked_by=person, locked_at=timezone.now())
    for original in originals:
        Translation.objects.update_or_create(original_id=original, language="fr", defaults={"assignee": person})


def submitted(obj, writer):
    """It waits at the first step of its review."""
    return workflow_of(kind_of(type(obj))).start(obj, writer).current_task_state.specific


def published_urgently(obj, writer):
    """What the record and the list of what still has no reviews would say of it: words of the thing itself."""
    thing, words = thing_of(obj), secrets_of(obj)
    about = {"model": thing.model, "object_id": thing.key, "content_hash": f"{thing.key:064}"}
    Allowance.objects.create(
        kind="urgent", reason=words, used_at=timezone.now(), due=timezone.now(), person=writer, **about
    )
    ticks = [{"check": "a", "warning": words, "reason": words, "by": "writer", "at": ""}]
    row = {"kind": "urgent", "title": words, "reason": words, "by": {}, "approvals": [], "details": {"ticks": ticks}}
    with transaction.atomic():
        return chain.append([about | row])[0]


def secrets_of(obj):
    return {"metric": "Zqmetric", "observation": "Zqfigure Zqremark"}.get(obj._meta.model_name) or obj.draft_title


# The addresses ----------------------------------------------------------------------------------------------

PLAIN = ("",)
LISTED = ("", "?q=Zq", "?export=csv")
RESULTS = ("?q=Zq",)
CHOOSER = ("", "?q=Zq")
BROWSER = ("", "?q=Zq&multiple=1", "?page_type=news.standardpage", "?page_type=schools.schoolpage")
MANY = ("?{ids}",)
BULK = ("?{ids}", "?id=all", "?id=all&q=Zq")
TYPED = ("?fields=*", "?html_path={path}", "?child_of={page}")
DETAIL = ("?fields=*",)
OF_SOMEBODY = ("", "?person={person}")
LINK = ("?link_url={url}",)
BESIDE = ("?page={page}", "?page={page}&q=w")

# Each with the queries it is asked with; what stands in its address is filled in by `values_of`.
ADDRESSES = {
    LISTED: """
        wagtailadmin_home wagtailadmin_explore_root wagtailadmin_explore wagtailadmin_pages:type_use
        wagtailadmin_pages:search wagtailadmin_collections:index wagtailadmin_workflows:index
        wagtailadmin_workflows:usage wagtailadmin_workflows:task_index wagtailadmin_workflows:task_chooser
        wagtailadmin_reports:locked_pages wagtailadmin_reports:workflow wagtailadmin_reports:workflow_tasks
        wagtailadmin_reports:site_history wagtailadmin_reports:aging_pages
        wagtailadmin_reports:page_types_usage withdrawn_pages work_in_review publishing_exceptions differing_figures
        languages_matrix languages_overview languages_export
        languages_glossary_export style_rules_export languages_memory languages_memory_export
        wagtailredirects:index wagtailsnippets:index wagtaildocs:index wagtailimages:index
        wagtailsnippets:list story_pages:index programme_pages:index school_pages:index wagtailsites:index
        wagtailusers_users:index wagtailusers_groups:index notices languages_my_work
    """,
    RESULTS: """
        wagtailadmin_explore_results wagtailadmin_pages:type_use_results wagtailadmin_pages:search_results
        wagtailadmin_pages:history_results wagtailadmin_workflows:index_results
        wagtailadmin_workflows:usage_results wagtailadmin_workflows:task_index_results
        wagtailadmin_workflows:task_chooser_results wagtailadmin_reports:locked_pages_results
        wagtailadmin_reports:workflow_results wagtailadmin_reports:workflow_tasks_results
        wagtailadmin_reports:site_history_results wagtailadmin_reports:aging_pages_results
        wagtailadmin_reports:page_types_usage_results withdrawn_pages_results work_in_review_results
        publishing_exceptions_results differing_figures_results languages_matrix_results wagtailredirects:index_results
        wagtaildocs:index_results wagtailimages:index_results wagtailsnippets:list_results
        wagtailsnippets:history_results story_pages:index_results programme_pages:index_results
        school_pages:index_results wagtailsites:index_results wagtailsites:history_results
        wagtailusers_users:index_results wagtailusers_users:history_results wagtailusers_groups:index_results
        wagtailusers_groups:history_results wagtailsnippetchoosers:choose_results figure_links:choose_results
        school_links:choose_results wagtaildocs_chooser:choose_results wagtailimages_chooser:choose_results
    """,
    CHOOSER: """
        wagtailsnippetchoosers:choose figure_links:choose school_links:choose wagtaildocs_chooser:choose
        wagtailimages_chooser:choose
    """,
    BROWSER: """
        wagtailadmin_choose_page wagtailadmin_choose_page_child wagtailadmin_choose_page_search
    """,
    MANY: """
        wagtailadmin_choose_page_chosen_multiple wagtailsnippetchoosers:chosen_multiple
        wagtaildocs_chooser:chosen_multiple wagtailimages_chooser:chosen_multiple
    """,
    BULK: "wagtail_bulk_action",
    TYPED: """
        wagtailadmin_api:pages:listing wagtailadmin_api:pages:find wagtailadmin_api:documents:listing
        wagtailadmin_api:documents:find wagtailadmin_api:images:listing wagtailadmin_api:images:find
    """,
    DETAIL: "wagtailadmin_api:pages:detail wagtailadmin_api:documents:detail wagtailadmin_api:images:detail",
    LINK: """
        wagtailadmin_choose_page_external_link wagtailadmin_choose_page_email_link
        wagtailadmin_choose_page_phone_link wagtailadmin_choose_page_anchor_link
    """,
    BESIDE: "people",
    OF_SOMEBODY: "hand_over",
    PLAIN: """
        wagtailadmin_pages:add wagtailadmin_pages:preview_on_add wagtailadmin_pages:choose_parent
        wagtailadmin_pages:edit wagtailadmin_pages:preview_on_edit wagtailadmin_pages:view_draft
        wagtailadmin_pages:add_subpage wagtailadmin_pages:delete wagtailadmin_pages:unpublish
        wagtailadmin_pages:convert_alias withdrawal wagtailadmin_pages:move wagtailadmin_pages:move_confirm
        wagtailadmin_pages:copy wagtailadmin_pages:workflow_action
        wagtailadmin_pages:collect_workflow_action_data wagtailadmin_pages:confirm_workflow_cancellation
        wagtailadmin_pages:workflow_preview wagtailadmin_pages:set_privacy
        wagtailadmin_pages:revisions_index wagtailadmin_pages:revisions_view
        wagtailadmin_pages:revisions_revert wagtailadmin_pages:revisions_unschedule
        wagtailadmin_pages:revisions_compare wagtailadmin_pages:workflow_history
        wagtailadmin_pages:workflow_history_detail wagtailadmin_tag_autocomplete
        wagtailadmin_tag_model_autocomplete wagtailadmin_collections:add wagtailadmin_collections:edit
        wagtailadmin_collections:delete wagtailadmin_collections:set_privacy wagtailadmin_workflows:add
        wagtailadmin_workflows:disable wagtailadmin_workflows:edit wagtailadmin_workflows:remove
        wagtailadmin_workflows:add_task wagtailadmin_workflows:select_task_type
        wagtailadmin_workflows:edit_task wagtailadmin_workflows:disable_task
        wagtailadmin_workflows:task_chooser_create wagtailadmin_workflows:task_chosen wagtailadmin_account
        wagtailadmin_editing_sessions:ping checklist languages_page_translations languages_workbench languages_segment
        languages_machine languages_preview languages_mentionable languages_import languages_glossary_import style_rules_import self_check
        wagtailsettings:edit
        wagtailsettings:preview_on_edit wagtailredirects:add wagtailredirects:edit wagtailredirects:delete
        wagtailredirects:start_import wagtailembeds:chooser wagtaildocs:add wagtaildocs:edit
        wagtaildocs:delete wagtaildocs:add_multiple wagtailimages:edit wagtailimages:delete
        wagtailimages:url_generator wagtailimages:url_generator_output wagtailimages:preview
        wagtailimages:add wagtailimages:add_multiple wagtailsnippets:add wagtailsnippets:edit
        wagtailsnippets:delete wagtailsnippets:copy wagtailsnippets:revisions_revert
        wagtailsnippets:revisions_compare wagtailsnippets:revisions_unschedule wagtailsnippets:unpublish
        wagtailsnippets:preview_on_add wagtailsnippets:preview_on_edit wagtailsnippets:revisions_view
        wagtailsnippets:workflow_action wagtailsnippets:collect_workflow_action_data
        wagtailsnippets:confirm_workflow_cancellation wagtailsnippets:workflow_preview
        wagtailsnippets:workflow_history wagtailsnippets:workflow_history_detail
        review_assign review_sheet publish_urgently correct_typing_error
        import_story story_import story_import_compare story_import_undo story_import_picture
        wagtailsnippetchoosers:chosen wagtailsnippetchoosers:create story_pages:choose_parent
        programme_pages:choose_parent school_pages:choose_parent figure_links:chosen school_links:chosen
        wagtailsites:add wagtailsites:edit wagtailsites:delete wagtailsites:copy wagtailusers_users:add
        wagtailusers_users:edit wagtailusers_users:delete wagtailusers_users:copy wagtailusers_groups:add
        wagtailusers_groups:edit wagtailusers_groups:delete wagtaildocs_chooser:chosen
        wagtaildocs_chooser:create wagtailimages_chooser:chosen wagtailimages_chooser:create
        wagtailimages_chooser:select_format wagtailadmin_dismissibles wagtailadmin_block_preview
        wagtailadmin_editing_sessions:release wagtailadmin_api:pages:action wagtailadmin_pages:lock
        wagtailadmin_pages:unlock wagtailadmin_pages:set_page_position wagtailadmin_workflows:enable
        wagtailadmin_workflows:enable_task wagtailredirects:process_import wagtailembeds:chooser_upload
        wagtaildocs:edit_multiple wagtaildocs:create_multiple_from_uploaded_document
        wagtaildocs:delete_multiple wagtaildocs:delete_upload_multiple wagtailimages:edit_multiple
        wagtailimages:create_multiple_from_uploaded_image wagtailimages:delete_multiple
        wagtailimages:delete_upload_multiple languages_bulk languages_language_action languages_release
        languages_save languages_dismiss languages_send_back languages_carry_over languages_comment
        languages_submit languages_approve_all languages_send_back_all languages_pretranslate languages_publish
        languages_take_along
        languages_withdraw languages_schedule languages_roll_back languages_memory_remove
        wagtailadmin_pages:history wagtailsnippets:history wagtailsites:history
        wagtailusers_users:history wagtailusers_groups:history wagtailadmin_pages:usage
        wagtailsnippets:usage wagtaildocs:document_usage wagtailimages:image_usage wagtailsites:usage
        wagtailusers_users:usage wagtailusers_groups:usage notice_open notice_read notices_read guides guide
    """,
}
QUERIES = {name: queries for queries, names in ADDRESSES.items() for name in names.split()}

LEFT_OUT = {
    "": "Wagtail's test pages and its answer to what does not exist",
    "wagtailadmin_error_test": "raises an error on purpose",
    "wagtailadmin_logout": "would end the session",
    "wagtailadmin_sprite wagtailadmin_javascript_catalog guide_picture": "the same file for everybody",
    "wagtailadmin_login wagtailadmin_password_reset wagtailadmin_password_reset_done": "for those who are not in yet",
    "wagtailadmin_password_reset_confirm wagtailadmin_password_reset_complete": "for those who are not in yet",
}
REASONS = {name: reason for names, reason in LEFT_OUT.items() for name in names.split() or [""]}

OF_MODEL = re.compile(r"^(wagtailsnippets|wagtailsnippetchoosers)_(\w+?)_(\w+):(\w+)$")


def patterns(resolver, route="", names=()):
    """(route, name) of every pattern below, with the names of its namespaces."""
    for pattern in resolver.url_patterns:
        here = route + str(pattern.pattern)
        if hasattr(pattern, "url_patterns"):
            yield from patterns(pattern, here, (*names, pattern.namespace) if pattern.namespace else names)
        else:
            yield here, ":".join([*names, pattern.name]) if pattern.name else ""


def of_admin():
    return [(route, name) for route, name in patterns(get_resolver()) if route.startswith("admin/")]


def listed_as(name):
    """The views of all snippets are listed once."""
    return OF_MODEL.sub(r"\1:\4", name)


def test_every_address_of_the_admin_is_listed():
    present = {listed_as(name) for _route, name in of_admin()}
    listed = set(QUERIES) | set(REASONS)
    assert present - listed == set(), "say in ADDRESSES or LEFT_OUT how these are to be tried"
    assert listed - present == set(), "these are gone"
    assert set(QUERIES) & set(REASONS) == set()


# What is filled in ------------------------------------------------------------------------------------------

OBJECTS_OF = {
    "wagtailadmin_api:documents": "wagtaildocs.Document",
    "wagtailadmin_api:images": "core.PortalImage",
    "wagtailadmin_collections": "wagtailcore.Collection",
    "wagtailadmin_workflows": "wagtailcore.Workflow",
    "wagtailredirects": "wagtailredirects.Redirect",
    "wagtailsites": "wagtailcore.Site",
    "wagtailsettings": "wagtailcore.Site",
    "wagtailusers_users": "core.User",
    "wagtailusers_groups": "auth.Group",
    "review_assign": "newsroom.ReviewState",
    "review_sheet": "newsroom.Entry",
    "story_import": "newsroom.StoryImport",
    "figure_links": "metrics.Observation",
    "wagtaildocs": "wagtaildocs.Document",
    "wagtailimages": "core.PortalImage",
}


def objects_of(world, name):
    """The objects that an address of this name may be asked for."""
    if found := OF_MODEL.match(name):
        return world.objects[apps.get_model(found[2], found[3])]
    if "task" in name and name.startswith("wagtailadmin_workflows"):
        return world.objects[GroupApprovalTask]
    if name.startswith("school_links"):
        return world.schools
    label = next((label for start, label in OBJECTS_OF.items() if name.startswith(start)), "core.BasePage")
    return world.objects[apps.get_model(label)]


def types_of(world, name):
    """What stands in an address instead of a key: kinds of things, one of each that has a secret."""
    kinds = [{"app": "news", "model": "storypage"}, {"app": "news", "model": "standardpage"}]
    if name.endswith("_bulk_action"):
        bulk_action_registry.get_bulk_actions_for_model("core", "basepage")  # has it look for them
        actions = bulk_action_registry.actions
        return [
            {"app_label": app, "model_name": model, "action": action}
            for app, models in actions.items()
            for model, of_model in models.items()
            for action in of_model
        ]
    if "type_use" in name:
        kinds += [{"app": "schools", "model": "schoolpage"}, {"app": "core", "model": "basepage"}]
        return [{"content_type_app_name": k["app"], "content_type_model_name": k["model"]} for k in kinds]
    if name.endswith("choose_parent"):
        return [{"app_label": k["app"], "model_name": k["model"]} for k in kinds]
    if name.endswith((":add", ":preview_on_add")):
        kind = {"content_type_app_name": "news", "content_type_model_name": "standardpage"}
        return [kind | {"parent_page_id": page.pk} for page in world.pages]
    return None


def values_of(world, name, parameters):
    """Every set of keyword arguments that the address is asked with."""
    if not parameters:
        return [{}]
    if set(parameters) & {"app_label", "content_type_app_name"} and (kinds := types_of(world, name)):
        return kinds
    if "revision_id" in parameters or "revision_id_a" in parameters:
        return [revision_of(obj, parameters) for obj in objects_of(world, name) if obj.latest_revision_id]
    return [fixed(world, parameters, obj) for obj in objects_of(world, name)]


def fixed(world, parameters, obj):
    """The key of `obj` for every parameter that stands for none of these."""
    known = {
        "destination_id": world.home,
        "filter_spec": "width-100",
        "code": "fr",
        "action_name": "approve",
        "guide": "operations",
        "task_state_id": world.task_state.pk,
        "workflow_state_id": world.task_state.workflow_state_id,
        "task_id": world.objects[GroupApprovalTask][0].pk,
        "workflow_pk": world.objects[Workflow][0].pk,
        "session_id": 1,
        "uploaded_file_id": 1,
        "app_label": "core",
        "model": "news.storypage",
        "model_name": "portalsettings" if "app_name" in parameters else "basepage",
        "app_name": "core",
        "original": world.originals.get(obj.pk, 1),
    }
    return {name: known.get(name, obj.pk) for name in parameters}


def revision_of(obj, parameters):
    given = {"revision_id": obj.latest_revision_id, "revision_id_a": "earliest", "revision_id_b": "latest"}
    return {name: given.get(name, obj.pk) for name in parameters}


def addresses_of(world, route, name):
    """Every address of a pattern, with its queries. What a bulk action is for stands in its address."""
    parameters = re.findall(r"<(?:\w+:)?(\w+)>", route)
    for values in values_of(world, name, parameters):
        objects = objects_of(world, name)
        if name.endswith("_bulk_action"):
            objects = world.objects.get(apps.get_model(values["app_label"], values["model_name"]), [])
        given = {
            "ids": "&".join(f"id={obj.pk}" for obj in objects),
            "url": world.private.full_url,
            "path": world.private.url,
            "page": world.private.pk,
            "person": world.objects[User][0].pk,
        }
        address = reverse(name, kwargs=values)
        for query in QUERIES[listed_as(name)]:
            yield address + query.format(**given)


def every_address(world):
    for route, name in of_admin():
        if listed_as(name) in QUERIES:
            yield from addresses_of(world, route, name)


def answer(client, address):
    """What is answered. What takes POST only is asked so, with nothing in it, and undone."""
    response = client.get(address)
    assert response.status_code < 500, address
    if response.status_code == 405:
        with transaction.atomic():
            response = client.post(address)
            transaction.set_rollback(True)
    content = b"".join(response.streaming_content) if response.streaming else response.content
    told = client.cookies.pop("messages", None)  # what the next page would say
    return content.decode("utf-8", "replace") + (told.value if told else "")


def told_of_everything(user, world):
    """Notices about everything, and the work on it, as somebody has them who could see all of it when they came."""
    for page in world.pages:
        about = {"label": page.get_admin_display_title(), "url": "/admin/"}
        notify([user], MENTIONED, subject=page, text=page.title, **about)
        notify([user], ASSIGNED, subject=original_of(page), language="fr", **about)
        Translation.objects.update_or_create(original=original_of(page), language="fr", defaults={"assignee": user})


@pytest.mark.parametrize("name", tried())
def test_no_role_reads_what_it_may_not(world, caplog, settings, name):
    settings.REVIEWS_REQUIRED = settings.WAGTAIL_WORKFLOW_ENABLED = True  # their panels and lists are shown
    caplog.set_level(logging.CRITICAL, logger="django.request")  # it would write out every refusal
    user = User.objects.create_user("reader")
    user.groups.set(Group.objects.filter(name=name))
    if name == BARE:
        user.user_permissions.add(Permission.objects.get(codename="access_admin"))
    told_of_everything(user, world)
    client = Client(raise_request_exception=False, headers={"X-Requested-With": "XMLHttpRequest"})
    client.force_login(user)
    allowed, read, leaks = may_read(name), set(), []
    for address in every_address(world):
        found = set(re.findall(r"Zq[a-z]+", answer(client, address))) & set(READERS)
        read |= found
        if found - allowed:
            leaks.append(f"{address}: {sorted(found - allowed)}")
        if read == set(READERS):
            break  # who may read all of it can be shown no more
    assert leaks == [], "\n".join(leaks)
    assert allowed - read == set(), "nobody shows these to those who may read them"


# What no address shows by itself ------------------------------------------------------------------------------


@pytest.fixture
def reporter(world, client):
    """Somebody who writes stories, and has nothing to do with the rest of the site."""
    user = User.objects.create_user("reporter")
    user.groups.add(Group.objects.get(name="Reporters"))
    client.force_login(user)
    return user


@pytest.mark.parametrize("link", ["private", "renamed"])
def test_a_pasted_address_tells_no_title(world, reporter, client, link):
    page = {"private": world.private, "renamed": world.pages[-1]}[link]
    response = client.post(
        reverse("wagtailadmin_choose_page_external_link"),
        {"external-link-chooser-url": page.full_url, "external-link-chooser-link_text": ""},
    )
    assert "_chosen" in response.json()["step"]
    assert "Zq" not in response.content.decode()
    assert ("id" in response.json()["result"]) is (link == "renamed")  # who may see the page gets a link to it


def test_a_page_is_listed_without_the_name_of_a_draft_above_it(world, reporter, client):
    draft = world.pages[1]
    draft.add_child(instance=StandardPage(title="公开的页面", slug="below")).save_revision().publish()
    found = client.get(reverse("wagtailadmin_choose_page_search") + "?q=公开的页面").content.decode()
    assert "公开的页面" in found
    assert "Zq" not in found


def test_a_form_does_not_name_what_its_writer_may_not_see(world, reporter, client):
    figures = [{"type": "figures", "value": {"heading": "", "figures": [world.objects[Observation][0].pk]}, "id": "b1"}]
    story = make_story(live=False, title="我的", owner=reporter, body=figures)
    page = client.get(reverse("wagtailadmin_pages:edit", args=[story.pk])).content.decode()
    assert "我的" in page
    assert "Zqfigure" not in page


def test_uses_are_named_to_those_who_may_see_them(world, client):
    """Not only to those who may edit them."""
    officer = User.objects.create_user("officer")
    officer.groups.add(Group.objects.get(name="Data officers"))
    client.force_login(officer)
    figure = world.objects[Observation][0]
    story = make_story(live=False, title="公开的报道", body=body(f'<a linktype="figure" id="{figure.pk}">1</a>'))
    type(story).objects.filter(pk=story.pk).update(live=True)  # as if the figure was withdrawn since
    ReferenceIndex.create_or_update_for_object(story)
    page = client.get(reverse("wagtailsnippets_metrics_observation:usage", args=[figure.pk])).content.decode()
    assert "公开的报道" in page
    assert "Zqnewsdraft" not in page
