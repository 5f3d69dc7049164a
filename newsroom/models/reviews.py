"""The steps of a review in Wagtail's workflows, and what waits at one of them."""

from typing import Any, ClassVar

from django import forms
from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.db import models, transaction
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext
from wagtail.models import TaskState, WorkflowState
from wagtail.models.workflows import AbstractGroupApprovalTask

from core.publishing.acts import NotPublishable
from core.publishing.digest import digest
from core.roles import title

from ..record.naming import thing_of
from ..record.people import person_of
from ..reviewing.authors import authors, members, savers
from ..reviewing.content import embeds_what_it_did, latest_held, said_by
from ..reviewing.events import approvals_voided
from ..reviewing.forms import RemarkForm, SendBackForm
from ..reviewing.kinds import Needs, needs
from ..reviewing.looking import seen
from .allowances import Allowance
from .approvals import Approval, lacking_steps


CHANGED_MEANWHILE = gettext_lazy(
    "It was changed meanwhile, so nothing was approved. Open it, read what it says now, and approve it there."
)


class ReviewTask(AbstractGroupApprovalTask):
    """One step of the review of a kind of content. The rows are made by `newsroom.reviewing.sync`."""

    kind = models.CharField(gettext_lazy("kind of content"), max_length=20)
    step = models.PositiveSmallIntegerField(gettext_lazy("step"))

    class Meta:
        verbose_name = gettext_lazy("review")
        verbose_name_plural = gettext_lazy("reviews")
        constraints: ClassVar = [models.UniqueConstraint(fields=["kind", "step"], name="one_task_for_a_step")]

    @classmethod
    def get_task_state_class(cls) -> type["ReviewState"]:
        return ReviewState

    @classmethod
    def get_description(cls) -> str:
        return _("People of the groups that core/roles.py names approve what they have read, as it is then.")

    @cached_property
    def needed(self) -> Needs:
        return needs(self.kind)

    # Who may --------------------------------------------------------------------------------------

    def _user_in_groups(self, user: Any) -> bool:
        return user.is_active and user.pk in self.reviewers

    @cached_property
    def reviewers(self) -> set[int]:
        """Keys of those who take this step."""
        return members(self.needed.groups(self.step))

    @cached_property
    def reviewers_of_any_step(self) -> set[int]:
        return members(self.needed.all_groups())

    def _is_at_it(self, obj: Any, user: Any) -> bool:
        state = obj.current_workflow_task_state
        return state.is_for(user) if isinstance(state, ReviewState) else self._user_in_groups(user)

    def user_can_access_editor(self, obj: Any, user: Any) -> bool:
        return user.is_superuser or self._is_at_it(obj, user)

    def locked_for_user(self, obj: Any, user: Any) -> bool:
        """Those who run the site may still write; approvals do not outlive it. An author is not at the step, though a
        reviewer of others' texts."""
        state = obj.current_workflow_task_state
        is_author = isinstance(state, ReviewState) and user.pk in state.authors
        return not (user.is_superuser or (self._is_at_it(obj, user) and not is_author))

    def user_can_lock(self, obj: Any, user: Any) -> bool:
        return self._is_at_it(obj, user)

    def get_actions(self, obj: Any, user: Any) -> list[tuple[str, Any, bool]]:
        state = obj.current_workflow_task_state
        if not isinstance(state, ReviewState) or not state.is_for(user):
            return []
        actions: list[tuple[str, Any, bool]] = [("reject", pgettext("review", "Send back"), True)]
        if not state.why_not(user):
            actions += [("approve", _("Approve"), False), ("approve", _("Approve with a remark"), True)]
        return actions

    def get_form_for_action(self, action: str) -> type[forms.Form]:
        return SendBackForm if action == "reject" else RemarkForm

    def get_task_states_user_can_moderate(self, user: Any, **kwargs: Any) -> models.QuerySet:
        waiting = TaskState.objects.filter(status=TaskState.STATUS_IN_PROGRESS, task=self)
        if self._user_in_groups(user):
            return waiting
        confirmed_by_anybody = user.is_active and user.pk in self.reviewers_of_any_step
        return waiting.filter(reviewstate__is_confirmation=True) if confirmed_by_anybody else TaskState.objects.none()

    # What happens ---------------------------------------------------------------------------------

    @transaction.atomic
    def start(self, workflow_state: WorkflowState, user: Any = None) -> "ReviewState":
        """Begin this step, or the first one if what earlier steps approved was changed; one that the settings have removed
        since is not begun, but the first that nobody has taken."""
        if self.step > self.needed.steps:
            lacking = lacking_steps(Approval.objects.in_round(workflow_state).standing(), self.needed)
            there = ReviewTask.objects.get(kind=self.kind, step=min(lacking, default=self.needed.steps))
            return there.start(workflow_state, user)
        obj = latest_held(workflow_state.content_object)
        said = said_by(obj)
        content_hash = digest(said)
        approved = list(Approval.objects.in_round(workflow_state).standing())
        if approved and approved[-1].content_hash != content_hash:
            void(approved, obj, said, user)
            first = workflow_state.get_next_task().specific
            if first.pk != self.pk:
                return first.start(workflow_state, user)
            approved = []
        self._handed_in = {
            "content_hash": content_hash,
            "seen": said,
            "is_confirmation": bool(approved) and not lacking_steps(approved, self.needed),
            "authors": sorted(authors(obj)),
        }
        try:
            state: ReviewState = super().start(workflow_state, user)
        finally:
            del self._handed_in
        return state


class ReviewState(TaskState):
    """What waits at a step: the text as it came there, who has it, and until when."""

    content_hash = models.CharField(max_length=64)
    seen = models.JSONField(default=dict)
    # All steps are taken, the last with corrections: one more person of any step reads them.
    is_confirmation = models.BooleanField(default=False)
    authors = models.JSONField(
        default=list
    )  # keys of those who had written it when it came here: see reviewing.authors
    assignee = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=gettext_lazy("assigned to"),
    )
    due = models.DateTimeField(gettext_lazy("due"), null=True, blank=True)
    reminded = models.BooleanField(default=False)

    exclude_fields_in_copy: ClassVar = ["taskstate_ptr"]
    _known: Any = None  # the draft, once it was read

    class Meta:
        verbose_name = gettext_lazy("step of a review")
        verbose_name_plural = gettext_lazy("steps of reviews")

    def save(self, *args: Any, **kwargs: Any) -> None:
        if self._state.adding and not self.content_hash:
            for name, value in getattr(self.task.specific, "_handed_in", {}).items():
                setattr(self, name, value)
        super().save(*args, **kwargs)

    @cached_property
    def review(self) -> ReviewTask:
        found: ReviewTask = self.task.specific
        return found

    # Who may --------------------------------------------------------------------------------------

    @property
    def reviewers(self) -> set[int]:
        """Keys of those whose step this is."""
        return self.review.reviewers_of_any_step if self.is_confirmation else self.review.reviewers

    def is_for(self, user: Any) -> bool:
        """Whether this step is theirs to take, or to send back."""
        return user.is_active and user.pk in self.reviewers

    def why_not(self, user: Any) -> str:
        """Why somebody may not approve it; "" if they may."""
        if user is None or not self.is_for(user):
            return _("This step is for: {groups}.").format(groups=", ".join(self.group_names()))
        if user.pk in self.wrote_it():
            return _("You wrote some of this before it was submitted, so somebody else has to approve it.")
        return self.why_not_again(user, list(self.approved()))

    def wrote_it(self) -> set[int]:
        """Keys of those who wrote it, be it live already and reviewed afterwards."""
        urgent = Allowance.objects.of(self.object).without_review().values_list("authors", flat=True)
        return authors(self.object) | {person for people in urgent for person in people}

    def why_not_again(self, user: Any, approved: list[Approval]) -> str:
        """Why somebody who took another step, by what is approved in this round, may not take this one; "" if they may."""
        if self.is_confirmation:
            corrected = [each.person_id for each in approved if each.has_corrected]
            corrected_it = corrected[-1:] == [user.pk]
            return _("You corrected it, so somebody else has to read it.") if corrected_it else ""
        needed = self.review.needed
        people = {each.person_id for each in approved if each.counts} | {user.pk}
        left = [step for step in lacking_steps(approved, needed) if step != self.review.step]
        if len(people) + len(left) < needed.people:
            return _("You approved an earlier step. This one needs another person.")
        return ""

    def group_names(self) -> list[str]:
        needed = self.review.needed
        names = needed.all_groups() if self.is_confirmation else needed.groups(self.review.step)
        return [title(name) for name in names]

    # What it is about -----------------------------------------------------------------------------

    @cached_property
    def object(self) -> Any:
        found = self.workflow_state.content_object
        return getattr(found, "specific", found)

    def approved(self) -> models.QuerySet:
        return Approval.objects.in_round(self.workflow_state).standing()

    # Deciding -------------------------------------------------------------------------------------

    @transaction.atomic
    def approve(self, user: Any = None, update: bool = True, comment: str = "") -> Any:
        """Approve what the newest revision says now. Raises NotPublishable if this person may not, or has not seen it; goes
        back to the first step if somebody else has changed what earlier steps approved."""
        obj = latest_held(self.workflow_state.content_object)
        self._still_waits()
        if problem := self.why_not(user):
            raise NotPublishable(problem)
        self._known = obj
        said = said_by(obj)
        content_hash = digest(said)
        if content_hash != self.content_hash and self.back_to_first(obj, said):
            return self
        if not self.was_seen(obj, said, user):
            raise NotPublishable(CHANGED_MEANWHILE)
        before = self.content_hash if self._corrected_by_reviewers(obj) else content_hash
        self._note(obj, said, content_hash, before, user, comment)
        super().approve(user, update=False, comment=comment)
        if update:
            self.workflow_state.update(user=user, next_task=self._what_follows())
        return self

    def was_seen(self, obj: Any, said: dict[str, Any], user: Any) -> bool:
        """Whether this is what the form showed that decides. Without a form: what came to this step, as its reviewers have
        corrected it since."""
        if (known := seen()) is not None:
            return known.is_still_there(obj, said, user)
        return digest(said) == self.content_hash or self._is_correction(obj, said)

    def _what_follows(self) -> Any:
        """The first step that nobody has taken, or whose people have left since; then one who reads corrections that nobody
        else has; else None, and it is published."""
        approved = list(self.approved())
        for step in lacking_steps(approved, self.review.needed):
            return ReviewTask.objects.get(kind=self.review.kind, step=step)
        return self.task if approved and approved[-1].has_corrected else None

    @transaction.atomic
    def reject(self, user: Any = None, update: bool = True, comment: str = "") -> Any:
        """Send it back. Raises NotPublishable without a reason, or if this person may not."""
        latest_held(self.workflow_state.content_object)
        self._still_waits()
        if user is None or not self.is_for(user):
            raise NotPublishable(self.why_not(user))
        if not comment.strip():
            raise NotPublishable(_("Say why it is sent back."))
        return super().reject(user, update=update, comment=comment.strip())

    def log_state_change_action(self, user: Any, action: str) -> None:
        """Wagtail's entry, which names the draft by its title; reading a long one again takes its time."""
        if self._known is not None:
            self.revision.__dict__["as_object"] = lambda: self._known
        super().log_state_change_action(user, action)

    def _still_waits(self) -> None:
        """Two people may decide at once; the second finds it decided."""
        status = TaskState.objects.filter(pk=self.pk).values_list("status", flat=True).get()
        if status != self.STATUS_IN_PROGRESS:
            raise PermissionDenied

    def back_to_first(self, obj: Any, said: dict[str, Any], by: Any = None) -> bool:
        """If others than the reviewers of this step changed what earlier steps approved: the review begins again."""
        approved = list(self.approved())
        if not approved or self._is_correction(obj, said):
            return False
        void(approved, obj, said, by)
        self.cancel_for_change(by)
        return True

    def cancel_for_change(self, by: Any) -> None:
        TaskState.objects.filter(pk=self.pk).update(status=self.STATUS_CANCELLED, finished_at=timezone.now())
        state = WorkflowState.objects.get(pk=self.workflow_state_id)
        state.current_task_state.refresh_from_db()
        state.update(user=by)

    def _is_correction(self, obj: Any, said: dict[str, Any]) -> bool:
        people = {person for _at, person in savers(obj, self.started_at)}
        return bool(people) and people <= self._correctors and embeds_what_it_did(self.seen, said)

    def _corrected_by_reviewers(self, obj: Any) -> bool:
        return any(person in self._correctors for _at, person in savers(obj, self.started_at))

    @property
    def _correctors(self) -> set[int]:
        """An author who could review others' texts writes on at their own."""
        return set(self.reviewers) - set(self.authors)

    def _note(self, obj: Any, said: Any, content_hash: str, before: str, user: Any, comment: str) -> Approval:
        thing = thing_of(obj)
        return Approval.objects.create(
            model=thing.model,
            object_id=thing.key,
            workflow_state=self.workflow_state,
            task_state_id=self.pk,
            step=self.review.step,
            is_confirmation=self.is_confirmation,
            person=user,
            by=person_of(user),
            at=timezone.now(),
            comment=comment,
            before_hash=before,
            content_hash=content_hash,
            seen=said,
        )


def void(approvals: list[Approval], obj: Any, said: dict[str, Any], by: Any = None) -> None:
    """End approvals, since what they approved was changed into `said`; their steps are to be taken again."""
    models.QuerySet(Approval).filter(pk__in=[each.pk for each in approvals]).update(voided_at=timezone.now())
    TaskState.objects.filter(pk__in=[each.task_state_id for each in approvals]).update(
        status=TaskState.STATUS_CANCELLED
    )
    approvals_voided.send(sender=Approval, obj=obj, approvals=approvals, now=said, by=by)
