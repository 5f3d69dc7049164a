"""Forms of the translators' desk."""

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin.forms import WagtailAdminModelForm

from core.languages import TARGETS

from . import effects
from .desk import rights
from .models import Phrase


class TermForm(WagtailAdminModelForm):
    """A term with its renderings. What concerns several rows is checked here and reported at the field."""

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        self._keep_to_own_languages()
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

    def _keep_to_own_languages(self) -> None:
        """A translator changes renderings of their own languages only, and nothing that holds for all languages."""
        if self.for_user is None or rights.may_manage_languages(self.for_user):
            return
        own = {code for code in TARGETS if rights.may_translate(self.for_user, code)}
        for row in self.formsets["targets"].forms:
            if (
                _is_changed(row)
                and not {row.initial.get("language") or row["language"].data, row["language"].data} <= own
            ):
                row.add_error(
                    "language", _("You do not translate into this language: leave its renderings as they are.")
                )
        for name in {"source", "do_not_translate"} & set(self.changed_data if self.instance.pk else []):
            self.add_error(name, _("This holds for every language: ask somebody who looks after all of them."))


class PhraseForm(WagtailAdminModelForm):
    """A phrase, which is told once what else it would change: 里 → 裡 makes 公里 公裡."""

    is_meant = forms.BooleanField(
        label=gettext_lazy("These are to change, too"),
        required=False,
        help_text=gettext_lazy("Asked only where a phrase changes other words."),
    )

    class Meta:
        model = Phrase
        fields = ("simplified", "traditional", "note")

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        is_new = {"simplified", "traditional"} & set(self.changed_data)
        if self.errors or cleaned.get("is_meant") or not is_new:
            return cleaned
        changes = effects.of_phrase(cleaned["simplified"], cleaned["traditional"])
        if changes:
            shown = _("; ").join(str(change) for change in changes)
            self.add_error(
                "is_meant", _("This would also change: %(words)s. Tick here if it shall.") % {"words": shown}
            )
        return cleaned


def _is_changed(row: Any) -> bool:
    return row.is_valid() and (bool(set(row.changed_data) - {"ORDER"}) or bool(row.cleaned_data.get("DELETE")))


def _is_filled_in(row: Any) -> bool:
    """Whether the row is valid so far, not blank, and not to be deleted."""
    return row.is_valid() and bool(row.cleaned_data.get("text")) and not row.cleaned_data.get("DELETE")
