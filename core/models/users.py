import re

from django.contrib.auth.models import AbstractUser
from django.utils.translation import gettext_lazy as _

from ..text.chinese import HAN_CHARACTERS


class User(AbstractUser):
    """A person with an account; core/roles.py says who may do what."""

    class Meta:
        verbose_name = _("user")
        verbose_name_plural = _("users")

    def get_full_name(self) -> str:
        """First name and last name as they are said: 王小明, and Anna Bell."""
        names = (self.last_name, self.first_name)
        if all(re.fullmatch(f"[{HAN_CHARACTERS}·]+", name) for name in names):
            return "".join(names)
        return super().get_full_name()
