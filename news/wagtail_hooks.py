from wagtail.snippets.models import register_snippet

from .viewsets import NewsroomGroup


register_snippet(NewsroomGroup)
