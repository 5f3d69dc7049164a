"""What `sync_roles` says and does where there is no site yet, or the database is not migrated."""

import pytest
from django.contrib.auth.models import Group, Permission
from django.core.management import CommandError
from wagtail.models import GroupPagePermission

from core.models import User
from core.roles import all_roles
from news.tests.factories import make_index

from .test_roles import run


pytestmark = [pytest.mark.django_db, pytest.mark.once]


def test_wagtails_own_groups_go_unless_somebody_is_in_them():
    User.objects.create_user("old").groups.add(Group.objects.get_or_create(name="Editors")[0])
    Group.objects.get_or_create(name="Moderators")
    out = run()
    assert "- group Moderators" in out
    assert "Editors has users" in out
    assert Group.objects.filter(name="Editors").exists()


def test_rights_hang_higher_until_their_section_exists_and_it_says_so():
    assert "there is no news.StoryIndexPage yet" in run()
    assert GroupPagePermission.objects.get(group__name="Reporters").page.depth == 1
    index = make_index()
    out = run()
    assert "yet" not in out
    assert GroupPagePermission.objects.get(group__name="Reporters").page_id == index.pk
    assert "Nothing to change." in run()


def test_an_unmigrated_database_is_told_so():
    Permission.objects.filter(codename="publish_metric").delete()
    with pytest.raises(CommandError, match="migrate"):
        run()
    assert not Group.objects.filter(name="Reporters").exists()


def test_every_role_says_what_it_is_for():
    assert all(str(role.description) for role in all_roles())
