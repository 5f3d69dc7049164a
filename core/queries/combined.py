"""Keys out of several queries, each cut off for itself."""

from collections.abc import Iterable

from django.db import models
from django.db.models.expressions import RawSQL


def keys_of_any(querysets: Iterable[models.QuerySet]) -> RawSQL:
    """What at least one of these finds, for `pk__in`; each gives one column, and may be sliced. At least one.

    As alternatives (`Q(pk__in=…) | Q(pk__in=…)`) PostgreSQL would go through the whole table and look each row up in all of
    them; and Django's own union takes no slices on SQLite.
    """
    parts = [queryset.query.sql_with_params() for queryset in querysets]
    sql = " UNION ".join(f"SELECT * FROM ({part}) AS part_{number}" for number, (part, _params) in enumerate(parts))  # noqa: S608 (Django's own SQL)
    return RawSQL(sql, [value for _part, params in parts for value in params])  # noqa: S611 (as above)
