from django.db import models


class ContentStamp(models.Model):
    """One change of what readers see: a row for each transaction that made one, and nothing but its number counts.

    Rows are written by `core.caching.writes`, and are never changed, so that no two publishers wait for one another.
    """

    at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.pk} {self.at:%Y-%m-%d %H:%M:%S}"
