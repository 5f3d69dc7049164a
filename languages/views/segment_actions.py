"""What a translator does to a segment: each action is a POST, answered with JSON for the workbench's script."""

import json
from typing import Any

from django.db import transaction
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.decorators import method_decorator
from django.utils.translation import gettext as _
from django.views.generic import View

from core.keys import parse_key
from core.publishing import projection

from ..desk import segment_actions
from ..desk.errors import Conflict, DeskError, SourceChanged
from ..desk.locked_rows import LockedRows
from ..desk.progress import translation_of
from ..desk.rows import Row, rows_of
from ..desk.seen import fingerprints
from ..models import Origin, UnitState
from .base import OriginalMixin
from .workbench import RowPresenter


MAX_COMMENT = 2000
TEXTS = ("path", "hash", "text", "origin", "act", "check", "reason")
STATES = {"draft": UnitState.DRAFT, "done": None, "review": UnitState.REVIEW, "approved": UnitState.APPROVED}
ORIGINS = {str(Origin.HUMAN), str(Origin.MEMORY), str(Origin.MACHINE)}


class SegmentActionView(OriginalMixin, View):
    """An action on one segment. 409 if somebody else was faster, 422 if it is refused; what was typed stays in the
    page."""

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
        except SourceChanged as error:
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
        view = RowPresenter(self.original, self.language, [row]).context_of(row)
        done = sum(each.is_done for each in locked.rows)
        translation = translation_of(self.original, self.code)
        return JsonResponse(
            {
                "stage": translation.stage,
                "stage_label": translation.get_stage_display(),
                "waiting": translation.waiting,
                "waiting_label": translation.get_waiting_display(),
                "has_errors": any(each.level == "error" for each in view["findings"]),
                "version": row.version,
                "seen": self.seen(locked, row),
                "standing": view["status"],
                "state": render_to_string("languages/admin/workbench_row_state.html", view),
                "findings": render_to_string("languages/admin/workbench_findings.html", view),
                "done": done,
                "percent": done * 100 // len(locked.rows),
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
        return segment_actions.write(
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


class DismissView(SegmentActionView):
    def run(self, data: dict[str, Any], path: str, digest: str) -> LockedRows:
        check, reason = str(data.get("check", "")), str(data.get("reason", ""))
        return segment_actions.dismiss(self.original, self.language, path, digest, check, reason, self.request.user)


class CarryOverView(TextActionView):
    def write(self, data: dict[str, Any], path: str, digest: str) -> LockedRows:
        return segment_actions.carry_over(self.original, self.language, path, digest, self.request.user)


class CommentView(SegmentActionView):
    """Comment on a segment, or resolve a comment."""

    def run(self, data: dict[str, Any], path: str, digest: str) -> LockedRows:
        locked = LockedRows(self.original, self.language, rows_of(self.original, self.code))
        locked.row(path, digest)
        said = self.original.comments
        if data.get("resolve"):
            resolved = said.filter(language=self.code, path=path, pk=parse_key(data["resolve"]))
            resolved.update(resolved_at=timezone.now())
            return locked
        text = segment_actions.cleaned(str(data.get("text", ""))).strip()
        if not text or len(text) > MAX_COMMENT:
            raise DeskError(_("Write a comment of at most %(number)d characters.") % {"number": MAX_COMMENT})
        said.create(language=self.code, path=path, source_hash=digest, text=text, by=self.request.user)
        return locked
