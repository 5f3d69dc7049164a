"""What our pages and snippets share: names, fixed keys, and revisions that hold the source only."""

from functools import cache
from typing import Any, ClassVar, Self

from django.core.exceptions import FieldDoesNotExist, ValidationError
from django.db import models, transaction
from django.utils.encoding import force_str
from django.utils.translation import gettext_lazy as _
from modelcluster.models import get_all_child_relations

from ..caching.writes import unseen
from ..languages import column, source_columns, target_columns, translated_fields
from ..locking import held
from ..queries.narrow import LANGUAGES_OF, NarrowQuerySet
from ..queries.rows import RowsMixin
from ..searching.indexing import indexed_once


KEYS_OF_THE_OBJECT = frozenset(
    ("content_type", "locale", "latest_revision", "live_revision", "alias_of", "owner", "locked_by")
)
"""What the system sets for an object as a whole, whatever its drafts say. The database keeps what these lead to."""


class TranslatedMixin(RowsMixin):
    """A model with translated fields, the first of which is its name."""

    proper_names: ClassVar[tuple[str, ...]] = ()
    """Its translated fields that hold a name of a place, school, body or person: written alike wherever it stands."""
    names_people: ClassVar[bool] = False
    """Whether they may be people's: 于 is a surname in 于伟, and a preposition (於) elsewhere."""
    brings: ClassVar[tuple[str, ...]] = ()
    """Its relations whose names readers see wherever it is cited: a figure brings its metric and its unit."""
    cited: ClassVar[tuple[str, ...] | None] = None
    """Its fields that public pages read where it stands beside something else; None: all (core.queries.narrow)."""
    unsaid: ClassVar[models.Q | None] = None
    """Which rows readers never see by name."""

    objects = NarrowQuerySet.as_manager()

    class Meta:
        abstract = True

    def save(self, *args: Any, **kwargs: Any) -> None:
        """What is announced at a save writes the languages that follow from it: the search index is written after."""
        with indexed_once():
            super().save(*args, **kwargs)

    def _get_FIELD_display(self, field: models.Field) -> Any:  # noqa: N802 (Django's name)
        """The label of a choice. Django has each label of a field translated to find one."""
        value = getattr(self, field.attname)
        return force_str(_labels(field).get(value, value), strings_only=True)

    def is_in(self, code: str) -> bool:
        """Whether this is published in the language: its name is there."""
        known = self.__dict__.get(LANGUAGES_OF)  # of `with_languages`
        if known is not None:
            return code in known.split()
        return bool(getattr(self, column(self.name_field(), code)))

    @classmethod
    def name_field(cls) -> str:
        """The field whose presence in a language says that the object is published in it."""
        return translated_fields(cls)[0]


@cache
def _labels(field: models.Field) -> dict[Any, Any]:
    return dict(field.flatchoices)


class KeyedMixin(models.Model):
    """A stable public key: part of addresses and files, so it never changes once it is used."""

    key = models.SlugField(
        _("key"), max_length=80, unique=True, help_text=_("Part of addresses; it cannot be changed later.")
    )

    class Meta:
        abstract = True

    def clean(self) -> None:
        super().clean()
        if self.pk and not type(self)._base_manager.filter(pk=self.pk, key=self.key).exists():
            raise ValidationError({"key": _("The key is part of public addresses and cannot be changed.")})


class SourceRevisionsMixin(models.Model):
    """Revisions hold the source language only (D2). Stands before RevisionMixin in a class's bases.

    A stock revision carries every language's columns, so publishing an old draft would bring back old
    translations or wipe new ones. Here translations are left out of the revision and kept as they are
    in the live row, read again under a lock at the moment of saving.
    """

    _came_from_revision = False

    class Meta:
        abstract = True

    def save(self, *args: Any, **kwargs: Any) -> None:
        """What is not published, and stays so, is not seen by readers: saving it does not move the content stamp."""
        with unseen(self._own_tables() if self._is_only_a_draft() else ()):
            self._save(*args, **kwargs)

    def _is_only_a_draft(self) -> bool:
        """Whether this is not live, neither as it will be stored nor as it is: looked up under a lock, so that nobody
        publishes it meanwhile."""
        if getattr(self, "live", True):
            return False
        if self._state.adding:
            return True
        using = transaction.get_connection(self._state.db)
        return using.in_atomic_block and not held(type(self), self.pk).filter(live=True).exists()

    @classmethod
    def _own_tables(cls) -> set[str]:
        """The tables that a save of it writes: its own, those of its parents and of its children."""
        models = {cls, *cls._meta.all_parents}
        children = {relation.related_model for relation in get_all_child_relations(cls)}
        through = {field.remote_field.through for field in cls._meta.many_to_many}
        return {model._meta.db_table for model in models | children | through}

    def _save(self, *args: Any, **kwargs: Any) -> None:
        if not self._came_from_revision or not self.pk or kwargs.get("update_fields"):
            return super().save(*args, **kwargs)
        with transaction.atomic():
            self._take_live_translations()
            super().save(*args, **kwargs)

    def serializable_data(self) -> dict[str, Any]:
        with source_columns():
            data = super().serializable_data()
        targets = set(target_columns(type(self)))
        return {name: value for name, value in data.items() if name not in targets}

    def with_content_json(self, content: dict[str, Any]) -> Self:
        """Wagtail looks up what each key of the content leads to, whole: those of the object are taken from it instead."""
        targets = target_columns(type(self))
        left_out = {*targets, *KEYS_OF_THE_OBJECT}
        kept = {name: value for name, value in content.items() if name not in left_out}
        with source_columns():
            restored = super().with_content_json(self._without_lost_objects(kept))
        own = [field.attname for field in self._meta.concrete_fields if field.name in KEYS_OF_THE_OBJECT]
        for name in (*targets, *own):
            setattr(restored, name, getattr(self, name))
        restored._came_from_revision = True
        return restored

    @classmethod
    def _without_lost_objects(cls, content: dict[str, Any]) -> dict[str, Any]:
        """An old revision may name an object that is gone: the form then asks for another one."""
        for name, value in content.items():
            field = cls._field_or_none(name)
            if value is None or not isinstance(field, models.ForeignKey):
                continue
            if (
                field.remote_field.on_delete is models.PROTECT
                and not field.related_model._base_manager.filter(pk=value).exists()
            ):
                content = content | {name: None}
        return content

    @classmethod
    def _field_or_none(cls, name: str) -> models.Field | None:
        try:
            return cls._meta.get_field(name)
        except FieldDoesNotExist:
            return None

    def _take_live_translations(self) -> None:
        """A translation published since this object was read from its revision wins."""
        targets = target_columns(type(self))
        live = held(type(self), self.pk).values(*targets).first()
        for name, value in (live or {}).items():
            setattr(self, name, value)
