from django.contrib.auth.models import AbstractUser
from django.utils.translation import gettext_lazy as _


class User(AbstractUser):
    """A person with an account; core/roles.py says who may do what."""

    class Meta:
        verbose_name = _("user")
        verbose_name_plural = _("users")
