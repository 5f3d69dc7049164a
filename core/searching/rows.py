"""What the search index knows of a thing besides its words (docs/adr/0019-search-rows.md).

The index's entry is Wagtail's: words, and nothing to narrow or order by. So everything that is live has a row here that
says what it is and when it was published, and its entry has the kind as one more word (`marks.kind_word`). Searching and
cutting off then happen in the index, and tables of pages are read for what is shown only.
"""

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any

from django.core.exceptions import EmptyResultSet
from django.db import connection, models, transaction
from modelsearch.utils import get_descendants_content_types_pks


_by_index: ContextVar[bool] = ContextVar("by_index", default=False)


class SearchRow(models.Model):
    """One thing that readers may search for. It is written with its entry in the index (`writing`), and goes with it."""

    entry = models.OneToOneField(
        "wagtailsearch.IndexEntry",
        models.CASCADE,
        primary_key=True,
        db_constraint=False,  # entries are deleted past Django, by the library
        related_name="search_row",
    )
    kind = models.CharField(max_length=100)  # the name of its model
    object_pk = models.BigIntegerField()
    published = models.DateTimeField(null=True)

    class Meta:
        # A common word is answered by walking this from its end: the newest first.
        indexes = [models.Index(fields=["kind", "published", "object_pk"], name="search_row_newest")]

    def __str__(self) -> str:
        return f"{self.kind} {self.object_pk}"


def entries_of(model: type[models.Model]) -> models.QuerySet:
    """The index's entries of a model's objects, drafts too."""
    index: Any = SearchRow._meta.get_field("entry").related_model
    return index.objects.filter(content_type__in=get_descendants_content_types_pks(model)).values("pk")


def count_up_to(querysets: Sequence[models.QuerySet], most: int) -> list[int]:
    """How many entries of the index each of these finds, none counted beyond `most`: one query for all."""
    return count_rows([each.order_by()[:most] for each in querysets])


def count_rows(querysets: Sequence[models.QuerySet]) -> list[int]:
    """How many entries of the index each of these finds, which are cut off already: one query for all."""
    counted = [_compiled(each) for each in querysets]
    if not counted:
        return []
    selected = ", ".join(f"(SELECT COUNT(*) FROM ({sql}) AS counted)" for sql, _params in counted)  # noqa: S608 (Django's own SQL)
    with by_index(), connection.cursor() as cursor:
        cursor.execute(f"SELECT {selected}", [value for _sql, params in counted for value in params])
        return list(cursor.fetchone())


@contextmanager
def by_index() -> Iterator[None]:
    """Let PostgreSQL count in its full-text index. For a common word it would read the table instead, as it does not know
    that words are stored away from it: two thousand rows take 215 ms, the index 3."""
    if connection.vendor != "postgresql" or _by_index.get():  # what is inside another of it must not end that
        yield
        return
    token = _by_index.set(True)
    try:
        if connection.in_atomic_block:
            _set_seqscan("off")
            yield
            _set_seqscan("DEFAULT")
        else:
            with transaction.atomic():  # within which alone it holds
                _set_seqscan("off")
                yield
    finally:
        _by_index.reset(token)


def _set_seqscan(value: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(f"SET LOCAL enable_seqscan TO {value}")


def _compiled(queryset: models.QuerySet) -> tuple[str, Sequence[Any]]:
    try:
        return queryset.query.get_compiler(queryset.db).as_sql()
    except EmptyResultSet:
        return "SELECT 1 WHERE 1 = 0", ()


def write_rows(kind: str, written: Iterable[tuple[int, models.Model]]) -> None:
    """The rows of these things, which are (key of the entry, thing) of one model. What is not live has none."""
    hidden, rows = [], []
    for entry, thing in written:
        if is_searched(thing):
            published = getattr(thing, "first_published_at", None)
            rows.append(SearchRow(entry_id=entry, kind=kind, object_pk=thing.pk, published=published))
        else:
            hidden.append(entry)
    if hidden:
        SearchRow.objects.filter(pk__in=hidden)._raw_delete(connection.alias)
    columns = ["kind", "object_pk", "published"]
    SearchRow.objects.bulk_create(rows, update_conflicts=True, unique_fields=["entry"], update_fields=columns)


def is_searched(thing: models.Model) -> bool:
    """Whether readers may search for it: it is live, or of a kind that has no drafts."""
    return bool(getattr(thing, "live", True)) and isinstance(thing.pk, int)
