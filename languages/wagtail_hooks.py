from wagtail.snippets.models import register_snippet

from .viewsets import TermViewSet


register_snippet(TermViewSet)
