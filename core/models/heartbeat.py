from datetime import timedelta

from django.db import models
from django.utils import timezone


class Heartbeat(models.Model):
    """When a program that runs in the background was last alive."""

    LATE = timedelta(minutes=3)

    name = models.CharField(max_length=40, unique=True)
    at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.name} {self.at:%Y-%m-%d %H:%M:%S}"

    @classmethod
    def beat(cls, name: str) -> None:
        cls.objects.update_or_create(name=name, defaults={"at": timezone.now()})

    @classmethod
    def is_alive(cls, name: str) -> bool:
        return cls.objects.filter(name=name, at__gte=timezone.now() - cls.LATE).exists()
