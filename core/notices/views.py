"""The list of somebody's notices, and what is done with them. Everybody has their own."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.db import models, transaction
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.dateparse import parse_datetime
from django.utils.decorators import method_decorator
from django.utils.functional import cached_property
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext_lazy
from django.views.generic import TemplateView, View
from wagtail.admin import messages
from wagtail.admin.views.generic import WagtailAdminTemplateMixin

from ..keys import parse_key
from ..models import BasePage, Notice
from . import mentions
from .kinds import all_kinds
from .mentioning import people_of
from .page_comments import may_comment
from .reading import shown


PER_PAGE = 30


def own(request: HttpRequest) -> models.QuerySet:
    """The notices of whoever asks."""
    return Notice.objects.filter(recipient=request.user)


class NoticesView(WagtailAdminTemplateMixin, TemplateView):
    """Unread ones first, then the newest."""

    template_name = "core/admin/notices.html"
    page_title = pgettext_lazy("inbox", "Notices")
    header_icon = "bell"

    @method_decorator(transaction.non_atomic_requests)  # it only reads
    def dispatch(self, *args: Any, **kwargs: Any) -> HttpResponse:
        return super().dispatch(*args, **kwargs)

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        return [*super().get_breadcrumbs_items(), {"url": "", "label": self.get_page_title()}]

    @cached_property
    def kind(self) -> str:
        """The kind that is chosen, "" for all."""
        chosen = self.request.GET.get("kind", "")
        return chosen if chosen in {kind.id for kind in all_kinds()} else ""

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        mine = own(self.request)
        counts = dict(mine.order_by().values_list("kind").annotate(models.Count("pk")))
        unread = dict(mine.unread().order_by().values_list("kind").annotate(models.Count("pk")))
        found = mine.filter(kind=self.kind) if self.kind else mine
        ordered = found.annotate(is_read=models.Q(read_at__isnull=False)).order_by("is_read", "-at", "-pk")
        page = Paginator(ordered.select_related("actor"), PER_PAGE).get_page(self.request.GET.get("p"))
        return super().get_context_data(
            page_obj=page,
            notices=shown(self.request.user, page.object_list),
            unread=unread.get(self.kind, 0) if self.kind else sum(unread.values()),
            kinds=[(kind, unread.get(kind.id, 0)) for kind in all_kinds() if kind.id in counts],
            kind=self.kind,
            until=timezone.now().isoformat(),
            has_any=bool(counts),
            **kwargs,
        )


class OwnNoticeMixin(View):
    http_method_names = ["post", "options"]
    kwargs: dict[str, Any]

    @cached_property
    def notice(self) -> Notice:
        return get_object_or_404(own(self.request).select_related("actor"), pk=self.kwargs["notice"])


class NoticeOpenView(OwnNoticeMixin):
    """Read a notice, and go where it leads."""

    def post(self, request: HttpRequest, **_kwargs: Any) -> HttpResponse:
        (told,) = shown(request.user, [self.notice])
        own(request).filter(pk=self.notice.pk).mark_read()
        if not told.url:
            messages.info(request, told.text)
        return redirect(told.url or reverse("notices"))


class NoticeReadView(OwnNoticeMixin):
    """Mark a notice as read. To the script of a page that a mail led to, with JSON."""

    def post(self, request: HttpRequest, **_kwargs: Any) -> HttpResponse:
        own(request).filter(pk=self.notice.pk).mark_read()
        if request.headers.get("x-requested-with") == "XMLHttpRequest":
            return JsonResponse({"unread": own(request).unread().count()})
        return redirect(_back_to_list(request))


class NoticesReadView(View):
    """Mark all as read that the list could show: what came in since stays unread."""

    http_method_names = ["post", "options"]

    def post(self, request: HttpRequest) -> HttpResponse:
        found = own(request)
        if kind := request.POST.get("kind"):
            found = found.filter(kind=kind)
        if until := _moment(request.POST.get("until", "")):
            found = found.filter(at__lte=until)
        count = found.mark_read()
        said = ngettext("%(number)d notice was marked as read.", "%(number)d notices were marked as read.", count)
        messages.success(request, said % {"number": count})
        return redirect(_back_to_list(request))


def _moment(text: str) -> Any:
    try:
        moment = parse_datetime(text)
    except ValueError:
        return None
    return moment if moment is None or timezone.is_aware(moment) else timezone.make_aware(moment)


def _back_to_list(request: HttpRequest) -> str:
    address = request.POST.get("next", "")
    is_ours = url_has_allowed_host_and_scheme(address, allowed_hosts=None) and address.startswith(reverse("notices"))
    return address if is_ours else reverse("notices")


class PeopleView(View):
    """Who may be mentioned beside a page, for the list below a name that is being typed."""

    @method_decorator(transaction.non_atomic_requests)  # it only reads
    def dispatch(self, *args: Any, **kwargs: Any) -> HttpResponse:
        return super().dispatch(*args, **kwargs)

    def get(self, request: HttpRequest) -> JsonResponse:
        page = get_object_or_404(BasePage, pk=parse_key(request.GET.get("page")))
        if not may_comment(request.user, page):
            raise PermissionDenied(_("You may not edit this page."))
        people = people_of(page).order_by("username")
        return JsonResponse({"people": mentions.offers(request.GET.get("q", ""), people, request.user)})
