"""The pictures of a file, for who imports it."""

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.views.generic import View

from ..models import StoryImport
from .rights import may_see


TYPES = {"jpg": "image/jpeg", "png": "image/png", "gif": "image/gif", "webp": "image/webp"}


class StoryImportPictureView(View):
    """A picture of a file that is not in the library yet, for those who see the import."""

    http_method_names = ("get", "head")

    def get(self, request: HttpRequest, pk: int, name: str) -> HttpResponse:
        stored = get_object_or_404(StoryImport.objects.in_short(), pk=pk)
        if not may_see(request.user, stored):
            raise PermissionDenied
        picture = get_object_or_404(stored.pictures, name=name)
        kind = TYPES.get(name.rpartition(".")[2])
        if kind is None:
            raise Http404
        headers = {"Cache-Control": "private, max-age=3600", "X-Content-Type-Options": "nosniff"}
        return HttpResponse(bytes(picture.content), content_type=kind, headers=headers)
