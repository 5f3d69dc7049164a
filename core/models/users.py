from django.contrib.auth.models import AbstractUser
from django.utils.translation import gettext_lazy as _


class User(AbstractUser):
    """A person with an account; who may do what stands in core/roles.py."""

    class Meta:
        verbose_name = _("user")
        verbose_name_plural = _("users")
