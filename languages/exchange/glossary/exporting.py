"""Writing the glossary into one file for translators' programs. As CSV its listing in the admin exports it."""

from django.db import models
from django.http import HttpResponse
from django.utils import timezone
from wagtail.permission_policies import ModelPermissionPolicy

from ...models import Term
from .tbx import export_tbx


# Formats by their names in addresses: the version of TBX, and the label with the programs that ask for it.
FORMATS = {"tbx-3": ("3", "TBX 3 (OmegaT)"), "tbx-2": ("2", "TBX 2 (memoQ, Trados)")}


def may_export(user: models.Model) -> bool:
    """Those who see the listing."""
    return ModelPermissionPolicy(Term).user_has_any_permission(user, ["view", "add", "change", "delete"])


def exported(format: str) -> bytes:
    """The whole glossary. Raises KeyError for an unknown format."""
    return export_tbx(Term.objects.prefetch_related("targets"), FORMATS[format][0])


def export_response(format: str) -> HttpResponse:
    """The file as a download. Raises KeyError for an unknown format."""
    response = HttpResponse(exported(format), content_type="application/x-tbx; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="glossary-{timezone.localtime():%Y%m%d-%H%M}.tbx"'
    return response
