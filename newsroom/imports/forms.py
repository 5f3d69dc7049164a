"""The form in which a file is chosen, or text pasted."""

import io
import re
from typing import IO, Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ..importing.limits import MAX_BYTES, MB


ACCEPTS = ".docx,.docm,.doc,.txt,.html,.htm"  # .doc as well: it is told what to do, and not just greyed out
MARKUP = re.compile(r"<(?:!doctype|html|body|p|div|section|h[1-6]|table|span|ul|ol)\b[^>]*>", re.IGNORECASE)


class ImportForm(forms.Form):
    """A file, or what was pasted: `pasted` as text, and `pasted_html` as the program that it was copied from gave it."""

    file = forms.FileField(
        required=False,
        label=gettext_lazy("File"),
        help_text=gettext_lazy(
            "A Word file (.docx) of Word, WPS or LibreOffice, plain text (.txt), or a saved page (.html)."
        ),
        widget=forms.ClearableFileInput(attrs={"accept": ACCEPTS}),
    )
    pasted = forms.CharField(
        required=False,
        strip=False,
        label=gettext_lazy("Or paste the text"),
        help_text=gettext_lazy(
            "From Word, WPS or 公众号, with its headings, tables and lists. Pictures are not pasted."
        ),
        widget=forms.Textarea(attrs={"rows": 8}),
    )
    pasted_html = forms.CharField(required=False, strip=False, widget=forms.Textarea(attrs={"hidden": True}))

    def clean_file(self) -> Any:
        file = self.cleaned_data["file"]
        if file and file.size > MAX_BYTES:
            said = _(
                "The file is too large: at most %(number)d MB. Make its pictures smaller: in Word, Compress Pictures."
            )
            raise forms.ValidationError(said, params={"number": MAX_BYTES // MB})
        return file

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        has_text = bool((cleaned.get("pasted") or cleaned.get("pasted_html") or "").strip())
        if "file" in self.errors:
            return cleaned
        if cleaned.get("file") and has_text:
            self.add_error("pasted", _("Choose a file or paste a text, not both: take one away."))
        elif not cleaned.get("file") and not has_text:
            self.add_error("file", _("Choose a file, or paste a text below."))
        return cleaned

    @property
    def source(self) -> tuple[IO[bytes], str, str]:
        """(what is to be read, its name, the field that it came from), once it is valid."""
        said = self.cleaned_data
        if said["file"]:
            return said["file"], said["file"].name, "file"
        html = said["pasted_html"] if said["pasted_html"].strip() else ""
        text = html or said["pasted"]
        ending = "html" if html or MARKUP.search(text) else "txt"
        content = text.encode("utf-8", "replace")
        head = b"\xef\xbb\xbf" if ending == "html" else b""  # whatever encoding the page says that it was in
        return io.BytesIO(head + content), f"{_('pasted text')}.{ending}", "pasted"
