"""Who may be mentioned in a comment."""

from django.db import transaction
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils.decorators import method_decorator
from django.views.generic import View

from core.notices import mentions

from ..desk import rights
from .base import OriginalMixin


class MentionableView(OriginalMixin, View):
    """Those who may see the text: for the list below a name that is being typed."""

    @method_decorator(transaction.non_atomic_requests)  # it only reads
    def dispatch(self, *args: object, **kwargs: object) -> HttpResponse:
        return super().dispatch(*args, **kwargs)

    def get(self, request: HttpRequest, **_kwargs: object) -> JsonResponse:
        people = rights.people_who_see(self.original, self.code)
        return JsonResponse({"people": mentions.offers(request.GET.get("q", ""), people, request.user)})
