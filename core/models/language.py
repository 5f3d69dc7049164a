from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _

from ..caching.kept import kept
from ..languages import SOURCE
from ..providers import provider


class LanguageQuerySet(models.QuerySet):
    def open(self) -> "LanguageQuerySet":
        """Languages that readers may see, in the order of the switcher."""
        return self.filter(models.Q(is_open=True) | models.Q(code=SOURCE))

    def provided(self) -> "LanguageQuerySet":
        """Target languages that a provider fills whenever the source is published."""
        return self.exclude(provider="").exclude(code=SOURCE)


@kept
def open_languages() -> "tuple[Language, ...]":
    """Languages that readers may see, in the order of the switcher."""
    return tuple(Language.objects.open())


class Language(models.Model):
    """A provisioned language: whether readers see it, and how its texts come about.

    Rows are made for every language of the settings after each migrate (core/publishing/signals.py).
    """

    code = models.CharField(_("code"), max_length=12, unique=True, editable=False)
    is_open = models.BooleanField(
        _("open to readers"), default=False, help_text=_("While closed, its addresses answer “not found”.")
    )
    order = models.PositiveSmallIntegerField(_("order"), default=0)
    provider = models.CharField(
        _("automatic translation"),
        max_length=20,
        blank=True,
        choices=[("opencc", _("OpenCC: simplified to traditional characters"))],
        help_text=_("Fills this language whenever the Chinese source is published."),
    )
    review_required = models.BooleanField(_("second pair of eyes required"), default=True)

    objects = LanguageQuerySet.as_manager()

    class Meta:
        ordering = ["order", "code"]
        verbose_name = _("language")
        verbose_name_plural = _("languages")

    def __str__(self) -> str:
        return dict(settings.LANGUAGES).get(self.code, self.code)

    def clean(self) -> None:
        super().clean()
        if self.provider and not provider(self.provider).offers(self.code):
            raise ValidationError({"provider": _("This does not write the language.")})
