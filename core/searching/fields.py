"""The index side of search: fields that store text as `chinese.index_tokens`, one per language column.

Models use these instead of the fields of `wagtail.search.index`, and `translated_search_fields` for a translated
field. A field with a boost is a *name*: it is found by its pinyin too, and the index keeps names apart from texts
(`backend.matching`). The query side is core/searching/backend.py, which also rewrites the stock fields of
Wagtail's own models.
"""

from typing import Any

from django.core.exceptions import FieldDoesNotExist
from django.db import models
from django.utils.functional import Promise
from wagtail.search import index

from ..languages import PROVISIONED, SOURCE, column
from ..text.chinese import index_tokens
from ..text.pinyin import pinyin_tokens
from .marks import in_language


class _Tokenised(index.BaseField):
    """Mixed into a search field: what it gives to the index is rewritten as tokens.

    `read`: within one indexing, {name: what fields of that name have read of the object}.
    """

    read: dict[str, Any] | None = None

    def get_value(self, obj: models.Model) -> Any:
        """The field's searchable content; an empty column is '', never the word 'None'."""
        if self._is_null(obj):
            return ""
        value, code = self._searchable(obj), self.kwargs.get("language", SOURCE)
        stored = tokenised(value, code)
        return " ".join([stored, *pinyin_tokens(value)]) if self._is_said(value) else stored

    def _searchable(self, obj: models.Model) -> Any:
        """What is made into tokens: the same for all fields of this name."""
        if self.read is None:
            return super().get_value(obj)
        if self.field_name not in self.read:
            self.read[self.field_name] = super().get_value(obj)
        return self.read[self.field_name]

    def _is_said(self, value: Any) -> bool:
        """Whether readers may type the value in pinyin."""
        return isinstance(value, str) and bool(self.kwargs.get("pinyin"))

    def _is_null(self, obj: models.Model) -> bool:
        """Whether the column is NULL, which rich text would turn into a word. A method is never NULL."""
        try:
            return self.get_field(obj.__class__).value_from_object(obj) is None
        except FieldDoesNotExist:
            return False


class SearchField(_Tokenised, index.SearchField):
    """`index.SearchField` whose text can be found by parts of its Chinese, and by its pinyin if it has a boost.

    `language` is that of its text, Chinese unless it is said: its words are found by searches of that language only.
    """

    def __init__(self, field_name: str, boost: float | None = None, **kwargs: Any) -> None:
        super().__init__(field_name, boost=boost, **{"pinyin": boost is not None} | kwargs)


class AutocompleteField(_Tokenised, index.AutocompleteField):
    """`index.AutocompleteField` whose text can be found by parts of its Chinese, with `pinyin=True` by that too."""


def tokenised(value: Any, code: str = SOURCE) -> Any:
    """`value`, which is in language `code`, with every string in it rewritten as its words in the index, None as ''.

    Reaches into lists, tuples, sets and the values of dicts, as a StreamField's searchable content has them;
    anything else is left to the backend, which writes it out.
    """
    if value is None:
        return ""
    if isinstance(value, str | Promise):
        return in_language(index_tokens(str(value)), code)
    if isinstance(value, dict):
        return {key: tokenised(item, code) for key, item in value.items()}
    if isinstance(value, list | tuple | set | frozenset):
        return [tokenised(item, code) for item in value]
    return value


def translated_search_fields(
    name: str, boost: float | None = None, autocomplete: bool = False, filter: bool = True
) -> list[index.BaseField]:
    """The search fields of a translated field: a SearchField for each language's column.

    With a boost it is a name, and its Chinese is found by pinyin.
    With `autocomplete` an AutocompleteField each: the admin's searches and choosers look there only. With `filter`
    a FilterField each, without which a search ordered by the field raises OrderByFieldError.
    For a field of a related model: `index.RelatedFields("school", translated_search_fields("title"))`.
    """
    columns = {code: column(name, code) for code in PROVISIONED}
    said = {code: boost is not None and code == SOURCE for code in PROVISIONED}
    fields: list[index.BaseField] = [
        SearchField(each, boost=boost, pinyin=said[code], language=code) for code, each in columns.items()
    ]
    if autocomplete:
        fields += [AutocompleteField(each, pinyin=said[code]) for code, each in columns.items()]
    if filter:
        fields += [index.FilterField(each) for each in columns.values()]
    return fields
