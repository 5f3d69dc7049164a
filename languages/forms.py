"""Forms of the translators' desk."""

from typing import Any

from django.utils.translation import gettext as _
from wagtail.admin.forms import WagtailAdminModelForm


class TermForm(WagtailAdminModelForm):
    """A term with its renderings. What no single row can know is checked here and said beside the field."""

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        rows = [row for row in self.formsets["targets"].forms if _is_filled_in(row)]
        seen: set[tuple[str, str]] = set()
        for row in rows:
            identity = row.cleaned_data["language"], row.cleaned_data["text"].lower()
            if identity in seen:
                row.add_error("text", _("This rendering is already there for this language."))
            seen.add(identity)
        if cleaned.get("do_not_translate") and not all(row.cleaned_data["forbidden"] for row in rows):
            self.add_error(
                "do_not_translate", _("A term that is not translated has no renderings, unless they are forbidden.")
            )
        return cleaned


def _is_filled_in(row: Any) -> bool:
    """Whether the row is right so far, not blank, and not to be deleted."""
    return row.is_valid() and bool(row.cleaned_data.get("text")) and not row.cleaned_data.get("DELETE")
