"""Files that were read to become stories, and what people make of them."""

from typing import Any, ClassVar

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from core.models import BasePage


class StoryImportQuerySet(models.QuerySet):
    def in_short(self) -> "StoryImportQuerySet":
        """Without what the files hold, which is long."""
        return self.defer("document", "assigned", "parts", "made")

    def same_file(self, other: "StoryImport") -> "StoryImportQuerySet":
        """Earlier imports of the same file, byte for byte, the newest first."""
        return self.filter(file_hash=other.file_hash, pk__lt=other.pk).order_by("-pk")

    def known_to_readers(self) -> "StoryImportQuerySet":
        return self.none()


class StoryImport(models.Model):
    """One file that somebody uploaded or pasted, as it was read, with what is to become of each of its parts. While it is
    open nothing but these rows is made of it; the draft that it has become is its `page`."""

    class State(models.TextChoices):
        OPEN = "open", pgettext_lazy("import", "Not a draft yet")
        DONE = "done", pgettext_lazy("import", "Draft made")
        UNDONE = "undone", pgettext_lazy("import", "Taken back")

    name = models.CharField(_("file"), max_length=255)
    file_hash = models.CharField(max_length=64, db_index=True)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+", verbose_name=_("person")
    )
    at = models.DateTimeField(_("time"), auto_now_add=True)
    changed_at = models.DateTimeField(auto_now=True)
    state = models.CharField(_("state"), max_length=6, choices=State.choices, default=State.OPEN)
    document = models.JSONField()  # `importing.document.packed`, its boxes above the text opened
    assigned = models.JSONField()  # what each of its blocks was taken for
    parts = models.JSONField()  # what is to become of them: `imports.parts`
    # The draft that a corrected file is to change.
    onto = models.ForeignKey(BasePage, models.SET_NULL, null=True, related_name="+")
    page = models.ForeignKey(BasePage, models.SET_NULL, null=True, related_name="imports", verbose_name=_("page"))
    # What it has made, to be compared with later files and to be taken back: see `imports.making`.
    made = models.JSONField(default=dict)

    objects = StoryImportQuerySet.as_manager()

    wagtail_reference_index_ignore = True  # it keeps nothing from being deleted

    class Meta:
        ordering: ClassVar = ["-at", "-pk"]
        verbose_name = _("import of a story")
        verbose_name_plural = _("imports of stories")
        default_permissions = ("add",)  # who has it imports stories
        indexes: ClassVar = [models.Index(fields=["by", "-at"], name="imports_of_somebody")]

    def __str__(self) -> str:
        return self.name

    def save(self, *args: Any, **kwargs: Any) -> None:
        if kwargs.get("update_fields"):
            kwargs["update_fields"] = {*kwargs["update_fields"], "changed_at"}
        super().save(*args, **kwargs)

    @property
    def is_open(self) -> bool:
        return self.state == self.State.OPEN


class ImportedPicture(models.Model):
    """A picture of a file that is not in the library yet: it is shown to who imports it, and to nobody else."""

    story_import = models.ForeignKey(StoryImport, models.CASCADE, related_name="pictures")
    name = models.CharField(max_length=40)
    digest = models.CharField(max_length=40)  # as the library of pictures knows one
    content = models.BinaryField()

    wagtail_reference_index_ignore = True

    class Meta:
        default_permissions = ()
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["story_import", "name"], name="one_picture_of_a_name_in_a_file")
        ]

    def __str__(self) -> str:
        return self.name
