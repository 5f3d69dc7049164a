"""What a translator does to a segment: each action is a POST, answered with JSON for the workbench's script."""

import json
from typing import Any

from django.db import transaction
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.template.loader import render_to_string
from django.utils.decorators import method_decorator
from django.utils.translation import gettext as _
from django.views.generic import View

from core.keys import parse_key
from core.publishing import projection

from ..desk import comments, dismissals, segment_actions, sending_back
from ..desk.errors import Conflict, DeskError, SourceChanged
from ..desk.locked_rows import LockedRows
from ..desk.progress import progress_of, translation_of
from ..desk.reviewing import Reviewer
from ..desk.rows import Row, rows_of
from ..desk.seen import ChangedMeanwhile, Seen, fingerprints
from ..models import Origin, UnitState
from .base import OriginalMixin
from .workbench import RowPresenter


TEXTS = ("path", "hash", "text", "origin", "act", "finding", "reason", "seen")
STATES = {"draft": UnitState.DRAFT, "done": None, "review": UnitState.REVIEW, "approved": UnitState.APPROVED}
ORIGINS = set(Origin.values)


class SegmentActionView(OriginalMixin, View):
    """An action on one segment. 409 if somebody else was faster, 422 if it is refused; what was typed stays in the
    page."""

    outcome = ""  # what else to say of it: whom a comment has reached, why what is done is not approved

    @method_decorator(transaction.non_atomic_requests)
    def dispatch(self, *args: Any, **kwargs: Any) -> HttpResponse:
        return super().dispatch(*args, **kwargs)

    def post(self, request: HttpRequest, **_kwargs: Any) -> JsonResponse:
        try:
            data = json.loads(request.body)
            if not all(isinstance(data.get(name, ""), str) for name in TEXTS):
                raise TypeError("Words are texts.")
            path, digest = data["path"], data["hash"]
        except (AttributeError, KeyError, RecursionError, TypeError, ValueError):
            return JsonResponse({"message": _("This is not a request of the workbench.")}, status=400)
        try:
            return self.respond(self.run(data, path, digest), path, digest)
        except Conflict as error:
            return self.conflict(error, path, digest)
        except (SourceChanged, ChangedMeanwhile) as error:
            return JsonResponse({"message": str(error), "moved": True}, status=409)
        except DeskError as error:
            return JsonResponse({"message": str(error)}, status=422)

    def conflict(self, error: Conflict, path: str, digest: str) -> JsonResponse:
        try:
            return JsonResponse({"message": str(error), **self.current(path, digest)}, status=409)
        except SourceChanged as moved:  # the Chinese changed at the same moment
            return JsonResponse({"message": str(moved), "moved": True}, status=409)

    def run(self, data: dict[str, Any], path: str, digest: str) -> LockedRows:
        raise NotImplementedError

    def current(self, path: str, digest: str) -> dict[str, Any]:
        """What somebody else has written since: `theirs` is a fragment of HTML that offers both texts."""
        row = LockedRows(self.original, self.language, rows_of(self.original, self.code)).row(path, digest)
        view = RowPresenter(self.original, self.language, [row]).context_of(row)
        theirs = render_to_string("languages/admin/workbench_conflict.html", view | {"language": self.language})
        return {"text": row.text, "version": row.version, "theirs": theirs}

    def respond(self, locked: LockedRows, path: str, digest: str) -> JsonResponse:
        row = locked.row(path, digest)
        view = RowPresenter(self.original, self.language, [row], self.request.user).context_of(row)
        reached = progress_of(locked.rows)
        translation = translation_of(self.original, self.code)
        return JsonResponse(
            {
                "stage": translation.stage,
                "stage_label": translation.get_stage_display(),
                "waiting": translation.waiting,
                "waiting_label": translation.get_waiting_display(),
                "has_errors": view["has_errors"],
                "may_approve": view["may_approve"],
                "outcome": self.outcome,
                "version": row.version,
                "seen": self.seen(locked, row),
                "standing": view["status"],
                "state": render_to_string("languages/admin/workbench_row_state.html", view),
                "findings": render_to_string("languages/admin/workbench_findings.html", view),
                "progress": render_to_string("languages/admin/progress.html", {"progress": reached}),
            }
        )

    def seen(self, locked: LockedRows, row: Row) -> dict[str, str]:
        """Fingerprints of what the page shows now and did not before."""
        return {}


class TextActionView(SegmentActionView):
    """An action that changes the text. In an automatic language readers see it at once, if it is approved: there is no
    publishing."""

    def write(self, data: dict[str, Any], path: str, digest: str) -> LockedRows:
        raise NotImplementedError

    def seen(self, locked: LockedRows, row: Row) -> dict[str, str]:
        """Of this segment, and of others with the same words, which take its text over."""
        alike = [each for each in locked.rows if each.hash == row.hash]
        if len(alike) == 1:
            return fingerprints(alike)
        return fingerprints(each for each in rows_of(self.original, self.code) if each.hash == row.hash)

    def run(self, data: dict[str, Any], path: str, digest: str) -> LockedRows:
        is_automatic = bool(self.language.provider) and self.original.is_live
        corrections = self.original.units.filter(language=self.code, path=path, state=UnitState.APPROVED)
        was_shown = is_automatic and corrections.exists()
        locked = self.write(data, path, digest)
        if is_automatic and (was_shown or locked.row(path, digest).is_done):
            projection.project_automatic(self.original.live())
        return locked


class SaveView(TextActionView):
    def write(self, data: dict[str, Any], path: str, digest: str) -> LockedRows:
        origin = data.get("origin")
        locked = segment_actions.write(
            self.original,
            self.language,
            path,
            digest,
            str(data.get("text", "")),
            self.request.user,
            version=parse_key(data.get("version")) or 0,
            state=STATES.get(str(data.get("act")), UnitState.DRAFT),
            origin=Origin(origin) if origin in ORIGINS else Origin.HUMAN,
        )
        if data.get("act") == "done":
            reviewer = Reviewer(self.request.user, self.language)
            self.outcome = segment_actions.why_not_approved(self.original, locked.row(path, digest), reviewer)
        return locked


class JudgingView(SegmentActionView):
    """An action that says something of the text that the page shows, and leaves it as it is."""

    def seen_row(self, data: dict[str, Any], path: str) -> Seen | None:
        return {path: data["seen"]} if "seen" in data else None

    def seen(self, locked: LockedRows, row: Row) -> dict[str, str]:
        """Of this segment, and of others that show the same text."""
        return fingerprints(each for each in locked.rows if each.unit and each.unit is row.unit)


class DismissView(JudgingView):
    """Dismiss a finding with a reason, or take that back."""

    def run(self, data: dict[str, Any], path: str, digest: str) -> LockedRows:
        finding, seen = data.get("finding", ""), self.seen_row(data, path)
        arguments = (self.original, self.language, path, digest, finding)
        if data.get("back"):
            return dismissals.take_back(*arguments, self.request.user, seen=seen)
        return dismissals.dismiss(*arguments, data.get("reason", ""), self.request.user, seen=seen)


class SendBackView(JudgingView):
    def run(self, data: dict[str, Any], path: str, digest: str) -> LockedRows:
        reason, seen = data.get("reason", ""), self.seen_row(data, path)
        return sending_back.send_back(self.original, self.language, path, digest, reason, self.request.user, seen=seen)


class CarryOverView(TextActionView):
    def write(self, data: dict[str, Any], path: str, digest: str) -> LockedRows:
        return segment_actions.carry_over(self.original, self.language, path, digest, self.request.user)


class CommentView(SegmentActionView):
    """Comment on a segment, or resolve a comment."""

    def run(self, data: dict[str, Any], path: str, digest: str) -> LockedRows:
        locked = LockedRows(self.original, self.language, rows_of(self.original, self.code))
        locked.row(path, digest)
        if data.get("resolve"):
            comments.resolve(self.original, self.language, path, parse_key(data["resolve"]))
        else:
            text = str(data.get("text", ""))
            self.outcome = comments.say(self.original, self.language, path, digest, text, self.request.user).outcome
        return locked
