"""The translation memory as files: out, in with a preview first, and what was imported taken away again."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import models
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import View
from wagtail.admin import messages
from wagtail.log_actions import log

from ..desk import rights
from ..exchange import memory
from ..models import MemoryFile
from .base import DeskPage
from .exchange import UploadForm, UploadView


MAX_FILES = 100


class MemoryView(UploadView, DeskPage):
    """Downloads of the memory, an import with its preview, and the imports so far."""

    template_name = "languages/admin/memory.html"
    page_title = gettext_lazy("Translation memory")
    header_icon = "history"
    salt = "languages.import_memory"

    @property
    def file_name(self) -> str:
        """That of the file that was chosen; the second form brings it back."""
        chosen = self.request.FILES.get("file")
        return chosen.name if chosen else self.request.POST.get("name", "")

    def import_content(self, content: bytes, *, dry_run: bool) -> Any:
        return memory.import_memory(content, self.file_name, self.request.user, dry_run=dry_run)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        user = self.request.user
        languages = rights.languages_of(user)
        codes = [language.code for language in languages]
        seen = MemoryFile.objects.filter(models.Q(entries__language__in=codes) | models.Q(by=user))
        files = seen.annotate(number=models.Count("entries")).select_related("by")[:MAX_FILES]
        return super().get_context_data(
            form=kwargs.pop("form", UploadForm()),
            languages=languages,
            files=[(file, memory.may_remove(user, file)) for file in files],
            file_name=self.file_name,
            **kwargs,
        )


class MemoryExportView(View):
    """`language` says of which language."""

    def get(self, request: HttpRequest) -> HttpResponse:
        code = request.GET.get("language", "")
        if code not in {language.code for language in rights.languages_of(request.user)}:
            raise PermissionDenied
        return memory.export_response(code, request.user)


class MemoryRemoveView(View):
    """Takes away all that came with one file."""

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        if not rights.may_use_desk(request):
            raise PermissionDenied
        file = get_object_or_404(MemoryFile, pk=pk)
        if not memory.may_remove(request.user, file):
            raise Http404(_("There is no such memory."))
        log(instance=file, action="wagtail.delete", user=request.user)
        file.delete()
        messages.success(request, _("“%(name)s” was removed from the memory.") % {"name": file.name})
        return redirect(reverse("languages_memory"))
