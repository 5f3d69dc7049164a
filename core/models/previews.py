"""Previews are in the language of their mode, never in that of the admin."""

from django.http import Http404, HttpRequest, HttpResponse

from ..languages import SOURCE, TARGETS, reading
from .language import Language


class LanguagePreviewMixin:
    """For pages and snippets with previews: one mode for the source, one for each open language it is published in.

    `shown_privately` names one more language: the code that sets it has filled in the texts of that language and
    checked that the user may see them (the translators' desk).
    """

    shown_privately = ""

    @property
    def preview_modes(self) -> list[tuple[str, str]]:
        names = {language.code: str(language) for language in Language.objects.open()}
        targets = [code for code in TARGETS if code == self.shown_privately or (code in names and self.is_in(code))]
        return [(code, names.get(code, code)) for code in [SOURCE, *targets]]

    def serve_preview(self, request: HttpRequest, mode_name: str) -> HttpResponse:
        """Raises Http404 for a language that is closed or that this is not published in."""
        if mode_name not in dict(self.preview_modes):
            raise Http404
        with reading(mode_name, address=True):
            request.LANGUAGE_CODE = mode_name
            response = self.serve_language_preview(request, mode_name)
            return response.render() if hasattr(response, "render") else response

    def serve_language_preview(self, request: HttpRequest, mode_name: str) -> HttpResponse:
        return super().serve_preview(request, mode_name)
