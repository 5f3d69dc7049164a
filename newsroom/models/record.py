"""The sealed record: what readers were shown, since when, and who answers for it."""

from datetime import UTC
from typing import Any, ClassVar, NoReturn

from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.utils.translation import gettext_lazy as _

from core.publishing.canonical_forms import FIRST, Hashes
from core.publishing.digest import digest


BEGINNING = "0" * 64  # what the first entry follows


class EntryQuerySet(models.QuerySet):
    def update(self, **_values: Any) -> NoReturn:
        raise ReadOnly

    def delete(self) -> NoReturn:
        raise ReadOnly

    def known_to_readers(self) -> "EntryQuerySet":
        """None: it names drafts and people."""
        return self.none()


class ReadOnly(TypeError):
    """What is in the record stays as it is."""

    def __init__(self) -> None:
        super().__init__("An entry of the record is never changed or deleted.")


class Entry(models.Model):
    """One act, sealed by the hash of all that it says and of the entry before it. Only `record.chain` adds any.

    Nothing in it points to another table, so it stays as it is when accounts and pages go.
    """

    class Kind(models.TextChoices):
        PUBLICATION = "publication", _("Published")
        WITHDRAWAL = "withdrawal", _("Withdrawn")
        URGENT = "urgent", _("Published urgently")
        CORRECTION = "correction", _("Typing error corrected")
        EMBEDDED = "embedded", _("Something embedded was changed")
        SEALED = "sealed", _("Recorded as it was")
        SEAL = "seal", _("The record was sealed")

    number = models.PositiveBigIntegerField(_("number"), primary_key=True)
    kind = models.CharField(_("kind"), max_length=12, choices=Kind.choices)
    at = models.DateTimeField(_("time"))
    model = models.CharField(_("kind of thing"), max_length=100, blank=True)  # "news.storypage"
    object_id = models.BigIntegerField(_("key in the database"), null=True, blank=True)
    key = models.TextField(_("address or key"), blank=True)
    title = models.TextField(_("title"), blank=True)
    content_hash = models.CharField(_("hash of the content"), max_length=64, blank=True)
    form = models.PositiveSmallIntegerField(_("form of the content"), default=FIRST)  # that was hashed
    # Of what is seen of it where it is embedded elsewhere: if that stays, nothing else has changed.
    shown_hash = models.CharField(max_length=64, blank=True)
    by = models.JSONField(
        _("person"), default=dict, blank=True, encoder=DjangoJSONEncoder
    )  # {"name", "account", "roles"}
    approvals = models.JSONField(_("approvals"), default=list, blank=True, encoder=DjangoJSONEncoder)
    reason = models.TextField(_("reason"), blank=True)
    details = models.JSONField(_("details"), default=dict, blank=True, encoder=DjangoJSONEncoder)
    previous_hash = models.CharField(_("hash of the entry before"), max_length=64)
    hash = models.CharField(_("own hash"), max_length=64, unique=True)

    objects = EntryQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["-number"]
        verbose_name = _("entry of the record")
        verbose_name_plural = _("record")
        indexes: ClassVar = [models.Index(fields=["model", "object_id", "-number"], name="entry_newest_of_a_thing")]
        default_permissions = ("view",)

    def __str__(self) -> str:
        return f"{self.number} {self.kind} {self.title}"

    def save(self, *_args: Any, **_kwargs: Any) -> NoReturn:
        raise ReadOnly

    def delete(self, *_args: Any, **_kwargs: Any) -> NoReturn:
        raise ReadOnly

    def said(self) -> dict[str, Any]:
        """All that it says but its own hash, of values that JSON knows. The first form is not named: when that was the only
        one, entries were sealed without it."""
        left_out = {"hash", "form"} if self.form == FIRST else {"hash"}
        names = [field.name for field in self._meta.concrete_fields if field.name not in left_out]
        values = {name: getattr(self, name) for name in names}
        return values | {"at": self.at.astimezone(UTC).isoformat(timespec="microseconds")}

    def is_of(self, hashes: Hashes) -> bool:
        """Whether this is the content that it was made of, by the form of then."""
        return bool(self.content_hash) and hashes.by_form.get(self.form) == self.content_hash

    def sealed(self) -> str:
        """The hash that it should have."""
        return digest(self.said())
