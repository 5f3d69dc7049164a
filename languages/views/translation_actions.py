"""What a translator or publisher does to a whole translation: each action is a form of the workbench."""

import json
from datetime import datetime
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.dateparse import parse_datetime
from django.utils.decorators import method_decorator
from django.utils.formats import date_format
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.generic import View
from wagtail.admin import messages

from core.keys import parse_keys
from core.languages import TAGS
from core.publishing import projection
from core.text.differences import differences

from ..desk import filling, sending_back, translation_actions
from ..desk.cited import untranslated
from ..desk.errors import DeskError
from ..desk.rows import rows_of
from ..desk.seen import ChangedMeanwhile, fingerprints, text_as_seen
from ..desk.taking_along import take_along
from ..models import Publication, Translation
from ..publishing.publish import CitesUntranslatedError, cites_untranslated, publish, withdraw
from ..publishing.schedule import check_schedulable
from .base import OriginalMixin
from .workbench import RowPresenter


class TranslationActionView(OriginalMixin, View):
    """A form of the workbench: redirects back to it with a message."""

    for_publishers = True
    fragment: str | None = None  # where in the workbench it leads back to
    kept_fields: tuple[str, ...] = ()  # their values are filled in again if the action is refused
    repeated_fields: tuple[str, ...] = ()  # and these if it is done after all, when what has changed was seen

    def post(self, request: HttpRequest, **_kwargs: Any) -> HttpResponse:
        if self.for_publishers and not self.may_publish:
            raise PermissionDenied
        typed = {}
        try:
            messages.success(request, self.run(), buttons=self.buttons())
        except ChangedMeanwhile as error:
            return self.changed(error)
        except DeskError as error:
            messages.error(request, str(error))
            typed = {name: request.POST[name] for name in self.kept_fields if name in request.POST}
        return redirect(
            reverse("languages_workbench", args=[self.original.pk, self.code], query=typed, fragment=self.fragment)
        )

    def run(self) -> str:
        raise NotImplementedError

    def buttons(self) -> list[str]:
        """Of the message that it is done."""
        return []

    @cached_property
    def seen(self) -> dict[str, str] | None:
        """The fingerprints that the page came with; None if the form says nothing of them."""
        if "seen" not in self.request.POST:
            return None
        try:
            data = json.loads(self.request.POST["seen"])
        except ValueError:
            return {}
        return data if isinstance(data, dict) else {}

    def changed(self, error: ChangedMeanwhile) -> HttpResponse:
        """What came in since the page was loaded, and the same action for what is shown now."""
        rows = rows_of(self.original, self.code)
        presenter = RowPresenter(self.original, self.language, rows)
        seen = self.seen or {}
        changes = []
        for row in error.rows:
            shown, before = presenter.context_of(row), text_as_seen(row, seen)
            pieces = [] if before is None else list(differences(before, row.text))
            changes.append(shown | {"pieces": pieces, "by": row.unit and row.unit.author, "unit": row.unit})
        context = {
            "error": error,
            "original": self.original,
            "language": self.language,
            "tag": TAGS[self.code],
            "changes": changes,
            "seen": json.dumps(fingerprints(rows)),
            "typed": self.typed_again(),
            "action_url": self.request.path,
        }
        return render(self.request, "languages/admin/changed_meanwhile.html", context, status=409)

    def typed_again(self) -> dict[str, str]:
        return {name: self.request.POST[name] for name in self.repeated_fields if name in self.request.POST}


class PublishView(TranslationActionView):
    repeated_fields = ("accept_outdated", "accept_cited")

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        """A page is asked about first if readers will see things in Chinese on it."""
        try:
            return super().post(request, **kwargs)
        except CitesUntranslatedError as warning:
            context = {
                "warning": warning,
                "original": self.original,
                "language": self.language,
                "typed": self.typed_again(),
                "seen": request.POST.get("seen", ""),
                "action_url": request.path,
            }
            return render(request, "languages/admin/publish_cited.html", context)

    def run(self) -> str:
        asked = self.request.POST
        publish(
            self.original,
            self.code,
            self.request.user,
            accept_outdated=bool(asked.get("accept_outdated")),
            accept_cited=bool(asked.get("accept_cited")),
            seen=self.seen,
        )
        return _("Published in %(language)s.") % {"language": self.language}


class WithdrawView(TranslationActionView):
    def run(self) -> str:
        withdraw(self.original, self.code, self.request.user)
        return _("Taken from readers. They see the Chinese page; what was written stays here.")

    def buttons(self) -> list[str]:
        """The way back."""
        found = Publication.objects.filter(translation__original=self.original, translation__language=self.code)
        last = found.values_list("pk", flat=True).first()
        address = reverse("languages_roll_back", args=[self.original.pk, self.code], query={"publication": last})
        return [messages.button(address, _("Publish it again"))] if last else []


class ScheduleView(TranslationActionView):
    """Publish at a time, together with the released draft, or not at all."""

    kept_fields = ("publish_at", "with_source")

    def run(self) -> str:
        if self.language.provider:
            raise DeskError(_("This language is written automatically: correct single segments."))
        with_source = bool(self.request.POST.get("with_source")) and bool(self.original.released_id)
        time = self._time()
        if time:
            check_schedulable(self.original, self.code)
            self.warn_of_cited()
        asked = {"publish_at": time, "publish_with_source": with_source, "publish_as": self.request.user}
        Translation.objects.update_or_create(original=self.original, language=self.code, defaults=asked)
        if time:
            shown = date_format(timezone.localtime(time), "DATETIME_FORMAT")
            return _("It will be published at this time: %(time)s.") % {"time": shown}
        if with_source:
            return _("It will be published together with the Chinese draft.")
        return _("Nothing is scheduled.")

    def warn_of_cited(self) -> None:
        if cited := untranslated([(self.original, self.code)]).get((self.original.pk, self.code)):
            messages.warning(self.request, cites_untranslated(cited))

    def _time(self) -> datetime | None:
        text = self.request.POST.get("publish_at", "")
        if not text:
            return None
        try:
            time = parse_datetime(text)
        except ValueError:
            time = None
        if time is None:
            raise DeskError(_("This is not a date and time."))
        time = timezone.make_aware(time) if timezone.is_naive(time) else time
        if time <= timezone.now():
            raise DeskError(_("This time has passed."))
        return time


class SubmitView(TranslationActionView):
    """Hand in everything that is still a draft."""

    for_publishers = False

    def run(self) -> str:
        count = translation_actions.submit_all(self.original, self.language, self.request.user)
        if not count:
            raise DeskError(_("There is no draft to hand in."))
        return ngettext(
            "%(number)d segment was handed in for review.",
            "%(number)d segments were handed in for review.",
            count,
        ) % {"number": count}


class ApproveAllView(TranslationActionView):
    """Approve everything that was handed in by somebody else; a translator, what a publisher has corrected of theirs."""

    for_publishers = False

    def run(self) -> str:
        done = translation_actions.approve_all(self.original, self.language, self.request.user, seen=self.seen)
        left = ngettext(
            "%(number)d segment has an error that nobody has dismissed.",
            "%(number)d segments have an error that nobody has dismissed.",
            done.left,
        ) % {"number": done.left}
        if not done.approved:
            raise DeskError(
                left if done.left else _("There is nothing that you may approve. What you wrote is for somebody else.")
            )
        if self.language.provider and self.original.is_live:
            projection.project_automatic(self.original.live())
        approved = ngettext(
            "%(number)d segment was approved.",
            "%(number)d segments were approved.",
            done.approved,
        ) % {"number": done.approved}
        return f"{approved} {left}" if done.left else approved


class SendBackAllView(TranslationActionView):
    """Send back everything that was handed in by somebody else."""

    for_publishers = False
    kept_fields = repeated_fields = ("reason",)

    def run(self) -> str:
        reason = self.request.POST.get("reason", "")
        count = sending_back.send_back_all(self.original, self.language, reason, self.request.user, seen=self.seen)
        if not count:
            raise DeskError(_("There is nothing that you may send back."))
        return ngettext(
            "%(number)d segment was sent back.",
            "%(number)d segments were sent back.",
            count,
        ) % {"number": count}


class TakeAlongView(TranslationActionView):
    """Take on what the text cites: what was chosen of it, or all that nobody has."""

    for_publishers = False
    fragment = "cites"

    def run(self) -> str:
        chosen = parse_keys(self.request.POST.getlist("text")) if "text" in self.request.POST else None
        taken = len(take_along(self.original, self.language, self.request.user, chosen))
        if not taken:
            return _("There is nothing left to take along.")
        return ngettext(
            "%(number)d text is among your work now.",
            "%(number)d texts are among your work now.",
            taken,
        ) % {"number": taken}


class PretranslateView(TranslationActionView):
    """Fill what is missing with the same words from the memory, then from machine translation, as drafts."""

    for_publishers = False

    @method_decorator(transaction.non_atomic_requests)  # no transaction stays open while a machine thinks
    def dispatch(self, *args: Any, **kwargs: Any) -> HttpResponse:
        return super().dispatch(*args, **kwargs)

    def run(self) -> str:
        filled = filling.fill(self.original, self.language, self.request.user)
        problems = filled.problems()
        if not filled.count:
            raise DeskError(
                " ".join(problems) or _("Nothing was filled in: the memory has no text for what is missing.")
            )
        for problem in problems:
            messages.warning(self.request, problem)
        return filled.summary()
