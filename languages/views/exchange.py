"""Files out and back in: a preview first, then the import itself."""

import zlib
from base64 import b64decode, b64encode
from typing import Any

from django import forms
from django.core.exceptions import PermissionDenied
from django.core.signing import BadSignature, TimestampSigner
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import TemplateView, View
from wagtail.admin.views.generic import WagtailAdminTemplateMixin

from core.keys import parse_keys

from ..desk import rights
from ..desk.errors import DeskError
from ..exchange import FORMATS, MAX_BYTES, export_response, glossary, import_file
from .base import DeskPage


SIGNED_FOR = 3600  # seconds between the preview and its confirmation
MAX_SIGNED = 2_000_000  # characters that a form field may bring back (DATA_UPLOAD_MAX_MEMORY_SIZE)


class ExportView(View):
    """`original` (repeatable), `language` and `format` say what goes into the file."""

    def get(self, request: HttpRequest) -> HttpResponse:
        code, format = request.GET.get("language", ""), request.GET.get("format", "xliff")
        if code not in {language.code for language in rights.languages_of(request.user)}:
            raise PermissionDenied
        visible = rights.visible_to(request.user, [code])
        originals = visible.filter(pk__in=parse_keys(request.GET.getlist("original"))).select_related(
            "content_type", "released"
        )
        if format not in FORMATS or not originals:
            raise Http404(_("There is no such text, or it is not to be translated."))
        return export_response(originals, code, format)


class UploadForm(forms.Form):
    file = forms.FileField(label=gettext_lazy("File"), max_length=200)

    def clean_file(self) -> Any:
        file = self.cleaned_data["file"]
        if file.size > MAX_BYTES:
            number = MAX_BYTES // 1024**2
            raise forms.ValidationError(_("The file is too large: at most %(number)d MB."), params={"number": number})
        return file


class UploadView(TemplateView):
    """A file is chosen, and what would happen is shown; the file comes back signed in the second form, so that
    nothing is stored here, and what is imported is what was previewed."""

    salt: str

    @property
    def signer(self) -> TimestampSigner:
        return TimestampSigner(salt=self.salt)

    def import_content(self, content: bytes, *, dry_run: bool) -> Any:
        """Returns a report. Raises DeskError."""
        raise NotImplementedError

    def post(self, request: HttpRequest) -> HttpResponse:
        if "kept" in request.POST:
            return self.confirm(request.POST["kept"])
        form = UploadForm(request.POST, request.FILES)
        if not form.is_valid():
            return self.respond(form)
        content = form.cleaned_data["file"].read()
        return self.preview(form, content)

    def preview(self, form: UploadForm, content: bytes) -> HttpResponse:
        try:
            report = self.import_content(content, dry_run=True)
            return self.respond(form, report=report, signed=self.sign(content), is_dry=True)
        except DeskError as error:
            form.add_error("file", str(error))
            return self.respond(form)

    def confirm(self, signed: str) -> HttpResponse:
        form = UploadForm()
        try:
            content = zlib.decompress(b64decode(self.signer.unsign(signed, max_age=SIGNED_FOR)))
            if "look" in self.request.POST:
                return self.respond(form, report=self.import_content(content, dry_run=True), signed=signed, is_dry=True)
            return self.respond(form, report=self.import_content(content, dry_run=False))
        except BadSignature:
            return self.respond(form, problem=_("Too much time has passed: choose the file again."))
        except DeskError as error:
            return self.respond(form, problem=str(error))

    def sign(self, content: bytes) -> str:
        """Raises DeskError if it does not go into a form."""
        signed = self.signer.sign(b64encode(zlib.compress(content)).decode())
        if len(signed) > MAX_SIGNED:
            raise DeskError(_("There is too much in this file for one step: export and import fewer texts at a time."))
        return signed

    def respond(self, form: UploadForm, **context: Any) -> HttpResponse:
        context_data = self.get_context_data(form=form, **context)
        refused = form.errors or context.get("problem")
        return self.render_to_response(context_data, status=422 if refused else 200)


class ImportView(UploadView, DeskPage):
    """Translations, in XLIFF or PO."""

    template_name = "languages/admin/import.html"
    page_title = gettext_lazy("Import translations")
    header_icon = "upload"
    salt = "languages.import"

    @property
    def overwrite(self) -> bool:
        return bool(self.request.POST.get("overwrite"))

    def import_content(self, content: bytes, *, dry_run: bool) -> Any:
        return import_file(content, self.request.user, overwrite=self.overwrite, dry_run=dry_run)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        may_change = glossary.may_import(self.request.user)
        return super().get_context_data(
            form=kwargs.pop("form", UploadForm()), may_import_terms=may_change, **kwargs
        ) | {"overwrite": self.overwrite}


class GlossaryExportView(View):
    """`format` says which version of TBX."""

    def get(self, request: HttpRequest) -> HttpResponse:
        if not glossary.may_export(request.user):
            raise PermissionDenied
        format = request.GET.get("format", "tbx-3")
        if format not in glossary.FORMATS:
            raise Http404(_("There is no such format."))
        return glossary.export_response(format)


class GlossaryImportView(UploadView, WagtailAdminTemplateMixin, TemplateView):
    """The glossary, in CSV as its listing exports it or in TBX."""

    template_name = "languages/admin/glossary_import.html"
    page_title = gettext_lazy("Import glossary")
    header_icon = "openquote"
    salt = "languages.import_glossary"

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not glossary.may_import(request.user):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    def import_content(self, content: bytes, *, dry_run: bool) -> Any:
        return glossary.import_glossary(content, self.request.user, dry_run=dry_run)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(form=kwargs.pop("form", UploadForm()), **kwargs)

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        return [*super().get_breadcrumbs_items(), {"url": "", "label": self.get_page_title()}]
