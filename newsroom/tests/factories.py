"""People of the newsroom, and pages that they withdraw, for the tests."""

from django.contrib.auth.models import Group

from core.models import BasePage, User
from core.roles import sync
from newsroom.models import Withdrawal
from newsroom.withdrawing.acts import withdraw


def make_member(role, name="", client=None):
    """Somebody of a group of the table, logged in if there is a client."""
    if not Group.objects.filter(name=role).exists():
        sync()
    user = User.objects.create_user(name or role.lower().replace(" ", "-"), password="demo")
    user.groups.add(Group.objects.get(name=role))
    if client:
        client.force_login(user)
    return user


def make_withdrawal(page, kind="error", *, user=None, reason="核实中", **more):
    """Withdraw it, as a final reviewer does."""
    user = user or User.objects.filter(groups__name="Final review").first() or make_member("Final review")
    [made] = withdraw([BasePage.objects.get(pk=page.pk)], user=user, kind=kind, reason=reason, **more)
    return Withdrawal.objects.get(pk=made.pk)
